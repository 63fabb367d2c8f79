"""Tables of the chapter on quarters."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_value


def make_scores(data: pd.DataFrame, words: Words) -> Table:
    """The composite as each quarter published it, the year by what quarters measure, and the year."""
    periods = [p.id for p in words.edition.periods]
    columns = [*periods, "monitored", "year"]
    rows = tuple((words.name("entities", r["entity"]), *(_score(r[c], words) for c in columns)) for r in _rows(data))
    labels = (words("entity"), *(words.name("periods", p) for p in periods), words("monitored"), words("whole"))
    return Table(labels, or_dashes(rows, len(labels), words), (False, *(True,) * len(columns)), note=words("note"))


def make_revisions(data: pd.DataFrame, words: Words) -> Table:
    """Per quarter and indicator the largest revision; data as `largest_frame`."""
    rows = tuple(
        (
            words.name("periods", r["quarter"]),
            f"{r['indicator']} {words.name('indicators', r['indicator'])}",
            format_value(r["entities"], 0),
            words.name("entities", r["entity"]),
            *(format_value(r[key], 0) for key in ("n_then", "n_now")),
            *(format_value(r[key], words.edition.indicators[r["indicator"]].digits) for key in ("then", "now")),
        )
        for r in _rows(data)
    )
    keys = ("quarter", "indicator", "entities", "entity", "n_then", "n_now", "then", "now")
    numeric = (False, False, True, False, True, True, True, True)
    return Table(tuple(words(key) for key in keys), or_dashes(rows, 8, words), numeric, 2, words("note"))


def _rows(data: pd.DataFrame) -> list[dict]:
    return data.to_dict("records")


def _score(value: float, words: Words) -> str:
    return words("none") if pd.isna(value) else format_value(value, 1)
