"""Perception and expectation together: polynomial regression instead of a difference score."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.survey.least_squares import Fitted, least_squares

LEAST = 20
"""Answers below which six coefficients are not asked for."""
TERMS = ("perceived", "expected", "perceived^2", "product", "expected^2")
MODELS = {"gap": None, "perceived": (0,), "both": (0, 1), "surface": (0, 1, 2, 3, 4)}
"""Name -> columns of the full model; the gap takes perceived less expected as one."""


class Surface(NamedTuple):
    """Response surface of an outcome (Edwards 2002).

    `r2` by model (gap, perceived, both, surface; adjusted); `coefficients` (value, lower, upper by term) of the
    surface; `along` and `across`, slopes at the centre along perceived = expected and along perceived = -expected,
    as value, lower, upper. A gap score asks for along = 0: both rising together would change nothing.
    """

    r2: pd.Series
    coefficients: pd.DataFrame
    along: tuple[float, float, float]
    across: tuple[float, float, float]


def surface(
    perceived: pd.Series, expected: pd.Series, outcome: pd.Series, centre: float, interval: float
) -> Surface | None:
    """Least squares with standard errors that allow for unequal variances (HC1).

    None where too few answered for six coefficients, or where something varies too little.
    """
    frame = pd.DataFrame({"p": perceived, "e": expected, "y": outcome}).dropna().astype(float)
    p, e, y = frame["p"].to_numpy() - centre, frame["e"].to_numpy() - centre, frame["y"].to_numpy()
    if len(y) < LEAST or not all(np.ptp(own) for own in (p, e, y)):
        return None
    full = np.column_stack([p, e, p**2, p * e, e**2])
    columns = {name: full[:, [*own]] if own else (p - e)[:, None] for name, own in MODELS.items()}
    try:
        fits = {name: least_squares(own, y) for name, own in columns.items()}
    except ZeroDivisionError:  # two levels alone have no curvature
        return None
    beta, covariance = fits["surface"].beta, _robust(fits["surface"])
    t = stats.t.ppf(0.5 + interval / 2, len(y) - 6)
    error = np.sqrt(np.diag(covariance))
    table = pd.DataFrame({"value": beta, "lower": beta - t * error, "upper": beta + t * error}).iloc[1:]
    directions = [np.array([0, 1, sign, 0, 0, 0.0]) for sign in (1, -1)]
    along, across = (_linear(direction, beta, covariance, t) for direction in directions)
    r2 = pd.Series({name: own.adjusted for name, own in fits.items()})
    return Surface(r2, table.set_axis(TERMS), along, across)


def _linear(direction: np.ndarray, beta: np.ndarray, covariance: np.ndarray, t: float) -> tuple[float, float, float]:
    value = float((direction * beta).sum())
    half = t * float(np.sqrt((direction[:, None] * covariance * direction).sum()))
    return value, value - half, value + half


def _robust(fit: Fitted) -> np.ndarray:
    """Covariance of the coefficients that allows for unequal variances (HC1)."""
    n, k = fit.design.shape
    meat = np.einsum("ni,nj->ij", fit.design * fit.residual[:, None] ** 2, fit.design)
    return np.einsum("ij,jk,kl->il", fit.bread, meat, fit.bread, optimize=False) * n / (n - k)
