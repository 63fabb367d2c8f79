"""Derived columns: durations, first known values, hours of the day."""

import pandas as pd
import pytest

from evalcore.clean.derive import duration, first_known, hour_band
from evalcore.edition.derived import Duration, FirstKnown, HourBand


def times(*values: str | None) -> pd.Series:
    """A column of times."""
    return pd.Series(values, dtype="datetime64[us]")


@pytest.mark.parametrize(("unit", "expected"), [("seconds", 5400), ("minutes", 90), ("hours", 1.5), ("days", 0.0625)])
def test_duration_is_in_its_unit(unit: str, expected: float) -> None:
    """An hour and a half, and nothing where a time is missing."""
    frame = pd.DataFrame({"a": times("2025-01-01 23:00", None), "b": times("2025-01-02 00:30", "2025-01-01")})
    found = duration(frame, Duration(kind="duration", start="a", end="b", unit=unit))
    assert found[0] == expected
    assert found.isna().to_list() == [False, True]


def test_duration_backwards_is_negative() -> None:
    """Nothing is taken as absolute; a rule of kind `disorder` looks at it."""
    frame = pd.DataFrame({"a": times("2025-01-01 00:01"), "b": times("2025-01-01 00:00")})
    assert duration(frame, Duration(kind="duration", start="a", end="b", unit="seconds"))[0] == -60


def test_first_known_takes_columns_in_their_order() -> None:
    """The human's answer before the bot's, the bot's where there was no human, else nothing."""
    frame = pd.DataFrame({"human": times("2025-01-02", None, None), "bot": times("2025-01-01", "2025-01-03", None)})
    found = first_known(frame, FirstKnown(kind="first_known", columns=("human", "bot")))
    assert found.to_list()[:2] == [pd.Timestamp("2025-01-02"), pd.Timestamp("2025-01-03")]
    assert found.isna()[2]


def test_hour_band_crosses_midnight_and_leaves_its_end_out() -> None:
    """From 22:00 to 08:00: 22:00 and 07:59 are night, 21:59 and 08:00 are not."""
    frame = pd.DataFrame({"t": times(*(f"2025-01-01 {clock}" for clock in ("21:59", "22:00", "07:59:59", "08:00")))})
    band = HourBand(kind="hour_band", column="t", start=22, end=8)
    assert hour_band(frame, band).to_list() == [False, True, True, False]


def test_hour_band_within_a_day() -> None:
    """From 9:00 to 17:00."""
    frame = pd.DataFrame({"t": times(*(f"2025-01-01 {clock}" for clock in ("08:59", "09:00", "16:59", "17:00")))})
    band = HourBand(kind="hour_band", column="t", start=9, end=17)
    assert hour_band(frame, band).to_list() == [False, True, True, False]


def test_hour_band_of_a_missing_time_is_missing() -> None:
    """Nobody knows whether it was night."""
    band = HourBand(kind="hour_band", column="t", start=22, end=8)
    assert hour_band(pd.DataFrame({"t": times(None, "2025-01-01 23:00")}), band).isna().to_list() == [True, False]
