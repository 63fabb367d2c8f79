"""Tables that print the edition: indicators and goalposts, sources, cleaning rules."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_value


def make_indicators(data: pd.DataFrame, words: Words) -> Table:
    """Indicators with definition, weight and goalposts; data as `framework_frame`."""
    keys = ("indicator", "definition", "weight", "floor", "baseline", "stretch", "source", "clause")
    rows = tuple(
        (
            f"{row.indicator} {words.name('indicators', row.indicator)}",
            words.edition.indicators[row.indicator].definition[words.lang],
            _as_written(row.weight),
            *(words("none") if pd.isna(post) else _as_written(post) for post in (row.floor, row.baseline, row.stretch)),
            words.source(row.source),
            row.clause if row.clause != "none" else words("none"),
        )
        for row in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, False, True, True, True, True, False, False))


def make_sources(data: pd.DataFrame, words: Words) -> Table:
    """Sources with rows, origin, licence and fingerprint; data: source, rows, valid, obtained, licence, sha256."""
    keys = ("source", "raw_rows", "valid_rows", "obtained", "licence", "sha256")
    rows = tuple(
        (
            words.source(r.source),
            format_value(r.rows, 0),
            format_value(r.valid, 0),
            r.obtained,
            r.licence,
            r.sha256[:12],
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, True, True, False, False, False))


def make_rules(data: pd.DataFrame, words: Words) -> Table:
    """Cleaning rules with reason and count; data: source, step, removed, raw."""
    keys = ("source", "rule", "reason", "removed", "share")
    rows = tuple(
        (
            words.source(r.source),
            r.step,
            words.rule(r.source, r.step),
            format_value(r.removed, 0),
            words("unit.percent", value=format_value(100 * r.removed / r.raw, 2)),
        )
        for r in data.itertuples()
    )
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, (False, False, False, True, True), stub=2)


def make_weights(data: pd.DataFrame, words: Words) -> Table:
    """What weighting cost; data: source, n, effective, deff, smallest, largest."""
    keys = ("source", "respondents", "effective", "deff", "smallest", "largest")
    rows = tuple(
        (
            words.source(r.source),
            format_value(r.n, 0),
            format_value(r.effective, 0),
            format_value(r.deff, 3),
            format_value(r.smallest, 2),
            format_value(r.largest, 2),
        )
        for r in data.itertuples()
    )
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, (False, True, True, True, True, True))


def _as_written(value: float) -> str:
    """A number of the edition with the decimals it has there."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return format_value(value, decimals)
