"""Tables of the five dimensions: reliability, items and factors, perception and expectation together."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_estimate, format_range, format_value


def make_reliability(data: pd.DataFrame, words: Words) -> Table:
    """Cronbach's alpha of every scale with its interval; data as `chapters.servqual.reliability_frame`."""
    keys = ("scale", "wave", "items", "answers", "alpha", "interval")
    rows = tuple(
        (
            words(f"scale.{r.scale}" if r.scale in ("perceived", "expected") else f"maternal.dimension.{r.scale}"),
            words(f"wave.{r.wave}"),
            format_value(r.items, 0),
            format_value(r.n, 0),
            format_value(r.alpha, 3),
            format_range(r.lower, r.upper, 3, words.lang),
        )
        for r in data.itertuples()
    )
    return _table(keys, rows, words, texts=2)


def make_factors(data: pd.DataFrame, words: Words) -> Table:
    """Items, their correlations and loadings; data as `chapters.servqual.factors_frame`."""
    keys = ("item", "dimension", "mean", "rest", "general", "shared")
    rows = tuple(
        (
            words.question("maternal_survey", r.item),
            words(f"maternal.dimension.{r.dimension}"),
            *(format_value(value, 2) for value in (r.mean, r.rest, r.general, r.shared)),
        )
        for r in data.itertuples()
    )
    return _table(keys, rows, words, texts=2)


def make_surfaces(data: pd.DataFrame, words: Words) -> Table:
    """Explained variance of four models and slopes; data as `chapters.servqual.surfaces_frame`."""
    keys = ("dimension", "gap", "perceived", "both", "surface", "along", "across")
    rows = tuple(
        (
            words(f"maternal.dimension.{r.dimension}"),
            *(format_value(value, 3) for value in (r.gap, r.perceived, r.both, r.surface)),
            format_estimate(r.along, r.along_lower, r.along_upper, 1, words.lang),
            format_estimate(r.across, r.across_lower, r.across_upper, 1, words.lang),
        )
        for r in data.itertuples()
    )
    return _table(keys, rows, words)


def _table(keys: tuple[str, ...], rows: tuple, words: Words, texts: int = 1) -> Table:
    numeric = (*(False for _ in keys[:texts]), *(True for _ in keys[texts:]))
    rows = or_dashes(rows, len(keys), words)
    return Table(tuple(words(key) for key in keys), rows, numeric, stub=texts, note=words("note"))
