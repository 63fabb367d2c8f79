"""Pareto-smoothed importance sampling of many observations at once: the steps of ArviZ, on whole arrays.

ArviZ walks through observations one by one, which takes minutes where cells have tens of thousands of kinds of answers.
"""

import numpy as np
from scipy.special import logsumexp

PRIOR_B, PRIOR_K = 3, 10
"""Of Zhang and Stephens (2009), and of the weak prior about a shape of one half."""


def leave_one_out(log_likelihood: np.ndarray, reff: float) -> tuple[np.ndarray, np.ndarray]:
    """Expected log predictive density without each observation, and its Pareto shape.

    Vehtari, Simpson, Gelman, Yao and Gabry (2024, arXiv:1507.02646), as ArviZ 1.3 does it: the largest weights are
    replaced by quantiles of a generalised Pareto distribution fitted to them.

    Parameters
    ----------
    log_likelihood : ndarray, shape (draw, observation)
        At least 25 draws.
    reff : float
        Effective draws per draw.

    Returns
    -------
    (ndarray, ndarray), shape (observation,)
        The shape is missing where the tail is not one.
    """
    draws = len(log_likelihood)
    size = int(3 * np.sqrt(draws / reff)) if draws * reff > 225 else draws // 5
    value = np.ascontiguousarray(log_likelihood.T, dtype="float64")
    ratio = value.min(axis=1, keepdims=True) - value  # the largest is 0
    order = np.argpartition(ratio, [draws - size - 1, draws - size], axis=1)
    tail_at, cut_at = order[:, draws - size :], order[:, draws - size - 1, None]
    rows = np.arange(len(ratio))[:, None]
    tail_at = tail_at[rows, np.argsort(ratio[rows, tail_at], axis=1)]
    tail, cutoff = np.exp(ratio[rows, tail_at]), np.exp(ratio[rows, cut_at])
    shape, scale = _pareto(tail - cutoff)
    fits = np.isfinite(shape) & (scale > 0)
    ratio[rows[fits], tail_at[fits]] = np.log(_quantiles(size, shape[fits], scale[fits], cutoff[fits], tail[fits]))
    weight = ratio - logsumexp(ratio, axis=1, keepdims=True)
    return logsumexp(weight + value, axis=1), shape


def _pareto(excess: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shape and scale of generalised Pareto distributions, (observation,), of sorted excesses (observation, value)."""
    n = excess.shape[1]
    quartile, grid = excess[:, int(n / 4 + 0.5) - 1], 30 + int(n**0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = 1 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))
        b = steps / (PRIOR_B * quartile[:, None]) + 1 / excess[:, -1:]
        k = np.stack([np.log1p(-one[:, None] * excess).mean(axis=1) for one in b.T], axis=1)
        fit = n * (np.log(-b / k) - k - 1)
        weight = np.exp(fit - logsumexp(fit, axis=1, keepdims=True))
        weight = np.where(weight >= 10 * np.finfo(float).eps, weight, 0.0)
        b_mean = (b * weight).sum(axis=1) / weight.sum(axis=1)
        shape = np.log1p(-b_mean[:, None] * excess).mean(axis=1)
        scale, shape = -shape / b_mean, (n * shape + PRIOR_K / 2) / (n + PRIOR_K)
    return np.where(quartile > excess[:, 0], shape, np.nan), scale


def _quantiles(size: int, shape: np.ndarray, scale: np.ndarray, cutoff: np.ndarray, tail: np.ndarray) -> np.ndarray:
    """Quantiles of the fitted distributions, none above the largest weight."""
    spread = np.log1p(-np.arange(0.5, size) / size)
    smoothed = cutoff + scale[:, None] * np.expm1(-shape[:, None] * spread) / shape[:, None]
    return np.minimum(smoothed, tail.max(axis=1, keepdims=True))
