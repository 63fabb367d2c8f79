"""Indicator values per entity and group: pooled, estimated, combined, labelled."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition, Indicator
from evalcore.indicators.combine import COMBINATIONS, significantly_below
from evalcore.indicators.estimate import bootstrap, effective_n, point
from evalcore.indicators.pool import pool
from evalcore.streams import stream

MEASURED, UNREPORTED, INAPPLICABLE, SUPPRESSED = "measured", "unreported", "inapplicable", "suppressed"
LEFT_OUT = (INAPPLICABLE, SUPPRESSED)
"""Leave the denominator: what cannot apply, and what too few persons stand behind (nothing is computed from it)."""


def indicator_values(cells: pd.DataFrame, edition: Edition, grain: str | None = None) -> xr.Dataset:
    """Point values, draws and status of every indicator.

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.schema.CELLS`.
    grain : {"category", "period"} or None
        What a group is; None: one group, "all".

    Returns
    -------
    Dataset
        `value` (entity, group, indicator) and `draws` (draw, entity, group, indicator) in the unit of the
        indicator, NaN where not measured; `n` rows behind the main measure; `status` measured, unreported
        (applicable, no data), inapplicable, or suppressed: fewer rows of a personal source than `minimum_cell`.
        A suppressed cell has no value and no `n`, so that no score can give it away.
    """
    entities, groups = [e.id for e in edition.entities], _groups(edition, grain)
    pooled = pool(cells, grain, groups)
    index = pd.MultiIndex.from_product([entities, groups])
    columns = [_indicator(pooled, i, index, edition, grain) for i in edition.indicators.values()]
    shape = (len(entities), len(groups), len(columns))
    values, counts = (np.stack([c[k] for c in columns], axis=-1).reshape(shape) for k in (0, 2))
    drawn = np.stack([c[1] for c in columns], axis=-1).reshape(edition.model.draws, *shape)
    coords = {"entity": entities, "group": groups, "indicator": list(edition.indicators)}
    dims = ("entity", "group", "indicator")
    status = _status(values, entities, groups, edition, grain)
    small = (status == MEASURED) & (counts < _fewest(edition))
    return xr.Dataset(
        {
            "value": (dims, np.where(small, np.nan, values)),
            "draws": (("draw", *dims), np.where(small, np.nan, drawn)),
            "n": (dims, np.where(small, 0, counts)),
            "status": (dims, np.where(small, SUPPRESSED, status)),
        },
        coords=coords,
    )


def _fewest(edition: Edition) -> np.ndarray:
    """Rows a cell of each indicator needs to be shown, shape (indicator,); nothing where rows are no persons."""
    personal = [edition.sources[i.measure.source].personal for i in edition.indicators.values()]
    return np.where(personal, edition.minimum_cell, 0)


def _groups(edition: Edition, grain: str | None) -> list[str]:
    return (
        ["all"]
        if grain is None
        else [item.id for item in {"category": edition.categories, "period": edition.periods}[grain]]
    )


def _indicator(
    pooled: pd.DataFrame, indicator: Indicator, index: pd.MultiIndex, edition: Edition, grain: str | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Point (row,), draws (draw, row) and rows counted (row,) of one indicator on the full index."""
    parts = []
    for part, measure in enumerate(indicator.measures):
        own = pooled[(pooled["indicator"] == indicator.id) & (pooled["part"] == part)]
        rng = stream(edition.seed, "indicators", indicator.id, str(part), grain or "all")
        varies = measure.statistic != "ratio" and not edition.sources[measure.source].census
        drawn = (
            bootstrap(own, measure, edition.model.draws, rng)
            if varies
            else np.tile(point(own), (edition.model.draws, 1))
        )
        estimates = np.vstack([point(own), drawn]) * measure.per
        placed = np.full((len(estimates), len(index)), np.nan)
        where = index.get_indexer(pd.MultiIndex.from_frame(own[["entity", "group"]]))
        placed[:, where[where >= 0]] = estimates[:, where >= 0]
        rows = np.zeros((2, len(index)))
        rows[:, where[where >= 0]] = np.vstack([own["n"], effective_n(own)])[:, where >= 0]
        parts.append((placed, rows))
    combined = _combined(parts, indicator)
    return combined[0], combined[1:], parts[0][1][0]


def _combined(parts: list[tuple[np.ndarray, np.ndarray]], indicator: Indicator) -> np.ndarray:
    """Main measure after its combination rules, in the indicator's unit; row 0 is the point, the others draws."""
    (main, (_, main_n)), others = parts[0], parts[1:]
    result = main * indicator.factor
    for rule, (other, (_, other_n)) in zip(indicator.combine, others, strict=True):
        lower = np.zeros(main.shape[1], dtype=bool)
        if rule.rule == "lower_to":
            lower = significantly_below((other[0], other_n), (main[0], main_n), rule.confidence)
        scale = 1.0 if rule.rule == "deduct" else indicator.factor
        result = COMBINATIONS[rule.rule](result, other * scale, rule, lower)
    return result


def _status(
    values: np.ndarray, entities: list[str], groups: list[str], edition: Edition, grain: str | None
) -> np.ndarray:
    status = np.where(np.isnan(values), UNREPORTED, MEASURED).astype(object)
    scored = {i.id for i in edition.framework.indicators}
    by_id = {e.id: e for e in edition.entities}
    categories = {c.id: c for c in edition.categories} if grain == "category" else {}
    for k, indicator in enumerate(edition.indicators):
        for i, entity in enumerate(entities):
            for j, group in enumerate(groups):
                category = categories.get(group)
                outside = indicator in by_id[entity].inapplicable or (indicator not in scored and category is None)
                if category is not None:
                    added = {a.id for extra in category.adds.values() for a in extra}
                    outside |= group not in by_id[entity].categories or indicator in category.inapplicable
                    outside |= indicator not in scored | added
                if outside:
                    status[i, j, k] = INAPPLICABLE
    return status.astype(str)
