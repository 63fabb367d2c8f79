"""Tables of chapter 3: reliability, modes, audit, call-backs, reported against told, signs of gaming."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_range, format_signed, format_value


def _table(
    keys: tuple[str, ...], rows: list[tuple[str, ...]], words: Words, stub: int = 1, note: bool = False
) -> Table:
    """Names to the left, everything else to the right."""
    numeric = tuple(k >= stub for k in range(len(keys)))
    filled = or_dashes(tuple(rows), len(keys), words)
    return Table(tuple(words(key) for key in keys), filled, numeric, stub=stub, note=words("note") if note else None)


def _or_dash(value: float, digits: int, words: Words) -> str:
    return words("none") if pd.isna(value) else format_value(value, digits)


def make_scales(data: pd.DataFrame, words: Words) -> Table:
    """Alpha and omega of each scale; data as `chapters.reliability.scales_frame`."""
    rows = [
        (
            words.scale(r.scale),
            format_value(r.items, 0),
            format_value(r.n, 0),
            _or_dash(r.alpha, 2, words),
            words("none") if pd.isna(r.alpha) else format_range(r.lower, r.upper, 2, words.lang),
            _or_dash(r.omega, 2, words),
        )
        for r in data.itertuples()
    ]
    return _table(("scale", "items", "n", "alpha", "range", "omega"), rows, words, note=True)


def make_modes(data: pd.DataFrame, words: Words) -> Table:
    """How ratings differ by the way they came in; data as `chapters.weighting.mode_frame`."""
    rows = [
        (
            words(f"mode.{r.mode}"),
            format_value(r.n, 0),
            format_value(r.share, 1),
            format_signed(r.raw, 2),
            format_signed(r.adjusted, 2),
            words("none") if pd.isna(r.lower) else format_range(r.lower, r.upper, 2, words.lang),
        )
        for r in data.itertuples()
    ]
    return _table(("mode", "n", "share", "raw", "adjusted", "range"), rows, words, note=True)


def make_levels(data: pd.DataFrame, words: Words) -> Table:
    """What each level of the audit looked at and found; data as `chapters.review.levels_frame`."""
    rows = [
        (words(f"level.{r.level}"), _check(r.check, words), f"{r.looked:,}", _count(r.found, words))
        for r in data.itertuples()
    ]
    return _table(("level", "check", "looked", "found"), rows, words, stub=2)


def _count(count: float, words: Words) -> str:
    return words("suppressed") if pd.isna(count) else f"{count:,.0f}"


def _check(check: str, words: Words) -> str:
    kind, _, source = check.partition(":")
    return words(f"check.{kind}", source=words.source(source) if source else "")


def make_callback(data: pd.DataFrame, words: Words) -> Table:
    """Size of the call-back sample; data as `chapters.review.strata_frame`."""
    rows = [
        (words.name("entities", r.entity), f"{r.valid:,}", f"{r.strata:,}", f"{r.drawn:,}") for r in data.itertuples()
    ]
    return _table(("entity", "valid", "strata", "drawn"), rows, words)


def make_requests(data: pd.DataFrame, words: Words) -> Table:
    """What was reported and what users say, where both differ; data as `chapters.cross.bias_frame`."""
    rows = [
        (
            words.name("entities", r.entity),
            words(f"measure.{r.measure}"),
            _reported(r.measure, r.reported, words),
            _reported(r.measure, r.told, words),
            _or_dash(r.beyond, 0, words),
            words(f"verdict.{r.verdict}"),
        )
        for r in data[data["verdict"] != "agrees"].itertuples()
    ]
    table = _table(("entity", "measure", "reported", "told", "beyond", "verdict"), rows, words, stub=2)
    return Table(table.labels, table.rows, (False, False, True, True, True, False), stub=2)


def _reported(measure: str, value: float, words: Words) -> str:
    share = measure == "bot_solved"
    return words(f"unit.{measure}", value=format_value(100 * value if share else value, 1))


def make_gaming(data: pd.DataFrame, words: Words) -> Table:
    """The strongest entities of each sign; data as `chapters.gaming.gaming_frame`."""
    top = data.sort_values(["sign", "z"], ascending=[True, False], kind="stable").groupby("sign", sort=False).head(3)
    rows = [
        (
            words(f"sign.{r.sign}"),
            words.name("entities", r.entity),
            f"{r.n:,}",
            words(f"unit.{r.sign}", value=format_value(r.value, 2 if r.sign == "bunching" else 1)),
            format_value(r.z, 1),
            words("alarm" if r.alarm else "calm"),
        )
        for r in top.itertuples()
    ]
    table = _table(("sign", "entity", "n", "value", "z", "verdict"), rows, words, stub=2)
    return Table(table.labels, table.rows, (False, False, True, True, True, False), stub=2)


def make_alarms(data: pd.DataFrame, words: Words) -> Table:
    """How often clean data alarm; data as `chapters.gaming.alarms_frame`."""
    rows = [
        (
            words(f"sign.{r.sign}"),
            f"{r.clean:,}",
            f"{r.alarms:,}",
            words("at_most", value=format_value(r.rate, 2), upper=format_value(r.upper, 2)),
            f"{r.planted:,}",
            f"{r.found:,}",
        )
        for r in data.itertuples()
    ]
    return _table(("sign", "clean", "alarms", "rate", "planted", "found"), rows, words)


def make_caught(data: pd.DataFrame, words: Words) -> Table:
    """What cleaning rules catch of what was planted; data as `chapters.gaming.caught_frame`."""
    rows = [
        (words.rule("survey", r.rule), *(format_value(value, 2) for value in (r.planted, r.caught, r.error)))
        for r in data.itertuples()
    ]
    return _table(("rule", "planted", "caught", "error"), rows, words)


def make_signs(data: pd.DataFrame, words: Words) -> Table:
    """Signs and where they are strongest; data as `chapters.signs.signs_frame`."""
    rows = tuple(
        (
            words(f"sign.{r.sign}"),
            words.name("entities", r.entity),
            words(f"unit.{r.unit}", value=format_value(r.value, 1)),
            words.name("entities", r.second),
            words(f"unit.{r.unit}", value=format_value(r.next, 1)),
        )
        for r in data.itertuples()
    )
    keys = ("sign", "entity", "value", "second", "next")
    return Table(tuple(words(key) for key in keys), rows, (False, False, True, False, True), stub=1)


def make_claims(data: pd.DataFrame, words: Words) -> Table:
    """Told and logged times of the same tickets; data as `chapters.claims.agreement_frame`."""
    rows = tuple(
        (
            words.name("entities", r.entity),
            f"{r.n:,}",
            format_value(r.wait, 2),
            f"{r.promises:,}",
            format_value(r.late, 1),
            format_value(r.contradicts, 1),
        )
        for r in data.itertuples()
    )
    keys = ("entity", "n", "wait", "promises", "late", "contradicts")
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, (False, *(True,) * 5), stub=1)


def make_triangulation(data: pd.DataFrame, words: Words) -> Table:
    """Findings against sources; data as `chapters.triangulation.triangulation_frame`."""
    sources = list(dict.fromkeys(data["source"]))
    rows = [
        (words(f"finding.{finding}"), *(_voice(r, words) for r in own.itertuples()))
        for finding, own in data.groupby("finding", sort=False)
    ]
    labels = (words("finding"), *(words(f"source.{source}") for source in sources))
    return Table(labels, tuple(rows), (False,) * len(labels), stub=1, note=words("note"))


def _voice(row: tuple, words: Words) -> str:
    if pd.isna(row.value):
        return words("none")
    value = format_signed(100 * row.value if row.unit == "share" else row.value, 1 if row.unit == "share" else 2)
    return words(f"verdict.{row.verdict}", value=words(f"unit.{row.unit}", value=value))
