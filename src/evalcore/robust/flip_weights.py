"""The smallest change of weights that swaps two units."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

from evalcore.robust.additive import global_weights, level_weights, linear_items, parts_of
from evalcore.robust.index import Index

ROUNDS = 25
"""Rounds of linearisation where items that do not apply make the composite a ratio of weights."""

SAME = 1e-6
"""Points within which two composites count as level."""


class WeightFlip(NamedTuple):
    """`change`: sum of absolute changes, points of 100 (NaN: none found); `weights`: the new ones, adding up to one.

    `proved`: no smaller change swaps the two, or none at all where there is none.
    """

    change: float
    weights: np.ndarray
    proved: bool = True


def smallest_change(ahead: np.ndarray, behind: np.ndarray, weights: np.ndarray) -> WeightFlip:
    """Least L1 change of weights on the simplex that brings `behind` level with `ahead` (beyond it, they swap).

    Linear program over increases p and decreases n of the weights w: minimise sum(p + n) subject to sum p = sum n,
    n <= w and (ahead - behind) . (w + p - n) <= 0. Impossible where `ahead` is at least as good in every item.

    Parameters
    ----------
    ahead, behind : ndarray, shape (item,)
        Points of the two units.
    weights : ndarray, shape (item,)
        Adding up to one; a weight of 0 may rise.
    """
    gap = ahead - behind
    if gap.min() >= 0:
        return WeightFlip(np.nan, np.full(len(weights), np.nan))
    count = len(weights)
    solved = linprog(
        np.ones(2 * count),
        A_ub=np.concatenate([gap, -gap])[None, :],
        b_ub=[-(gap * weights).sum()],
        A_eq=np.concatenate([np.ones(count), -np.ones(count)])[None, :],
        b_eq=[0.0],
        bounds=[(0, None)] * count + [(0, w) for w in weights],
        method="highs",
    )
    new = weights + solved.x[:count] - solved.x[count:]
    return WeightFlip(100 * float(np.abs(new - weights).sum()), new)


def flip_weights(index: Index, ahead: int, behind: int) -> WeightFlip:
    """The same for two units of an additive index: overall weights of the indicators, all levels free.

    Exact where everything applies to both units. Otherwise a composite is a sum of ratios of weights, and the two
    being level is no linear condition: it is linearised at the current solution until the two are level there.
    The result is a change that swaps them, so that the smallest is at most that; it is not proved to be the
    smallest. That there is none is then proved only where the first leads in every part of every last node.
    """
    weights, at = global_weights(index), global_weights(index)
    pair = [ahead, behind]
    for _ in range(ROUNDS):
        items = linear_items(index, at)[pair]
        found = smallest_change(items[0], items[1], weights)
        if index.applies[pair].all():
            return found
        if np.isnan(found.change):
            return found._replace(proved=_dominated(index, ahead, behind))
        composite = parts_of(index, level_weights(index, found.weights)).composite
        if abs(composite[ahead] - composite[behind]) < SAME:
            return found._replace(proved=False)
        at = found.weights
    return WeightFlip(np.nan, np.full(len(weights), np.nan), _dominated(index, ahead, behind))


def _dominated(index: Index, ahead: int, behind: int) -> bool:
    """Whether the worst item of the first is at least the best of the second in every last node both have.

    Then it leads there whatever the weights inside, and, if both have the same nodes, in the composite too.
    """
    parts, scores = parts_of(index), []
    items = (1 - parts.share) * parts.points + parts.share * parts.panel
    for node in range(index.home[-1] + 1):
        own = [items[unit, (index.home == node) & index.applies[unit]] for unit in (ahead, behind)]
        if bool(len(own[0])) != bool(len(own[1])):
            return False
        scores.append(not len(own[0]) or own[0].min() >= own[1].max())
    return all(scores)
