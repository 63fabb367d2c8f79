"""Tables of the consumer's guide: who leads by category and by concern, and what policies promise."""

import pandas as pd

from evalcore import grammar
from evalcore.chapters.guide import POLICIES, WHOLE
from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words


def make_categories(data: pd.DataFrame, words: Words) -> Table:
    """One row per category, one column per concern; data as `chapters.guide.categories_frame`."""
    concerns = list(dict.fromkeys(data["concern"]))
    labels = [words("whole") if c == WHOLE else words.name("dimensions", c) for c in concerns]
    cells = data.set_index(["group", "concern"])["leading"]
    rows = tuple(
        (words.name("categories", group), *(_names(cells[group, concern], words) for concern in concerns))
        for group in dict.fromkeys(data["group"])
    )
    columns = (words("category"), *labels)
    return Table(columns, or_dashes(rows, len(columns), words), (False,) * len(columns), note=words("note"))


def make_concerns(data: pd.DataFrame, words: Words) -> Table:
    """One row per indicator; data as `chapters.guide.concerns_frame`."""
    rows = tuple(
        (words.name("indicators", r.indicator), _names(r.leading, words), str(r.compared)) for r in data.itertuples()
    )
    return Table((words("concern"), words("leading"), words("compared")), rows, (False, False, True))


def make_policies(data: pd.DataFrame, words: Words) -> Table:
    """One row per category; data as `chapters.guide.policies_frame`."""
    rows = tuple(
        (
            words.name("categories", r.group),
            _days(r.days_low, r.days_high),
            *(words("of", part=getattr(r, key), whole=r.policies) for key in POLICIES),
        )
        for r in data.itertuples()
    )
    labels = (words("category"), words("days"), *(words(key) for key in POLICIES))
    return Table(labels, or_dashes(rows, len(labels), words), (False, *(True,) * (len(labels) - 1)))


def _names(leading: str, words: Words) -> str:
    return grammar.listed(leading.split(), words.edition)[words.lang] if leading else words("none")


def _days(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}\N{EN DASH}{high:g}"
