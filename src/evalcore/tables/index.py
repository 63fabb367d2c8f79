"""Tables of an index of given values."""

import pandas as pd

from evalcore.tables.robustness import format_change, format_places
from evalcore.tables.table import Table, format_chance, or_dashes
from evalcore.words import Words, digits_for, format_value


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


def make_places(data: pd.DataFrame, words: Words) -> Table:
    """How far each rank can move; data as `chapters.given.places_frame`."""
    keys = ("entity", "rank", "weights", "all", "best", "worst", "first")
    rows = tuple(
        (
            r.label,
            str(r.rank),
            format_places(r.weights_low, r.weights_high),
            format_places(r.all_low, r.all_high),
            str(r.best),
            str(r.worst),
            format_chance(r.first, words),
        )
        for r in data.itertuples()
    )
    share = words("unit.percent", value=format_value(100 * words.edition.model.interval, 0))
    return Table(tuple(words(key) for key in keys), rows, (False, *(True,) * 6), note=words("note", share=share))


def make_swaps(data: pd.DataFrame, words: Words) -> Table:
    """What would swap each pair of neighbours; data as `chapters.given.swaps_frame`."""
    keys = ("entity", "other", "lead", "change", "shift")
    rows = tuple(
        (
            r.label,
            r.other,
            format_value(r.lead, digits_for(r.lead, words.edition.index.digits)),
            format_change(r.change, r.proved, words),
            words("none") if pd.isna(r.change) else words("from_to", down=r.down, up=r.up),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, False, True, True, False), 2, words("note"))
