"""Tables of the year-on-year chapter."""

import pandas as pd

from evalcore.tables.table import Table, format_judged, or_dashes
from evalcore.words import Words, format_value
from evalcore.words.number import format_range

ARROWS = {"up": "▲", "down": "▼", "perhaps_up": "△", "perhaps_down": "▽", "open": "–"}


def make_split(data: pd.DataFrame, words: Words) -> Table:
    """Last year, this year, the parts of the change, and with which probability it is real."""
    keys = ("entity", "old", "new", "change", "method", "mix", "noise", "real", "range", "up", "down", "arrow")
    rows = tuple(
        (
            words.name("entities", r.entity),
            *(format_value(value, 1) for value in (r.old, r.new, r.change, r.method, r.mix, r.noise, r.real)),
            format_range(r.lower, r.upper, 1, words.lang),
            format_judged(r.up, words),
            format_judged(r.down, words),
            _arrow(r, words),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    numeric = (False, *(True,) * 10, False)
    return Table(labels, or_dashes(rows, len(keys), words), numeric, note=words("note"))


def make_framework(data: pd.DataFrame, words: Words) -> Table:
    """What of the framework is not as it was."""
    rows = tuple(
        (_indicator(r.indicator, words), words(r.kind), _weight(r.old_weight, words), _weight(r.new_weight, words))
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in ("indicator", "kind", "old_weight", "new_weight"))
    return Table(labels, or_dashes(rows, 4, words), (False, False, True, True), note=words("note"))


def make_segments(data: pd.DataFrame, words: Words) -> Table:
    """Means of the first rating by segment in both years, and with which probability they moved."""
    listed = [(segment.id, value.id) for segment in words.edition.segments for value in segment.values]
    place = {member: number for number, member in enumerate(listed)}
    shown = sorted(data.itertuples(), key=lambda r: place.get((r.segment, r.member), len(place)))
    rows = tuple(
        (
            words("value_of", segment=words.segment(r.segment), value=words.value(r.segment, r.member)),
            format_value(r.old, 2),
            format_value(r.new, 2),
            format_value(r.real, 3),
            format_range(r.lower, r.upper, 3, words.lang),
            format_judged(max(r.up, r.down), words),
            _arrow(r, words),
        )
        for r in shown
    )
    labels = tuple(words(key) for key in ("segment", "old", "new", "real", "range", "chance", "arrow"))
    return Table(labels, or_dashes(rows, 7, words), (False, *(True,) * 5, False), note=words("note"))


def make_entities(data: pd.DataFrame, words: Words) -> Table:
    """Who takes part in which year, and under which name."""
    known = {entity.id for entity in words.edition.entities}
    shown = data[data["kind"] != "both"]
    rows = tuple(
        (words.name("entities", entity) if entity in known else before, words(kind), before or words("none"))
        for entity, kind, before in zip(shown["entity"], shown["kind"], shown[f"before_{words.lang}"], strict=True)
    )
    labels = tuple(words(key) for key in ("entity", "kind", "before"))
    return Table(labels, or_dashes(rows, 3, words), (False, False, False), note=words("note"))


def _arrow(row: object, words: Words) -> str:
    """No arrow without its probability."""
    if row.verdict == "open":
        return words("none")
    return f"{ARROWS[row.verdict]} {format_judged(row.chance, words)}"


def _indicator(indicator: str, words: Words) -> str:
    known = indicator in words.edition.indicators
    return f"{indicator} {words.name('indicators', indicator)}" if known else indicator


def _weight(value: float, words: Words) -> str:
    return words("none") if pd.isna(value) else words("unit.percent", value=format_value(value, 1))
