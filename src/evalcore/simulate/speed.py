"""Monitored speed by type of platform and season: replies within one minute, minutes of handling."""

import numpy as np
import pandas as pd

from evalcore.simulate.targets import HANDLING_MINUTES, INSTANT, INSTANT_FALL, INSTANT_LOWEST, INSTANT_SLOPE
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import year_of


def instant_targets(truth: Truth) -> np.ndarray:
    """(platforms, seasons) Shares of online contacts answered within 60 s; means over days are the published ones.

    Platforms deviate from their type as their R1 does. In promotions all fall, the slow ones more, so that the
    slowest ends at the published lowest value.
    """
    types = [e.type for e in truth.edition.entities]
    deviation = truth.values["R1"] - truth.values["R1"].groupby(types).transform("mean")
    ordinary = pd.Series(types, index=deviation.index).map(INSTANT) + INSTANT_SLOPE * deviation
    ordinary = (ordinary + year_of(truth.edition).promotion.mean() * INSTANT_FALL).to_numpy()
    behind = ordinary.mean() - ordinary
    slower = (ordinary.min() - INSTANT_FALL - INSTANT_LOWEST) / max(behind.max(), 1e-9)
    promotion = ordinary - INSTANT_FALL - np.clip(slower, 0, 2) * behind
    return np.stack([ordinary, promotion, ordinary], axis=1) / 100


def handling_minutes(truth: Truth) -> np.ndarray:
    """(platforms, seasons) Mean minutes of handling: those of the type, longer in promotions."""
    ordinary, promotion = HANDLING_MINUTES["ordinary"], HANDLING_MINUTES["promotion"]
    share = year_of(truth.edition).promotion.mean()
    level = (1 - share) * ordinary + share * promotion
    by_type = np.array([HANDLING_MINUTES[e.type] / level for e in truth.edition.entities])
    return by_type[:, None] * np.array([ordinary, promotion, ordinary])
