"""Pooling cells to a grain: the year, a category or a period of each entity."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr
from scipy import sparse

from evalcore.errors import EvalcoreError, say
from evalcore.indicators.cells import SUMS

WHOLE = {"category": "all", "period": "year"}
"""What a source writes that does not distinguish categories or periods."""

PART, PLACE = ["indicator", "part"], ["entity", "category", "period"]


def pool(cells: pd.DataFrame, grain: str | None = None, groups: Sequence[str] = ()) -> pd.DataFrame:
    """Sums per indicator, part, entity and group.

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.schema.CELLS`.
    grain : {"category", "period"} or None
        None pools everything (group "all"): numerators and denominators over categories and periods. Where
        a part's source does not distinguish the grain, its value for the whole entity stands in every group.
    groups : sequence of str
        All groups of the grain, in any order.

    Returns
    -------
    DataFrame
        indicator, part, entity, group and the sums, sorted.
    """
    order = [*PART, "entity", "group"]
    sums = spread(cells, grain, groups).groupby(order, as_index=False)[SUMS].sum()
    return sums.sort_values(order).reset_index(drop=True)[[*order, *SUMS]]


def spread(cells: pd.DataFrame, grain: str | None, groups: Sequence[str]) -> pd.DataFrame:
    """The cells with the `group` each counts in; those of the whole count in every group."""
    if grain is None:
        return cells.assign(group="all")
    whole = cells.groupby(PART)[grain].transform(lambda column: (column == WHOLE[grain]).all())
    fine = cells[~whole & (cells[grain] != WHOLE[grain])]
    everywhere = pd.DataFrame({"group": list(groups)})
    return pd.concat([fine.assign(group=fine[grain]), cells[whole].merge(everywhere, how="cross")], ignore_index=True)


def pool_draws(own: pd.DataFrame, modelled: xr.DataArray) -> tuple[pd.MultiIndex, np.ndarray]:
    """Draws of one part of an indicator, averaged over the cells of each entity and group.

    Parameters
    ----------
    own : DataFrame
        Cells of the part with their group, as `spread` returns them.
    modelled : DataArray (cell, draw)
        Draws of the part's cells, with entity, category and period along `cell`.

    Returns
    -------
    (MultiIndex, ndarray)
        Entity and group of the rows, sorted; draws (draw, row): means weighted with the cells' denominators.

    Raises
    ------
    EvalcoreError
        A cell with rows that the model knows nothing of.
    """
    known = pd.MultiIndex.from_arrays([modelled[key].to_numpy() for key in PLACE])
    place = known.get_indexer(pd.MultiIndex.from_frame(own[PLACE]))
    if (place < 0).any():
        lost = own[place < 0].iloc[0]
        name = ", ".join(f"{key} {lost[key]}" for key in ("indicator", *PLACE))
        raise EvalcoreError(say("modelled draws", f"none for {name}", remedy="run the models again on these counts"))
    keys = ["entity", "group"]
    groups = own.groupby(keys, sort=True)
    code, weight = groups.ngroup().to_numpy(), own["denominator"].to_numpy(dtype=float)
    weight = weight / np.bincount(code, weight)[code]
    mean = sparse.csr_array((weight, (code, place)), shape=(groups.ngroups, len(known)))
    return pd.MultiIndex.from_frame(own[keys].drop_duplicates().sort_values(keys)), (mean @ modelled.to_numpy()).T
