"""A cumulative logit with shrinkage, as a maximum of the posterior: fast, the same every time, nothing to diagnose."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

DIGITS = 6
"""Results are rounded: the last bits depend on the processor."""
STEP = 1e-4


@dataclass(frozen=True)
class Fit:
    """Coefficients on the logit scale and their standard errors (driver,); `cuts` (levels - 1,)."""

    coefficients: np.ndarray
    errors: np.ndarray
    cuts: np.ndarray


def fit_ordinal(level: np.ndarray, x: np.ndarray, spread: np.ndarray) -> Fit:
    """Maximum of the posterior of P(level <= c) = logistic(cut_c - x b), b_j ~ Normal(0, spread_j).

    A full posterior would be no different here: answers are many and coefficients few. Errors are those of the normal
    approximation at the maximum.

    Parameters
    ----------
    level : ndarray of int, shape (respondent,)
        0 to L - 1, each of them given by somebody.
    x : ndarray, shape (respondent, driver)
    spread : ndarray, shape (driver,)
        Standard deviations of the prior; infinite for no shrinkage.
    """
    k, levels = x.shape[1], int(level.max()) + 1
    share = np.cumsum(np.bincount(level, minlength=levels))[:-1] / len(level)
    start = np.concatenate([np.zeros(k), _from_cuts(np.log(share / (1 - share)))])
    columns = np.ascontiguousarray(x.T)

    def objective(point: np.ndarray) -> tuple[float, np.ndarray]:
        return _negative(point, level, columns, spread)

    best = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 500, "ftol": 1e-13}).x
    curvature = np.stack(
        [(objective(best + step)[1] - objective(best - step)[1]) / (2 * STEP) for step in STEP * np.eye(len(best))]
    )
    errors = np.sqrt(np.diagonal(np.linalg.inv((curvature + curvature.T) / 2)))
    return Fit(np.round(best[:k], DIGITS), np.round(errors[:k], DIGITS), np.round(_to_cuts(best[k:]), DIGITS))


def _negative(
    point: np.ndarray, level: np.ndarray, columns: np.ndarray, spread: np.ndarray
) -> tuple[float, np.ndarray]:
    """Negative log posterior and its gradient."""
    k = len(columns)
    cuts = _to_cuts(point[k:])
    eta = (columns * point[:k, None]).sum(axis=0)
    upper = expit(np.append(cuts, np.inf)[level] - eta)
    lower = expit(np.append(-np.inf, cuts)[level] - eta)
    chance = np.maximum(upper - lower, 1e-300)
    rise, fall = upper * (1 - upper) / chance, lower * (1 - lower) / chance
    by_eta = rise - fall
    by_cut = -np.array(
        [np.where(level == c, rise, 0.0).sum() - np.where(level == c + 1, fall, 0.0).sum() for c in range(len(cuts))]
    )
    steps = np.append(1.0, np.exp(point[k + 1 :]))
    by_step = np.cumsum(by_cut[::-1])[::-1] * steps
    gradient = np.concatenate([(columns * by_eta).sum(axis=1) + point[:k] / spread**2, by_step])
    return -np.log(chance).sum() + ((point[:k] / spread) ** 2).sum() / 2, gradient


def _to_cuts(free: np.ndarray) -> np.ndarray:
    """First cut and logarithms of the steps between them -> cuts in order."""
    return np.cumsum(np.append(free[:1], np.exp(free[1:])))


def _from_cuts(cuts: np.ndarray) -> np.ndarray:
    return np.append(cuts[:1], np.log(np.maximum(np.diff(cuts), STEP)))
