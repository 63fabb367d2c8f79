"""Normalisation: indicator values become points of 100 on fixed goalposts."""

import numpy as np

from evalcore.edition import Goalposts


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
