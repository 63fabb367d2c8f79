"""Tables of the diagnosis and of the risk register."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_range, format_value

DIGITS = {"level": 2, "yuan": 0}
"""Decimals of a unit, where one is too few or too many."""


def make_chains(data: pd.DataFrame, words: Words) -> Table:
    """The chains of signs; data as `chapters.diagnosis.chains_frame`."""
    keys = ("misalignment", "sign", "source", "median", "range", "showing")
    rows = tuple(
        (
            words(r.misalignment),
            words(f"sign.{r.sign}"),
            words(f"from.{r.source}"),
            words(f"in.{r.unit}", value=format_value(r.median, DIGITS.get(r.unit, 1))),
            format_range(r.lowest, r.highest, DIGITS.get(r.unit, 1), words.lang),
            words("of", part=r.showing, whole=r.entities),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    numeric = (False, False, False, True, True, True)
    return Table(labels, or_dashes(rows, len(keys), words), numeric, stub=2, note=words("note"))


def make_tests(data: pd.DataFrame, words: Words) -> Table:
    """What the data say of each sign; data as `chapters.risks.seen_frame`."""
    keys = ("sign", "entity", "value", "typical", "z", "standing")
    rows = tuple(
        (
            words(f"sign.{r.sign}"),
            words.name("entities", r.entity),
            words(f"in.{r.unit}", value=format_value(r.value, 1)),
            format_value(r.typical, 1),
            words("none") if pd.isna(r.z) else format_value(r.z, 1),
            words("order.list").join(words.name("entities", e) for e in r.standing.split()) or words("nobody"),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, False, True, True, True, False), note=words("note"))


def make_register(data: pd.DataFrame, words: Words) -> Table:
    """The register; data as `chapters.risks.register_frame`."""
    known = {risk.id: risk for risk in words.edition.risks.items}
    keys = ("risk", "kind", "seen", "effect", "response", "owner")
    rows = tuple(
        (
            _told(known[r.risk].name[words.lang], known[r.risk].told, words),
            known[r.risk].kind[words.lang],
            _standing(r.count_, r.entities, words),
            *(getattr(known[r.risk], key)[words.lang] for key in ("effect", "response", "owner")),
        )
        for r in data[["risk", "count", "entities"]].rename(columns={"count": "count_"}).itertuples()
    )
    return Table(tuple(words(key) for key in keys), or_dashes(rows, len(keys), words), (False,) * 6, note=words("note"))


def _standing(count: float, entities: float, words: Words) -> str:
    if pd.isna(count):
        return words("not_looked_for" if pd.isna(entities) else "too_few")
    return words("of", part=format_value(count, 0), whole=format_value(entities, 0))


def _told(name: str, told: tuple[str, ...], words: Words) -> str:
    return words("with_source", does=name, told=words("order.list").join(told)) if told else name
