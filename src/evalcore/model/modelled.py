"""Posterior draws of indicators: what each measure reads from the models, cell by cell."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.edition.model import Reading
from evalcore.model.poststratify import mean_level, share_from

KEYS = ["indicator", "part", "entity", "category", "period"]


def rating_draws(shares: Mapping[str, xr.Dataset], edition: Edition) -> xr.DataArray:
    """Draws of every measure that reads a modelled rating.

    Parameters
    ----------
    shares : mapping
        Id of an item's fit -> level shares like for like, by entity, category and period ("cells" of `poststratified`).

    Returns
    -------
    DataArray (cell, draw)
        Mean levels, or shares between 0 and 1; indicator, part, entity, category and period along `cell`.
    """
    return stacked(
        {
            (indicator.id, part): _read(shares[reading.item.lower()], reading)
            for indicator in edition.indicators.values()
            for part, measure in enumerate(indicator.measures)
            if (reading := edition.model.reading(measure)) is not None
        }
    )


def _read(cells: xr.Dataset, reading: Reading) -> tuple[pd.DataFrame, np.ndarray]:
    value = mean_level(cells["shares"]) if reading.at_least is None else share_from(cells["shares"], reading.at_least)
    rows = pd.DataFrame({key: cells[key].to_numpy() for key in ("entity", "category", "period")})
    return rows, value.transpose("row", "draw").to_numpy()


def stacked(parts: Mapping[tuple[str, int], tuple[pd.DataFrame, np.ndarray]]) -> xr.DataArray:
    """Draws of several parts of indicators under each other.

    Parameters
    ----------
    parts : mapping
        (indicator, part) -> entity, category, period of its cells, and draws (cell, draw).
    """
    rows = [own.assign(indicator=indicator, part=part) for (indicator, part), (own, _) in parts.items()]
    keys = pd.concat(rows, ignore_index=True)[KEYS]
    coords = {key: ("cell", keys[key].to_numpy(dtype="int64" if key == "part" else object)) for key in KEYS}
    draws = np.concatenate([drawn for _, drawn in parts.values()]).astype("float32")
    return xr.DataArray(draws, dims=("cell", "draw"), coords=coords, name="draws")
