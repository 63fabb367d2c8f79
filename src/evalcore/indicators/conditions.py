"""Conditions of the edition as Ibis expressions."""

from functools import reduce
from operator import and_

from ibis.expr.types import BooleanValue, Table

from evalcore.edition.measure import Condition


def all_of(table: Table, conditions: tuple[Condition, ...]) -> BooleanValue:
    """Rows that meet every condition, to be counted: false or missing where a value does not meet its condition.

    A missing value meets none but `known: false`; without conditions every row passes.
    """
    return reduce(and_, [_test(table, c) for c in conditions]) if conditions else table.row.notnull()


def _test(table: Table, condition: Condition) -> BooleanValue:
    column = table[condition.column]
    if condition.known is not None:
        return column.notnull() if condition.known else column.isnull()
    tests = {
        "is_": lambda value: column == value,
        "in_": column.isin,
        "at_least": lambda value: column >= value,
        "at_most": lambda value: column <= value,
    }
    key = next(key for key in tests if getattr(condition, key) is not None)
    return tests[key](getattr(condition, key))
