"""The rectification ledger: lateness, regression to the mean, and the ladder."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.ledger import cases_frame, last_ranked, ledger_numbers, steps_frame
from evalcore.edition import Edition

MICRO = 1_000_000


def entries(*rows: tuple) -> pd.DataFrame:
    """case, entity, day, event, status, value; plans are due on 20 February."""
    frame = pd.DataFrame(rows, columns=["case", "entity", "at", "event", "status", "value"])
    due = pd.Timestamp("2025-02-20")
    return frame.assign(
        entry=range(1, len(frame) + 1), at=pd.to_datetime(frame["at"]), due=due, indicator="R1", measure="m"
    )


@pytest.fixture
def cells() -> pd.DataFrame:
    """Shares of 40 and 60 percent among 400 cases a quarter."""
    rows = [(e, q, share) for e, share in (("A", 0.4), ("B", 0.6)) for q in ("Q1", "Q2")]
    frame = pd.DataFrame(rows, columns=["entity", "period", "share"])
    return frame.assign(
        indicator="R1",
        part=0,
        category="all",
        numerator=(frame["share"] * 400 * MICRO).round().astype("int64"),
        denominator=400 * MICRO,
        square=0,
        weight_square=400 * MICRO,
        n=400,
    )


NOTICE = ("Z1", "A", "2025-01-21", "notice", "open", 38.0)


def test_a_plan_after_the_day_it_was_due_is_overdue(cells: pd.DataFrame, tiny_edition: Edition):
    """29 days are in time, 31 are not; without a plan the last entry of the ledger decides."""
    in_time = (*NOTICE[:2], "2025-02-19", "plan", "planned", 38.0)
    late = ("Z2", "B", "2025-02-21", "plan", "planned", 50.0)
    ledger = entries(NOTICE, ("Z2", "B", *NOTICE[2:5], 50.0), in_time, late, ("Z3", "B", *NOTICE[2:5], 50.0))
    found = cases_frame(ledger, cells, tiny_edition)
    assert list(found["plan_days"].fillna(-1)) == [29, 31, -1]
    assert list(found["overdue"]) == [False, True, True]


def test_what_is_expected_behind_a_low_value_lies_nearer_to_the_mean(cells: pd.DataFrame, tiny_edition: Edition):
    """By hand: error variance 24/401 x 100, variance between 200 less half of it, mean 50."""
    check = (*NOTICE[:2], "2025-06-20", "check", "closed", 44.0)
    (row,) = cases_frame(entries(NOTICE, check), cells, tiny_edition).itertuples()
    error = 100**2 * 0.24 / 401
    between = 200 - error / 2
    own = between / (between + error)
    assert row.expected == pytest.approx(50 + own * (38 - 50), rel=1e-6)
    assert 38 < row.expected < 50
    assert 0.95 < row.improved < 1


def test_a_case_without_a_check_has_no_effect(cells: pd.DataFrame, tiny_edition: Edition):
    """Nothing was seen, so nothing is said."""
    found = cases_frame(entries(NOTICE), cells, tiny_edition)
    assert np.isnan(found["improved"].iloc[0])
    assert ledger_numbers(found)["ledger.checked"].value == 0


def test_better_and_worse_are_counted_by_the_same_limit():
    """80 % on either side; what was not checked counts for neither."""
    cases = pd.DataFrame({"status": "open", "overdue": False, "improved": [0.9, 0.8, 0.5, 0.2, 0.1, 0.0, np.nan]})
    found = ledger_numbers(cases)
    assert [found[f"ledger.{name}"].value for name in ("checked", "improved", "worse")] == [6, 2, 3]


def test_the_ladder_rises_from_overdue_to_last_twice_and_refusing():
    """Overdue or last twice: interview; last twice and refusing: notice; last once: nothing."""
    cases = pd.DataFrame(
        {
            "entity": ["A", "B", "C", "D"],
            "overdue": [False, True, False, False],
            "status": ["closed", "closed", "refused", "open"],
            "improved": [0.9, 0.5, np.nan, 0.1],
        }
    )
    once = steps_frame(cases, "D", "A").set_index("entity")["step"]
    assert dict(once) == {"A": "none", "B": "interview", "C": "interview", "D": "none"}
    assert steps_frame(cases, "C", "C").set_index("entity").loc["C", "step"] == "notice"
    assert steps_frame(cases, "D", "D").set_index("entity").loc["D", "step"] == "interview"


def test_who_is_not_ranked_is_not_last():
    """A pooled group below all others is nobody."""
    ranking = pd.DataFrame({"entity": ["A", "B", "other"], "low": [70.0, 60.0, 50.0], "rated": [True, True, False]})
    assert last_ranked(ranking) == "B"
    assert last_ranked(ranking.iloc[:0]) is None
