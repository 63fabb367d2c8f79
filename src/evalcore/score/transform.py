"""Transformations of indicator values before anything is compared."""

from collections.abc import Callable

import numpy as np

from evalcore.errors import EvalcoreError, say


def log(value: np.ndarray) -> np.ndarray:
    """Natural logarithm; zero and below are refused, NaN stays."""
    if np.nanmin(value, initial=np.inf) <= 0:
        raise EvalcoreError(
            say("transform log", f"value {np.nanmin(value):g}", "values above 0", "choose another transformation")
        )
    return np.log(value)


def identity(value: np.ndarray) -> np.ndarray:
    """The value as it is."""
    return value


def cap(value: np.ndarray, low: float | None, high: float | None) -> np.ndarray:
    """Values beyond `low` or `high` become `low` or `high`; a cap that every value lies beyond is refused."""
    if high is not None and np.nanmin(value, initial=np.inf) > high:
        raise EvalcoreError(say("cap", f"all values lie above {high:g}", "a cap within the data", "correct the cap"))
    if low is not None and np.nanmax(value, initial=-np.inf) < low:
        raise EvalcoreError(say("cap", f"all values lie below {low:g}", "a cap within the data", "correct the cap"))
    return value if low is None and high is None else np.clip(value, low, high)


TRANSFORMS: dict[str, Callable[[np.ndarray], np.ndarray]] = {"none": identity, "log": log}
"""Name -> f(value), any shape."""


def denominate(value: np.ndarray, by: np.ndarray, scale: float = 1.0) -> np.ndarray:
    """Value / by x scale, any shape; a denominator of 0 or below is refused, NaN gives NaN.

    Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5, scale effects.
    """
    if np.nanmin(by, initial=np.inf) <= 0:
        raise EvalcoreError(
            say("denominate", f"a denominator of {np.nanmin(by):g}", "values above 0", "correct the denominator")
        )
    return value / by * scale
