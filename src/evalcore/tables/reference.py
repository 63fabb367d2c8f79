"""Tables of published figures against this edition."""

import numpy as np
import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_signed, format_value

SIGNS = {"=": "", "~": "≈ ", "<": "< ", ">": "> ", "<=": "≤ ", ">=": "≥ "}


def make_compared(data: pd.DataFrame, words: Words) -> Table:
    """Published, found, difference, sampling error, z; data as `chapters.reference.compared_frame`."""
    keys = ("id", "figure", "unit", "published", "found", "difference", "error", "z")
    rows = tuple(
        (
            _number(r.id),
            _figure(r, words),
            words.published("unit", r.unit),
            SIGNS[r.comparison] + format_value(r.published, r.digits),
            format_value(r.value, r.digits + 1),
            format_signed(r.difference, r.digits + 1),
            format_value(r.error, r.digits + 2) if r.error > 0 else words("none"),
            words("none") if np.isnan(r.z) else format_signed(r.z, 1),
        )
        for r in data.itertuples()
    )
    numeric = (False, False, False, *(True,) * 5)
    return Table(tuple(words(key) for key in keys), rows, numeric, stub=2, note=words("note"))


def _figure(row: tuple, words: Words) -> str:
    """What a figure is of, and where it cannot occur the nearest value that can."""
    named = words.published_figure(row.metric, row.scope)
    if np.isnan(row.nearest):
        return named
    inside = words("cannot_occur", nearest=format_value(row.nearest, row.digits + 1))
    return words("bracketed", text=named, inside=inside)


def make_contradictions(data: pd.DataFrame, words: Words) -> Table:
    """Where the documents contradict each other; data as `chapters.reference.contradictions_frame`."""
    rows = tuple(
        (
            str(number),
            words("order.semicolon").join(_told(r, words) for r in own.itertuples()),
            words(f"reason.{number}"),
        )
        for number, own in data.groupby("contradiction")
    )
    rows = or_dashes(rows, 3, words)
    return Table(tuple(words(key) for key in ("id", "figure", "handling")), rows, (False,) * 3, stub=1)


def _told(row: tuple, words: Words) -> str:
    published = SIGNS[row.comparison] + format_value(row.published, row.digits)
    found = format_value(row.value, row.digits + 1)
    return words(
        "told",
        id=_number(row.id),
        figure=words.published_figure(row.metric, row.scope),
        published=published,
        found=found,
    )


def make_open(data: pd.DataFrame, words: Words) -> Table:
    """What cannot be compared yet and why; data as `chapters.reference.open_frame`."""
    keys = ("id", "figure", "published", "unit", "needs")
    rows = tuple(
        (
            _number(r.id),
            words.published_figure(r.metric, r.scope),
            format_value(r.value, r.digits),
            words.published("unit", r.unit),
            words(f"missing.{r.missing}"),
        )
        for r in data.itertuples()
    )
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, (False, False, True, False, False), stub=2)


def make_planted(data: pd.DataFrame, words: Words) -> Table:
    """What was told of one entity and where it is found; data as `chapters.planted.planted_frame`."""
    keys = ("id", "figure", "unit", "published", "found", "entity", "month")
    rows = tuple(
        (
            _number(r.id),
            words.published_figure(r.metric, r.scope),
            words.published("unit", r.unit),
            SIGNS[r.comparison] + format_value(r.published, r.digits),
            format_value(r.value, r.digits + 1),
            words.name("entities", r.entity),
            words("none") if pd.isna(r.month) else r.month,
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, False, False, True, True, False, False), stub=2)


def _number(id_: str) -> str:
    """A figure's number, with a hyphen that no line breaks at."""
    return id_.replace("-", "\u2011")
