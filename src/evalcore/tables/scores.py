"""Tables of scores, ranks and indicator values."""

import pandas as pd

from evalcore.tables.table import Table, format_judged, or_dashes
from evalcore.words import Words, format_range, format_value


def make_ranking(data: pd.DataFrame, words: Words) -> Table:
    """Rank, entity, score, interval, bounds, level, chances; data as `ranking_frame`, best first."""
    keys = ("entity", "rank", "score", "interval", "rank_interval", "level", "p_first")
    rows = tuple(
        (
            words.name("entities", r.entity),
            _no_rank(r.entity, words) if pd.isna(r.rank) else str(r.rank),
            _score(r.low, r.high, words),
            format_range(r.lower, r.upper, 1, words.lang),
            words("none") if pd.isna(r.rank) else _span(r.rank_lower, r.rank_upper),
            words("none") if r.level is None or pd.isna(r.level) else words.level(r.level),
            words("none") if pd.isna(r.rank) else words("unit.percent", value=format_value(100 * r.p_first, 0)),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, True, True, True, True, False, True))


def make_neighbours(data: pd.DataFrame, words: Words) -> Table:
    """What may be said of each pair of neighbours; data as `chapters.order.neighbours_frame`."""
    rows = tuple((getattr(r, words.lang), format_judged(r.probability, words)) for r in data.itertuples())
    return Table((words("said"), words("probability")), or_dashes(rows, 2, words), (False, True), note=words("note"))


def make_groups(data: pd.DataFrame, words: Words) -> Table:
    """Unweighted means of groups of entities; data: kind, label, entities, one column per dimension, composite."""
    dimensions = [name for name in data.columns if name not in ("kind", "label", "entities", "composite")]
    labels = (words("group"), words("count"), *(words.name("dimensions", d) for d in dimensions), words("composite"))
    rows = tuple(
        (
            words.name(r["kind"], r["label"]) if r["kind"] else words("all"),
            format_value(r["entities"], 0),
            *(words("none") if pd.isna(r[d]) else format_value(r[d], 1) for d in dimensions),
            format_value(r["composite"], 1),
        )
        for r in data.to_dict("records")
    )
    return Table(labels, rows, (False, *(True for _ in labels[1:])))


def make_attainment(data: pd.DataFrame, words: Words) -> Table:
    """Per indicator: mean, range, baseline and how many entities attain it.

    Data: indicator, mean, smallest, largest, baseline, attained, past, entities.
    """
    keys = ("indicator", "mean", "range", "baseline", "attained", "past")
    rows = tuple(
        (
            f"{r.indicator} {words.name('indicators', r.indicator)}",
            _value(r.mean, r.indicator, words),
            format_range(r.smallest, r.largest, words.edition.indicators[r.indicator].digits, words.lang),
            _value(r.baseline, r.indicator, words),
            words("of", part=r.attained, whole=r.entities),
            str(r.past),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, *(True,) * 5))


def make_entity(data: pd.DataFrame, words: Words) -> Table:
    """All indicators of one entity; data: indicator, value, lower, upper, baseline, score, median, n, status."""
    keys = ("indicator", "value", "interval", "baseline", "score", "median", "rows")
    rows = tuple(_entity_row(r, words) for r in data.itertuples())
    return Table(tuple(words(key) for key in keys), rows, (False, True, True, True, True, True, True))


def make_category_values(data: pd.DataFrame, words: Words) -> Table:
    """Indicator values by entity for one or more categories; data: group, indicator, entity, value, n, status."""
    keys = ("category", "indicator", "entity", "value", "rows")
    rows = tuple(
        (
            words.name("categories", r.group),
            f"{r.indicator} {words.name('indicators', r.indicator)}",
            words.name("entities", r.entity),
            _value(r.value, r.indicator, words, r.status),
            format_value(r.n, 0) if r.status == "measured" else words("none"),
        )
        for r in data.itertuples()
    )
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, (False, False, False, True, True), stub=3)


def make_unreported(data: pd.DataFrame, words: Words) -> Table:
    """What was applicable and not reported; data: entity, indicator, weight (percent of the whole)."""
    keys = ("entity", "indicator", "weight")
    rows = tuple(
        (
            words.name("entities", r.entity),
            f"{r.indicator} {words.name('indicators', r.indicator)}",
            words("unit.percent", value=format_value(r.weight, 1)),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), (False, False, True))


def _entity_row(r: object, words: Words) -> tuple[str, ...]:
    digits = words.edition.indicators[r.indicator].digits
    measured = r.status == "measured"
    return (
        f"{r.indicator} {words.name('indicators', r.indicator)}",
        _value(r.value, r.indicator, words, r.status),
        format_range(r.lower, r.upper, digits, words.lang) if measured and r.upper > r.lower else words("none"),
        _value(r.baseline, r.indicator, words),
        format_value(r.score, 1) if measured else words("none"),
        format_value(r.median, 1) if not pd.isna(r.median) else words("none"),
        format_value(r.n, 0) if measured else words("none"),
    )


def _value(value: float, indicator: str, words: Words, status: str = "measured") -> str:
    if status != "measured":
        return words(status)
    spec = words.edition.indicators[indicator]
    return words(f"unit.{spec.unit}", value=format_value(value, spec.digits))


def _no_rank(entity: str, words: Words) -> str:
    return words("pooled" if entity in words.edition.pooled else "not_rated")


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}\N{EN DASH}{high}"


def _score(low: float, high: float, words: Words) -> str:
    return format_value(low, 1) if high - low < 0.05 else format_range(low, high, 1, words.lang)
