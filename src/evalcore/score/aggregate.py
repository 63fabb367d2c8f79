"""Aggregation: from items to their node. `weighted_mean` lets what does not apply leave the denominator."""

from collections.abc import Callable

import numpy as np

from evalcore.errors import EvalcoreError, say


def weighted_mean(scores: np.ndarray, weights: np.ndarray, applies: np.ndarray) -> np.ndarray:
    """Weighted arithmetic mean over the last axis of the items that apply.

    Parameters
    ----------
    scores : ndarray, shape (..., item)
        Every applicable item has a score; others may be NaN.
    weights : ndarray, shape (..., item)
        Not negative; their sum over applicable items need not be 100.
    applies : ndarray of bool, broadcastable to scores
        Inapplicable items leave the denominator (GB/T 27922, as evaluation-system.md section 1 reports it).

    Returns
    -------
    ndarray, shape (...)
        NaN where nothing applies.
    """
    active = np.where(applies, weights, 0.0)
    total = active.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(applies, scores * active, 0.0).sum(axis=-1) / np.where(total > 0, total, np.nan)


def bounds(scores: np.ndarray, reported: np.ndarray, best: float = 100.0) -> tuple[np.ndarray, np.ndarray]:
    """Scores with every unreported item at 0, and with every one at its best."""
    return np.where(reported, scores, 0.0), np.where(reported, scores, best)


def unreported_share(weights: np.ndarray, applies: np.ndarray, reported: np.ndarray) -> np.ndarray:
    """Percent of the applicable weight that was not reported, over the last axis; NaN where nothing applies."""
    return weighted_mean(np.where(reported, 0.0, 100.0), weights, applies)


def arithmetic(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted arithmetic mean, sum w x / sum w; (..., unit, item), (..., item) -> (..., unit); NaN if an item is."""
    return (scores * weights[..., None, :]).sum(axis=-1) / weights.sum(axis=-1)[..., None]


def geometric(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted geometric mean, prod x^(w / sum w); negative scores are refused, a zero gives zero."""
    _refuse(scores < 0, scores, "geometric", "scores of 0 or more")
    with np.errstate(divide="ignore"):
        return np.exp(arithmetic(np.log(scores), weights))


def harmonic(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted harmonic mean, sum w / sum (w / x); scores of 0 and below are refused."""
    _refuse(scores <= 0, scores, "harmonic", "scores above 0")
    return 1 / arithmetic(1 / scores, weights)


def copeland(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Copeland score: units beaten less units lost to, a pair decided by the weight of the items won.

    Ties in an item count half for each; NaN in any item gives NaN. Source: OECD/JRC handbook (2008), step 7
    (non-compensatory aggregation); Copeland (1951).
    """
    missing = np.isnan(scores).any(axis=-1)
    duel = duels(scores, weights)
    duel = np.where(missing[..., :, None] | missing[..., None, :], 0.0, duel)
    return np.where(missing, np.nan, duel.sum(axis=-1))


def duels(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Who beats whom: 1 where the row's unit wins by the weight of items, -1 where it loses, 0 where level.

    An item counts in a duel where both have a score; NaN leaves it. (..., unit, item), (..., item) ->
    (..., unit, unit). Memory grows with the square of the units, not with the items.
    """
    total = weights.sum(axis=-1, keepdims=True)
    share = weights / np.where(total > 0, total, 1.0)
    margin = np.zeros((*np.broadcast_shapes(scores.shape[:-2], weights.shape[:-1]), *(scores.shape[-2],) * 2))
    for k in range(scores.shape[-1]):
        own = scores[..., k]
        ahead = (own[..., :, None] > own[..., None, :]).view(np.int8)
        margin += share[..., k, None, None] * (ahead - np.swapaxes(ahead, -1, -2))
    return np.sign(np.round(margin, 12))


AGGREGATIONS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
    "harmonic": harmonic,
    "copeland": copeland,
}
"""Name -> f(scores, weights): (..., unit, item) and (..., item) -> (..., unit)."""


def _refuse(bad: np.ndarray, scores: np.ndarray, method: str, allowed: str) -> None:
    if bad.any():
        worst = float(np.nanmin(scores))
        raise EvalcoreError(
            say(f"aggregate {method}", f"a score of {worst:g}", allowed, "choose another normalisation or mean")
        )
