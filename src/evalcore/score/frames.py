"""Scores as tidy frames, one row per entity and group, with intervals; small cells are blanked."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.indicators.values import INAPPLICABLE
from evalcore.score.normalise import attained
from evalcore.score.rank import ahead, interval, level_of, level_probabilities, rank_summary


@dataclass(frozen=True)
class Scored:
    """Values and index of one grain, as `indicator_values` and `score_index` return them."""

    values: xr.Dataset
    index: xr.Dataset


def indicator_frame(scored: Scored, edition: Edition) -> pd.DataFrame:
    """entity, group, indicator, dimension, value, lower, upper, n, score, base, bonus, attained, status.

    Values in the unit of the indicator. Suppressed cells have a row without numbers, inapplicable ones none.
    """
    values, index = scored.values, scored.index
    lower, upper = interval(values["draws"].to_numpy(), edition.model.interval)
    dims = ("entity", "group", "indicator")
    hits = [
        attained(values["value"].to_numpy()[..., k], i.goalposts) for k, i in enumerate(edition.indicators.values())
    ]
    found = xr.Dataset(
        {
            "value": values["value"],
            "lower": (dims, lower),
            "upper": (dims, upper),
            "n": values["n"],
            "score": (dims, index["score"].to_numpy()[0]),
            "base": (dims, index["base"].to_numpy()[0]),
            "bonus": (dims, index["bonus"].to_numpy()[0]),
            "attained": (dims, np.stack(hits, axis=-1)),
            "status": values["status"],
        },
        coords=values.drop_vars(list(values.data_vars)).coords,
    )
    frame = found.to_dataframe().reset_index()
    frame = frame[frame["status"] != INAPPLICABLE].reset_index(drop=True)
    return frame.assign(n=frame["n"].astype("int64"), dimension=frame["indicator"].map(_homes(edition)))


def dimension_frame(scored: Scored, edition: Edition) -> pd.DataFrame:
    """entity, group, dimension, low, high, lower, upper, indicators: points of 100."""
    index = scored.index
    lower, upper = interval(index["dimension_low"].to_numpy()[1:], edition.model.interval)
    dims = ("entity", "group", "dimension")
    found = {
        "low": index["dimension_low"][0],
        "high": index["dimension_high"][0],
        "lower": (dims, lower),
        "upper": (dims, upper),
        "indicators": index["dimension_indicators"][0],
    }
    frame = xr.Dataset(found).to_dataframe().reset_index()
    return frame[[*dims, *found]].dropna(subset=["low"]).reset_index(drop=True)


def composite_frame(scored: Scored, edition: Edition) -> pd.DataFrame:
    """entity, group, low, high, lower, upper, base, bonus, expert, unreported, rated: points of 100.

    `low` is the score with unreported items at 0: it is ranked, so that hiding a figure never helps. An entity
    with more unreported weight than the edition's limit is not rated.
    """
    index = scored.index
    lower, upper = interval(index["composite_low"].to_numpy()[1:], edition.model.interval)
    dims = ("entity", "group")
    found = {
        "low": index["composite_low"][0],
        "high": index["composite_high"][0],
        "lower": (dims, lower),
        "upper": (dims, upper),
        "base": index["composite_base"][0],
        "bonus": index["composite_bonus"][0],
        "expert": index["composite_expert"][0],
        "unreported": index["unreported"],
    }
    frame = xr.Dataset(found).to_dataframe().reset_index()[[*dims, *found]]
    rated = frame["unreported"] <= edition.framework.unreported_limit
    return frame.assign(rated=rated).dropna(subset=["low"]).reset_index(drop=True)


def ranking_frame(scored: Scored, edition: Edition) -> pd.DataFrame:
    """The composite of the year with ranks, levels and their probabilities (`p_<level>`), best first.

    `rated` means here that an entity takes part in the ranking: enough was reported, and it is one and not a pooled
    group, which is shown and not ranked.
    """
    composite = composite_frame(scored, edition).drop(columns="group")
    composite = composite.assign(rated=composite["rated"] & ~composite["entity"].isin(edition.pooled))
    rated = composite.set_index("entity")["rated"].to_dict()
    entities = list(scored.index["entity"].to_numpy())
    out = np.array([not rated.get(entity, False) for entity in entities])
    draws = np.where(out, np.nan, scored.index["composite_low"].to_numpy()[:, :, 0])
    summary = rank_summary(draws[1:], draws[0], entities, edition.model.interval)
    levels = edition.framework.levels
    chances = level_probabilities(draws[1:], edition.framework)
    reached = level_of(draws[0], edition.framework)
    summary["level"] = [levels[k].id if k >= 0 else None for k in reached]
    for k, level in enumerate(levels):
        summary[f"p_{level.id}"] = np.where(out, np.nan, chances[:, k])
    return composite.merge(summary, on="entity").sort_values(["rank", "entity"]).reset_index(drop=True)


def ahead_frame(scored: Scored, edition: Edition) -> pd.DataFrame:
    """entity, other, probability that the first scores above the second."""
    entities = list(scored.index["entity"].to_numpy())
    chance = ahead(scored.index["composite_low"].to_numpy()[1:, :, 0])
    found = xr.DataArray(chance, coords={"entity": entities, "other": entities}, dims=("entity", "other"))
    frame = found.to_dataframe("probability").reset_index()
    return frame[frame["entity"] != frame["other"]].reset_index(drop=True)


def _homes(edition: Edition) -> dict[str, str]:
    homes = {i.id: d.id for d in edition.framework.dimensions for i in d.indicators}
    for category in edition.categories:
        homes |= {i.id: dimension for dimension, added in category.adds.items() for i in added}
    return homes
