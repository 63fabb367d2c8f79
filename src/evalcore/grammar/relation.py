"""The relation of two entities, named after the probability that one scores above the other."""

import numpy as np

from evalcore.edition.grammar import Grammar

AHEAD = ("ahead", "probably_ahead")
BEHIND = ("behind", "probably_behind")
NOT_APART = ("open", "tied")
ROUNDING = 1e-12
"""So that 1 - 0.05 reaches a threshold of 0.95."""


def relations(chance: np.ndarray, grammar: Grammar) -> np.ndarray:
    """Name the relation of every pair.

    Parameters
    ----------
    chance : ndarray, shape (entity, entity)
        Probability that the row scores above the column, ties counting half; the diagonal is not looked at.
        Every pair needs a probability: leave out who is not rated.

    Returns
    -------
    ndarray of str, shape (entity, entity)
        "ahead", "probably_ahead", "open", "tied", "probably_behind", "behind", read from the row; "" on the diagonal.
    """
    if np.isnan(_pairs(chance)).any():
        raise ValueError("a pair without a probability has no relation: leave out who is not rated")
    likelier = np.maximum(chance, 1 - chance) + ROUNDING
    strength = np.select([likelier >= grammar.ahead, likelier >= grammar.probably], ["", "probably_"], default="none")
    side = np.where(chance >= 0.5, "ahead", "behind")
    level = np.where(likelier < grammar.tied, "tied", "open")
    named = np.where(strength == "none", level, np.char.add(strength, side)).astype(object)
    np.fill_diagonal(named, "")
    return named


def _pairs(chance: np.ndarray) -> np.ndarray:
    return chance[~np.eye(len(chance), dtype=bool)]
