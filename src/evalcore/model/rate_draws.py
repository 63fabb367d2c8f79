"""Reading the posteriors of rates; without PyMC, so that what is made of them stays light."""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.posterior import combined
from evalcore.streams import stream

FACTORS = ("entity", "category", "period")
LEAST_SPREAD = 1e-4
"""Below it the beta-binomial cannot be told from the binomial, and its gamma functions lose their digits."""

BASE, MAIN, SPREAD = 1.5, 0.5, 0.25
"""Prior scales on the logit scale: level, main effects, and cells around what the main effects say."""
RATE_SCALES = {"sd_entity": MAIN, "spread": SPREAD}
"""Standard deviations of a fit -> scales of their half-normal priors."""

Members = Mapping[str, Sequence[str]]
"""Factor -> all its members in order; the same for every fit of an edition, so that one compile serves all."""


def rate_draws(tree: xr.DataTree) -> xr.DataArray:
    """Draws of the rate of every cell that had cases.

    Given the parameters a cell's rate is Beta(a + hits, b + n - hits): drawn exactly, once per draw. Cells without
    cases are absent: the hierarchy could guess them, but what was not reported stays unreported.

    Parameters
    ----------
    tree : DataTree
        As `fit_rate` returns it.

    Returns
    -------
    DataArray (cell, draw)
        In [0, 1]; entity, category and period along `cell`. The same for the same tree.
    """
    observed, (alpha, beta) = tree["observed_data"].to_dataset(), cell_shapes(tree)
    hits, n = observed["hits"].to_numpy(), observed["n"].to_numpy()
    rng = stream(int(tree.attrs["seed"]), "model", "rates", str(tree.attrs["item"]))
    rates = rng.beta(alpha + hits, beta + n - hits)
    places = {factor: ("cell", observed[factor].to_numpy()) for factor in FACTORS}
    return xr.DataArray(rates.T, dims=("cell", "draw"), coords=places)


def cell_shapes(tree: xr.DataTree) -> tuple[np.ndarray, np.ndarray]:
    """Shapes of the beta distribution that each cell's rate has before its own cases are looked at, (draw, cell)."""
    posterior, observed = tree["posterior"].to_dataset(), tree["observed_data"].to_dataset()
    drawn = {str(name): combined(tree, str(name)) for name in posterior.data_vars}
    return rate_shapes(cell_logits(drawn, _data(posterior, observed)), drawn["spread"][:, None])


def rate_table(draws: xr.DataArray, known: Members) -> xr.DataArray:
    """The same as a table (draw, entity, category, period); NaN where a cell had no cases."""
    places = pd.MultiIndex.from_arrays([draws[factor].to_numpy() for factor in FACTORS], names=FACTORS)
    index = xr.Coordinates.from_pandas_multiindex(places, "cell")
    table = xr.DataArray(draws.to_numpy(), dims=("cell", "draw"), coords=index).unstack("cell")
    return table.reindex({factor: list(known[factor]) for factor in FACTORS}).transpose("draw", *FACTORS)


def rates_draws(tree: xr.DataTree) -> dict[tuple[str, int], tuple[pd.DataFrame, np.ndarray]]:
    """Every rate of `fit_rates`: (indicator, part) -> entity, category, period of its cells; draws (cell, draw)."""
    found = {}
    for fit in tree.children.values():
        draws = rate_draws(fit)
        rows = pd.DataFrame({factor: draws[factor].to_numpy() for factor in FACTORS})
        found[str(fit.attrs["indicator"]), int(fit.attrs["part"])] = rows, draws.to_numpy()
    return found


def rate_shapes(logit: Any, spread: Any, library: ModuleType = np) -> tuple[Any, Any]:
    """Shapes of the beta distribution of a cell's rate, from tensors of PyMC or arrays of numpy."""
    square = spread**2 + LEAST_SPREAD**2
    return (1 + library.exp(logit)) / square, (1 + library.exp(-logit)) / square


def cell_logits(posterior: Mapping[str, np.ndarray], data: Mapping[str, np.ndarray]) -> np.ndarray:
    """Linear predictor (draw, cell) from draws of `base` (draw,) and `effect_<factor>` (draw, member)."""
    logit = posterior["base"][:, None] + np.zeros(len(data["hits"]))
    for factor in FACTORS:
        drawn = posterior.get(f"effect_{factor}")
        if drawn is not None:
            logit = logit + data[f"{factor}_known"] * drawn[:, data[f"{factor}_at"]]
    return logit


def _data(posterior: xr.Dataset, observed: xr.Dataset) -> Mapping[str, Sequence]:
    """Places of the cells in the effects, as `rate_data` has them, from what is stored."""
    data = {"hits": observed["hits"].to_numpy()}
    for factor in FACTORS:
        at = np.full(observed.sizes["cell"], -1)
        if f"effect_{factor}" in posterior:
            at = pd.Index(posterior[factor].to_numpy()).get_indexer(observed[factor].to_numpy())
        data |= {f"{factor}_at": np.maximum(at, 0), f"{factor}_known": (at >= 0).astype(float)}
    return data
