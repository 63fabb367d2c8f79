"""Daily series of an edition: cases by topic, and hours of what was recorded."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from evalcore.edition import Edition
from evalcore.edition.warning import ALL, Duration

SECONDS = 3600


@dataclass(frozen=True)
class Calendar:
    """The days of an edition's periods.

    Attributes
    ----------
    days : DatetimeIndex
        (days,)
    promotion : ndarray
        (days,) whether the day belongs to a promotion.
    """

    days: pd.DatetimeIndex
    promotion: np.ndarray


def calendar_of(edition: Edition) -> Calendar:
    """Every day from the first period's first to the last period's last."""
    days = pd.date_range(edition.periods[0].first, edition.periods[-1].last)
    promoted = [pd.date_range(p.first, p.last) for p in edition.promotions]
    return Calendar(days, np.isin(days, np.concatenate(promoted)) if promoted else np.zeros(len(days), bool))


def count_cases(cases: Table, edition: Edition) -> pd.DataFrame:
    """entity, topic ("all" for all of them), day, n: counted cases, one row for each day that brought some."""
    own = edition.warning
    dated = cases.mutate(day=cases[edition.sources[own.source].when].date(), topic=cases[own.topic])
    counts = dated.group_by(["entity", "topic", "day"]).aggregate(n=dated.count().cast("int64")).to_pandas()
    overall = counts.groupby(["entity", "day"], as_index=False)["n"].sum().assign(topic=ALL)
    watched = counts[counts["topic"].isin([topic.id for topic in own.topics])]
    found = pd.concat([overall, watched])[["entity", "topic", "day", "n"]]
    return found.sort_values(["entity", "topic", "day"], ignore_index=True)


def sum_hours(cases: Table, duration: Duration) -> pd.DataFrame:
    """entity, day of the record, n, seconds and witness: sums of integers, so that every engine gets the same."""
    known = cases.filter(cases[duration.recorded].notnull() & cases[duration.witness].notnull())
    dated = known.mutate(day=known[duration.recorded].date())
    sums = {
        "n": dated.count().cast("int64"),
        "seconds": (dated[duration.hours] * SECONDS).round().cast("int64").sum(),
        "witness": (dated[duration.witness] * SECONDS).round().cast("int64").sum(),
    }
    return (
        dated.group_by(["entity", "day"])
        .aggregate(**sums)
        .to_pandas()
        .sort_values(["entity", "day"])
        .reset_index(drop=True)
    )


def wide(counts: pd.DataFrame, column: str, calendar: Calendar, keys: list[str]) -> pd.DataFrame:
    """Days × series of one column; a day without a row is 0."""
    dated = counts.assign(day=pd.to_datetime(counts["day"]))
    table = dated.pivot_table(index="day", columns=keys, values=column, aggfunc="sum", fill_value=0)
    return table.reindex(calendar.days, fill_value=0)


def mean_hours(sums: pd.DataFrame, column: str, days: int, least: int, calendar: Calendar) -> pd.DataFrame:
    """Days × entities: mean hours over the last `days` days; NaN with fewer than `least` cases in them."""
    total = wide(sums, column, calendar, ["entity"]).rolling(days, min_periods=1).sum()
    cases = wide(sums, "n", calendar, ["entity"]).rolling(days, min_periods=1).sum()
    return (total / SECONDS / cases).where(cases >= least)
