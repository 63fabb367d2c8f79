"""Tables of the chapter on whether the models can be believed."""

import pandas as pd

from evalcore.tables.table import Table, or_dashes
from evalcore.words import Words, format_value


def make_fits(data: pd.DataFrame, words: Words) -> Table:
    """Diagnostics per fit; data: the summary of `evalcore.model.checks`."""
    keys = ("fit", "observations", "cells", "parameters", "draws", "rhat", "ess", "divergences", "bfmi", "verdict")
    rows = tuple(
        (
            r.fit,
            format_value(r.respondents, 0),
            words("none") if pd.isna(r.cells) else format_value(r.cells, 0),
            format_value(r.parameters, 0),
            format_value(r.draws, 0),
            words("none") if pd.isna(r.rhat) else format_value(r.rhat, 3),
            f"{format_value(r.ess_bulk, 0)} / {format_value(r.ess_tail, 0)}",
            format_value(r.divergences, 0),
            format_value(r.bfmi, 2),
            words("passed" if r.passed else "failed"),
        )
        for r in data.itertuples()
    )
    return Table(tuple(words(k) for k in keys), or_dashes(rows, len(keys), words), (False, *[True] * 8, False))


def make_misfit(data: pd.DataFrame, words: Words) -> Table:
    """Observed and replicated mean levels where they differ most, one row per fit.

    Data: fit, quantity, observed, mean, low, high, difference, p, distance_p.
    """
    keys = ("fit", "group", "observed", "replicated", "difference", "p", "distance")
    rows = tuple(
        (
            r.fit,
            r.quantity if r.quantity == "all" else words.name("entities", r.quantity),
            format_value(r.observed, 1),
            f"{format_value(r.low, 1)}\N{EN DASH}{format_value(r.high, 1)}",
            format_value(r.difference, 2),
            format_value(r.p, 3),
            words("none") if pd.isna(r.distance_p) else format_value(r.distance_p, 2),
        )
        for r in data.itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, False, *[True] * 5), note=words("note"))


def make_loo(data: pd.DataFrame, words: Words) -> Table:
    """Predictive accuracy left out and sensitivity per fit for which it was worked out; data: the summary."""
    keys = ("fit", "observations", "elpd", "se", "p_loo", "k_above", "k_worst", "sensitive")
    rows = tuple(
        (
            r.fit,
            format_value(r.respondents, 0),
            format_value(r.elpd / r.respondents, 4),
            format_value(r.se / r.respondents, 4),
            format_value(r.p_loo, 1),
            format_value(r.k_above, 0),
            format_value(r.k_worst, 2),
            words("of", part=r.sensitive, whole=r.groups),
        )
        for r in data.dropna(subset="elpd").itertuples()
    )
    labels = tuple(words(key) for key in keys)
    return Table(labels, or_dashes(rows, len(keys), words), (False, *[True] * 7), note=words("note"))


def make_calibration(data: pd.DataFrame, words: Words) -> Table:
    """Coverage per quantity; data as `chapters.believed.calibration_frame`."""
    keys = ("study", "kind", "quantity", "values", "coverage_50", "coverage_89", "mean_rank")
    rows = tuple(
        (
            words(r.study),
            words(r.kind),
            r.quantity,
            format_value(r.values, 0),
            _with_error(100 * r.coverage_50, 100 * r.error_50, 1, words),
            _with_error(100 * r.coverage_89, 100 * r.error_89, 1, words),
            _with_error(r.mean_rank, r.mean_rank_error, 3, words),
        )
        for r in data.itertuples()
    )
    return Table(
        tuple(words(key) for key in keys), rows, (False, False, False, *[True] * 4), stub=3, note=words("note")
    )


def _with_error(value: float, error: float, digits: int, words: Words) -> str:
    return words("with_error", value=format_value(value, digits), error=format_value(error, digits))
