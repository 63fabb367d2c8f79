"""Adding up exactly: the numbers that make a mean what the truth says it is."""

from collections.abc import Callable

import numpy as np

STEPS = 60
REACH = 30.0


def solve(mean: Callable[[np.ndarray], np.ndarray], target: np.ndarray, reach: float = REACH) -> np.ndarray:
    """Bisect, for each platform by itself, for the argument at which a rising mean meets its target.

    Parameters
    ----------
    mean : callable
        (platforms,) -> (platforms,), not falling.
    target : ndarray
        (platforms,); where it is NaN or out of reach the result lies at an end of the interval.
    """
    low, high = np.full(len(target), -reach), np.full(len(target), reach)
    for _ in range(STEPS):
        middle = (low + high) / 2
        under = mean(middle) < target
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return (low + high) / 2


def balanced(
    raw: np.ndarray, weights: np.ndarray, total: np.ndarray, lowest: np.ndarray, highest: np.ndarray
) -> np.ndarray:
    """Points near `raw`, inside their bounds, whose weighted mean is `total`; what is out of reach moves the others.

    Parameters
    ----------
    raw, weights, lowest, highest : ndarray
        (platforms, indicators); weights of 0 take no part.
    total : ndarray
        (platforms,)
    """

    def shifted(shift: np.ndarray) -> np.ndarray:
        return np.clip(raw + shift[:, None], lowest, highest)

    return shifted(solve(lambda shift: np.average(shifted(shift), axis=1, weights=weights), total, reach=100))
