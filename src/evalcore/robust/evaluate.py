"""Scores of many replicates at once: treat, scale, blend, aggregate."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from evalcore.errors import EvalcoreError, say
from evalcore.robust.design import Design
from evalcore.robust.duel import duel
from evalcore.robust.index import Index
from evalcore.robust.scale import FIXED, relative, to_points

LEAST = 1.0
"""Points below which geometric and harmonic means are not followed: a single 0 would decide alone."""


class Mean(NamedTuple):
    """A mean as inverse(sum of w x forward(x)), weights adding up to one; scores below `least` are raised to it."""

    forward: Callable[[np.ndarray], np.ndarray]
    inverse: Callable[[np.ndarray], np.ndarray]
    least: float | None = None


MEANS = {
    "arithmetic": Mean(lambda x: x, lambda x: x),
    "geometric": Mean(np.log, np.exp, LEAST),
    "harmonic": Mean(np.reciprocal, np.reciprocal, LEAST),
}
"""Name -> mean; OECD/JRC handbook (2008), step 7."""


def composites(index: Index, design: Design) -> np.ndarray:
    """Composite of every replicate and unit.

    Parameters
    ----------
    design : Design
        The choices of each replicate.

    Returns
    -------
    ndarray, shape (replicate, unit)
    """
    out = np.empty((len(design), len(index.applies)))
    for own, treatment, scale, mean in _alike(design):
        part = design.at(own)
        out[own] = _composites(index, part, treatment, scale, mean)
    if np.isnan(out).any():
        raise EvalcoreError(
            say("robustness", "a unit has no item with a weight above 0", "one at least", "leave it out as not rated")
        )
    return out


def _alike(design: Design) -> Iterator[tuple[np.ndarray, str, str, str]]:
    """Replicates that share their discrete options, so that each option is computed for many at once."""
    kinds = np.stack([design.treatment, design.normalisation, design.aggregation], axis=-1)
    options, which = np.unique(kinds, axis=0, return_inverse=True)
    for k, (treatment, scale, mean) in enumerate(options):
        yield np.flatnonzero(which.ravel() == k), treatment, scale, mean


def _composites(index: Index, design: Design, treatment: str, scale: str, aggregation: str) -> np.ndarray:
    scores, applies = points_of(index, index.values[design.data], treatment, scale), index.applies[None]
    if aggregation == "copeland":
        return _held(index, design, scores)
    for depth, (level, weights) in enumerate(zip(index.levels, design.weights, strict=True)):
        if depth == len(index.levels) - 1:
            scores = _blended(index, design, scale, scores)
        if aggregation == "own":
            scores, applies = _own_climb(scores, applies, weights, level.nodes, index.means[depth])
        else:
            scores, applies = climb(scores, applies, weights, level.nodes, MEANS[aggregation])
    return scores[..., 0]


def points_of(index: Index, values: np.ndarray, treatment: str, scale: str) -> np.ndarray:
    """Points of treated and scaled values, (replicate, unit, item) -> the same shape, without NaN."""
    if treatment == "winsorise":
        values = np.clip(values, *index.limits)
    if scale == "own":
        return np.stack([own(values[..., k]) for k, own in enumerate(index.scales)], axis=-1)
    return to_points(scale, values, index.direction, index.posts)


def climb(
    scores: np.ndarray, applies: np.ndarray, weights: np.ndarray, nodes: list[slice], mean: Mean
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of the nodes of one level, and whether they have any applicable item; NaN where they have none.

    Parameters
    ----------
    scores : ndarray, shape (replicate, unit, item)
    applies : ndarray of bool, shape (replicate or 1, unit, item)
    weights : ndarray, shape (replicate, item)
    """
    counted = applies.astype(float)
    whole = bool(applies.all())  # the common case, and the quick one
    safe = scores if whole else np.where(applies, scores, LEAST)
    forward = mean.forward(safe if mean.least is None else np.maximum(safe, mean.least))
    forward = forward if whole else np.where(applies, forward, 0.0)
    sums, totals = [], []
    for part in nodes:
        sums.append(np.einsum("rek,rk->re", forward[..., part], weights[:, part]))
        totals.append(np.einsum("rek,rk->re", counted[..., part], weights[:, part]))
    total = np.stack(totals, axis=-1)
    ratio = np.stack(sums, axis=-1) / np.where(total > 0, total, np.nan)
    return mean.inverse(ratio), total > 0


def _own_climb(
    scores: np.ndarray, applies: np.ndarray, weights: np.ndarray, nodes: list[slice], names: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """As `climb`, each node by its own aggregation as the edition has it: there a zero stays a zero."""
    found = []
    for part, name in zip(nodes, names, strict=True):
        own = (scores[..., part], applies[..., part], weights[:, part], [slice(0, part.stop - part.start)])
        with np.errstate(divide="ignore"):
            found.append(duel(*own) if name == "copeland" else climb(*own, EXACT[name]))
    return tuple(np.concatenate(side, axis=-1) for side in zip(*found, strict=True))


EXACT = {name: mean._replace(least=None if mean.least is None else 0.0) for name, mean in MEANS.items()}
"""The means as `score.aggregate` has them."""


def _held(index: Index, design: Design, scores: np.ndarray) -> np.ndarray:
    """Duels over all indicators at once, each with its overall weight, and the panel's scores as further items.

    Not level by level: of two items at the top the heavier one would decide every duel alone.
    """
    weights, node = design.weights[0], index.levels[0].parent
    for level, own in zip(index.levels[1:], design.weights[1:], strict=True):
        weights, node = weights * own[:, node], level.parent[node]
    applies = np.broadcast_to(index.applies, scores.shape)
    if index.panel is not None:
        panel, share = index.panel[design.data], design.experts[:, None]
        scores, applies = np.concatenate([scores, panel], -1), np.concatenate([applies, ~np.isnan(panel)], -1)
        weights = np.concatenate([(1 - share) * weights, share * design.weights[-1]], -1)
    return duel(scores, applies, weights, [slice(0, weights.shape[1])])[0][..., 0]


def _blended(index: Index, design: Design, scale: str, scores: np.ndarray) -> np.ndarray:
    """Items of the last level with the experts' share; on a relative scale the panel is put on that scale too."""
    if index.panel is None:
        return scores
    panel = index.panel[design.data]
    if scale not in FIXED:
        columns = [relative(scale, np.ascontiguousarray(panel[..., k]), 1) for k in range(panel.shape[-1])]
        panel = np.where(np.isnan(panel), np.nan, np.stack(columns, axis=-1))
    share = np.where(np.isnan(panel), 0.0, design.experts[:, None, None])
    return (1 - share) * scores + share * np.nan_to_num(panel)
