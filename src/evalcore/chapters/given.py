"""Robustness of an index of given values: ranges under other choices, what moves ranks, what would swap neighbours."""

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalcore.chapters.flips import weight_flip
from evalcore.chapters.index import ranking_frame
from evalcore.chapters.robustness import change_number, factor_in_prose
from evalcore.edition import Edition, Text
from evalcore.robust import Index, space_of
from evalcore.robust.additive import global_weights
from evalcore.robust.design import moving, own_choice
from evalcore.robust.effective import effective_weights, main_effects, ranks_without
from evalcore.robust.evaluate import composites, points_of
from evalcore.robust.given import index_of_given, order_of
from evalcore.robust.sensitivity import DIGITS, RankCounts, rank_counts, rank_range
from evalcore.robust.sobol import rank_shares
from evalcore.score.rank import ranks
from evalcore.words import Number


class Given(NamedTuple):
    """The ranked units of the last period, best first (entity, label, rank), and their index."""

    units: pd.DataFrame
    index: Index


def given_of(stages: pd.DataFrame, scores: pd.DataFrame, edition: Edition) -> Given:
    """The index of the ranked units; scales that depend on who takes part are taken over these.

    Parameters
    ----------
    stages, scores : DataFrame
        As `evalcore.score.score_panel` returns them.
    """
    units = ranking_frame(scores, edition)[["entity", "label", "rank"]]
    last = stages[stages["period"] == stages["period"].max()]
    wide = last.pivot(index="entity", columns="indicator", values="imputed")
    imputed = wide.loc[units["entity"], order_of(edition.index)].to_numpy(float)
    return Given(units, index_of_given(imputed, edition.index))


def places_frame(given: Given, edition: Edition) -> pd.DataFrame:
    """entity, label, rank; weights_low, weights_high, all_low, all_high (sensitivity ranges), best, worst, first.

    Ranges hold the middle `model.interval` of the replicates; best and worst are the extremes over all choices, and
    first the share of replicates on rank 1.
    """
    weights, everything = _counts(given, edition, ("weights",)), _counts(given, edition, _varied(given, edition))
    level, reached = edition.model.interval, everything.counts > 0
    columns = {}
    for name, found in (("weights", weights), ("all", everything)):
        columns[f"{name}_low"], columns[f"{name}_high"] = rank_range(found, level)
    extremes = {"best": reached.argmax(axis=1) + 1, "worst": reached.shape[1] - reached[:, ::-1].argmax(axis=1)}
    return given.units.assign(**columns, **extremes, first=everything.first)


def choices_frame(given: Given, edition: Edition) -> pd.DataFrame:
    """factor, first, total: shares of the variance of all ranks together, 0 to 1; empty where no rank ever moves."""
    varied, chosen = _varied(given, edition), edition.robustness
    found = rank_shares(given.index, space_of(edition), varied, edition.seed, chosen.replicates, chosen.chunk)
    moved = found.variance > 0
    if not moved.any():
        return pd.DataFrame(columns=["factor", "first", "total"])
    weight = found.variance[moved] / found.variance[moved].sum()
    sides = {name: (getattr(found, name)[:, moved] * weight).sum(axis=1) for name in ("first", "total")}
    return pd.DataFrame({"factor": varied, **sides})


def effective_frame(given: Given, edition: Edition) -> pd.DataFrame:
    """indicator, nominal, effective, main (percent), moved, largest: as `chapters.robustness.indicators_frame`.

    `effective` is missing where some node is no arithmetic mean: the score is then no sum over indicators.
    """
    index = given.index
    score = composites(index, own_choice(index))[0]
    change = np.abs(ranks_without(index) - ranks(score, DIGITS))
    points = points_of(index, index.values[:1], index.own.treatment, index.own.normalisation)[0]
    effective = effective_weights(index).effective[:-1] if edition.index.additive else np.nan
    gone = np.isnan(change).any(axis=1)
    return pd.DataFrame(
        {
            "indicator": order_of(edition.index),
            "nominal": 100 * global_weights(index),
            "effective": effective,
            "main": main_effects(points, score),
            "moved": np.where(gone, np.nan, (change > 0).sum(axis=1)),
            "largest": np.where(gone, np.nan, change.max(axis=1)),
        }
    )


def swaps_frame(given: Given, edition: Edition) -> pd.DataFrame:
    """label, other, lead, change, proved, up, down of each pair of neighbours, as `chapters.flips.flips_frame`.

    Empty where some node is no arithmetic mean: the composites are then not linear in the weights.
    """
    ids, labels = order_of(edition.index), given.units["label"]
    columns = ["label", "other", "lead", "change", "proved", "up", "down"]
    if not edition.index.additive:
        return pd.DataFrame(columns=columns)
    score = composites(given.index, own_choice(given.index))[0]
    order = np.argsort(-score, kind="stable")
    index = replace(given.index, values=given.index.values[:, order])
    rows = [
        {"label": labels[i], "other": labels[j], "lead": score[i] - score[j], **weight_flip(index, k, ids)}
        for k, (i, j) in enumerate(pairwise(order))
    ]
    return pd.DataFrame(rows, columns=columns)


def given_numbers(
    places: pd.DataFrame, choices: pd.DataFrame, swaps: pd.DataFrame, given: Given, edition: Edition
) -> dict[str, Number]:
    """Widths of ranges, who stays first, who can move most, what moves ranks most, how little swaps neighbours."""
    width = places["all_high"] - places["all_low"] + 1
    widest, steady = places.loc[width.idxmax()], places.loc[places["first"].idxmax()]
    strongest = choices.loc[choices["first"].idxmax()] if len(choices) else None
    least = swaps.loc[swaps["change"].idxmin()] if swaps["change"].notna().any() else None
    return {
        "given.replicates": Number(edition.robustness.replicates),
        "given.range": Number(100 * edition.model.interval, "percent", 0),
        "given.width_weights": Number(float((places["weights_high"] - places["weights_low"] + 1).mean()), "plain", 1),
        "given.width_all": Number(float(width.mean()), "plain", 1),
        "given.still": Number(int((width == 1).sum())),
        "given.widest": _label(widest["label"]),
        "given.widest_low": Number(int(widest["all_low"])),
        "given.widest_high": Number(int(widest["all_high"])),
        "given.first": _label(steady["label"]),
        "given.first_share": Number(float(100 * steady["first"]), "percent", 0),
        "given.strongest": Number(None if strongest is None else factor_in_prose(strongest["factor"]), "text"),
        "given.strongest_share": Number(None if strongest is None else float(100 * strongest["first"]), "percent", 0),
        "given.together": Number(float(100 * (1 - choices["first"].sum())) if len(choices) else None, "percent", 0),
        "given.impossible": Number(int((swaps["change"].isna() & swaps["proved"].astype(bool)).sum())),
        "given.pairs": Number(len(given.units) - 1),
        "given.least_change": change_number(None if least is None else float(least["change"])),
        "given.least_ahead": _label(None if least is None else least["label"]),
        "given.least_behind": _label(None if least is None else least["other"]),
    }


def _label(label: str | None) -> Number:
    return Number(None if label is None else Text(en=label, zh=label), "text")


def _varied(given: Given, edition: Edition) -> tuple[str, ...]:
    return moving(given.index, space_of(edition))


def _counts(given: Given, edition: Edition, varied: tuple[str, ...]) -> RankCounts:
    chosen = edition.robustness
    name = "given-" + "-".join(varied)
    return rank_counts(given.index, space_of(edition), varied, edition.seed, chosen.replicates, chosen.chunk, name)
