"""Alarms: counted as in pandas, joined into events, and late records told from late service."""

from collections.abc import Callable

import ibis
import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.warn.alarms import (
    BASELINE,
    LATE,
    RECORDS,
    SERVICE,
    alarms_frame,
    days_frame,
    warned,
)
from evalcore.warn.events import events_frame, urgent
from evalcore.warn.series import calendar_of, count_cases, mean_hours, sum_hours

LATE_FROM, LATE_TO = 60, 75


def log_of(days: pd.DatetimeIndex, paid_late: bool) -> pd.DataFrame:
    """Ten cases a day, paid after 24 hours and recorded after 48; for a while recorded after 120, paid late or not."""
    rng = np.random.default_rng(8)
    opened = pd.Series(np.repeat(days[:120].to_numpy(), 10)) + pd.Timedelta(hours=12)
    late = np.repeat((np.arange(120) >= LATE_FROM) & (np.arange(120) < LATE_TO), 10)
    paid, recorded = np.array([24 + late * paid_late * 72, 48 + late * 72]) + rng.normal(0, 1, (2, len(opened)))
    frame = pd.DataFrame({"entity": "A", "topic": "goods", "opened": opened, "paid_h": paid, "recorded_h": recorded})
    return frame.assign(recorded=(opened + pd.to_timedelta(recorded, unit="h")).dt.floor("s"))


def test_cases_are_counted_by_entity_topic_and_day(edition: Edition) -> None:
    """As pandas counts them; "all" are those of every topic, watched or not."""
    cases = pd.DataFrame(
        {
            "entity": ["A", "A", "A", "B"],
            "topic": ["goods", "goods", "other", "money"],
            "opened": pd.to_datetime(["2025-01-02 01:00", "2025-01-02 23:00", "2025-01-02 02:00", "2025-01-03 03:00"]),
        }
    )
    found = count_cases(ibis.memtable(cases), edition).set_index(["entity", "topic"])["n"]
    assert found.to_dict() == {("A", "all"): 3, ("A", "goods"): 2, ("B", "all"): 1, ("B", "money"): 1}


def test_hours_are_means_of_the_last_days(edition: Edition) -> None:
    """Two cases of 10 and 20 hours and one of 60, recorded on two days: 15, then 30; nothing of fewer than two."""
    duration = next(rule.duration for rule in edition.warning.rules if rule.duration)
    recorded = pd.to_datetime(["2025-01-02", "2025-01-02", "2025-01-03"])
    cases = pd.DataFrame({"entity": "A", "recorded": recorded, "recorded_h": [10.0, 20.0, 60.0], "paid_h": [1.0] * 3})
    found = mean_hours(sum_hours(ibis.memtable(cases), duration), "seconds", 2, 2, calendar_of(edition))["A"]
    assert found.iloc[0:4].tolist() == [pytest.approx(v, nan_ok=True) for v in (np.nan, 15, 30, np.nan)]


@pytest.mark.parametrize(("paid_late", "cause"), [(False, RECORDS), (True, SERVICE)])
def test_late_records_are_told_from_late_service(
    edition: Edition, days: pd.DatetimeIndex, paid_late: bool, cause: str
) -> None:
    """Records of 120 instead of 48 hours while the money comes as ever are a data incident; late money is not."""
    alarms = warned(ibis.memtable(log_of(days, paid_late)), edition)[2]
    event = events_frame(alarms[alarms["method"] == "late"], edition.warning).iloc[0]
    assert event["cause"] == cause
    assert event["level"] == "red"
    assert event["expected"] == pytest.approx(48, abs=1)
    assert event["observed"] > 100
    assert event["first"] - days[LATE_FROM] == pd.Timedelta(days=5)


def test_a_wave_is_one_event_with_what_was_expected(edition: Edition, steady: pd.DataFrame) -> None:
    """Three days of five times as many with one calm day between: one red event, seen from the first day on."""
    struck = steady["day"].isin(pd.to_datetime(["2025-04-10", "2025-04-11", "2025-04-13"]))
    counts = steady.assign(n=np.where(struck, 5 * steady["n"], steady["n"]))
    alarms = alarms_of(counts, edition)
    event = events_frame(alarms, edition.warning).set_index("first").loc[pd.Timestamp("2025-04-10")]
    assert (event["last"], event["days"], event["level"]) == (pd.Timestamp("2025-04-13"), 3, "red")
    assert event["methods"] == f"{BASELINE} volume"
    assert event["expected"] == pytest.approx(100, rel=0.15)
    assert event["lower"] < event["expected"] < event["upper"] < event["observed"]


def alarms_of(counts: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Alarms of counts alone."""
    return alarms_frame(days_frame(counts, edition), pd.DataFrame(columns=LATE), edition)


def test_alarms_far_apart_are_two_events(edition: Edition, steady: pd.DataFrame) -> None:
    """More calm days between them than the edition allows."""
    struck = steady["day"].isin(pd.to_datetime(["2025-04-10", "2025-04-14"]))
    counts = steady.assign(n=np.where(struck, 5 * steady["n"], steady["n"]))
    assert len(events_frame(alarms_of(counts, edition), edition.warning)) == 2


def test_few_cases_never_alarm(watching: dict, edition_of: Callable[[dict], Edition], steady: pd.DataFrame) -> None:
    """What may not be shown cannot be the evidence of an alarm."""
    counts = steady.assign(n=np.where(steady["day"] == pd.Timestamp("2025-04-10"), 5 * steady["n"], steady["n"]))
    many = edition_of(watching | {"minimum_cell": 10_000})
    assert alarms_of(counts, many).empty
    assert events_frame(alarms_of(counts, many), many.warning).empty


def test_the_least_urgent_level_makes_no_event(watching: dict, edition_of: Callable[[dict], Edition]) -> None:
    """Of several levels all but the last do; the only one does."""
    assert urgent(edition_of(watching).warning) == ["red"]
    watching["warning"]["levels"] = watching["warning"]["levels"][:1]
    watching["warning"]["baseline"]["chance"] = {"red": 1e-6}
    watching["warning"]["rules"] = []
    assert urgent(edition_of(watching).warning) == ["red"]
