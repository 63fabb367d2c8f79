"""Posterior draws of indicators: what each measure reads from the models, cell by cell."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.edition.model import Reading
from evalcore.model.poststratify import mean_level, share_from
from evalcore.model.rate_draws import rates_draws

KEYS = ["indicator", "part", "entity", "category", "period"]


Parts = dict[tuple[str, int], tuple[pd.DataFrame, np.ndarray]]
"""(indicator, part) -> entity, category, period of its cells, and draws (cell, draw)."""


def modelled_draws(shares: Mapping[str, xr.Dataset], rates: xr.DataTree | None, edition: Edition) -> xr.DataArray:
    """Draws of every measure that reads a modelled rating or is a modelled rate.

    Parameters
    ----------
    shares : mapping
        Id of an item's fit -> level shares like for like, by entity, category and period ("cells" of `poststratified`).
    rates : DataTree or None
        As `evalcore.model.rate_fits.fit_rates` returns it; None where the edition counts no cases.

    Returns
    -------
    DataArray (cell, draw)
        Mean levels, or shares between 0 and 1; indicator, part, entity, category and period along `cell`.
    """
    return stacked(rating_draws(shares, edition) | ({} if rates is None else rates_draws(rates)))


def rating_draws(shares: Mapping[str, xr.Dataset], edition: Edition) -> Parts:
    """Draws of every measure that reads a modelled rating."""
    return {
        (indicator.id, part): _read(shares[reading.item.lower()], reading)
        for indicator in edition.indicators.values()
        for part, measure in enumerate(indicator.measures)
        if (reading := edition.model.reading(measure)) is not None
    }


def _read(cells: xr.Dataset, reading: Reading) -> tuple[pd.DataFrame, np.ndarray]:
    value = mean_level(cells["shares"]) if reading.at_least is None else share_from(cells["shares"], reading.at_least)
    rows = pd.DataFrame({key: cells[key].to_numpy() for key in ("entity", "category", "period")})
    return rows, value.transpose("row", "draw").to_numpy()


def stacked(parts: Parts) -> xr.DataArray:
    """Draws of several parts of indicators under each other."""
    rows = [own.assign(indicator=indicator, part=part) for (indicator, part), (own, _) in parts.items()]
    keys = pd.concat(rows, ignore_index=True)[KEYS]
    coords = {key: ("cell", keys[key].to_numpy(dtype="int64" if key == "part" else object)) for key in KEYS}
    draws = np.concatenate([drawn for _, drawn in parts.values()]).astype("float32")
    return xr.DataArray(draws, dims=("cell", "draw"), coords=coords, name="draws")
