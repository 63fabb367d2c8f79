"""Tables of published figures against this edition."""

import numpy as np
import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_value

SIGNS = {"=": "", "~": "≈ ", "<": "< ", ">": "> ", "<=": "≤ ", ">=": "≥ "}


def make_compared(data: pd.DataFrame, words: Words) -> Table:
    """Published, found, difference, sampling error, z; data as `chapters.reference.compared_frame`."""
    keys = ("id", "figure", "published", "found", "difference", "error", "z")
    rows = tuple(
        (
            r.id,
            words("figure_of", metric=r.metric, scope=r.scope),
            SIGNS[r.comparison] + format_value(r.published, r.digits),
            format_value(r.value, r.digits + 1),
            _signed(r.difference, r.digits + 1),
            format_value(r.error, r.digits + 2) if r.error > 0 else words("none"),
            words("none") if np.isnan(r.z) else _signed(r.z, 1),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, False, *(True,) * 5), stub=2, note=words("note"))


def make_open(data: pd.DataFrame, words: Words) -> Table:
    """What cannot be compared yet and why; data as `chapters.reference.open_frame`."""
    keys = ("id", "figure", "published", "unit", "needs")
    rows = tuple(
        (
            r.id,
            words("figure_of", metric=r.metric, scope=r.scope),
            format_value(r.value, r.digits),
            r.unit,
            words(f"missing.{r.missing}"),
        )
        for r in data.itertuples()
    )
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, (False, False, True, False, False), stub=2)


def make_planted(data: pd.DataFrame, words: Words) -> Table:
    """What was told of one entity and where it is found; data as `chapters.planted.planted_frame`."""
    keys = ("id", "figure", "published", "found", "entity", "month")
    rows = tuple(
        (
            r.id,
            words("figure_of", metric=r.metric, scope=r.scope),
            SIGNS[r.comparison] + format_value(r.published, r.digits),
            format_value(r.value, r.digits + 1),
            words.name("entities", r.entity),
            words("none") if pd.isna(r.month) else r.month,
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, False, True, True, False, False), stub=2)


def _signed(value: float, digits: int) -> str:
    text = format_value(value, digits)
    return f"+{text}" if value > 0 and text.strip("0.") else text
