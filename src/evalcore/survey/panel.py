"""What an expert panel says: adjusted scores, severities, agreement, and whose absence would move a rank."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.model.panel import POINTS, expert_draws
from evalcore.model.posterior import combined
from evalcore.score.rank import interval, ranks
from evalcore.survey.agreement import alpha, concordance, intraclass

ALL = "all"
"""In place of a dimension: all of them, by the framework's weights; in place of an expert: nobody is left out."""
PLACES = ["entity", "dimension"]


def panel_scores(tree: xr.DataTree, reviews: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Severity-adjusted scores, points of 100.

    Parameters
    ----------
    tree : DataTree
        As `evalcore.model.experts.fit_experts` returns it.
    reviews : DataFrame
        Those it was fitted to.

    Returns
    -------
    DataFrame
        entity, dimension, in the edition's order; value (mean of the draws), low, high (the edition's interval), raw
        (plain mean of the scores given, conflicts of interest included), scores (how many). Missing where nobody
        scored.
    """
    draws = expert_draws(tree).reindex(_places(edition))
    low, high = interval(draws.to_numpy(), edition.model.interval)
    index = pd.MultiIndex.from_product(_places(edition).values(), names=PLACES)
    columns = {"value": draws.mean("draw", skipna=False).to_numpy(), "low": low, "high": high}
    frame = pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index=index)
    given = reviews.groupby(PLACES)["score"].agg(["mean", "size"]).reindex(index)
    return frame.assign(raw=POINTS * given["mean"], scores=given["size"].fillna(0).astype("int64")).reset_index()


def panel_experts(tree: xr.DataTree, reviews: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """What the model makes of each expert.

    Returns
    -------
    DataFrame
        expert; severity, low, high (points of 100 that he or she gives less than the panel), spread (standard
        deviation of his or her scores, points of 100), scores, conflicts (how many were given, and with a declared
        conflict of interest).
    """
    severity, experts = -POINTS * combined(tree, "effect_expert"), tree["posterior"]["expert"].to_numpy().astype(str)
    low, high = interval(severity, edition.model.interval)
    spread = POINTS * combined(tree, "spread").mean(axis=0)
    columns = {"expert": experts, "severity": severity.mean(axis=0), "low": low, "high": high, "spread": spread}
    given = reviews.groupby("expert")["conflict"].agg(["size", "sum"]).reindex(experts)
    return pd.DataFrame(columns).assign(scores=given["size"].to_numpy(), conflicts=given["sum"].to_numpy(dtype="int64"))


def panel_agreement(reviews: pd.DataFrame) -> pd.DataFrame:
    """How far experts agree before and after their discussion.

    Parameters
    ----------
    reviews : DataFrame
        expert, entity, dimension, round, score, conflict; scores with a conflict of interest are left out.

    Returns
    -------
    DataFrame
        round ("blind", "discussed"), dimension (each, then "all"), experts, things (scored by two or more), alpha
        (Krippendorff, interval scale), icc_one, icc_mean (ICC(A,1) and ICC(A,k), things everybody scored), w
        (Kendall, likewise). Missing where it cannot be computed.
    """
    used = reviews[~reviews["conflict"].astype(bool)]
    rows = []
    for round_, own in used.groupby("round", sort=True):
        for dimension in [*sorted(own["dimension"].unique()), ALL]:
            part = own if dimension == ALL else own[own["dimension"] == dimension]
            rows.append({"round": round_, "dimension": dimension, **_agreement(part)})
    return pd.DataFrame(rows)


def _agreement(reviews: pd.DataFrame) -> dict[str, float]:
    table = reviews.astype({"score": float}).pivot_table(index="expert", columns=PLACES, values="score")
    counted = {"experts": len(table), "things": int((table.notna().sum() > 1).sum())}
    if len(table) < 2:
        return counted | dict.fromkeys(("alpha", "icc_one", "icc_mean", "w"), np.nan)
    icc = intraclass(table)
    return counted | {
        "alpha": alpha(table),
        "icc_one": float(icc["ICC(A,1)"]),
        "icc_mean": float(icc["ICC(A,k)"]),
        "w": concordance(table),
    }


def panel_without(tree: xr.DataTree, left_out: xr.DataArray, edition: Edition) -> pd.DataFrame:
    """Ranks by the panel's scores, with everybody and without each expert in turn.

    Parameters
    ----------
    left_out : DataArray (expert, entity, dimension)
        Adjusted scores without the expert.

    Returns
    -------
    DataFrame
        expert ("all": with everybody), dimension (each, then "all", by the framework's weights), entity, value (points
        of 100), rank (1 the best; missing without a value).
    """
    whole = expert_draws(tree).mean("draw", skipna=False).expand_dims(expert=[ALL])
    scores = xr.concat([whole, left_out], "expert").reindex(_places(edition)).transpose("expert", *PLACES)
    weights = xr.DataArray([d.weight for d in edition.dimensions.values()], coords={"dimension": scores["dimension"]})
    overall = (scores * weights).sum("dimension", skipna=False) / weights.sum()
    both = xr.concat([scores, overall.expand_dims(dimension=[ALL])], "dimension")
    both = both.transpose("expert", "dimension", "entity")
    frame = both.to_series().rename("value").reset_index()
    return frame.assign(rank=ranks(both.to_numpy()).ravel())


def _places(edition: Edition) -> dict[str, list[str]]:
    return {"entity": [entity.id for entity in edition.entities], "dimension": list(edition.dimensions)}
