"""Indicator values per entity and group: pooled, estimated, combined, labelled."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition, Indicator, Measure
from evalcore.indicators.combine import COMBINATIONS, significantly_below
from evalcore.indicators.estimate import bootstrap, effective_n, point
from evalcore.indicators.pool import pool, pool_draws, spread
from evalcore.indicators.suppress import suppressed, whole_counts
from evalcore.streams import stream

MEASURED, UNREPORTED, INAPPLICABLE, SUPPRESSED = "measured", "unreported", "inapplicable", "suppressed"
LEFT_OUT = (INAPPLICABLE, SUPPRESSED)
"""Leave the denominator: what cannot apply, and what too few persons stand behind (nothing is computed from it)."""


def indicator_values(
    cells: pd.DataFrame, edition: Edition, grain: str | None = None, modelled: xr.DataArray | None = None
) -> xr.Dataset:
    """Point values, draws and status of every indicator.

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.schema.CELLS`.
    grain : {"category", "period"} or None
        What a group is; None: one group, "all".
    modelled : DataArray (cell, draw), optional
        Posterior draws of parts of indicators, ratios as numerator over denominator; indicator, part, entity,
        category and period along `cell`. The value of such a part is the mean of its draws. What no model
        covers is resampled from its counts, and does not vary where it was reported or is a census.

    Returns
    -------
    Dataset
        `value` (entity, group, indicator) and `draws` (draw, entity, group, indicator) in the unit of the
        indicator, NaN where not measured; `n` rows behind the main measure; `status` measured, unreported
        (applicable, no data), inapplicable, or suppressed: fewer rows of a personal source than `minimum_cell`, or
        hidden with such a cell (`evalcore.indicators.suppress`).
        A suppressed cell has no value and no `n`, so that no score can give it away.
    """
    entities, groups = [e.id for e in edition.entities], _groups(edition, grain)
    counts = _Counts(pool(cells, grain, groups), spread(cells, grain, groups), modelled, grain)
    index = pd.MultiIndex.from_product([entities, groups])
    columns = [_indicator(counts, i, index, edition) for i in edition.indicators.values()]
    shape = (len(entities), len(groups), len(columns))
    values, counts = (np.stack([c[k] for c in columns], axis=-1).reshape(shape) for k in (0, 2))
    drawn = np.stack([c[1] for c in columns], axis=-1).reshape(edition.model.draws, *shape)
    coords = {"entity": entities, "group": groups, "indicator": list(edition.indicators)}
    dims = ("entity", "group", "indicator")
    status = _status(values, entities, groups, edition, grain)
    small = suppressed(counts, status == MEASURED, whole_counts(cells, edition), edition)
    return xr.Dataset(
        {
            "value": (dims, np.where(small, np.nan, values)),
            "draws": (("draw", *dims), np.where(small, np.nan, drawn)),
            "n": (dims, np.where(small, 0, counts)),
            "status": (dims, np.where(small, SUPPRESSED, status)),
        },
        coords=coords,
    )


def _groups(edition: Edition, grain: str | None) -> list[str]:
    return (
        ["all"]
        if grain is None
        else [item.id for item in {"category": edition.categories, "period": edition.periods}[grain]]
    )


@dataclass(frozen=True)
class _Counts:
    """What values are computed from: sums by group, the cells behind them, and draws of those that are modelled."""

    pooled: pd.DataFrame
    members: pd.DataFrame
    modelled: xr.DataArray | None
    grain: str | None

    def of(self, indicator: str, part: int) -> tuple[pd.DataFrame, pd.DataFrame, xr.DataArray | None]:
        """The same of one part of an indicator; None where no model covers it."""
        own = [f[(f["indicator"] == indicator) & (f["part"] == part)] for f in (self.pooled, self.members)]
        if self.modelled is None:
            return *own, None
        mine = (self.modelled["indicator"] == indicator) & (self.modelled["part"] == part)
        return *own, self.modelled[mine.to_numpy()] if mine.any() else None


def _indicator(
    counts: _Counts, indicator: Indicator, index: pd.MultiIndex, edition: Edition
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Point (row,), draws (draw, row) and rows counted (row,) of one indicator on the full index."""
    parts = []
    for part, measure in enumerate(indicator.measures):
        own, members, modelled = counts.of(indicator.id, part)
        if modelled is None:
            rng = stream(edition.seed, "indicators", indicator.id, str(part), counts.grain or "all")
            estimates = _counted(own, measure, edition, rng)
        else:
            _, drawn = pool_draws(members, modelled)
            estimates = np.vstack([drawn.mean(axis=0), drawn])
        where = index.get_indexer(pd.MultiIndex.from_frame(own[["entity", "group"]]))
        parts.append((_placed(estimates * measure.per, where, index), _rows(own, where, index)))
    combined = _combined(parts, indicator)
    return combined[0], combined[1:], parts[0][1][0]


def _counted(own: pd.DataFrame, measure: Measure, edition: Edition, rng: np.random.Generator) -> np.ndarray:
    """Point, then draws, of what is counted and not modelled; reported figures and a census do not vary."""
    draws = edition.model.draws
    varies = measure.statistic != "ratio" and not edition.sources[measure.source].census
    drawn = bootstrap(own, measure, draws, rng) if varies else np.tile(point(own), (draws, 1))
    return np.vstack([point(own), drawn])


def _placed(estimates: np.ndarray, where: np.ndarray, index: pd.MultiIndex) -> np.ndarray:
    """Columns put where their entity and group stand in the index; NaN elsewhere."""
    placed = np.full((len(estimates), len(index)), np.nan)
    placed[:, where[where >= 0]] = estimates[:, where >= 0]
    return placed


def _rows(own: pd.DataFrame, where: np.ndarray, index: pd.MultiIndex) -> np.ndarray:
    """Rows counted, effective rows and their own share or mean, (3, row of the index)."""
    rows = np.zeros((3, len(index)))
    rows[:, where[where >= 0]] = np.vstack([own["n"], effective_n(own), point(own)])[:, where >= 0]
    return rows


def _combined(parts: list[tuple[np.ndarray, np.ndarray]], indicator: Indicator) -> np.ndarray:
    """Main measure after its combination rules, in the indicator's unit; row 0 is the point, the others draws.

    Whether a second source lies significantly below is asked of the counts themselves, modelled or not.
    """
    (main, (_, main_n, main_share)), others = parts[0], parts[1:]
    result = main * indicator.factor
    for rule, (other, (_, other_n, other_share)) in zip(indicator.combine, others, strict=True):
        lower = np.zeros(main.shape[1], dtype=bool)
        if rule.rule == "lower_to":
            lower = significantly_below((other_share, other_n), (main_share, main_n), rule.confidence)
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
