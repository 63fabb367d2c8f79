"""Imputation: what stands in for a missing value of an indicator."""

from collections.abc import Callable

import numpy as np

from evalcore.errors import EvalcoreError, say


def nothing(value: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Missing values stay missing."""
    return value


def group_mean(value: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Mean of the unit's group.

    Parameters
    ----------
    value : ndarray, shape (..., unit)
    groups : ndarray of str, shape (unit,)

    Raises
    ------
    EvalcoreError
        A group has no value at all.
    """
    return _filled(value, groups, np.nanmean)


def group_median(value: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Median of the unit's group; otherwise as `group_mean`."""
    return _filled(value, groups, np.nanmedian)


IMPUTATIONS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "none": nothing,
    "group_mean": group_mean,
    "group_median": group_median,
}
"""Name -> f(value, groups) on one indicator."""


def _filled(value: np.ndarray, groups: np.ndarray, centre: Callable[..., np.ndarray]) -> np.ndarray:
    filled = value.copy()
    for group in np.unique(groups):
        own = groups == group
        missing = np.isnan(value[..., own])
        if missing.all(axis=-1).any():
            raise EvalcoreError(
                say("impute", f"group '{group}' has no value", "at least one value a group", "use coarser groups")
            )
        if missing.any():
            filled[..., own] = np.where(missing, centre(value[..., own], axis=-1, keepdims=True), value[..., own])
    return filled
