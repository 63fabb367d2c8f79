"""Where everybody stands: relations of all pairs, groups that cannot be told apart, how sure the ends are."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evalcore.edition.grammar import Grammar
from evalcore.grammar.relation import BEHIND, NOT_APART, ROUNDING, relations
from evalcore.robust.ties import tie_bands

Certainty = Literal["sure", "probable", "open"]


@dataclass(frozen=True)
class Standing:
    """The order of the rated entities, best first, and what may be said of it.

    `relation` is (entity, entity), read from the row; `groups` holds positions, from the top;
    `first` and `last` say how sure it is that the first (last) group is ahead of (behind) all others.
    """

    entities: tuple[str, ...]
    relation: np.ndarray
    groups: tuple[tuple[int, ...], ...]
    first: Certainty
    last: Certainty


def standing(
    entities: tuple[str, ...], chance: np.ndarray, p_first: np.ndarray, p_last: np.ndarray, grammar: Grammar
) -> Standing:
    """Judge an order.

    Parameters
    ----------
    entities : tuple of str
        The rated entities, best first.
    chance : ndarray, shape (entity, entity)
        Probability that the row scores above the column, in the same order.
    p_first, p_last : ndarray, shape (entity,)
        Probability of the first and of the last rank: two who are each very probably ahead of a third need not
        both be ahead of it, so that a sole first or last place is judged by its own probability as well.
    """
    relation = relations(chance, grammar)
    groups = tie_groups(chance, grammar)
    if not groups:
        return Standing(entities, relation, groups, "open", "open")
    top, bottom = groups[0], groups[-1]
    return Standing(
        entities,
        relation,
        groups,
        _certainty(chance[np.ix_(top, _others(top, len(entities)))], p_first[list(top)], grammar),
        _certainty(1 - chance[np.ix_(bottom, _others(bottom, len(entities)))], p_last[list(bottom)], grammar),
    )


def tie_groups(chance: np.ndarray, grammar: Grammar) -> tuple[tuple[int, ...], ...]:
    """Positions in runs of neighbours of which no two can be told apart, from the top; runs may overlap.

    The rule is that of `evalcore.robust.ties.tie_bands`, at the probability from which on an order is probable.
    """
    bands = tie_bands(chance, np.arange(len(chance)), grammar.probably - ROUNDING)
    return tuple(tuple(range(first, last + 1)) for first, last in bands)


def _certainty(beyond: np.ndarray, alone: np.ndarray, grammar: Grammar) -> Certainty:
    """`beyond`: P(member beyond outsider); `alone`: P(member holds the extreme rank), asked of a sole member only."""
    weakest = min([*beyond.ravel(), *(alone if len(alone) == 1 else ())], default=0.0) + ROUNDING
    return "sure" if weakest >= grammar.ahead else "probable" if weakest >= grammar.probably else "open"


def _others(members: tuple[int, ...], count: int) -> list[int]:
    return [position for position in range(count) if position not in members]


def counts(relation: np.ndarray) -> dict[str, int]:
    """How many others one stands in each relation to; "tied" counts as "open". `relation`: one row of the matrix."""
    merged = ["open" if name in NOT_APART else name for name in relation if name]
    return {name: merged.count(name) for name in ("ahead", "probably_ahead", "open", *reversed(BEHIND))}
