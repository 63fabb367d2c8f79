"""Chapter 18, second part: what would swap neighbours, and each entity without its worst event."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.chapters.robustness import Year
from evalcore.edition import Edition, Indicator
from evalcore.indicators.values import indicator_values
from evalcore.robust import Index
from evalcore.robust.additive import global_weights
from evalcore.robust.events import worst_events
from evalcore.robust.flip_goalposts import flip_goalpost
from evalcore.robust.flip_weights import flip_weights
from evalcore.score.rank import ahead, ranks


def flips_frame(year: Year, edition: Edition) -> pd.DataFrame:
    """One row per pair of neighbours: what would swap them.

    Columns: entity, other, lead (points), probability (ahead), change (L1, points of 100; missing: none found), proved
    (none smaller, or none at all), up, down (indicators that gain and lose most), post_indicator, post ("floor",
    "baseline", "stretch"), post_old, post_new (missing: no single goalpost does it).
    """
    ids = [i.id for i in edition.framework.indicators]
    bounds = tuple(_bounds(i, edition) for i in edition.framework.indicators)
    point, chance = year.draws[0], ahead(year.draws[1:])
    rows = []
    for k in range(len(year.entities) - 1):
        row = {"entity": year.entities[k], "other": year.entities[k + 1], "lead": point[k] - point[k + 1]}
        row |= {"probability": chance[k, k + 1], **weight_flip(year.index, k, ids)}
        rows.append(row | _post_flip(year.index, k, ids, bounds))
    columns = [
        "entity",
        "other",
        "lead",
        "probability",
        "change",
        "proved",
        "up",
        "down",
        "post_indicator",
        "post",
        "post_old",
        "post_new",
    ]
    return pd.DataFrame(rows, columns=columns)


def events_frame(
    year: Year, cells: pd.DataFrame, edition: Edition, modelled: xr.DataArray | None = None
) -> pd.DataFrame:
    """entity, rank, score, indicator, period, score_without, rank_without: each without its worst event.

    An event is one indicator in one period (`evalcore.robust.events`); indicator and period are missing where
    no period held an entity back.
    """
    order, ids = [i.id for i in edition.framework.indicators], [period.id for period in edition.periods]
    without = np.stack([_values_without(cells, period, year.entities, edition, modelled) for period in ids])
    found = worst_events(year.index, without)
    return pd.DataFrame(
        {
            "entity": year.entities,
            "rank": ranks(year.draws[0]).astype(int),
            "score": year.draws[0],
            "indicator": [order[k] if k >= 0 else None for k in found.indicator],
            "period": [ids[p] if p >= 0 else None for p in found.period],
            "score_without": found.score,
            "rank_without": found.rank.astype(int),
        }
    )


def weight_flip(index: Index, k: int, ids: list[str]) -> dict[str, object]:
    """change, proved, up, down for the k-th and the next unit; `ids` name the indicators."""
    found = flip_weights(index, k, k + 1)
    if np.isnan(found.change):
        return {"change": np.nan, "proved": found.proved, "up": None, "down": None}
    shift = found.weights - global_weights(index)
    return {
        "change": found.change,
        "proved": found.proved,
        "up": ids[int(shift.argmax())],
        "down": ids[int(shift.argmin())],
    }


def _post_flip(index: Index, k: int, ids: list[str], bounds: tuple[tuple[float, float], ...]) -> dict[str, object]:
    found = flip_goalpost(index, k, k + 1, bounds)
    if found is None:
        return {"post_indicator": None, "post": None, "post_old": np.nan, "post_new": np.nan}
    old = getattr(index.posts[found.indicator], found.post)
    return {"post_indicator": ids[found.indicator], "post": found.post, "post_old": old, "post_new": found.value}


def _bounds(indicator: Indicator, edition: Edition) -> tuple[float, float]:
    """Values an indicator can take: 0 to 100 %, the levels of a rating, else from 0 on."""
    if indicator.unit == "percent":
        return 0.0, 100.0
    column = edition.sources[indicator.measure.source].columns.get(indicator.measure.column)
    levels = getattr(column, "levels", None)
    return (1.0, float(levels)) if levels else (0.0, np.inf)


def _values_without(
    cells: pd.DataFrame, period: str, entities: list[str], edition: Edition, modelled: xr.DataArray | None
) -> np.ndarray:
    left = indicator_values(cells[cells["period"] != period].reset_index(drop=True), edition, None, modelled)
    order = [i.id for i in edition.framework.indicators]
    return left["value"].isel(group=0).sel(entity=entities, indicator=order).to_numpy()
