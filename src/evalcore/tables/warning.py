"""Tables of early warning."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.warn.alarms import BASELINE, HOURS
from evalcore.words import Words, format_range, format_value


def make_listed(data: pd.DataFrame, words: Words) -> Table:
    """Events with their evidence; data as `chapters.warning.listed_frame`."""
    keys = ("first", "entity", "level", "series", "observed", "expected", "days", "cause")
    levels = {level.id: level.name[words.lang] for level in words.edition.warning.levels}
    rows = tuple(
        (
            f"{r.first:%Y-%m-%d}",
            words.name("entities", r.entity),
            words("react", level=levels[r.level], hours=format_value(r.react_h, 0)),
            _series(r.topic, words),
            words(f"unit.{r.quantity}", value=format_value(r.observed, 1 if r.quantity == HOURS else 0)),
            words("none") if pd.isna(r.expected) else _expected(r, words),
            f"{r.days}",
            words(f"cause.{r.cause}"),
        )
        for r in data.itertuples()
    )
    numeric = (False, False, False, False, True, True, True, False)
    return Table(tuple(map(words, keys)), or_dashes(rows, len(keys), words), numeric, stub=2, note=words("note"))


def _expected(row: object, words: Words) -> str:
    return words("around", value=format_value(row.expected, 1), range=format_range(row.lower, row.upper, 1, words.lang))


def make_rules(data: pd.DataFrame, words: Words) -> Table:
    """The rules in force, what they raised here, and how good they are; data as `chapters.warning.rules_frame`."""
    levels = [level.id for level in words.edition.warning.levels]
    rows = tuple(
        (
            method_name(r.method, words),
            *_in_force(r.method, words),
            " / ".join(f"{getattr(r, level):,}" for level in levels),
            _part(r.true, r.raised, words),
            _part(r.found, r.planted, words),
            *(
                words("none") if pd.isna(v) else format_value(v, d)
                for v, d in ((r.delay, 1), (r.left, 1), (r.clean, 2))
            ),
        )
        for r in data.itertuples()
    )
    names = " / ".join(level.name[words.lang] for level in words.edition.warning.levels)
    keys = ("method", "limits", "told", "days", "precision", "recall", "delay", "left", "clean")
    labels = tuple(words(key, levels=names) for key in keys)
    return Table(labels, rows, (False, False, False, *(True,) * 6), note=words("note"))


def make_nominal(data: pd.DataFrame, words: Words) -> Table:
    """False alarms of the baseline against the nominal rate; data as `chapters.warning.nominal_frame`."""
    names = {level.id: level.name[words.lang] for level in words.edition.warning.levels}
    keys = ("level", "nominal", "n", "alarms", "rate", "interval")
    rows = tuple(
        (
            names[r.level], f"{r.nominal:g}", f"{r.n:,}", f"{r.alarms:,}",
            format_value(r.observed, 4), format_range(r.lower, r.upper, 4, words.lang),
        )
        for r in data.itertuples()
    )  # fmt: skip
    return Table(tuple(map(words, keys)), rows, (False, *(True,) * 5), note=words("note"))


def method_name(method: str, words: Words) -> str:
    """The edition's name of a rule; the baseline and all together are called in words."""
    names = {rule.id: rule.name[words.lang] for rule in words.edition.warning.rules}
    return names.get(method) or words(f"method.{method}")


def _in_force(method: str, words: Words) -> tuple[str, str]:
    """Limits by level, the most urgent first; sources and the first day."""
    own = words.edition.warning
    if method == BASELINE:
        chances = [format_value(1 / c, 0) for c in _by_level(own.baseline.chance, words)]
        return words("chance", values=" / ".join(chances)), words("ours")
    for rule in own.rules:
        if rule.id == method:
            values = " / ".join(f"{value:g}" for value in _by_level(rule.limits, words))
            limit = words(f"limit.{rule.against}", values=values, promoted=f"{rule.promotion:g}")
            return limit, words(
                "since", told=words("order.list").join(rule.told) or words("ours"), day=f"{rule.since:%Y-%m-%d}"
            )
    return words("none"), words("none")


def _by_level(values: dict[str, float], words: Words) -> list[float]:
    return [values[level.id] for level in words.edition.warning.levels if level.id in values]


def _series(topic: str, words: Words) -> str:
    own = words.edition.warning
    known = {item.id: item.name[words.lang] for item in (*own.rules, *own.topics)}
    return words("all") if topic == "all" else known[topic]


def _part(part: float, whole: float, words: Words) -> str:
    return words("none") if pd.isna(whole) or not whole else words("of", part=f"{part:,.0f}", whole=f"{whole:,.0f}")
