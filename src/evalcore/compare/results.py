"""What an edition leaves behind so that another year can be compared with it: counts, values, standard errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition, Measure
from evalcore.edition.load import validated
from evalcore.indicators.cells import SUMS
from evalcore.indicators.estimate import effective_n, point
from evalcore.indicators.pool import PART, pool_draws
from evalcore.indicators.suppress import protected
from evalcore.model.poststratify import mean_level

SECTIONS = [
    "year",
    "title",
    "question",
    "entity",
    "entities",
    "types",
    "sizes",
    "categories",
    "periods",
    "framework",
    "sources",
    "segments",
    "model",
    "seed",
    "minimum_cell",
    "minimum_valid",
]
"""Sections of an edition that scoring it again needs."""
TABLES = ("cells", "experts", "segments")
CELL = [*PART, "entity", "category", *SUMS, "value", "sd"]


@dataclass(frozen=True)
class Results:
    """One edition's results.

    Attributes
    ----------
    edition : Edition
        As it was when the results were made, as far as scoring needs it.
    cells : DataFrame
        indicator, part, entity, category, the sums of `evalcore.schema.CELLS` over the year, `value` (numerator over
        denominator, or the model's mean) and `sd`, that of the entity's value over all categories (same in each row).
    experts : DataFrame
        entity, dimension, value, sd: points of 100.
    segments : DataFrame
        segment, member, mean, sd: of the first modelled rating, all entities together, like for like.
    """

    edition: Edition
    cells: pd.DataFrame
    experts: pd.DataFrame
    segments: pd.DataFrame


def collect(
    cells: pd.DataFrame,
    modelled: xr.DataArray | None,
    experts: xr.Dataset | None,
    segments: Mapping[str, xr.Dataset],
    edition: Edition,
) -> Results:
    """Results of an edition from its counts, its models' draws, its panel and its segments.

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.schema.CELLS`.
    modelled : DataArray (cell, draw) or None
        As `indicator_values` takes it.
    experts : Dataset or None
        As `expert_scores` returns it.
    segments : mapping
        Segment -> shares of levels by its values (`all-<segment>` of the post-stratified first rating).
    """
    rows = [
        _part(own, indicator, part, modelled, edition)
        for (indicator, part), own in cells.groupby(PART, sort=True)
        if indicator in edition.indicators
    ]
    known = pd.concat([pd.DataFrame(columns=CELL), *rows], ignore_index=True)[CELL].infer_objects()
    return Results(edition, known, _panel(experts), _segments(segments))


def _part(
    own: pd.DataFrame, indicator: str, part: int, modelled: xr.DataArray | None, edition: Edition
) -> pd.DataFrame:
    measure = edition.indicators[indicator].measures[part]
    source = edition.sources[measure.source]
    own = _shown(own, edition.minimum_cell if source.personal else 0)
    mine = None if modelled is None else modelled.isel(cell=_which(modelled, indicator, part))
    if mine is not None and mine.sizes["cell"]:
        return _modelled(own, mine)
    year = own.groupby([*PART, "entity", "category"], as_index=False)[SUMS].sum()
    whole = own.groupby("entity")[SUMS].sum()
    varies = measure.statistic != "ratio" and not source.census
    sd = pd.Series(standard_error(whole, measure) if varies else 0.0, index=whole.index)
    return year.assign(value=point(year), sd=year["entity"].map(sd))


def _which(modelled: xr.DataArray, indicator: str, part: int) -> np.ndarray:
    return np.flatnonzero((modelled["indicator"].to_numpy() == indicator) & (modelled["part"].to_numpy() == part))


def _modelled(own: pd.DataFrame, draws: xr.DataArray) -> pd.DataFrame:
    """Means per category and the standard deviation of each entity's value, from draws of the cells."""
    known = pd.MultiIndex.from_arrays([draws[key].to_numpy() for key in ("entity", "category", "period")])
    there = own[pd.MultiIndex.from_frame(own[["entity", "cell_category", "period"]]).isin(known)]
    there = there.assign(category_shown=there["category"], category=there["cell_category"])
    _, whole = pool_draws(there.assign(group="all"), draws)
    sd = pd.Series(whole.std(axis=0, ddof=1), index=sorted(there["entity"].unique()))
    index, means = pool_draws(there.assign(group=there["category_shown"]), draws)
    value = pd.Series(means.mean(axis=0), index=index.set_names(["entity", "category"]), name="value")
    there = there.assign(category=there["category_shown"])
    year = there.groupby([*PART, "entity", "category"], as_index=False)[SUMS].sum()
    return year.merge(value.reset_index(), on=["entity", "category"]).assign(sd=year["entity"].map(sd))


def _shown(own: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Cells of entities with enough rows; categories that must stay hidden are put together as "all"."""
    own = own.assign(cell_category=own["category"])
    own = own[own.groupby("entity")["n"].transform("sum") >= fewest]
    counts = own.groupby(["entity", "category"])["n"].sum()
    hidden = [
        (entity, category)
        for entity, of in counts.groupby(level="entity")
        for (_, category), small in zip(of.index, protected(of.to_numpy(), of.to_numpy() > 0, fewest), strict=True)
        if small
    ]
    small = pd.MultiIndex.from_frame(own[["entity", "category"]]).isin(hidden)
    return own.assign(category=own["category"].mask(small, "all"))


def standard_error(pooled: pd.DataFrame, measure: Measure) -> np.ndarray:
    """Standard deviation of the Bayesian bootstrap of each row's share or mean (`evalcore.indicators.estimate`)."""
    value, n = point(pooled), effective_n(pooled)
    if measure.statistic == "mean":
        variance = pooled["square"].to_numpy() / pooled["denominator"].to_numpy() - value**2
    else:
        variance = value * (1 - value)
    return np.sqrt(np.maximum(variance, 0) / (n + 1))


def _panel(experts: xr.Dataset | None) -> pd.DataFrame:
    if experts is None:
        return pd.DataFrame(columns=["entity", "dimension", "value", "sd"])
    found = xr.Dataset({"value": experts["value"], "sd": experts["draws"].std("draw", ddof=1)})
    return found.to_dataframe().reset_index().dropna().reset_index(drop=True)[["entity", "dimension", "value", "sd"]]


def _segments(segments: Mapping[str, xr.Dataset]) -> pd.DataFrame:
    rows = [pd.DataFrame(columns=["segment", "member", "mean", "sd"])]
    for name, shares in segments.items():
        draws = mean_level(shares["shares"])
        found = {"mean": draws.mean("draw").to_numpy(), "sd": draws.std("draw", ddof=1).to_numpy()}
        rows.append(pd.DataFrame({"segment": name, "member": shares[name].to_numpy(), **found}))
    return pd.concat(rows, ignore_index=True).infer_objects()


def as_json(results: Results) -> dict:
    """What is written to a file: the edition's sections, and per table a line of JSON a row (ten digits)."""
    sections = results.edition.model_dump(
        mode="json", by_alias=True, include={"name", *SECTIONS}, exclude_defaults=True
    )
    tables = {key: _lines(getattr(results, key)) for key in TABLES}
    return {"edition": sections, **tables}


def read_results(stored: dict) -> Results:
    """Results from what `as_json` gives; an edition that can no longer be read is refused with its mistake."""
    place = f"results of {stored['edition'].get('name', '?')}"
    tables = {key: _frame([json.loads(line) for line in stored[key]]) for key in TABLES}
    return Results(validated(Edition, stored["edition"], place), **tables)


def _lines(frame: pd.DataFrame) -> list[str]:
    rows = [list(frame.columns), *([_plain(value) for value in row] for row in frame.itertuples(index=False))]
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def _frame(lines: list[list]) -> pd.DataFrame:
    return pd.DataFrame(lines[1:], columns=lines[0]).infer_objects()


def _plain(value: object) -> object:
    if isinstance(value, float | np.floating):
        return float(f"{value:.10g}")
    return value.item() if isinstance(value, np.generic) else value
