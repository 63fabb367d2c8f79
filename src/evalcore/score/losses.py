"""What each indicator costs the composite, draw by draw, and what mending it would bring."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.indicators.values import LEFT_OUT, MEASURED
from evalcore.score.frames import Scored
from evalcore.score.index import indicator_weights
from evalcore.score.rank import interval

PEERS = 0.75
"""Reaching the peers means: what this share of all entities stays below."""


def loss_frame(scored: Scored, edition: Edition) -> pd.DataFrame:
    """Points of the composite that each indicator of the year keeps an entity from.

    An indicator with share w of the composite and score s costs w (100 - s) points; what is unreported earns 0, so
    that it costs 100 w. w is the weight of its dimension times its own, of those that apply, less the experts' share.

    Returns
    -------
    DataFrame
        entity, indicator, status, loss, lower, upper (points of the composite); p_most, the probability that no other
        indicator costs the entity more; gain_low and gain_high, from the lower end of what the nearer goal would bring
        to the upper end of what the farther one would, where the goals are the upper quartile of all entities and the
        baseline (0 beyond both). Inapplicable and hidden indicators have no row.
    """
    ids = [i.id for i in edition.framework.indicators]
    own = [list(scored.index["indicator"].to_numpy()).index(id_) for id_ in ids]
    status = scored.values["status"].to_numpy()[:, 0, own]
    hidden = np.isin(status, LEFT_OUT)
    share = _shares(scored.index, ~hidden, own, edition)
    score = np.where(status == MEASURED, scored.index["score"].to_numpy()[:, :, 0, own], 0.0)
    loss = np.where(hidden, np.nan, share * (100 - score))
    lower, upper = interval(loss[1:], edition.model.interval)
    low, high = _gains(score, share, status == MEASURED, edition)
    found = {"status": status, "loss": loss[0], "lower": lower, "upper": upper, "p_most": _most(loss[1:])}
    return (
        xr.Dataset(
            {
                key: (("entity", "indicator"), value)
                for key, value in (found | {"gain_low": low, "gain_high": high}).items()
            },
            coords={"entity": scored.index["entity"].to_numpy(), "indicator": ids},
        )
        .to_dataframe()
        .reset_index()
        .dropna(subset=["loss"])
        .reset_index(drop=True)
    )


def _shares(index: xr.Dataset, applies: np.ndarray, own: list[int], edition: Edition) -> np.ndarray:
    """(entity, indicator) Share of the composite that an indicator decides."""
    weights = indicator_weights(np.array(["all"]), edition)
    inside, weight = weights["dimension"][own], weights["weight"][0, own]
    exists = ~np.isnan(index["dimension_low"].to_numpy()[0, :, 0, :])
    outer = np.where(exists, [d.weight for d in edition.dimensions.values()], 0.0)
    counted = _parts(outer) * (1 - index["panel_share"].to_numpy()[0, :, 0, :])
    share = np.zeros(applies.shape)
    for k, dimension in enumerate(edition.dimensions):
        share += counted[:, [k]] * _parts(np.where(applies & (inside == dimension), weight, 0.0))
    return share


def _parts(weights: np.ndarray) -> np.ndarray:
    """Weights of each row as parts of their sum; 0 in a row of which nothing applies."""
    total = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def _gains(
    score: np.ndarray, share: np.ndarray, measured: np.ndarray, edition: Edition
) -> tuple[np.ndarray, np.ndarray]:
    """Lower end for the nearer goal and upper end for the farther one, shape (entity, indicator)."""
    known = np.where(measured.any(axis=0) & ~measured, np.nan, score)
    peers = np.nanquantile(known, PEERS, axis=1, keepdims=True)
    baseline = np.array([i.goalposts.base for i in edition.framework.indicators])
    gains = [share * np.clip(goal - score, 0, None) for goal in (peers, baseline)]
    low, _ = interval(np.minimum(*gains)[1:], edition.model.interval)
    _, high = interval(np.maximum(*gains)[1:], edition.model.interval)
    return low, high


def _most(loss: np.ndarray) -> np.ndarray:
    """(entity, indicator) Share of the draws in which an indicator costs its entity most."""
    known = np.where(np.isnan(loss), -np.inf, loss)
    return (known == known.max(axis=-1, keepdims=True)).mean(axis=0)
