"""Counting: numerators and denominators of every indicator, one scan per source, integer sums.

Written in Ibis, so that the same expressions run on DuckDB and elsewhere. Integers make the sums exact and
independent of the order in which threads add them.
"""

from collections.abc import Callable

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, IntegerValue, Table

from evalcore.edition import Edition, Measure
from evalcore.indicators.conditions import all_of
from evalcore.schema import CELLS, checked

MICRO = 1_000_000
KEYS = ["entity", "category", "period"]
SUMS = ["numerator", "denominator", "square", "weight_square", "n"]


def indicator_cells(tables: dict[str, Table], weights: Table | None, edition: Edition) -> pd.DataFrame:
    """Cells of all indicators that the sources at hand allow.

    Parameters
    ----------
    tables : dict of Ibis tables
        Cleaned sources by key.
    weights : Ibis table or None
        Columns source, row, weight_micro (millionths, mean one million); rows without a weight count as one.

    Returns
    -------
    DataFrame
        As `evalcore.schema.CELLS`, sorted; cells nobody contributed to (or with a weight of 0 only) are left out.
    """
    counted = [_count(_weighted(table, name, weights), name, edition) for name, table in tables.items()]
    cells = pd.concat([cell for cell in counted if cell is not None], ignore_index=True)
    order = ["indicator", "part", *KEYS]
    return checked(cells[cells["denominator"] > 0].sort_values(order).reset_index(drop=True)[[*order, *SUMS]], CELLS)


def measures_of(source: str, edition: Edition) -> dict[tuple[str, int], Measure]:
    """(indicator, part) -> measure, of one source; part 0 is the main measure."""
    return {
        (indicator.id, part): measure
        for indicator in edition.indicators.values()
        for part, measure in enumerate(indicator.measures)
        if measure.source == source
    }


def _weighted(table: Table, name: str, weights: Table | None) -> Table:
    if weights is None:
        return table.mutate(weight_micro=ibis.literal(MICRO, "int64"))
    own = weights.filter(weights.source == name).select("row", "weight_micro")
    joined = table.left_join(own, "row")
    return joined.mutate(weight_micro=joined.weight_micro.fill_null(MICRO))


def _count(table: Table, name: str, edition: Edition) -> pd.DataFrame | None:
    measures = measures_of(name, edition)
    if not measures:
        return None
    sums = {
        f"{indicator}|{part}|{key}": value.cast("int64").sum().cast("int64")
        for (indicator, part), measure in measures.items()
        for key, value in STATISTICS[measure.statistic](table, measure).items()
    }
    wide = table.group_by(KEYS).aggregate(**sums).to_pandas()
    return pd.concat([_unpivot(wide, indicator, part) for indicator, part in measures], ignore_index=True)


def _unpivot(wide: pd.DataFrame, indicator: str, part: int) -> pd.DataFrame:
    columns = {f"{indicator}|{part}|{key}": key for key in SUMS}
    long = wide[[*KEYS, *columns]].rename(columns=columns)
    long[SUMS] = long[SUMS].fillna(0).astype("int64")
    return long.assign(indicator=indicator, part=part).astype({"entity": str, "category": str, "period": str})


def share(table: Table, measure: Measure) -> dict[str, IntegerValue]:
    """Weight of the rows that meet `count`, over that of the rows that meet `among`."""
    among = all_of(table, measure.among)
    hit = among & all_of(table, measure.count)
    return _among(among, table.weight_micro, hit.ifelse(table.weight_micro, 0), _thousandths_squared(table))


def mean(table: Table, measure: Measure) -> dict[str, IntegerValue]:
    """Weighted sum of a column over the weight of its known values."""
    value, weight = table[measure.column], table.weight_micro
    among = all_of(table, measure.among) & value.notnull()
    sums = _among(among, weight, (weight * value).round(), _thousandths_squared(table))
    return sums | {"square": among.ifelse((weight * value * value).round(), 0)}


def ratio(table: Table, measure: Measure) -> dict[str, IntegerValue]:
    """Sum of one reported column over the sum of another, in rows that report both; there are no weights."""
    part, whole = table[measure.numerator], table[measure.denominator]
    among = all_of(table, measure.among) & part.notnull() & whole.notnull()
    return _among(among, whole * MICRO, part * MICRO, ibis.literal(0))


def _among(
    among: BooleanValue, denominator: IntegerValue, numerator: IntegerValue, weight_square: IntegerValue
) -> dict[str, IntegerValue]:
    values = {"numerator": numerator, "denominator": denominator, "weight_square": weight_square, "n": ibis.literal(1)}
    return {"square": among.ifelse(0, 0)} | {key: among.ifelse(value, 0) for key, value in values.items()}


def _thousandths_squared(table: Table) -> IntegerValue:
    thousandths = (table.weight_micro + 500) // 1000
    return thousandths * thousandths


STATISTICS: dict[str, Callable[[Table, Measure], dict[str, IntegerValue]]] = {
    "share": share,
    "mean": mean,
    "ratio": ratio,
}
"""Statistic of a measure -> the sums behind it."""
