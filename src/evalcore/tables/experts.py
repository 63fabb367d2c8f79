"""Tables of the expert panel: agreement, scores in dispute, cases with verdict and reasoning."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_range, format_value

MEASURES = ("alpha", "icc_one", "icc_mean", "w")


def make_agreement(data: pd.DataFrame, words: Words) -> Table:
    """Agreement by dimension, blind and after the discussion; data as `survey.panel.panel_agreement`."""
    keys = ("dimension", "round", "experts", "things", *MEASURES)
    rows = tuple(
        (
            words("all") if r.dimension == "all" else words.name("dimensions", r.dimension),
            words(r.round),
            format_value(r.experts, 0),
            format_value(r.things, 0),
            *(_number(getattr(r, name), 2, words) for name in MEASURES),
        )
        for r in data.sort_values(["dimension", "round"], kind="stable").itertuples()
    )
    return _table(keys, rows, words, texts=2)


def make_disputed(data: pd.DataFrame, words: Words) -> Table:
    """Scores about which experts were least of one mind; data as `chapters.experts.disputed_frame`."""
    keys = ("entity", "dimension", "range", "blind", "discussed")
    rows = tuple(
        (
            words.name("entities", r.entity),
            words.name("dimensions", r.dimension),
            format_range(r.lowest, r.highest, 0, words.lang),
            _number(r.blind, 1, words),
            _number(r.discussed, 1, words),
        )
        for r in data.itertuples()
    )
    return _table(keys, rows, words, texts=2)


def make_cases(data: pd.DataFrame, words: Words) -> Table:
    """Cases with votes, verdict and reasoning, the closest votes first."""
    keys = ("case", "entity", "what", "votes", "verdict", "reasoning")
    rows = tuple(
        (
            r.case,
            words.name("entities", r.entity),
            getattr(r, f"what_{words.lang}"),
            _votes(r, words),
            words(f"verdict.{r.verdict}"),
            getattr(r, f"reasoning_{words.lang}"),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False,) * len(keys), note=words("note"))


def _votes(case: object, words: Words) -> str:
    told = words("votes_of", user=case.votes_user, shared=case.votes_shared, platform=case.votes_platform)
    return told + (words("aside", recused=case.recused) if case.recused else "")


def _table(keys: tuple[str, ...], rows: tuple, words: Words, texts: int) -> Table:
    numeric = (*(False for _ in keys[:texts]), *(True for _ in keys[texts:]))
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, numeric, stub=texts, note=words("note"))


def _number(value: float, digits: int, words: Words) -> str:
    return words("none") if pd.isna(value) else format_value(value, digits)
