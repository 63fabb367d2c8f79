"""Tables of mystery visits: day against night."""

import pandas as pd

from evalcore.tables.table import Table, format_chance
from evalcore.words import Words, format_range, format_value


def make_hours(data: pd.DataFrame, words: Words) -> Table:
    """Shares by day and by night with intervals and numbers; data as `chapters.visits.hours_frame`."""
    keys = ("measure", "day", "day_n", "night", "night_n", "p")
    rows = tuple(
        (
            words(f"measure.{r.measure}"),
            _share(r.day, r.day_lower, r.day_upper, words),
            format_value(r.day_n, 0),
            _share(r.night, r.night_lower, r.night_upper, words),
            format_value(r.night_n, 0),
            format_chance(r.p, words),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, *(True for _ in keys[1:])), note=words("note"))


def _share(value: float, lower: float, upper: float, words: Words) -> str:
    if pd.isna(value):
        return words("none")
    told = words("unit.percent", value=format_value(value, 0))
    return words("bracketed", text=told, inside=format_range(lower, upper, 0, words.lang))
