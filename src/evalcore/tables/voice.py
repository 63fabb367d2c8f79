"""Tables of what people write: how far what reads it errs, and how groups differ."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_estimate, format_range, format_value

CLEAREST = 4
"""Rows of each contrast."""


def make_errors(data: pd.DataFrame, words: Words) -> Table:
    """Share of right labels on texts never learned from; data as `chapters.corpora.errors_frame`."""
    rows = tuple(
        (
            words(r.kind),
            words(r.method),
            words(f"texts.{r.texts}"),
            format_value(r.n, 0),
            format_estimate(100 * r.share, 100 * r.lower, 100 * r.upper, 0, words.lang),
            format_value(r.f1, 2),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in ("kind", "method", "texts", "n", "right", "f1"))
    numeric = (False, False, False, True, True, True)
    return Table(labels, or_dashes(rows, len(labels), words), numeric, stub=3, note=words("note"))


def make_contrasts(data: pd.DataFrame, words: Words) -> Table:
    """The clearest differences of each contrast; data as `chapters.groups_apart.contrasts_frame`."""
    sizes = words.edition.sizes
    sides = {k: words.name("sizes", sizes[n].id) for k, n in (("large", 0), ("small", -1)) if sizes}
    rows = tuple(
        (
            words(f"contrast.{r.contrast}", **sides),
            words(f"aspect.{r.aspect}"),
            words("side", percent=format_value(r.one, 1), n=format_value(r.n_one, 0)),
            words("side", percent=format_value(r.other, 1), n=format_value(r.n_other, 0)),
            words("apart", value=format_value(r.difference, 1), interval=format_range(r.lower, r.upper, 1, words.lang)),
        )
        for r in data.groupby("contrast", sort=False).head(CLEAREST).itertuples()
    )
    labels = tuple(words(key) for key in ("contrast", "aspect", "one", "other", "difference"))
    numeric = (False, False, True, True, True)
    return Table(labels, or_dashes(rows, len(labels), words), numeric, stub=2, note=words("note"))
