"""Columns computed from others: durations, first known values, hours of the day."""

import pandas as pd

from evalcore.edition.derived import Duration, FirstKnown, HourBand
from evalcore.edition.sources import Source

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


def derive(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The frame with its source's derived columns, in the order they are declared."""
    derived = frame
    for name, recipe in source.derive.items():
        derived = derived.assign(**{name: DERIVATIONS[recipe.kind](derived, recipe)})
    return derived


def duration(frame: pd.DataFrame, recipe: Duration) -> pd.Series:
    """Time from start to end in the recipe's unit; missing where either is."""
    seconds = (frame[recipe.end] - frame[recipe.start]).dt.total_seconds()
    return (seconds / SECONDS[recipe.unit]).astype("Float64")


def first_known(frame: pd.DataFrame, recipe: FirstKnown) -> pd.Series:
    """The first value along the columns that is not missing."""
    first, *others = recipe.columns
    values = frame[first]
    for column in others:
        values = values.fillna(frame[column])
    return values


def hour_band(frame: pd.DataFrame, recipe: HourBand) -> pd.Series:
    """Whether the hour lies in [start, end), across midnight where start is later; missing where the time is."""
    hour = frame[recipe.column].dt.hour.astype("Int64")
    after, before = hour >= recipe.start, hour < recipe.end
    inside = (after & before) if recipe.start < recipe.end else (after | before)
    return inside


DERIVATIONS = {"duration": duration, "first_known": first_known, "hour_band": hour_band}
"""Kind of a derived column -> its function."""
