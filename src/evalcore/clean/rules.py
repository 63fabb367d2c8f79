"""Cleaning rules: each takes the frame and says which rows it catches."""

import re
from collections.abc import Callable

import pandas as pd

from evalcore.edition import Edition
from evalcore.edition.sources import Rule, Source

Caught = pd.Series
"""Boolean, aligned with the frame, never missing."""


def below(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A known value under the limit in any of the columns."""
    return _any(frame[list(rule.columns)] < rule.limit)


def above(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A known value over the limit in any of the columns."""
    return _any(frame[list(rule.columns)] > rule.limit)


def missing(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """No value in any of the columns."""
    return frame[list(rule.columns)].isna().any(axis=1)


def duplicate(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A later row that agrees with an earlier one in all columns; missing values agree with nothing."""
    keys = frame[list(rule.columns)]
    return keys.duplicated(keep="first") & keys.notna().all(axis=1)


def not_equal(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """Another answer than the one asked for, or none."""
    return ~_any(frame[list(rule.columns)] == rule.limit)


def straight_line(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """The same answer in every column, and none missing."""
    first, *others = rule.columns
    same = frame[first].notna()
    for column in others:
        same &= (frame[column] == frame[first]).fillna(False)
    return same.astype(bool)


def disorder(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A time earlier than the last known one before it in the order of the columns."""
    caught = pd.Series(False, index=frame.index)
    latest = frame[rule.columns[0]]
    for column in rule.columns[1:]:
        caught |= (frame[column] < latest).fillna(False)
        latest = frame[column].fillna(latest)
    return caught


def outside(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A rating that the scale does not have."""
    tops = {name: source.columns[name].levels for name in rule.columns}
    return _any(pd.DataFrame({name: (frame[name] < 1) | (frame[name] > top) for name, top in tops.items()}))


def outside_period(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A time before the first or after the last day of the edition's periods."""
    days = frame[list(rule.columns)].apply(lambda times: times.dt.normalize())
    first, last = pd.Timestamp(edition.periods[0].first), pd.Timestamp(edition.periods[-1].last)
    return _any((days < first) | (days > last))


def listed(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """One of the given values in any of the columns."""
    return _any(frame[list(rule.columns)].isin(rule.values))


def contains(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A text with one of the given values inside, in any of the columns."""
    pattern = "|".join(re.escape(value) for value in rule.values)
    return _any(frame[list(rule.columns)].apply(lambda texts: texts.str.contains(pattern, regex=True)))


def shorter(frame: pd.DataFrame, rule: Rule, source: Source, edition: Edition) -> Caught:
    """A known text of fewer characters than the limit, in any of the columns."""
    return _any(frame[list(rule.columns)].apply(lambda texts: texts.str.len()) < rule.limit)


RULES: dict[str, Callable[[pd.DataFrame, Rule, Source, Edition], Caught]] = {
    rule.__name__: rule
    for rule in (
        *(below, above, missing, duplicate, not_equal, straight_line, disorder, outside, outside_period),
        *(listed, contains, shorter),
    )
}
"""Kind of a cleaning rule -> its function."""


def _any(tests: pd.DataFrame) -> Caught:
    return tests.fillna(False).any(axis=1).astype(bool)
