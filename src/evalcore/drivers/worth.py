"""The worth of better service as a range: every input varies, none of them is known."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.streams import stream

PERCENT = 100.0
SHOWN = (5, 50, 95)
"""Percentiles printed."""


def balance(given: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Yuan per 100 yuan of revenue: what more repurchases earn, what is saved, what it costs; and the return to 1.

    repurchases = gain/10 x growth per ten points x revenue from repurchases x margin; contacts = contacts x moved to AI
    x difference of cost; returns = returns x difference of cost; points = compensation x users x saving. The return is
    the sum of these over the added cost.
    """
    growth = given["gain_points"] / 10 * given["repurchase_per_ten"] / PERCENT
    parts = {
        "repurchases": growth * given["repeat_share"] * given["margin"] / PERCENT,
        "contacts": given["contacts"] * given["bot_share"] / PERCENT * (given["cost_human"] - given["cost_bot"]),
        "returns": given["returns"] * (given["cost_return"] - given["cost_return_shared"]),
        "points": given["compensation"] * given["points_share"] / PERCENT * given["points_saving"] / PERCENT,
    }
    return {**parts, "cost": given["added_cost"], "return": sum(parts.values()) / given["added_cost"]}


def scenario_draws(edition: Edition) -> dict[str, np.ndarray]:
    """Input id -> draws from a triangle over its range (replicate,), each input from its own stream."""
    own = edition.scenarios
    return {
        item.id: stream(edition.seed, "scenarios", item.id).triangular(item.low, item.usual, item.high, own.replicates)
        for item in own.inputs
    }


def worth_frame(edition: Edition) -> pd.DataFrame:
    """Columns part ("repurchases", ..., "cost", "return"), low, middle, high: percentiles over the draws."""
    found = balance(scenario_draws(edition))
    rows = [(part, *np.percentile(values, SHOWN)) for part, values in found.items()]
    return pd.DataFrame(rows, columns=["part", "low", "middle", "high"])


def tornado_frame(edition: Edition) -> pd.DataFrame:
    """input, at_low, at_high, usual: the return with one input at an end of its range, the others usual.

    The input that moves it most comes first.
    """
    usual = {item.id: np.float64(item.usual) for item in edition.scenarios.inputs}
    rows = []
    for item in edition.scenarios.inputs:
        ends = [float(balance(usual | {item.id: np.float64(end)})["return"]) for end in (item.low, item.high)]
        rows.append((item.id, *ends, float(balance(usual)["return"])))
    frame = pd.DataFrame(rows, columns=["input", "at_low", "at_high", "usual"])
    width = (frame["at_high"] - frame["at_low"]).abs()
    return frame.loc[width.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def chance_of_return(edition: Edition, at_least: float = 1.0) -> float:
    """Share of the draws in which the return reaches a bound; an answer about the ranges, not about the world."""
    return float((balance(scenario_draws(edition))["return"] >= at_least).mean())
