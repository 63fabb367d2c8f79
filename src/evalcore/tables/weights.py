"""Table of the chapter on the reader's own weights."""

import pandas as pd

from evalcore.tables.robustness import format_places
from evalcore.tables.table import Table, format_chance, or_dashes
from evalcore.words import Words, format_range, format_value


def make_any_weights(data: pd.DataFrame, words: Words) -> Table:
    """Rank and score by the edition's weights, and places over all weights; data as `chapters.weights`."""
    rows = tuple(
        (
            words.name("entities", r.entity),
            str(r.rank),
            format_value(r.score, 1),
            format_range(r.lower, r.upper, 1, words.lang),
            format_chance(r.first, words),
            format_places(r.best, r.worst),
        )
        for r in data.itertuples()
    )
    keys = ("entity", "rank", "score", "interval", "first", "places")
    return Table(
        tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), (False, *(True,) * 5), note=words("note")
    )
