"""Tables of the chapter on drivers and value."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_estimate, format_range, format_value

ROUND = 100
"""From here on an effect is printed without decimals."""


def make_drivers(data: pd.DataFrame, words: Words) -> Table:
    """Odds and robustness per driver; data as `drivers.associate.driver_frame`."""
    names = {item.column: item.name[words.lang] for item in words.edition.drivers.items}
    keys = ("driver", "good", "share", "odds", "partial", "robustness")
    rows = tuple(
        (
            names[r.driver],
            format_value(r.good, 1),
            format_estimate(r.share, r.lower, r.upper, 1, words.lang),
            format_estimate(r.odds, r.odds_lower, r.odds_upper, 2, words.lang),
            format_value(r.partial, 2),
            words("unit.percent", value=format_value(r.robustness, 1)),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, *[True] * 5), note=words("note"))


def _effect(row: NamedTuple, words: Words) -> str:
    """One decimal where it tells something: a ratio of hundreds has none."""
    digits = 0 if abs(row.effect) >= ROUND else 1
    span = format_range(row.lower, row.upper, digits, words.lang)
    return words(f"effect.{row.unit}", value=format_value(row.effect, digits), span=span)


def make_links(data: pd.DataFrame, words: Words) -> Table:
    """What goes with satisfaction; data as `chapters.value.links_frame`."""
    keys = ("link", "n", "low", "high", "effect", "published")
    rows = tuple(
        (
            words(f"link.{r.link}"),
            format_value(r.n, 0),
            _percent(r.low, words),
            _percent(r.high, words),
            _effect(r, words),
            _published(r.published, words),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, *[True] * 4, False), note=words("note"))


def make_costs(data: pd.DataFrame, words: Words) -> Table:
    """What costs are made of; data as `chapters.value.costs_frame`."""
    keys = ("item", "share", "range", "of_revenue")
    rows = tuple(
        (
            words(f"item.{r.item}"),
            _percent(r.share, words),
            format_range(r.lowest, r.highest, 1, words.lang),
            words("unit.percent", value=format_value(r.of_revenue, 2)),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), (False, True, True, True))


def make_worth(data: pd.DataFrame, words: Words) -> Table:
    """Range of each part of the return; data as `drivers.worth.worth_frame`."""
    keys = ("part", "low", "middle", "high")
    rows = tuple(
        (words(f"part.{r.part}"), *(format_value(v, 2) for v in (r.low, r.middle, r.high))) for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, True, True, True), note=words("note"))


def make_inputs(data: pd.DataFrame, words: Words) -> Table:
    """Inputs of the scenarios with their ranges; data as `chapters.value.inputs_frame`."""
    given = {item.id: item for item in words.edition.scenarios.inputs}
    keys = ("input", "low", "usual", "high", "told")
    rows = tuple(
        (
            given[r.input].name[words.lang],
            *(_input(value, r.unit, words) for value in (r.low, r.usual, r.high)),
            given[r.input].told[words.lang],
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, True, True, True, False))


def _input(value: float, unit: str, words: Words) -> str:
    return words(f"in.{unit}", value=f"{value:g}")


def _percent(value: float, words: Words) -> str:
    return words("none") if np.isnan(value) else words("unit.percent", value=format_value(value, 1))


def _published(told: str, words: Words) -> str:
    """Ids and values of published figures, as "D4-06: 31.2, D4-05: 78.5"."""
    pairs = (figure.split(": ") for figure in told.split(", ") if figure)
    return words("order.list").join(words("value_of", segment=id_, value=value) for id_, value in pairs) or words(
        "none"
    )
