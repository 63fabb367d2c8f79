"""Copeland's rule in the Monte Carlo: points are the share of duels that are won."""

import numpy as np

from evalcore.robust.scale import MIDDLE
from evalcore.score.aggregate import duels

ENTRIES = 500_000
"""Duels held at a time: replicates x units x units, which bounds the memory."""


def duel(
    scores: np.ndarray, applies: np.ndarray, weights: np.ndarray, nodes: list[slice]
) -> tuple[np.ndarray, np.ndarray]:
    """Points of the nodes of one level, and whether they have any applicable item; shapes as `evaluate.climb`.

    Points are 100 x (duels won + half of those level) / duels; which of two wins is decided by the weight of the
    items in which each is ahead (`score.aggregate.duels`), so that a large lead in one item makes up for nothing.
    An item counts in a duel where it applies to both. A unit without others gets 50; NaN where no item of
    positive weight applies.
    """
    known = np.where(applies, scores, np.nan)
    found, some = zip(*(_node(known[..., part], weights[:, part]) for part in nodes), strict=True)
    return np.stack(found, axis=-1), np.stack(some, axis=-1)


def _node(scores: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points (replicate, unit) of one node, and whether anything in it applies."""
    units = scores.shape[1]
    some = (~np.isnan(scores) & (weights > 0)[:, None, :]).any(axis=-1)
    rivals = some.sum(axis=-1, keepdims=True) - 1
    step = max(1, ENTRIES // units**2)
    blocks = range(0, len(scores), step)
    won = np.concatenate([duels(scores[b : b + step], weights[b : b + step]).sum(axis=-1) for b in blocks])
    points = MIDDLE + MIDDLE * won / np.maximum(rivals, 1)
    return np.where(some, points, np.nan), some
