"""Tables of maternal and infant goods: problem types, purchase paths."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_estimate, format_range, format_value


def make_problems(data: pd.DataFrame, words: Words) -> Table:
    """Share of each main problem, how often it was solved at once, the index; `chapters.maternal.problems_frame`."""
    keys = ("problem", "answers", "share", "solved", "index")
    rows = tuple(
        (
            words(f"maternal.problem.{r.problem}"),
            format_value(r.n, 0),
            _ranged(r.share, r.lower, r.upper, words),
            _percent(r.solved, words),
            words("none") if pd.isna(r.alike) else format_value(r.alike, 1),
        )
        for r in data.itertuples()
    )
    return _table(keys, rows, words)


def make_paths(data: pd.DataFrame, words: Words) -> Table:
    """Purchase paths and how people on each fare; data as `chapters.maternal.paths_frame`."""
    keys = ("path", "answers", "share", "index", "size", "first_time", "repurchased")
    rows = tuple(
        (
            words(f"maternal.path.{r.path}"),
            format_value(r.n, 0),
            _ranged(r.share, r.share_lower, r.share_upper, words),
            words("none")
            if pd.isna(r.index_)
            else format_estimate(r.index_, r.index_lower, r.index_upper, 1, words.lang),
            *(_percent(value, words) for value in (r.size_, r.first_time, r.repurchased)),
        )
        for r in data.rename(columns={"index": "index_", "size": "size_"}).itertuples()
    )
    return _table(keys, rows, words)


def _table(keys: tuple[str, ...], rows: tuple, words: Words) -> Table:
    numeric = (False, *(True for _ in keys[1:]))
    return Table(tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), numeric, note=words("note"))


def _ranged(value: float, lower: float, upper: float, words: Words) -> str:
    if pd.isna(value):
        return words("none")
    told = words("unit.percent", value=format_value(value, 1))
    return words("bracketed", text=told, inside=format_range(lower, upper, 1, words.lang))


def _percent(value: float, words: Words) -> str:
    return words("none") if pd.isna(value) else words("unit.percent", value=format_value(value, 0))
