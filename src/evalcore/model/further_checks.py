"""All that is asked of a fit of a rate, or of an expert panel, before what rests on it may be shown."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.checks import REPLICATES, Checked, judged
from evalcore.model.panel import HIGHEST, LOWEST, PANEL_SCALES, POINTS, ROUNDING, review_levels
from evalcore.model.posterior import combined
from evalcore.model.predictive import compared
from evalcore.model.rate_draws import RATE_SCALES, cell_shapes
from evalcore.model.sensitivity import log_hyperprior, power_scaling
from evalcore.streams import stream


def check_rates(rates: xr.DataTree, interval: float, seed: int) -> Iterator[Checked]:
    """Judge every rate: sampler, replicated counts, sensitivity.

    Parameters
    ----------
    rates : DataTree
        As `evalcore.model.rate_fits.fit_rates` returns it.
    interval : float
        Probability of the intervals shown.
    """
    for name, tree in rates.children.items():
        yield check_rate(name, tree, interval, stream(seed, "checks", "rates", name))


def check_rate(fit: str, tree: xr.DataTree, interval: float, rng: np.random.Generator) -> Checked:
    """Judge one rate; its counts are drawn anew in every cell, the cell's own rate included."""
    observed = tree["observed_data"].to_dataset()
    hits, n = observed["hits"].to_numpy(), observed["n"].to_numpy()
    alpha, beta = cell_shapes(tree)
    chosen = _evenly(len(alpha))
    drawn = rng.binomial(n, rng.beta(alpha[chosen], beta[chosen]))
    mean = n * (alpha / (alpha + beta))[chosen]
    distance = [((found - mean) ** 2 / (mean * (1 - mean / n))).sum(axis=1) for found in (drawn, hits)]
    member, names = pd.factorize(observed["entity"].to_numpy().astype(str), sort=True)
    share = _shares(member, n)
    groups = compared(names, hits / n @ share * 100, drawn / n @ share * 100, interval)
    pooled = (alpha + hits) / (alpha + beta + n) @ share
    sensitivity = _sensitivity(tree, pooled, names, RATE_SCALES)
    facts = {"respondents": int(n.sum()), "cells": len(n), "distance_p": float((distance[0] >= distance[1]).mean())}
    return judged(fit, tree, groups, sensitivity, facts)


def check_panel(fit: str, tree: xr.DataTree, interval: float, rng: np.random.Generator) -> Checked:
    """Judge the fit of a panel; every score is drawn anew, as a whole point of the scale."""
    reviews = tree["reviews"].to_dataset()
    score, rater = reviews["score"].to_numpy(), reviews["rater"].to_numpy()
    chosen = _evenly(int(tree.attrs["draws"]))
    level, spread = review_levels(tree)[chosen], np.sqrt(combined(tree, "spread")[chosen] ** 2 + ROUNDING)[:, rater]
    drawn = np.clip(np.round(rng.normal(level, spread)), LOWEST, HIGHEST)
    distance = [(((found - level) / spread) ** 2).sum(axis=1) for found in (drawn, score)]
    member, names = pd.factorize(reviews["entity"].to_numpy().astype(str), sort=True)
    share = _shares(member, np.ones(len(score)))
    groups = compared(names, POINTS * score @ share, POINTS * drawn @ share, interval)
    sensitivity = _sensitivity(tree, POINTS * review_levels(tree) @ share, names, PANEL_SCALES)
    places = len(np.unique(reviews["entity"].to_numpy() + "/" + reviews["dimension"].to_numpy()))
    facts = {"respondents": len(score), "cells": places, "distance_p": float((distance[0] >= distance[1]).mean())}
    return judged(fit, tree, groups, sensitivity, facts)


def _evenly(draws: int) -> np.ndarray:
    return np.arange(min(draws, REPLICATES)) * draws // min(draws, REPLICATES)


def _shares(member: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights that average cells to groups, (cell, group), each column adding up to 1."""
    share = np.zeros((len(member), member.max() + 1))
    share[np.arange(len(member)), member] = weight
    return share / share.sum(axis=0)


def _sensitivity(tree: xr.DataTree, means: np.ndarray, names: np.ndarray, scales: Mapping[str, float]) -> pd.DataFrame:
    """Of each entity's mean (draw, entity) to the scales of the half-normal priors."""
    own = {name: scale for name, scale in scales.items() if name in tree["posterior"]}
    results = xr.Dataset({"mean": (("chain", "draw", "entity"), means[None])}, coords={"entity": list(names)})
    spreads = xr.Dataset({name: (("chain", "draw"), combined(tree, name)[None]) for name in own})
    return power_scaling(results, log_hyperprior(spreads, own))
