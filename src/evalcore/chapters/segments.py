"""Chapter 6, second part: segments, the map of entities and segments, contrasts, and how far small cells are pooled."""

from collections.abc import Mapping
from itertools import combinations

import pandas as pd
import xarray as xr

from evalcore.chapters.satisfaction import SUMMARIES, every_segment, respondents, summarised
from evalcore.edition import Edition
from evalcore.model.poststratify import mean_level
from evalcore.model.responses import UNKNOWN
from evalcore.score.rank import interval
from evalcore.words import Number

SMALLEST = 12
"""Rows of the table of small cells."""

CELL = ["segment", "entity", "value", "n", "raw", "hundred", "mean", "mean_lower", "mean_upper", "data_weight"]
SUMMARY = [f"{name}{end}" for name in SUMMARIES for end in ("", "_lower", "_upper")]

Fits = Mapping[str, xr.DataTree]
"""Id of a fit -> its level shares."""
Counts = Mapping[str, pd.DataFrame]
"""Id of a fit -> the answers it was fitted to."""


def segments_frame(fits: Fits, counts: Counts, edition: Edition) -> pd.DataFrame:
    """segment, value, n, the summaries: all entities together, each counting the same, like for like.

    Values with fewer answers than the edition shows are left out; who stated none comes last.
    """
    rows = [pd.DataFrame(columns=["segment", "value", "n", *SUMMARY])]
    for name, fit in every_segment(edition).items():
        found = summarised(fits[fit][f"all-{name}"].to_dataset(), edition)
        found = found.merge(respondents(counts[fit], [name]), on=name).rename(columns={name: "value"})
        rows.append(_in_order(found, name, edition).assign(segment=name))
    frame = pd.concat(rows, ignore_index=True).infer_objects()
    shown = frame[frame["n"] >= edition.minimum_cell].reset_index(drop=True)
    return shown[["segment", "value", *(column for column in shown if column not in ("segment", "value"))]]


def map_frame(fits: Fits, counts: Counts, ranked: list[str], edition: Edition) -> pd.DataFrame:
    """segment, entity, value, n, hundred, mean, mean_lower, mean_upper, data_weight (percent), shown.

    A row per entity (in the order given), segment of the model and value with at least one answer. Cells with fewer
    answers than the edition shows have no numbers: the model has a value for them, and it is not shown.
    """
    rows = [_cells(fits, counts, name, edition) for name in edition.model.segments]
    frame = pd.concat([pd.DataFrame(columns=CELL), *rows], ignore_index=True).infer_objects()
    frame = frame[frame["entity"].isin(ranked)]
    order = {entity: k for k, entity in enumerate(ranked)}
    frame = frame.assign(shown=frame["n"] >= edition.minimum_cell)
    hidden = ["n", "hundred", "mean", "mean_lower", "mean_upper", "raw", "data_weight"]
    frame[hidden] = frame[hidden].astype(float).where(frame["shown"])
    return frame.sort_values("entity", key=lambda e: e.map(order), kind="stable", ignore_index=True)


def _cells(fits: Fits, counts: Counts, name: str, edition: Edition) -> pd.DataFrame:
    fit = every_segment(edition)[name]
    own = counts[fit].assign(sum=counts[fit]["level"] * counts[fit]["n"])
    answers = own.groupby(["entity", name], as_index=False)[["n", "sum"]].sum()
    answers = answers.assign(raw=answers["sum"] / answers["n"]).drop(columns="sum")
    found = summarised(fits[fit][f"entity-{name}"].to_dataset(), edition).merge(answers, on=["entity", name])
    pooling = fits[fit][f"pooling-{name}"].to_dataset()
    if "data_weight" in pooling:
        weight = (100 * pooling["data_weight"]).to_dataframe().reset_index()
        found = found.merge(weight, on=["entity", name], how="left")
    else:
        found["data_weight"] = float("nan")
    found = _in_order(found.rename(columns={name: "value"}), name, edition).assign(segment=name)
    return found[CELL]


def small_frame(cells: pd.DataFrame) -> pd.DataFrame:
    """The shown cells with the fewest answers, from the smallest: what pooling makes of them.

    segment, entity, value, n, raw (plain mean), mean, mean_lower, mean_upper, data_weight, pooled_weight (percent).
    """
    shown = cells[cells["shown"]].sort_values(["n", "segment", "entity", "value"]).head(SMALLEST)
    columns = ["segment", "entity", "value", "n", "raw", "mean", "mean_lower", "mean_upper", "data_weight"]
    return (
        shown[columns].assign(pooled_weight=100 - shown["data_weight"], n=shown["n"].astype(int)).reset_index(drop=True)
    )


def contrasts_frame(fits: Fits, segments: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """segment, value, other, difference (mean levels), lower, upper, probability that the first is the higher.

    All pairs of the shown values of each segment, in the order of the edition; who stated none is compared with nobody.
    """
    rows = []
    for name, fit in every_segment(edition).items():
        shares = fits[fit][f"all-{name}"].to_dataset()
        levels = mean_level(shares["shares"]).transpose("row", "draw").to_numpy()
        draws = dict(zip(shares[name].to_numpy(), levels, strict=True))
        values = segments.loc[(segments["segment"] == name) & (segments["value"] != UNKNOWN), "value"]
        for one, other in combinations(values, 2):
            gap = draws[one] - draws[other]
            lower, upper = interval(gap, edition.model.interval)
            rows.append((name, one, other, gap.mean(), float(lower), float(upper), float((gap > 0).mean())))
    return pd.DataFrame(rows, columns=["segment", "value", "other", "difference", "lower", "upper", "probability"])


def segment_numbers(cells: pd.DataFrame, contrasts: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`satisfaction.cells`, `.hidden`, `.pooled` (half or more of the deviation), `.contrasts`, `.clear` of them."""
    likelier = contrasts["probability"].where(contrasts["probability"] >= 1 / 2, 1 - contrasts["probability"])
    return {
        "satisfaction.cells": Number(len(cells)),
        "satisfaction.hidden": Number(int((~cells["shown"]).sum())),
        "satisfaction.pooled": Number(int((cells["data_weight"] <= 50).sum())),
        "satisfaction.contrasts": Number(len(contrasts)),
        "satisfaction.clear": Number(int((likelier >= edition.grammar.ahead).sum())),
    }


def _in_order(found: pd.DataFrame, segment: str, edition: Edition) -> pd.DataFrame:
    """Rows in the order of the segment's values, who stated none last; entities as they come."""
    values = next(s.values for s in edition.segments if s.id == segment)
    order = {value.id: k for k, value in enumerate(values)}
    return found.sort_values("value", key=lambda v: v.map(order).fillna(len(order)), kind="stable", ignore_index=True)
