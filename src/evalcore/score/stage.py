"""The scoring stage as one call: cells and the panel's draws in, all score frames out."""

import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.edition.validator import check_values
from evalcore.indicators.values import indicator_values
from evalcore.score.experts import expert_scores
from evalcore.score.frames import (
    Scored,
    ahead_frame,
    composite_frame,
    dimension_frame,
    indicator_frame,
    ranking_frame,
)
from evalcore.score.index import score_index
from evalcore.score.losses import loss_frame


def score_edition(
    cells: pd.DataFrame, panel: xr.DataArray | None, edition: Edition, modelled: xr.DataArray | None = None
) -> dict[str, pd.DataFrame]:
    """Score frames of the year, of categories and of periods.

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.schema.CELLS`.
    panel : DataArray (draw, entity, dimension) or None
        Severity-adjusted scores of the experts, None where no panel was asked; see `expert_scores`.
    modelled : DataArray (cell, draw), optional
        Posterior draws of modelled parts of indicators, as `indicator_values` takes them.

    Returns
    -------
    dict
        "indicators", "dimensions", "ranking", "ahead", "losses" (the year); "category_indicators", "categories";
        "period_dimensions", "periods". See `evalcore.score.frames` and
        `evalcore.score.losses` for their columns.
    """
    experts = None if panel is None else expert_scores(panel, edition)

    def scored(grain: str | None) -> Scored:
        values = indicator_values(cells, edition, grain, modelled)
        return Scored(values, score_index(values, experts, edition))

    year, category, period = scored(None), scored("category"), scored("period")
    values = indicator_frame(year, edition)
    check_values(values[["entity", "indicator", "value"]].itertuples(index=False, name=None), edition)
    return {
        "indicators": values,
        "dimensions": dimension_frame(year, edition),
        "ranking": ranking_frame(year, edition),
        "ahead": ahead_frame(year, edition),
        "losses": loss_frame(year, edition),
        "category_indicators": indicator_frame(category, edition),
        "categories": composite_frame(category, edition),
        "period_dimensions": dimension_frame(period, edition),
        "periods": composite_frame(period, edition),
    }
