"""From cleaned tables of given values to the frames of an index: stages, scores, ranks."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.score.steps import STAGES, index_ranks, index_scores, index_stages


def score_panel(tables: dict[str, pd.DataFrame], edition: Edition) -> dict[str, pd.DataFrame]:
    """Stages and scores of all units and periods.

    Parameters
    ----------
    tables : dict of DataFrame
        Cleaned sources; that of the index has entity, period, its label and a column per indicator.

    Returns
    -------
    dict
        "stages": period, entity, indicator and a column per stage; "scores": period, entity, label, node, score,
        rank (of the root, missing elsewhere).
    """
    index, table = edition.index, tables[edition.index.source]
    raw = _array(table, [i.id for i in index.indicators])
    units = raw["unit"].to_numpy()
    of_unit = table.drop_duplicates("entity").set_index("entity").loc[units]
    groups = of_unit[index.impute.by].to_numpy(dtype=str) if index.impute.by else np.full(len(units), "all")
    stages = index_stages(raw, _denominators(tables, units, edition), groups, index)
    scores = index_scores(stages["normalised"], index)
    return {
        "stages": _stage_frame(stages),
        "scores": _score_frame(scores, index_ranks(scores, index), of_unit[index.label], edition),
    }


def _array(table: pd.DataFrame, indicators: list[str]) -> xr.DataArray:
    """Values with dims (period, indicator, unit); a unit's row given twice in a period is refused."""
    doubled = table[table.duplicated(["entity", "period"])]
    if len(doubled):
        row = doubled.iloc[0]
        raise EvalcoreError(
            say(f"row {row['row']}", f"{row['entity']} occurs twice in {row['period']}", "one row per unit and period")
        )
    long = table.astype({name: float for name in indicators}).set_index(["period", "entity"])[indicators]
    return long.to_xarray().to_array("indicator").transpose("period", "indicator", "entity").rename(entity="unit")


def _denominators(tables: dict[str, pd.DataFrame], units: np.ndarray, edition: Edition) -> dict[str, np.ndarray]:
    return {
        indicator.id: tables[by.source].set_index("entity")[by.column].reindex(units).to_numpy(dtype=float)
        for indicator in edition.index.indicators
        if (by := indicator.denominator)
    }


def _stage_frame(stages: xr.Dataset) -> pd.DataFrame:
    frame = stages[list(STAGES)].to_dataframe().reset_index().rename(columns={"unit": "entity"})
    return frame.sort_values(["period", "entity", "indicator"]).reset_index(drop=True)[
        ["period", "entity", "indicator", *STAGES]
    ]


def _score_frame(scores: xr.DataArray, ranked: xr.DataArray, labels: pd.Series, edition: Edition) -> pd.DataFrame:
    root = edition.index.tree.id
    frame = scores.to_dataframe("score").reset_index().rename(columns={"unit": "entity"})
    rank = ranked.to_dataframe("rank").reset_index().rename(columns={"unit": "entity"}).assign(node=root)
    joined = frame.merge(rank[["period", "entity", "node", "rank"]], how="left", on=["period", "entity", "node"])
    joined = joined.assign(label=joined["entity"].map(labels), rank=joined["rank"].astype("Int64"))
    order = joined.sort_values(["period", "entity", "node"]).reset_index(drop=True)
    return order[["period", "entity", "label", "node", "score", "rank"]]
