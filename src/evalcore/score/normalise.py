"""Normalisation: values become comparable. Fixed scales first, then those that depend on who takes part.

All functions take an array of shape (..., unit) with `direction` +1 (more is better) or -1, and keep NaN.
"""

from collections.abc import Callable

import numpy as np
from scipy import stats

from evalcore.edition import Goalposts
from evalcore.errors import EvalcoreError, say


def baseline_bonus(value: np.ndarray, posts: Goalposts) -> tuple[np.ndarray, np.ndarray]:
    """Base points and bonus points of baseline-and-bonus scoring.

    With floor f, baseline b, stretch t, base B and bonus K: base = B clip((x - f) / (b - f), 0, 1) and
    bonus = K clip((x - b) / (t - b), 0, 1). Continuous and monotone; where less is better f > b > t mirrors it.
    Source: evaluation-system.md, section 2.

    Parameters
    ----------
    value : ndarray, any shape
        In the unit of the goalposts; NaN gives NaN.

    Returns
    -------
    (ndarray, ndarray)
        Base points in [0, B] and bonus points in [0, K], of the same shape.
    """
    base = posts.base * np.clip((value - posts.floor) / (posts.baseline - posts.floor), 0, 1)
    if posts.stretch is None:
        return base, np.where(np.isnan(value), np.nan, 0.0)
    return base, posts.bonus * np.clip((value - posts.baseline) / (posts.stretch - posts.baseline), 0, 1)


def attained(value: np.ndarray, posts: Goalposts) -> np.ndarray:
    """Whether values are at or beyond the baseline; False where missing."""
    with np.errstate(invalid="ignore"):
        return (value - posts.baseline) * posts.direction >= 0


def goalposts(value: np.ndarray, direction: int, low: float, high: float, top: float = 1.0) -> np.ndarray:
    """Top x clip((x - low) / (high - low), 0, 1) on fixed goalposts, mirrored where less is better.

    Source: UNDP, Human Development Report, technical notes (dimension indices), as shared/data/README.md gives them.
    """
    share = np.clip((value - low) / (high - low), 0, 1)
    return top * (share if direction > 0 else 1 - share)


def minmax(value: np.ndarray, direction: int, top: float = 100.0) -> np.ndarray:
    """Top x (x - min) / (max - min) over units, mirrored where less is better; OECD/JRC handbook (2008), step 5."""
    low, high = _ends(value)
    share = (value - low) / (high - low) if direction > 0 else (high - value) / (high - low)
    return top * share


def zscore(value: np.ndarray, direction: int, mean: float = 0.0, sd: float = 1.0) -> np.ndarray:
    """Mean + sd x (x - average) / standard deviation (n - 1) over units."""
    _ends(value)
    centred = value - np.nanmean(value, axis=-1, keepdims=True)
    return mean + sd * direction * centred / np.nanstd(value, axis=-1, ddof=1, keepdims=True)


def rank(value: np.ndarray, direction: int) -> np.ndarray:
    """Rank from the worst (1) to the best (n), ties averaged."""
    return _ranked(value * direction)


def percentile_rank(value: np.ndarray, direction: int) -> np.ndarray:
    """Share of units that are worse, ties counting half, in percent of the units with a value."""
    known = (~np.isnan(value)).sum(axis=-1, keepdims=True)
    return 100 * (_ranked(value * direction) - 0.5) / known


def borda(value: np.ndarray, direction: int) -> np.ndarray:
    """Number of units that are beaten, ties counting half (Borda 1781)."""
    return _ranked(value * direction) - 1


def distance_to_reference(value: np.ndarray, direction: int, reference: float | None = None) -> np.ndarray:
    """X / reference where more is better, reference / x where less is; the best unit is the reference by default."""
    best = np.nanmax(value, axis=-1, keepdims=True) if direction > 0 else np.nanmin(value, axis=-1, keepdims=True)
    base = best if reference is None else reference
    if np.nanmin(value, initial=np.inf) <= 0 or np.min(base) <= 0:
        raise EvalcoreError(
            say("distance_to_reference", f"value {np.nanmin(value):g}", "values above 0", "choose minmax")
        )
    return value / base if direction > 0 else base / value


NORMALISATIONS: dict[str, Callable[..., np.ndarray]] = {
    "goalposts": goalposts,
    "baseline_bonus": lambda value, direction, posts: sum(baseline_bonus(value, posts)),
    "minmax": minmax,
    "zscore": zscore,
    "rank": rank,
    "percentile_rank": percentile_rank,
    "borda": borda,
    "distance_to_reference": distance_to_reference,
}
"""Name -> f(value, direction, **parameters); the goalposts of `baseline_bonus` have the direction in them."""


def _ends(value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    known = ~np.isnan(value)
    low = np.where(known, value, np.inf).min(axis=-1, keepdims=True)
    high = np.where(known, value, -np.inf).max(axis=-1, keepdims=True)
    if not (high > low).all():
        raise EvalcoreError(
            say(
                "normalise",
                "an indicator without a range (all equal or all missing)",
                "two different values",
                "leave the indicator out, or use fixed goalposts",
            )
        )
    return low, high


def _ranked(value: np.ndarray) -> np.ndarray:
    ranked = stats.rankdata(value, axis=-1, nan_policy="omit")
    return np.where(np.isnan(value), np.nan, ranked)
