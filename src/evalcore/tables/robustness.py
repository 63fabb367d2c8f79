"""Tables of the robustness chapter: places, what would swap neighbours, worst events."""

import pandas as pd

from evalcore.tables.table import Table, format_chance, format_judged, or_dashes
from evalcore.words import Words, digits_for, format_value


def make_places(data: pd.DataFrame, words: Words) -> Table:
    """Rank, rank interval, rank sets, bands and sensitivity range per entity.

    Data: as `chapters.robustness.ranks_frame`; best first.
    """
    keys = ("entity", "rank", "data", "own", "set", "bands", "all", "first")
    rows = tuple(
        (
            words.name("entities", r.entity),
            str(r.rank),
            format_places(r.data_low, r.data_high),
            format_places(r.own_low, r.own_high),
            format_places(r.set_low, r.set_high),
            r.bands,
            format_places(r.all_low, r.all_high),
            format_chance(r.first, words),
        )
        for r in data.itertuples()
    )
    return Table(
        tuple(words(key) for key in keys), rows, (False, True, True, True, True, False, True, True), note=words("note")
    )


def make_flips(data: pd.DataFrame, words: Words) -> Table:
    """What would swap each pair of neighbours; data as `chapters.robustness.flips_frame`."""
    keys = ("entity", "other", "lead", "probability", "change", "shift", "post")
    rows = tuple(
        (
            words.name("entities", r.entity),
            words.name("entities", r.other),
            format_value(r.lead, digits_for(r.lead, 2)),
            format_judged(r.probability, words),
            format_change(r.change, r.proved, words),
            words("none") if pd.isna(r.change) else words("from_to", down=r.down, up=r.up),
            _post(r, words),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(
        labels,
        or_dashes(rows, len(keys), words),
        (False, False, True, True, True, False, False),
        stub=2,
        note=words("note"),
    )


def make_events(data: pd.DataFrame, words: Words) -> Table:
    """Each entity without its worst event; data as `chapters.robustness.events_frame`."""
    keys = ("entity", "event", "score", "score_without", "rank", "rank_without")
    rows = tuple(
        (
            words.name("entities", r.entity),
            words("none") if pd.isna(r.indicator) else _event(r, words),
            format_value(r.score, 2),
            format_value(r.score_without, 2),
            str(r.rank),
            str(r.rank_without),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(key) for key in keys), rows, (False, False, True, True, True, True), note=words("note"))


def format_change(change: float, proved: bool, words: Words) -> str:
    """A smallest change of weights: exact, an upper bound, impossible, or none found."""
    if pd.isna(change):
        return words("impossible" if proved else "none_found")
    value = format_value(change, digits_for(change, 1))
    return value if proved else words("at_most", value=value)


def format_places(low: int, high: int) -> str:
    """A range of ranks, or the one rank that it is."""
    return str(low) if low == high else f"{low}\N{EN DASH}{high}"


def _post(row: object, words: Words) -> str:
    if pd.isna(row.post):
        return words("no_post")
    digits = words.edition.indicators[row.post_indicator].digits + 1
    values = {"old": format_value(row.post_old, digits), "new": format_value(row.post_new, digits)}
    return words("post_move", indicator=row.post_indicator, post=words(row.post).lower(), **values)


def _event(row: object, words: Words) -> str:
    name = f"{row.indicator} {words.name('indicators', row.indicator)}"
    return words("event_in", indicator=name, period=words.name("periods", row.period))
