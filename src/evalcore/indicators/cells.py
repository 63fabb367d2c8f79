"""Counting: numerators and denominators of every indicator, one scan per source, integer sums.

Written in Ibis, so that the same expressions run on DuckDB and elsewhere. Integers make the sums exact and
independent of the order in which threads add them.
"""

from collections.abc import Callable

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import BooleanValue, IntegerScalar, Table

from evalcore.edition import Edition, Measure
from evalcore.indicators.conditions import all_of
from evalcore.schema import CELLS, checked

MICRO, THOUSAND = 1_000_000, 1000
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
    counted = [_count(weighted(table, name, weights), name, edition) for name, table in tables.items()]
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


def weighted(table: Table, name: str, weights: Table | None) -> Table:
    """The table with its weights; a source nobody weighs is left as it is, so that it is read once and not joined."""
    if weights is None:
        return table
    own = weights.filter(weights.source == name).select("row", "weight_micro")
    if own.count().execute() == 0:
        return table
    joined = table.left_join(own, "row")
    return joined.mutate(weight_micro=joined.weight_micro.fill_null(MICRO))


def _count(table: Table, name: str, edition: Edition) -> pd.DataFrame | None:
    measures = measures_of(name, edition)
    if not measures:
        return None
    sums = {
        f"{indicator}_{part}_{key}": value.cast("int64")
        for (indicator, part), measure in measures.items()
        for key, value in STATISTICS[measure.statistic](table, measure).items()
    }
    first = {value.op(): name for name, value in sums.items()}  # what several sums share is counted once
    column = {name: first[value.op()] for name, value in sums.items()}
    once = {name: sums[name] for name in first.values()}
    wide = table.group_by(KEYS).aggregate(**once).to_pyarrow().to_pandas().fillna(0)
    return _long(wide.astype(dict.fromkeys(KEYS, str)), list(measures), column)


def _long(wide: pd.DataFrame, measures: list[tuple[str, int]], column: dict[str, str]) -> pd.DataFrame:
    """One row per cell and measure from one row per cell, whose `column` holds each sum."""
    repeated = {key: np.tile(wide[key].to_numpy(), len(measures)) for key in KEYS}
    repeated["indicator"], repeated["part"] = (np.repeat(list(ids), len(wide)) for ids in zip(*measures, strict=True))
    sums = {
        key: np.concatenate(
            [wide[column[f"{indicator}_{part}_{key}"]].to_numpy("int64") for indicator, part in measures]
        )
        for key in SUMS
    }
    return pd.DataFrame(repeated | sums)


def share(table: Table, measure: Measure) -> dict[str, IntegerScalar]:
    """Weight of the rows that meet `count`, over that of the rows that meet `among`."""
    among, hit = all_of(table, measure.among), all_of(table, (*measure.among, *measure.count))
    return _sums(table, among, _weight(table, hit)) | {"square": ibis.literal(0)}


def mean(table: Table, measure: Measure) -> dict[str, IntegerScalar]:
    """Weighted sum of a column over the weight of its known values."""
    value = table[measure.column]
    weight = table.weight_micro if _isweighted(table) else ibis.literal(MICRO, "int64")
    among = all_of(table, measure.among) & value.notnull()
    numerator, square = ((weight * power).round().cast("int64") for power in (value, value * value))
    return _sums(table, among, numerator.sum(where=among)) | {"square": square.sum(where=among)}


def ratio(table: Table, measure: Measure) -> dict[str, IntegerScalar]:
    """Sum of one reported column over the sum of another, in rows that report both; there are no weights."""
    part, whole = table[measure.numerator], table[measure.denominator]
    among = all_of(table, measure.among) & part.notnull() & whole.notnull()
    numerator, denominator = ((figure * MICRO).cast("int64").sum(where=among) for figure in (part, whole))
    zero = ibis.literal(0)
    return _counts(table, among, numerator, denominator) | {"square": zero, "weight_square": zero}


def _sums(table: Table, among: BooleanValue, numerator: IntegerScalar) -> dict[str, IntegerScalar]:
    squares = _weight_square(table, among)
    return _counts(table, among, numerator, _weight(table, among)) | {"weight_square": squares}


def _counts(
    table: Table, among: BooleanValue, numerator: IntegerScalar, denominator: IntegerScalar
) -> dict[str, IntegerScalar]:
    return {"numerator": numerator, "denominator": denominator, "n": table.count(where=among)}


def _isweighted(table: Table) -> bool:
    return "weight_micro" in table.columns


def _weight(table: Table, rows: BooleanValue) -> IntegerScalar:
    """Weight of some rows; without weights a count, which is what plain SQL would ask for and costs no more."""
    return table.weight_micro.sum(where=rows) if _isweighted(table) else table.count(where=rows) * MICRO


def _weight_square(table: Table, rows: BooleanValue) -> IntegerScalar:
    """Sum of squared weights, in thousandths."""
    if not _isweighted(table):
        return table.count(where=rows) * THOUSAND**2
    thousandths = (table.weight_micro + THOUSAND // 2) // THOUSAND
    return (thousandths * thousandths).sum(where=rows)


STATISTICS: dict[str, Callable[[Table, Measure], dict[str, IntegerScalar]]] = {
    "share": share,
    "mean": mean,
    "ratio": ratio,
}
"""Statistic of a measure -> the sums behind it."""
