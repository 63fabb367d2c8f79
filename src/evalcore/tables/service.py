"""Tables of service monitoring."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_range, format_value


def make_averages(data: pd.DataFrame, words: Words) -> Table:
    """The same days, each counted once or by its contacts; data as `chapters.service.averages_frame`."""
    rows = tuple(
        (
            words(f"six.{quantity}"),
            words(f"season.{season}"),
            *(text for average in ("days", "contacts") for text in _with_interval(own, average, words)),
            _difference(own, words),
        )
        for (quantity, season), own in data.set_index("average").groupby(["quantity", "season"], sort=False)
    )
    keys = ("indicator", "season", "days", "interval", "contacts", "interval", "difference")
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, False, *(True,) * 5), stub=2, note=words("note"))


def _with_interval(own: pd.DataFrame, average: str, words: Words) -> tuple[str, str]:
    row = own.loc[average]
    if pd.isna(row["value"]):
        return words("none"), words("none")
    return format_value(row["value"], 1), format_range(row["lower"], row["upper"], 1, words.lang)


def _difference(own: pd.DataFrame, words: Words) -> str:
    difference = own.loc["contacts", "value"] - own.loc["days", "value"]
    return words("none") if pd.isna(difference) else format_value(difference, 1)
