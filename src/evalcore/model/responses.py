"""Counting answers to an ordinal item per cell and level, in Ibis."""

from collections.abc import Sequence

import pandas as pd
from ibis.expr.types import Table

from evalcore.errors import EvalcoreError, say

UNKNOWN = "unknown"
"""The level of a key that a respondent left open: a group of its own, not a guess and not a dropped row."""

WEIGHT = "weight_micro"
"""The column of survey weights, in millionths."""


def ordinal_counts(table: Table, item: str, keys: Sequence[str], levels: Sequence[int]) -> pd.DataFrame:
    """Respondents per cell and level of one item.

    Parameters
    ----------
    table : Ibis table
        Cleaned answers, one row per respondent; rows without an answer to the item do not count.
    item : str
        Column of the answers.
    keys : sequence of str
        What a cell is, for example entity, two segments, category, period. A missing key counts as `UNKNOWN`.
    levels : sequence of int
        The levels of the item's scale, lowest first.

    Returns
    -------
    DataFrame
        item, *keys, level, n (int64, unweighted respondents, at least 1), sorted; where the table has survey weights
        (`weight_micro`) also weight, their sum (int64, millionths).

    Raises
    ------
    EvalcoreError
        An answer that is not a level of the scale.
    """
    answered = table.filter(table[item].notnull())
    filled = answered.mutate(**{key: answered[key].cast("string").fill_null(UNKNOWN) for key in keys})
    sums = {"n": filled.count()} | ({"weight": filled[WEIGHT].sum()} if WEIGHT in table.columns else {})
    counted = filled.group_by([*keys, item]).aggregate(**sums).to_pandas().rename(columns={item: "level"})
    _check_levels(counted["level"], item, levels)
    counted = counted.assign(item=item).astype(dict.fromkeys(["level", *sums], "int64") | dict.fromkeys(keys, str))
    order = [*keys, "level"]
    return counted.sort_values(order).reset_index(drop=True)[["item", *order, *sums]]


def _check_levels(found: pd.Series, item: str, levels: Sequence[int]) -> None:
    strange = sorted(set(found) - set(levels))
    if strange:
        raise EvalcoreError(
            say(
                f"answers to '{item}'",
                f"the value {strange[0]:g}",
                f"the levels {', '.join(map(str, levels))}",
                "clean the answers, or correct the item's levels in the edition",
            )
        )
