"""Cleaning rules on frames made by hand: which rows each kind catches."""

from collections.abc import Callable

import pandas as pd
import pytest

from evalcore.clean.clean import first_rule
from evalcore.edition import Edition

REASON = {"en": "reason", "zh": "原因"}
DATES = ["placed_at", "answered_at", "closed_at"]

Caught = Callable[..., list[str]]


@pytest.fixture
def caught(tiny: dict, edition_of: Callable[[dict], Edition]) -> Caught:
    """Columns and rules -> per row the rule that catches it, "valid" where none does."""

    def first(frame: dict[str, list], *rules: dict) -> list[str]:
        survey = tiny["sources"]["survey"]
        survey["columns"] |= {name: {"type": "timestamp", "blank": True} for name in DATES}
        survey["columns"]["speed"] = {"type": "rating", "levels": 5}
        survey["rules"] = [{"id": f"r{k}", "reason": REASON, **rule} for k, rule in enumerate(rules, start=1)]
        edition = edition_of(tiny)
        source = edition.sources["survey"]
        return first_rule(_typed(frame, source.types), source, edition).to_list()

    return first


def _typed(frame: dict[str, list], types: dict[str, str]) -> pd.DataFrame:
    dtypes = {"timestamp": "datetime64[us]", "rating": "Int64", "count": "Int64", "number": "Float64"}
    return pd.DataFrame({k: pd.Series(v, dtype=dtypes.get(types[k], "string")) for k, v in frame.items()})


def test_below_catches_known_values_under_the_limit(caught: Caught) -> None:
    """The limit itself passes and a missing value is not under it."""
    rule = {"kind": "below", "columns": ["seconds"], "limit": 60}
    assert caught({"seconds": [59, 60, 61, None]}, rule) == ["r1", "valid", "valid", "valid"]


def test_above_catches_known_values_over_the_limit(caught: Caught) -> None:
    """The limit itself passes and a missing value is not over it."""
    rule = {"kind": "above", "columns": ["paid"], "limit": 1.5}
    assert caught({"paid": [1.5, 1.51, None]}, rule) == ["valid", "r1", "valid"]


def test_limits_hold_for_any_of_the_columns(caught: Caught) -> None:
    """One column beyond the limit is enough."""
    rule = {"kind": "above", "columns": ["seconds", "paid"], "limit": 10}
    assert caught({"seconds": [1, 11, 1], "paid": [1, 1, 11]}, rule) == ["valid", "r1", "r1"]


def test_missing_catches_a_blank_in_any_of_the_columns(caught: Caught) -> None:
    """Zero is a value, a blank is none."""
    rule = {"kind": "missing", "columns": ["seconds", "comment"]}
    assert caught({"seconds": [0, None, 1], "comment": ["x", "x", None]}, rule) == ["valid", "r1", "r1"]


def test_duplicate_keeps_the_first_row(caught: Caught) -> None:
    """Later rows that agree are caught; missing values agree with nothing."""
    rule = {"kind": "duplicate", "columns": ["comment"]}
    assert caught({"comment": ["a", "b", "a", None, None, "a"]}, rule) == [
        "valid",
        "valid",
        "r1",
        "valid",
        "valid",
        "r1",
    ]


def test_duplicate_needs_all_columns_to_agree(caught: Caught) -> None:
    """One address may serve two people on two devices."""
    rule = {"kind": "duplicate", "columns": ["comment", "age"]}
    frame = {"comment": ["a", "a", "a"], "age": ["young", "old", "young"]}
    assert caught(frame, rule) == ["valid", "valid", "r1"]


def test_duplicate_of_a_row_set_aside_before_is_kept(caught: Caught) -> None:
    """A second, careful answer counts where the first one was thrown out."""
    rules = ({"kind": "below", "columns": ["seconds"], "limit": 60}, {"kind": "duplicate", "columns": ["comment"]})
    assert caught({"seconds": [10, 90, 90], "comment": ["a", "a", "a"]}, *rules) == ["r1", "valid", "r2"]


def test_not_equal_catches_a_wrong_and_a_missing_trap_answer(caught: Caught) -> None:
    """Who was asked for 4 and gave nothing did not pay attention either."""
    rule = {"kind": "not_equal", "columns": ["satisfaction"], "limit": 4}
    assert caught({"satisfaction": [4, 5, None]}, rule) == ["valid", "r1", "r1"]


