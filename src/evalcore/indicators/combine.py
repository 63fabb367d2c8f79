"""Combining sources: a second source blends in, lowers or deducts from the main one."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from evalcore.edition.measure import Blend, Deduct, LowerTo

Counts = tuple[np.ndarray, np.ndarray]
"""Value as a ratio and effective number of rows, of one source."""


def blend(main: np.ndarray, other: np.ndarray, rule: Blend, lower: np.ndarray) -> np.ndarray:
    """(1 - share) main + share other, where the other exists."""
    share = rule.share / 100
    return np.where(np.isnan(other), main, (1 - share) * main + share * other)


def lower_to(main: np.ndarray, other: np.ndarray, rule: LowerTo, lower: np.ndarray) -> np.ndarray:
    """The other's value where it lies significantly below."""
    return np.where(lower & ~np.isnan(other), np.minimum(main, other), main)


def deduct(main: np.ndarray, other: np.ndarray, rule: Deduct, lower: np.ndarray) -> np.ndarray:
    """Result main - min(points x other / each, at_most), not below 0; in the indicator's unit."""
    loss = np.minimum(rule.points * other / rule.each, rule.at_most)
    return np.where(np.isnan(other), main, np.maximum(main - loss, 0))


COMBINATIONS: dict[str, Callable[..., np.ndarray]] = {"blend": blend, "lower_to": lower_to, "deduct": deduct}
"""Rule -> f(main, other, rule, lower), all arrays of one shape; `other` is NaN where the source has no value."""


def significantly_below(other: Counts, main: Counts, confidence: float) -> np.ndarray:
    """Whether one share lies below another: one-sided z test of two proportions with pooled variance."""
    (p2, n2), (p1, n1) = other, main
    with np.errstate(invalid="ignore", divide="ignore"):  # a source without rows is never significantly below
        pooled = (p1 * n1 + p2 * n2) / (n1 + n2)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
        return (p1 - p2) / error > stats.norm.ppf(confidence / 100)
