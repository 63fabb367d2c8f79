"""Early warning: what was planted is found under two seeds, small counts stay hidden, measured rates are divisions."""

import json

import ibis
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalcore.chapters import warning
from evalcore.edition import Edition, load_edition
from evalcore.warn.alarms import BASELINE, CASES, COLUMNS, HOURS, RECORDS, warned
from evalcore.warn.events import EVENT, events_frame

FEW = 10
"""Cases that an alarm needs in a world of a tenth of the volume."""


@pytest.fixture
def demo(root) -> Edition:
    """The demonstration edition."""
    return load_edition("demo-2025", root)


@pytest.mark.parametrize("world", ["drawn", "second"])
def test_the_wave_and_the_incident_are_found(request, world: str) -> None:
    """Under two seeds: the wave is red from its first day on; late records are never called service."""
    edition, cleaned, truth = request.getfixturevalue(world)
    planted = truth["planted"]["findings"]
    own = edition.model_copy(
        update={"minimum_cell": FEW, "warning": edition.warning.model_copy(update={"fewest_cases": FEW})}
    )
    alarms = warned(ibis.memtable(cleaned["tickets"]), own)[2]
    events, waves = (events_frame(of, own.warning) for of in (alarms, alarms[alarms["method"] == BASELINE]))
    wave = waves[waves["entity"] == planted["delivery_wave"]].set_index("first")
    assert wave.loc[pd.Timestamp(planted["wave_start"]), "level"] == "red"
    month = pd.Period(planted["incident"], "M")
    late = events[(events["entity"] == planted["late_records"]) & (events["quantity"] == HOURS)]
    late = late[(late["first"] <= month.end_time) & (late["last"] >= month.start_time)]
    assert set(late["cause"]) == {RECORDS}
    assert "red" in set(late["level"])
    assert late["first"].min() <= month.start_time + pd.Timedelta(days=9)


def event(**changed: object) -> pd.DataFrame:
    """One event of cases at A, with changes."""
    at = pd.Timestamp("2025-04-10")
    usual = dict(zip(EVENT, ("A", CASES, at, at, 1, "red", "baseline", "all", at, 99.0, 50.0, 40.0, 60.0, "demand"),
                     strict=True))  # fmt: skip
    return pd.DataFrame([usual | changed])


def test_counts_below_the_smallest_cell_are_not_shown(demo: Edition) -> None:
    """Of the days around an event, those with fewer cases are blank in the figure and its data."""
    days = pd.DataFrame({"entity": "A", "topic": "all", "day": pd.date_range("2025-04-01", periods=20)})
    days = days.assign(n=np.arange(20) * 4, expected=30.0, lower=20.0, upper=40.0, chance=0.5)
    course = warning.course_frame(event(), days, demo)
    assert len(course) == 20
    assert course["n"].dropna().tolist() == [n for n in range(0, 80, 4) if n >= demo.minimum_cell]


def test_the_calendar_marks_the_most_urgent_alarm_of_a_week(demo: Edition) -> None:
    """Yellow and red in the second week of the year make it red; blue alone makes no mark."""
    rows = [("A", "2025-01-09", "yellow"), ("A", "2025-01-14", "red"), ("B", "2025-01-09", "blue")]
    alarms = pd.DataFrame(
        [dict.fromkeys(COLUMNS) | {"entity": e, "day": pd.Timestamp(d), "level": v} for e, d, v in rows]
    )
    marked = warning.calendar_frame(alarms, demo).query("level != 'none'")
    assert marked[["entity", "week", "level"]].to_numpy().tolist() == [["A", pd.Timestamp("2025-01-08"), "red"]]


def test_late_records_are_shown_before_late_service(demo: Edition) -> None:
    """The figure takes the late records, however long a late service lasted; without either it is empty."""
    hours = pd.DataFrame({"rule": "refunds", "entity": ["A", "B"], "day": pd.Timestamp("2025-04-10"), "witness": 1.0})
    hours = hours.assign(observed=2.0, expected=1.0, lower=1.0, upper=1.0, usual=1.0)
    late = {"quantity": HOURS, "topic": "refunds"}
    events = pd.concat([event(**late, cause="service", days=9), event(**late, cause=RECORDS, entity="B")])
    assert warning.records_frame(events, hours, demo)["entity"].tolist() == ["B"]
    assert warning.records_frame(event(), hours, demo).empty


def test_a_year_without_alarms_says_so(root, demo: Edition) -> None:
    """No events: a sentence instead of an empty place, an empty list and no figure of a course."""
    measured = json.loads((root / "data/quality/warning.json").read_text("utf-8"))
    none = event().iloc[:0]
    told = warning.warning_numbers(none, measured, demo)["warning.told"].value
    assert told.en == "No urgent alarm was raised in the year."
    assert warning.listed_frame(none, demo).empty
    assert warning.course_frame(none, pd.DataFrame(), demo).empty


def test_the_most_urgent_events_are_listed_by_date(demo: Edition) -> None:
    """Of more than the table holds the yellow ones are left out first; what is left stands by date."""
    days = pd.date_range("2025-02-01", periods=20)
    events = pd.concat([event(first=day, level="yellow" if k < 7 else "red") for k, day in enumerate(days)])
    listed = warning.listed_frame(events.reset_index(drop=True), demo)
    assert len(listed) == warning.LISTED
    assert (listed["level"] == "yellow").sum() == 2
    assert listed["first"].is_monotonic_increasing
    assert dict(zip(listed["level"], listed["react_h"], strict=True)) == {"red": 1, "yellow": 4}


def test_measured_rates_are_divisions(root, demo: Edition) -> None:
    """The committed measurement: both published seeds among its worlds, rates by division, bounds as SciPy's test."""
    measured = json.loads((root / "data/quality/warning.json").read_text("utf-8"))
    assert measured["published"] == measured["seeds"][:2]
    clean = measured["clean"]
    for row in warning.nominal_frame(measured, demo).itertuples():
        exact = stats.binomtest(row.alarms, clean["judged"]).proportion_ci(0.95, "exact")
        assert row.observed == pytest.approx(1000 * row.alarms / clean["judged"])
        assert (row.lower, row.upper) == (pytest.approx(1000 * exact.low), pytest.approx(1000 * exact.high))
    rules = warning.rules_frame(pd.DataFrame(columns=COLUMNS), measured, demo).set_index("method")
    assert rules.loc["baseline", "clean"] == clean["events"]["baseline"] / clean["platform_years"]
    assert rules.loc["together", "found"] == sum(own["found"] for own in measured["by_seed"].values())


def test_the_answer_names_the_wave_and_the_late_records(root, demo: Edition) -> None:
    """Two sentences with place, day, level, observed and expected; late service is no sentence of its own."""
    measured = json.loads((root / "data/quality/warning.json").read_text("utf-8"))
    late = {"quantity": HOURS, "observed": 120.4, "expected": 48.2, "entity": "B"}
    told = warning.warning_numbers(pd.concat([event(), event(**late, cause=RECORDS)]), measured, demo)["warning.told"]
    assert "Of 2 urgent alarms" in told.value.en
    assert "at Platform A: on 2025-04-10 (red) 99 came where 50 were expected" in told.value.en
    assert "At Platform B the platform's own records came late (2025-04-10: 120 hours instead of 48)" in told.value.en
    service = warning.warning_numbers(event(**late, cause="service"), measured, demo)["warning.told"]
    assert service.value.en == "Urgent alarms over all platforms in the year: 1."
