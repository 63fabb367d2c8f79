"""Scales of the Monte Carlo: values of many replicates become points that can be added."""

from collections.abc import Callable

import numpy as np

from evalcore.edition import Goalposts
from evalcore.score.normalise import NORMALISATIONS, baseline_bonus, goalposts

MIDDLE = 50.0
"""What everybody gets, on a scale that depends on who takes part, for an item on which all are equal."""


def linear(value: np.ndarray, posts: Goalposts) -> np.ndarray:
    """100 x the part of the way from the floor to the stretch (the baseline where there is none), in [0, 100]."""
    ends = sorted([posts.floor, posts.baseline if posts.stretch is None else posts.stretch])
    return goalposts(value, posts.direction, *ends, top=100.0)


FIXED: dict[str, Callable[[np.ndarray, Goalposts], np.ndarray]] = {
    "baseline_bonus": lambda value, posts: sum(baseline_bonus(value, posts)),
    "goalposts": linear,
}
"""Scales on fixed goalposts: f(value, posts)."""

RELATIVE: dict[str, dict[str, float]] = {
    "minmax": {"top": 100.0},
    "zscore": {"mean": 50.0, "sd": 10.0},
    "percentile_rank": {},
}
"""Scales over the units that take part (`score.normalise`), with the parameters that make them points."""


def to_points(name: str, values: np.ndarray, direction: np.ndarray, posts: tuple[Goalposts | None, ...]) -> np.ndarray:
    """Points of every replicate, unit and item.

    An item without a value earns 0 on fixed goalposts, and the lowest score of those who have one on a relative
    scale. Where all units are equal a relative scale says nothing: everybody gets 50.

    Parameters
    ----------
    values : ndarray, shape (replicate, unit, item)

    Returns
    -------
    ndarray, shape (replicate, unit, item), without NaN
    """
    columns = np.ascontiguousarray(np.moveaxis(values, -1, 0))  # units side by side: sums do not depend on the chunk
    if name in FIXED:
        points = np.stack(
            [np.nan_to_num(FIXED[name](column, post)) for column, post in zip(columns, posts, strict=True)]
        )
        return np.moveaxis(points, 0, -1)
    points = np.empty_like(columns)
    for side in np.unique(direction):
        points[direction == side] = relative(name, columns[direction == side], side)
    return np.moveaxis(points, 0, -1)


def relative(name: str, column: np.ndarray, direction: int) -> np.ndarray:
    """Items of one direction on a relative scale, (..., unit) -> (..., unit)."""
    low, high = np.fmin.reduce(column, axis=-1), np.fmax.reduce(column, axis=-1)
    spread = high > low  # False where all are equal or missing
    points = np.full(column.shape, MIDDLE)
    if spread.any():
        points[spread] = NORMALISATIONS[name](column[spread], direction, **RELATIVE[name])
    missing = np.isnan(column)
    if missing.any():
        worst = np.fmin.reduce(np.where(missing, np.inf, points), axis=-1, keepdims=True)
        points = np.where(missing, np.where(np.isinf(worst), 0.0, worst), points)
    return points
