"""Shares of the levels, from location, cut points and discrimination; in NumPy, for reading a posterior."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from scipy import special

Link = Literal["logit", "probit"]
LOG_CDF: dict[str, Callable[[np.ndarray], np.ndarray]] = {"logit": special.log_expit, "probit": special.log_ndtr}
"""Link -> log F."""
QUANTILE: dict[str, Callable[[np.ndarray], np.ndarray]] = {"logit": special.logit, "probit": special.ndtri}
"""Link -> inverse of F."""


def log_shares(link: Link, x: np.ndarray) -> np.ndarray:
    """Log share of each level, log(F(x_k) - F(x_{k-1})) with F(x_0) = 0 and F(x_K) = 1.

    Both F are symmetric, F(-x) = 1 - F(x), so that each difference is taken in the tail where it does not cancel.

    Parameters
    ----------
    link : {"logit", "probit"}
    x : ndarray, shape (..., cut)
        Increasing along the last axis, any finite size.

    Returns
    -------
    ndarray, shape (..., cut + 1)
        Finite wherever neighbouring x differ.
    """
    log_cdf = LOG_CDF[link]
    lower, upper = x[..., :-1], x[..., 1:]
    flip = lower + upper > 0
    near, far = log_cdf(np.where(flip, -lower, upper)), log_cdf(np.where(flip, -upper, lower))
    middle = near + np.log(-np.expm1(far - near))
    return np.concatenate([log_cdf(x[..., :1]), middle, log_cdf(-x[..., -1:])], axis=-1)


def shares(link: Link, x: np.ndarray) -> np.ndarray:
    """Share of each level, adding up to 1; x as in `log_shares`."""
    share = np.exp(log_shares(link, x))
    return share / share.sum(axis=-1, keepdims=True)
