"""Tables of the chapter on measures."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_estimate, format_range, format_value


def make_entity_remedies(data: pd.DataFrame, words: Words) -> Table:
    """Measures for the weakest indicators of one entity; data as `chapters.remedies.entity_remedies`."""
    keys = ("indicator", "loss", "gain", "remedy", "others")
    rows = tuple(
        (
            f"{r.indicator} {words.name('indicators', r.indicator)}",
            format_estimate(r.loss, r.lower, r.upper, 1, words.lang),
            format_range(r.gain_low, r.gain_high, 1, words.lang),
            _does(r, words),
            getattr(r, f"others_{words.lang}") or words("none"),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, True, True, False, False), note=words("note"))


def make_catalogue(data: pd.DataFrame, words: Words) -> Table:
    """All measures; data as `chapters.remedies.catalogue_frame`."""
    keys = ("remedy", "weak", "called", "others")
    rows = tuple(
        (
            _does(r, words),
            r.weak or words("together"),
            format_value(r.entities, 0) if r.weak else words("none"),
            getattr(r, f"others_{words.lang}") or words("none"),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, False, True, False))


def _does(row: object, words: Words) -> str:
    """What a measure does and where that was read."""
    return words(
        "with_source", does=getattr(row, f"does_{words.lang}"), told=words("order.list").join(row.told.split(", "))
    )
