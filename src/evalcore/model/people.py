"""From the posterior of a fit to what its entities' people say, like for like."""

from functools import partial

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.edition.model import Fit
from evalcore.model.posterior import combined, probabilities
from evalcore.model.poststratify import data_weight, poststratified
from evalcore.model.priors import LEAST_SD, SAME_SPREAD, Priors

CELL = ["entity", "category", "period"]


def poststratified_fit(tree: xr.DataTree, counts: pd.DataFrame, fit: Fit, edition: Edition) -> xr.DataTree:
    """Level shares of one fit, as `poststratified`, and how far its cells are pooled.

    Parameters
    ----------
    tree : DataTree
        The posterior.
    counts : DataFrame
        What it was fitted to, as `evalcore.model.fits.answers_of`.

    Returns
    -------
    DataTree
        As `poststratified`, and for each segment "pooling-<segment>": `data_weight` (entity, segment), see there.
    """
    respondents = counts.groupby([*CELL, *fit.segments], as_index=False)[["n", "weight"]].sum()
    margins = edition.weighting.margins if edition.weighting else {}
    found = poststratified(partial(_chances, tree), respondents, fit.segments, margins, edition.model.draws)
    for name in fit.segments:
        found[f"pooling-{name}"] = xr.DataTree(_pooling(tree, name))
    return found


def _chances(tree: xr.DataTree, cells: pd.DataFrame, draws: slice) -> np.ndarray:
    return probabilities(tree, cells, draws)


def _pooling(tree: xr.DataTree, segment: str) -> xr.Dataset:
    """Data weight of each entity's deviation in each value of a segment; none where a factor has one level."""
    name = f"entity_x_{segment}"
    if f"effect_{name}" not in tree["posterior"]:
        return xr.Dataset()
    effect = tree["posterior"][f"effect_{name}"].transpose("chain", "draw", "entity", segment)
    weight = data_weight(combined(tree, f"effect_{name}"), _spread(tree, name))
    coords = {key: effect[key].to_numpy() for key in ("entity", segment)}
    return xr.Dataset({"data_weight": (("entity", segment), weight)}, coords=coords)


def _spread(tree: xr.DataTree, term: str) -> np.ndarray:
    """Draws of a term's standard deviation; the fixed one of a term too short to tell its own."""
    if f"sd_{term}" in tree["posterior"]:
        return np.hypot(combined(tree, f"sd_{term}"), LEAST_SD)
    return np.full(tree.attrs["draws"], Priors().interaction * SAME_SPREAD[tree.attrs["link"]])
