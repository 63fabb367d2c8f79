"""Exact Shapley shares of explained variance, from a correlation matrix alone."""

from math import factorial

import numpy as np

MOST = 12
"""Drivers at most: all their subsets are looked at, 4,096 for twelve."""
SMALLEST = 1e-10
"""Variance left below which a driver is a combination of the others and adds nothing."""


def explained(correlation: np.ndarray) -> np.ndarray:
    """R-squared of the last variable given every subset of the others.

    Subset number m holds the drivers whose bit is set in m. Drivers are eliminated one after the other (Schur
    complements), for all subsets at once: no matrix is inverted, and no BLAS decides the last bit.

    Parameters
    ----------
    correlation : ndarray, shape (driver + 1, driver + 1)
        The outcome is last.

    Returns
    -------
    ndarray, shape (2 ** driver,)
    """
    left = correlation[None]
    for driver in range(len(correlation) - 1):
        pivot = left[:, driver, driver]
        usable = pivot > SMALLEST
        column = left[:, :, driver]
        outer = column[:, :, None] * column[:, None, :] / np.where(usable, pivot, 1.0)[:, None, None]
        left = np.concatenate([left, np.where(usable[:, None, None], left - outer, left)])
    return 1 - left[:, -1, -1]


def shapley(explained: np.ndarray) -> np.ndarray:
    """Each driver's share of R-squared, the mean of what it adds over all orders of entry (Lindeman, Merenda, Gold).

    Shares add up to the R-squared of all drivers. With k drivers, what driver i adds to a subset of size s counts
    s! (k - s - 1)! / k!.

    Returns
    -------
    ndarray, shape (driver,)
    """
    subsets = np.arange(len(explained))
    k = len(explained).bit_length() - 1
    size = np.array([int(m).bit_count() for m in subsets])
    weight = np.array([factorial(s) * factorial(k - s - 1) / factorial(k) for s in range(k)])
    without = [subsets[(subsets >> i) & 1 == 0] for i in range(k)]
    return np.array([(weight[size[m]] * (explained[m + (1 << i)] - explained[m])).sum() for i, m in enumerate(without)])


def partial_correlations(correlation: np.ndarray) -> np.ndarray:
    """(driver,) Correlation of each driver with the outcome, the other drivers held fixed."""
    k = len(correlation) - 1
    found = []
    for own in range(k):
        left = correlation
        for other in (j for j in range(k) if j != own):
            pivot = left[other, other]
            left = left - left[:, [other]] * left[[other], :] / pivot if pivot > SMALLEST else left
        scale = np.sqrt(max(left[own, own], SMALLEST) * max(left[-1, -1], SMALLEST))
        found.append(left[own, -1] / scale)
    return np.array(found)


def robustness_value(partial: np.ndarray) -> np.ndarray:
    """How strong an unmeasured confounder must be to explain an association away.

    RV = (sqrt(f^4 + 4 f^2) - f^2) / 2 with f^2 = r^2 / (1 - r^2): a confounder that explains this share of what is
    left of both driver and outcome brings the coefficient to zero. Source: Cinelli and Hazlett (2020), Making sense
    of sensitivity: extending omitted variable bias, J. R. Stat. Soc. B; R package sensemakr.

    Parameters
    ----------
    partial : ndarray
        Partial correlations, -1 to 1.
    """
    square = np.minimum(partial**2, 1 - SMALLEST)
    f2 = square / (1 - square)
    return (np.sqrt(f2**2 + 4 * f2) - f2) / 2
