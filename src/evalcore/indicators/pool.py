"""Pooling cells to a grain: the year, a category or a period of each entity."""

from collections.abc import Sequence

import pandas as pd

from evalcore.indicators.cells import SUMS

WHOLE = {"category": "all", "period": "year"}
"""What a source writes that does not distinguish categories or periods."""


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
    if grain is None:
        return _sum(cells.assign(group="all"))
    whole = cells.groupby(["indicator", "part"])[grain].transform(lambda column: (column == WHOLE[grain]).all())
    fine = cells[~whole & (cells[grain] != WHOLE[grain])]
    everywhere = pd.DataFrame({"group": list(groups)})
    carried = _sum(cells[whole].assign(group="all")).drop(columns="group").merge(everywhere, how="cross")
    return _sorted(pd.concat([_sum(fine.assign(group=fine[grain])), carried], ignore_index=True))


def _sum(cells: pd.DataFrame) -> pd.DataFrame:
    return _sorted(cells.groupby(["indicator", "part", "entity", "group"], as_index=False)[SUMS].sum())


def _sorted(pooled: pd.DataFrame) -> pd.DataFrame:
    order = ["indicator", "part", "entity", "group"]
    return pooled.sort_values(order).reset_index(drop=True)[[*order, *SUMS]]
