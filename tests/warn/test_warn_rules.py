"""Dated rules by hand: against nothing, the day before and the usual value; promotions; dates."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from evalcore.edition.warning import Rule
from evalcore.warn.rules import judge

LEVELS = ["red", "blue"]
DAYS = pd.date_range("2025-01-01", periods=20)


def levels(values: list[float], against: str, promoted: tuple[int, ...] = (), **more: object) -> list[int]:
    """Level of each day of one series: 0 red from 3 on, 1 blue from 2 on, -1 none."""
    given = {
        "topics": ("all",),
        "limits": {"blue": 2, "red": 3},
        "since": date(2025, 1, 1),
        "name": {"en": "r", "zh": "r"},
    }
    rule = Rule.model_validate({"id": "r", "against": against, **given, **more})
    table, days = np.array(values, dtype=float)[:, None], DAYS[: len(values)]
    promotion = np.isin(np.arange(len(values)), promoted)
    return judge(table, rule, LEVELS, days, promotion, 14, 0.95).level[:, 0].tolist()


def test_a_limit_for_the_value_itself() -> None:
    """Two is blue, three is red, nothing is known of a blank."""
    assert levels([1, 2, 3, np.nan], "nothing") == [-1, 1, 0, -1]


def test_a_limit_for_the_rise_since_the_day_before() -> None:
    """Doubled is blue, tripled red; the first day has no day before, and nothing counts as one."""
    assert levels([5, 10, 30, 15, 0, 3], "day_before") == [-1, 1, 0, -1, -1, 0]


def test_a_limit_for_the_ratio_to_the_usual_value() -> None:
    """The usual value is the median of the days before, at least seven; days that alarmed are not usual."""
    assert levels([4, 5, 6, 4, 5, 6, 5, 10, 15, 14, 9], "usual") == [-1] * 7 + [1, 0, 1, -1]


def test_promotions_multiply_limits() -> None:
    """Twice as many are no alarm on a day whose limits are doubled; four times as many are."""
    assert levels([5.0] * 8 + [10, 20, 10], "usual", promoted=(8, 9), promotion=2) == [-1] * 9 + [1, 1]


def test_a_rule_holds_between_its_dates() -> None:
    """Before its first and after its last day it does not alarm."""
    values = [3.0] * 5
    assert levels(values, "nothing", since=date(2025, 1, 2), until=date(2025, 1, 4)) == [-1, 0, 0, 0, -1]


def test_tomorrow_changes_nothing_of_today() -> None:
    """The levels up to a day stay whatever comes after it."""
    rng = np.random.default_rng(4)
    values = rng.poisson(6, 20).astype(float)
    for against in ("day_before", "usual"):
        changed = np.concatenate([values[:15], 50 * values[15:] + 1])
        assert levels(list(values), against)[:15] == levels(list(changed), against)[:15]


@pytest.mark.parametrize(
    "given", [{}, {"topics": ("all",), "duration": {"hours": "h", "recorded": "r", "witness": "w"}}]
)
def test_a_rule_is_of_cases_or_of_a_duration(given: dict) -> None:
    """Neither, or both, is refused."""
    base = {
        "id": "r",
        "name": {"en": "r", "zh": "r"},
        "against": "usual",
        "limits": {"red": 2},
        "since": date(2025, 1, 1),
    }
    with pytest.raises(ValueError, match="either `topics` or `duration`"):
        Rule.model_validate(base | given)
