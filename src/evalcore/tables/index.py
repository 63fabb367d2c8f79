"""Tables of an index of given values."""

import pandas as pd

from evalcore.tables.table import Table
from evalcore.words import Words, format_value


def make_steps(data: pd.DataFrame, words: Words) -> Table:
    """What happened to each indicator; data as `steps_frame`."""
    keys = ("indicator", "better", "transform", "denominator", "method", "missing", "treated")
    names = {i.id: i.name[words.lang] for i in words.edition.index.indicators}
    rows = tuple(
        (
            f"{r.indicator} {names[r.indicator]}",
            words(r.better),
            words("log") if r.transform == "log" else words("none"),
            words("none") if pd.isna(r.denominator) else r.denominator,
            r.method,
            format_value(r.missing, 0),
            format_value(r.treated, 0),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, False, False, False, False, True, True))


def make_ranking(data: pd.DataFrame, words: Words) -> Table:
    """All scored units of the last period, best first; data as `chapters.index.ranking_frame`."""
    nodes = [name for name in data.columns if name not in ("entity", "label", "rank")]
    digits = words.edition.index.digits
    rows = tuple(
        (r["label"], str(r["rank"]), *(format_value(r[node], digits) for node in nodes))
        for r in data.to_dict("records")
    )
    labels = (words("entity"), words("rank"), *(words.node(node) for node in nodes))
    return Table(labels, rows, (False, *(True for _ in labels[1:])))
