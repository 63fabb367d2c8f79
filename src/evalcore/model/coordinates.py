"""Coordinates in which effects are sampled: decided from the data, so that steps of one length suit all of them.

The model is the same in any of them. Within a term the prior is the same in every direction, so that contrasts may be
turned to the directions that the answers tell apart, each centred as far as they do (Papaspiliopoulos, Roberts and
Skoeld 2007, doi:10.1214/088342307000000014). Where groups lack cells (a platform that sells half of the categories), a
main effect and its interactions make up for each other: it is sampled together with what they add on average.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.linalg import block_diag, eigh, pinvh

from evalcore.model.centring import weights

LEAST = 1e-9
"""Answers that count as none."""


@dataclass(frozen=True)
class Coordinates:
    """How free coordinates become effects.

    Attributes
    ----------
    bases : tuple of ndarray, shape (effect, coordinate)
        Orthonormal contrasts of each term.
    centring : ndarray, shape (coordinate,)
        Weights from 0, not centred, to 1, centred.
    shear : ndarray, shape (coordinate of a main effect, coordinate of an interaction)
        What interactions add to main effects on average, as far as those are centred.
    """

    bases: tuple[np.ndarray, ...]
    centring: np.ndarray
    shear: np.ndarray


def coordinates(
    total: np.ndarray,
    index: np.ndarray,
    contrasts: Sequence[np.ndarray],
    gain: np.ndarray,
    learned: Sequence[bool],
    main: int,
) -> Coordinates:
    """Coordinates of all terms.

    Parameters
    ----------
    total : ndarray, shape (cell,)
        Answers of each cell.
    index : ndarray, shape (cell, term)
        Place of each cell in the effects of each term.
    contrasts : sequence of ndarray, shape (effect, coordinate)
        Orthonormal contrasts of each term, in whatever directions.
    gain : ndarray, shape (term,)
        L = max(F - 1, 0): variance of a term's effects in variances of their estimates, on average.
    learned : sequence of bool
        Terms with a standard deviation of their own; the others are centred, which costs nothing where none varies.
    main : int
        How many of the terms, from the first, are main effects.
    """
    columns = [np.ones((len(total), 1)), *(basis[index[:, k]] for k, basis in enumerate(contrasts))]
    known, ends = _information(np.hstack(columns), total), np.cumsum([column.shape[1] for column in columns])
    own = [np.arange(begin, end) for begin, end in pairwise(ends)]
    level, mains, rest = np.arange(1), np.arange(ends[main]), np.arange(ends[main], ends[-1])
    told, turns = zip(*(eigh(_left(known, block, np.setdiff1d(mains, block))) for block in own), strict=True)
    plain = [_left(known, block, level if k < main else mains) for k, block in enumerate(own)]
    spread = [g * len(part) / max(np.trace(part), LEAST) for g, part in zip(gain, plain, strict=True)]
    turn = block_diag(np.eye(1), *turns)
    added = pinvh(known[np.ix_(mains, mains)]) @ known[np.ix_(mains, rest)]
    shear = (turn[np.ix_(mains, mains)].T @ added @ turn[np.ix_(rest, rest)])[1:]
    centring = _centring(np.concatenate(told), _each(spread, own), shear, [len(block) for block in own[:main]])
    bases = tuple(basis @ own_turn for basis, own_turn in zip(contrasts, turns, strict=True))
    centring = np.where(_each(learned, own), centring, 1.0)
    return Coordinates(bases, centring, centring[: len(shear), None] * shear)


def _centring(told: np.ndarray, spread: np.ndarray, shear: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Weights from the information of each coordinate and the variance of its effects.

    A main effect is as unsure as what its interactions add to it, however many answers it has.
    """
    mains = len(shear)
    unsure = shear**2 @ spread[mains:]
    ends = np.cumsum(sizes)
    means = [unsure[end - size : end].mean() for end, size in zip(ends, sizes, strict=True)]
    inner = np.maximum(spread[:mains] - np.repeat(means, sizes), 0)
    noise = 1 / np.maximum(told[:mains], LEAST) + unsure
    size = np.concatenate([inner / noise, spread[mains:] * np.maximum(told[mains:], 0)])
    return weights(size)


def _information(columns: np.ndarray, total: np.ndarray) -> np.ndarray:
    return (columns * total[:, None]).T @ columns


def _left(known: np.ndarray, own: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Information on some columns that does not depend on others: a Schur complement."""
    across = known[np.ix_(others, own)]
    return known[np.ix_(own, own)] - across.T @ pinvh(known[np.ix_(others, others)]) @ across


def _each(values: Sequence[float], own: Sequence[np.ndarray]) -> np.ndarray:
    return np.repeat(values, [len(block) for block in own])
