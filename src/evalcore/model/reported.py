"""Reported figures that come with a standard error: a hierarchical normal model of what lies behind them."""

import numpy as np
import pandas as pd
import pymc as pm
import xarray as xr

from evalcore.errors import EvalcoreError, say
from evalcore.model.sampler import Settings, finite, nuts

ACCEPT = 0.95


def build_reported(figure: np.ndarray, error: np.ndarray, level: float, spread: float) -> pm.Model:
    """The model: figure ~ Normal(theta, error), theta ~ Normal(mu, tau), mu ~ Normal(0, level), tau half-Cauchy.

    Not centred, as few figures say little of tau (Rubin 1981; Gelman et al., Bayesian Data Analysis, 5.5).
    """
    with pm.Model() as model:
        told, known = pm.Data("figure", figure), pm.Data("error", error)
        mu, tau = pm.Normal("mu", 0, level), pm.HalfCauchy("tau", spread)
        theta = pm.Deterministic("theta", mu + tau * pm.Normal("z", 0, 1, shape=len(figure)))
        pm.Normal("told", theta, known, observed=told)
    return model


def fit_reported(figures: pd.DataFrame, level: float, spread: float, settings: Settings, seed: int) -> xr.DataTree:
    """Posterior of what lies behind figures with known standard errors.

    Parameters
    ----------
    figures : DataFrame
        entity, figure, error: two rows or more, errors above 0, all in one unit.
    level, spread : float
        Prior scales of the common level and of the differences, in that unit.

    Returns
    -------
    DataTree
        `posterior` (chain, draw): `mu`, `tau`, `theta` (entity); `sample_stats`.

    Raises
    ------
    EvalcoreError
        A figure or error that is missing or infinite, an error of 0 or below, fewer than two figures.
    """
    _check(figures)
    data = {key: figures[key].to_numpy(float) for key in ("figure", "error")}
    structure = ("reported", len(figures), level, spread)
    accept = settings.target_accept or ACCEPT
    tree = nuts(structure, lambda: build_reported(**data, level=level, spread=spread), data, settings, accept, seed)
    posterior = tree["posterior"].to_dataset()[["mu", "tau", "theta"]].rename({"theta_dim_0": "entity"})
    posterior = posterior.assign_coords(entity=figures["entity"].to_numpy(str))
    finite(posterior, "reported figures")
    held = xr.DataTree.from_dict({"posterior": posterior, "sample_stats": tree["sample_stats"].to_dataset()})
    held.attrs = tree.attrs
    return held


def _check(figures: pd.DataFrame) -> None:
    if len(figures) < 2:
        raise EvalcoreError(say("reported figures", f"{len(figures)} figure", "two at least"))
    numbers = figures[["figure", "error"]].astype(float)
    bad = ~np.isfinite(numbers).all(axis=1) | (numbers["error"] <= 0)
    if bad.any():
        row = figures[bad].iloc[0]
        found = f"figure {row['figure']}, error {row['error']}"
        raise EvalcoreError(say(f"reported figures, {row['entity']}", found, "numbers, and an error above 0"))