def test_straight_line_catches_the_same_answer_everywhere(caught: Caught) -> None:
    """One other answer or one missing answer is no straight line."""
    rule = {"kind": "straight_line", "columns": ["satisfaction", "speed", "seconds"]}
    frame = {"satisfaction": [3, 3, 3, None], "speed": [3, 3, 3, None], "seconds": [3, 4, None, None]}
    assert caught(frame, rule) == ["r1", "valid", "valid", "valid"]


def test_disorder_catches_times_that_run_backwards(caught: Caught) -> None:
    """Equal times are in order."""
    frame = {
        "placed_at": ["2025-01-01 10:00", "2025-01-01 10:00", "2025-01-01 10:00"],
        "answered_at": ["2025-01-01 10:00", "2025-01-01 09:59", "2025-01-01 11:00"],
        "closed_at": ["2025-01-01 12:00", "2025-01-01 12:00", "2025-01-01 10:30"],
    }
    assert caught(frame, {"kind": "disorder", "columns": DATES}) == ["valid", "r1", "r1"]


def test_disorder_compares_across_missing_times(caught: Caught) -> None:
    """A missing time in the middle or at the start hides nothing; too few times are in order."""
    frame = {
        "placed_at": ["2025-01-02", "2025-01-01", None, None, "2025-01-01"],
        "answered_at": [None, None, "2025-01-03", None, None],
        "closed_at": ["2025-01-01", "2025-01-02", "2025-01-02", "2025-01-01", None],
    }
    assert caught(frame, {"kind": "disorder", "columns": DATES}) == ["r1", "valid", "r1", "valid", "valid"]


def test_outside_catches_ratings_off_the_scale(caught: Caught) -> None:
    """A scale of five levels has neither 0 nor 6; a blank is no rating off the scale."""
    rule = {"kind": "outside", "columns": ["satisfaction", "speed"]}
    frame = {"satisfaction": [1, 5, 0, 1, None], "speed": [5, 1, 1, 6, 3]}
    assert caught(frame, rule) == ["valid", "valid", "r1", "r1", "valid"]


def test_outside_period_keeps_the_whole_last_day(caught: Caught) -> None:
    """The edition runs from the first second of its first day to the last second of its last day."""
    times = [
        "2024-12-31 23:59:59",
        "2025-01-01 00:00:00",
        "2025-03-31 23:59:59",
        "2025-04-01 00:00:00",
        "2025-06-30 23:59:59.999999",
        "2025-07-01 00:00:00",
    ]
    rule = {"kind": "outside_period", "columns": ["submitted_at"]}
    assert caught({"submitted_at": times}, rule) == ["r1", "valid", "valid", "valid", "valid", "r1"]


def test_first_rule_wins(caught: Caught) -> None:
    """A row that breaks several rules is counted once, under the first of them."""
    rules = (
        {"kind": "above", "columns": ["seconds"], "limit": 100},
        {"kind": "above", "columns": ["seconds"], "limit": 10},
    )
    assert caught({"seconds": [5, 50, 500]}, *rules) == ["valid", "r2", "r1"]
    assert caught({"seconds": [5, 50, 500]}, *rules[::-1]) == ["valid", "r1", "r1"]


def test_source_without_rules_keeps_every_row(caught: Caught) -> None:
    """Cleaning does what the edition says and nothing else."""
    assert caught({"seconds": [None, 0]}) == ["valid", "valid"]


def test_contains_catches_texts_with_a_value_inside(caught: Caught) -> None:
    """Values are taken literally, and a missing text contains nothing."""
    rule = {"kind": "contains", "columns": ["comment"], "values": ["加群", "a.c"]}
    assert caught({"comment": ["快加群领券", "很好", "abc", "xa.cx", None]}, rule) == [
        "r1",
        *["valid"] * 2,
        "r1",
        "valid",
    ]


def test_shorter_catches_texts_under_the_limit(caught: Caught) -> None:
    """Characters are counted, not bytes; the limit itself passes and a missing text is not short."""
    rule = {"kind": "shorter", "columns": ["comment"], "limit": 3}
    assert caught({"comment": ["好", "还行", "挺好的", None]}, rule) == ["r1", "r1", "valid", "valid"]
