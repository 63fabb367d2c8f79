"""Tables of the rectification ledger."""

import pandas as pd

from evalcore.tables.table import Table, format_chance, or_dashes
from evalcore.words import Words, format_value


def make_cases(data: pd.DataFrame, words: Words) -> Table:
    """Each case: what was asked, when the plan came, what was seen, and with which probability it got better."""
    keys = ("entity", "case", "indicator", "notice", "plan_days", "status", "before", "expected", "after", "improved")
    rows = tuple(
        (
            words.name("entities", r.entity),
            r.case,
            f"{r.indicator} {words.name('indicators', r.indicator)}",
            f"{r.notice:%Y-%m-%d}",
            words("none") if pd.isna(r.plan_days) else f"{int(r.plan_days)}{words('late') if r.overdue else ''}",
            words(f"status_{r.status}"),
            *(words("none") if pd.isna(v) else format_value(v, 1) for v in (r.before, r.expected, r.after)),
            words("none") if pd.isna(r.improved) else format_chance(r.improved, words),
        )
        for r in data.itertuples()
    )
    numeric = (False, False, False, False, True, False, True, True, True, True)
    return Table(tuple(map(words, keys)), or_dashes(rows, len(keys), words), numeric, stub=2, note=words("note"))


def make_steps(data: pd.DataFrame, words: Words) -> Table:
    """What follows for each entity."""
    keys = ("entity", "cases", "overdue", "refused", "open", "improved", "step")
    rows = tuple(
        (
            words.name("entities", r.entity),
            *(str(getattr(r, key)) for key in keys[1:6]),
            words(f"step_{r.step}"),
        )
        for r in data.itertuples()
    )
    numeric = (False, *(True,) * 5, False)
    return Table(tuple(map(words, keys)), or_dashes(rows, len(keys), words), numeric, note=words("note"))
