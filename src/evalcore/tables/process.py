"""Tables of the process chapter: classifiers, deadlines, benchmark cases."""

import pandas as pd

from evalcore.tables.reference import SIGNS
from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_range, format_value

PLACES = ("first", "second", "third")
"""Classes of an axis, in the order of the chapter."""


def make_confusion(data: pd.DataFrame, words: Words) -> Table:
    """Labelled statements by true and told class; data as `chapters.problems.confusion_frame`, with `classes`."""
    rows = tuple(
        (
            words(r.axis),
            words("no_problem" if r.truth == "none" else r.truth),
            words(r.method),
            format_value(r.statements, 0),
            words(
                "shares", **{key: f"{100 * getattr(r, key) / r.statements:.0f}" for key in ("first", "second", "third")}
            ),
            words("none") if pd.isna(r.right) else words("unit.percent", value=format_value(r.right, 0)),
        )
        for r in data.itertuples()
        if r.statements > 0
    )
    keys = ("axis", "truth", "method", "statements", "told", "right")
    rows = or_dashes(rows, len(keys), words)
    return Table(
        tuple(words(key) for key in keys), rows, (False, False, False, True, True, True), stub=3, note=words("note")
    )


def make_deadlines(data: pd.DataFrame, words: Words) -> Table:
    """Tiers and priorities with the share of cases in time; data as `chapters.stages.deadlines_frame`."""
    known = {deadline.id: deadline for deadline in words.edition.process.deadlines}
    rows = tuple(
        (
            known[r.deadline].name[words.lang],
            known[r.deadline].limit[words.lang],
            format_value(r.n, 0),
            format_value(r.share, 1),
            format_range(r.lower, r.upper, 1, words.lang),
            words("bracketed", text=words.name("entities", r.entity), inside=format_value(r.least, 1)),
        )
        for r in data.itertuples()
    )
    keys = ("deadline", "limit", "cases", "in_time", "interval", "least")
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, (False, False, True, True, True, False))


def make_benchmarks(data: pd.DataFrame, words: Words) -> Table:
    """Cases told by the reference documents, one row each; data: id, scope, metric, value, unit, comparison."""
    rows = tuple(
        (
            words.published("scope", scope),
            words("order.semicolon").join(_told(r, words) for r in own.itertuples()),
            words("order.list").join(own["id"].str.replace("-", "\u2011")),
        )
        for scope, own in data.groupby("scope", sort=False)
    )
    keys = ("case", "reached", "ids")
    return Table(tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), (False,) * 3, note=words("note"))


def _told(row: tuple, words: Words) -> str:
    metric, unit = words.published("metric", row.metric), words.published("unit", row.unit)
    return words("told", metric=metric, value=f"{SIGNS[row.comparison]}{row.value:g}", unit=unit)
