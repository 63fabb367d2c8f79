"""Contracts of intermediate tables."""

import pandas as pd
import pandera.pandas as pa

from evalcore.errors import EvalcoreError, say

CELLS = pa.DataFrameSchema(
    {
        "indicator": pa.Column(str),
        "part": pa.Column("int64", pa.Check.ge(0)),
        "entity": pa.Column(str),
        "category": pa.Column(str),
        "period": pa.Column(str),
        "numerator": pa.Column("int64"),
        "denominator": pa.Column("int64", pa.Check.ge(0)),
        "square": pa.Column("int64", pa.Check.ge(0)),
        "weight_square": pa.Column("int64", pa.Check.ge(0)),
        "n": pa.Column("int64", pa.Check.ge(0)),
    },
    strict=True,
    unique=["indicator", "part", "entity", "category", "period"],
    name="indicator cells",
)
"""Counts behind every indicator: one row per indicator, part of its recipe, entity, category and period.

`numerator`, `denominator` and `square` (weighted sum of squares, means only) are integers in millionths of a weight
or of a reported unit; `weight_square` sums squared thousandths of a weight; `n` counts rows.
"""


def checked(frame: pd.DataFrame, contract: pa.DataFrameSchema) -> pd.DataFrame:
    """The frame, after its contract; a breach names table, column and first bad value."""
    try:
        return contract.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        first = error.failure_cases.iloc[0]
        raise EvalcoreError(
            say(
                contract.name,
                f"column {first['column']}, row {first['index']}: {first['failure_case']!r}",
                str(first["check"]),
            )
        ) from None
