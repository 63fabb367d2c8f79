"""Tables of coded talks."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_value


def make_codes(data: pd.DataFrame, words: Words) -> Table:
    """Axes and codes; data as `chapters.interviews.codes_frame`."""
    rows = tuple(
        (words(f"axis.{r.axis}"), words(f"code.{r.code}"), format_value(r.passages, 0), format_value(r.talks, 0))
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in ("axis", "code", "passages", "talks"))
    return Table(labels, or_dashes(rows, 4, words), (False, False, True, True), stub=2)


def make_disagreements(data: pd.DataFrame, words: Words) -> Table:
    """Where coders differ; data as `chapters.interviews.disagreements_frame`."""
    rows = tuple(
        (words(f"code.{r.code}"), words(f"code.{r.other}"), format_value(r.passages, 0)) for r in data.itertuples()
    )
    labels = tuple(words(key) for key in ("code", "other", "passages"))
    return Table(labels, or_dashes(rows, 3, words), (False, False, True), stub=2)


def make_stories(data: pd.DataFrame, words: Words) -> Table:
    """Quotations; data as `chapters.interviews.stories_frame`."""
    rows = tuple(
        (words(f"axis.{r.axis}"), words(f"code.{r.code}"), words(f"role.{r.role}"), r.text) for r in data.itertuples()
    )
    labels = tuple(words(key) for key in ("axis", "code", "role", "text"))
    return Table(labels, or_dashes(rows, 4, words), (False, False, False, False), stub=2, note=words("note"))
