"""The pandera contract of a raw source, built from the edition's column declarations."""

import pandera.pandas as pa

from evalcore.edition import Edition, Source
from evalcore.edition.sources import Column

DTYPES = {"flag": "boolean", "rating": "Int64", "count": "Int64", "number": "Float64", "timestamp": "datetime64[us]"}
"""Column type -> dtype after parsing; every other type is text."""


def raw_contract(source: Source, edition: Edition) -> pa.DataFrameSchema:
    """Contract of one parsed source: columns, types, ranges, codes, blanks, uniqueness.

    Ratings outside the scale pass where a cleaning rule of kind `outside` sets them aside.
    """
    tolerated = {name for rule in source.rules if rule.kind == "outside" for name in rule.columns}
    columns = {
        name: pa.Column(
            DTYPES.get(column.type, "string"),
            checks=_checks(column, edition, name in tolerated),
            nullable=column.blank or name in tolerated,
            unique=column.unique,
        )
        for name, column in source.columns.items()
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=False)


def allowed_codes(column: Column, edition: Edition) -> tuple[str, ...] | None:
    """The codes a column may hold, None where any value may occur."""
    kinds = {"entity": edition.entities, "category": edition.categories, "period": edition.periods}
    if column.type in kinds:
        return tuple(item.id for item in kinds[column.type]) or None  # an index takes its units from the data
    return column.allowed or None


def _checks(column: Column, edition: Edition, tolerated: bool) -> list[pa.Check]:
    codes = allowed_codes(column, edition)
    least, most = _range(column)
    checks = [pa.Check.isin(codes, error=f"one of {', '.join(codes)}")] if codes is not None else []
    if least is not None and not tolerated:
        checks.append(pa.Check.ge(least, error=f"at least {least:g}"))
    if most is not None and not tolerated:
        checks.append(pa.Check.le(most, error=f"at most {most:g}"))
    return checks


def _range(column: Column) -> tuple[float | None, float | None]:
    if column.type == "rating":
        return 1, column.levels
    return (0 if column.type == "count" and column.least is None else column.least), column.most
