"""The arithmetic index as a sum of items: what each item weighs and brings in, unit by unit."""

from typing import NamedTuple

import numpy as np

from evalcore.errors import EvalcoreError, say
from evalcore.robust.design import Design
from evalcore.robust.evaluate import MEANS, climb, points_of
from evalcore.robust.index import Index


class Parts(NamedTuple):
    """Composite (unit,) = sum over items of weight x ((1 - share) x points + share x panel).

    `points`, `weight`, `share`, `panel`: (unit, item). An item that does not apply to a unit weighs 0 there.
    """

    points: np.ndarray
    weight: np.ndarray
    share: np.ndarray
    panel: np.ndarray

    @property
    def indicators(self) -> np.ndarray:
        """What each item brings in by its own points, (unit, item)."""
        return self.weight * (1 - self.share) * self.points

    @property
    def experts(self) -> np.ndarray:
        """What the panel brings in, (unit,)."""
        return (self.weight * self.share * self.panel).sum(axis=-1)

    @property
    def composite(self) -> np.ndarray:
        """The composite, (unit,)."""
        return self.indicators.sum(axis=-1) + self.experts


def parts_of(index: Index, weights: tuple[np.ndarray, ...] | None = None) -> Parts:
    """The point estimate under an arithmetic mean, on the edition's own scale, taken apart.

    Parameters
    ----------
    weights : tuple of ndarray (item,), optional
        One per level; the index's own by default.
    """
    points = points_of(index, index.values[:1], index.own.treatment, index.own.normalisation)[0]
    weight = unit_weights(index, weights or tuple(level.shares for level in index.levels))
    panel = np.full(index.applies.shape, np.nan) if index.panel is None else index.panel[0][:, index.home]
    share = np.where(np.isnan(panel), 0.0, index.share)
    return Parts(np.where(index.applies, points, 0.0), weight, share, np.nan_to_num(panel))


def unit_weights(index: Index, weights: tuple[np.ndarray, ...]) -> np.ndarray:
    """Weight of each item in each unit's composite after inapplicable items left their denominators, (unit, item)."""
    applies, result = index.applies, np.ones(index.applies.shape)
    node = np.arange(index.applies.shape[1])
    for level, weight in zip(index.levels, weights, strict=True):
        active = np.where(applies, weight, 0.0)
        total = np.stack([active[:, part].sum(axis=-1) for part in level.nodes], axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            inside = np.where(active > 0, active / total[:, level.parent], 0.0)
        result, applies, node = result * inside[:, node], total > 0, level.parent[node]
    if not applies.all():
        raise EvalcoreError(
            say("weights", "a unit has no item with a weight above 0", "one at least", "leave it out as not rated")
        )
    return result


def global_weights(index: Index) -> np.ndarray:
    """Nominal weight of each item in the composite where everything applies, adding up to one, (item,)."""
    result, node = np.ones(index.applies.shape[1]), np.arange(index.applies.shape[1])
    for level in index.levels:
        result, node = result * level.shares[node], level.parent[node]
    return result


def level_weights(index: Index, overall: np.ndarray) -> tuple[np.ndarray, ...]:
    """Weights per level that give the overall weights (item,); the inverse of `global_weights`."""
    found, current = [], overall
    for level in index.levels:
        found.append(current)
        current = np.array([current[part].sum() for part in level.nodes])
    return tuple(found)


def linear_items(index: Index, overall: np.ndarray) -> np.ndarray:
    """Points z (unit, item) with composite = sum of overall weight x z at these weights.

    Items carry their share of the panel. An item that does not apply takes the unit's own score of the nearest
    node that has one, which is what leaving the denominator amounts to; the sum is exact at these weights, and at
    all weights where everything applies.
    """
    weights = level_weights(index, overall)
    parts = parts_of(index, weights)
    scores, applies = parts.points[None], index.applies[None]
    chain, node = [(scores[0], applies[0], np.arange(len(overall)))], np.arange(len(overall))
    for level, weight in zip(index.levels, weights, strict=True):
        scores, applies = climb(scores, applies, weight[None], level.nodes, MEANS["arithmetic"])
        node = level.parent[node]
        chain.append((scores[0], applies[0], node))
    items = np.where(index.applies, (1 - parts.share) * parts.points + parts.share * parts.panel, np.nan)
    for found, known, home in chain[1:-1]:
        inside = (1 - parts.share) * found[:, home] + parts.share * parts.panel
        items = np.where(np.isnan(items) & known[:, home], inside, items)
    return np.where(np.isnan(items), parts.composite[:, None], items)


def at_weights(index: Index, weights: tuple[np.ndarray, ...]) -> Design:
    """A design of the edition's methods and point estimates with given weights, one (replicate, item) per level."""
    count = len(weights[0])
    names = [np.full(count, name) for name in index.own]
    return Design(np.zeros(count, dtype=int), weights, *names, np.full(count, index.share))
