"""Tables of satisfaction: the way to like for like, small cells, contrasts between segments."""

import pandas as pd

from evalcore.tables.table import Table, format_chance, or_dashes
from evalcore.words import Words, format_estimate, format_range, format_signed, format_value


def make_path(data: pd.DataFrame, words: Words) -> Table:
    """Raw, weighted, with own people, like for like; data as `chapters.satisfaction.path_frame`."""
    keys = ("entity", "answers", "raw", "weighted", "own", "alike", "interval")
    rows = tuple(
        (
            words.name("entities", r.entity),
            format_value(r.n, 0),
            *(format_value(value, 2) for value in (r.raw, r.weighted, r.own, r.mean)),
            format_range(r.mean_lower, r.mean_upper, 2, words.lang),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, *(True for _ in keys[1:])), note=words("note"))


def make_levels(data: pd.DataFrame, words: Words) -> Table:
    """Mean level, 0 to 100 and top-two share with intervals; data as `chapters.satisfaction.entities_frame`."""
    keys = ("entity", "answers", "mean", "hundred", "top")
    rows = tuple(
        (words.name("entities", r.entity), format_value(r.n, 0), *_summaries(r, words)) for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, *(True for _ in keys[1:])))


def _summaries(r: object, words: Words) -> tuple[str, ...]:
    return (
        format_estimate(r.mean, r.mean_lower, r.mean_upper, 2, words.lang),
        format_estimate(r.hundred, r.hundred_lower, r.hundred_upper, 1, words.lang),
        words(
            "bracketed",
            text=words("unit.percent", value=format_value(r.top, 1)),
            inside=format_range(r.top_lower, r.top_upper, 1, words.lang),
        ),
    )


def make_small(data: pd.DataFrame, words: Words) -> Table:
    """The smallest cells shown; data as `chapters.segments.small_frame`."""
    keys = ("entity", "group", "answers", "raw", "estimate", "data_weight", "pooled_weight")
    rows = tuple(
        (
            words.name("entities", r.entity),
            words.value(r.segment, r.value),
            format_value(r.n, 0),
            format_value(r.raw, 2),
            format_estimate(r.mean, r.mean_lower, r.mean_upper, 2, words.lang),
            *(_percent(weight, words) for weight in (r.data_weight, r.pooled_weight)),
        )
        for r in data.itertuples()
    )
    numeric = (False, False, *(True for _ in keys[2:]))
    return Table(
        tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), numeric, stub=2, note=words("note")
    )


def make_contrasts(data: pd.DataFrame, words: Words) -> Table:
    """Differences between values of a segment; data as `chapters.segments.contrasts_frame`."""
    keys = ("segment", "value", "other", "difference", "interval", "probability")
    rows = tuple(
        (
            words.segment(r.segment),
            words.value(r.segment, r.value),
            words.value(r.segment, r.other),
            format_signed(r.difference, 2),
            format_range(r.lower, r.upper, 2, words.lang),
            format_chance(r.probability, words),
        )
        for r in data.itertuples()
    )
    numeric = (False, False, False, True, True, True)
    return Table(
        tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), numeric, stub=3, note=words("note")
    )


def _percent(value: float, words: Words) -> str:
    return words("none") if pd.isna(value) else words("unit.percent", value=format_value(value, 0))
