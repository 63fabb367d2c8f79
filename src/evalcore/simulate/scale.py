"""The baseline-and-bonus scale in both directions, without sampling (evaluation-system.md, section 2)."""

import numpy as np

from evalcore.edition import Goalposts


def points_of(value: np.ndarray, goalposts: Goalposts) -> np.ndarray:
    """Points 0 to 100 of values in the indicator's unit; NaN stays NaN."""
    marks, points = _marks(goalposts)
    return np.interp(np.asarray(value) * goalposts.direction, marks * goalposts.direction, points)


def value_of(points: np.ndarray, goalposts: Goalposts) -> np.ndarray:
    """The value in the indicator's unit that scores these points; NaN stays NaN."""
    marks, known = _marks(goalposts)
    return np.interp(points, known, marks)


def _marks(goalposts: Goalposts) -> tuple[np.ndarray, np.ndarray]:
    """Values at which the scale bends, and their points."""
    if goalposts.stretch is None:
        return np.array([goalposts.floor, goalposts.baseline]), np.array([0, goalposts.base])
    return (
        np.array([goalposts.floor, goalposts.baseline, goalposts.stretch]),
        np.array([0, goalposts.base, goalposts.base + goalposts.bonus]),
    )
