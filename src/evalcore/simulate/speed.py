"""Monitored speed by type of platform and season: replies within one minute, minutes of handling."""

import numpy as np

from evalcore.simulate.contacts import PROMOTION
from evalcore.simulate.targets import HANDLING_MINUTES, INSTANT, INSTANT_FALL, INSTANT_LOWEST
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import year_of

POSSIBLE = (0.0, 0.95)
"""Chances that are drawn from."""


def instant_if_slow(truth: Truth, fast: np.ndarray, slow: np.ndarray) -> np.ndarray:
    """Chance of an answer within 60 s, given that it took longer than 30 s.

    One chance per type and season, such that the mean over platforms and days is the published one; in promotions
    the platform that is slowest gets its own, and with it the published lowest share.

    Parameters
    ----------
    fast, slow : ndarray
        (platforms, seasons) Shares of online contacts answered within 30 s, and later but soon enough to be faster.

    Returns
    -------
    ndarray
        (platforms, seasons)
    """
    types = np.array([e.type for e in truth.edition.entities])
    fall = INSTANT_FALL / 100
    chance = np.zeros_like(fast)
    for type_ in dict.fromkeys(types):
        own = types == type_
        ordinary = INSTANT[type_] / 100 + year_of(truth.edition).promotion.mean() * fall
        wanted = np.array([ordinary, ordinary - fall, ordinary])
        chance[own] = _common(fast[own], slow[own], wanted)
    last = np.argmin((fast + chance * slow)[:, PROMOTION])
    return _with_lowest(chance, fast, slow, types == types[last], last)


def _common(fast: np.ndarray, slow: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """(seasons,) The chance with which a group's mean is as wanted, within what can be."""
    return np.clip((wanted - fast.mean(axis=0)) / np.maximum(slow.mean(axis=0), 1e-12), *POSSIBLE)


def _with_lowest(chance: np.ndarray, fast: np.ndarray, slow: np.ndarray, group: np.ndarray, last: int) -> np.ndarray:
    """The slowest of a group at the published lowest share; the others of the group keep the mean."""
    changed, others = chance.copy(), group.copy()
    others[last] = False
    share = (fast + chance * slow)[:, PROMOTION]
    lowest = (INSTANT_LOWEST / 100 - fast[last, PROMOTION]) / max(slow[last, PROMOTION], 1e-12)
    changed[last, PROMOTION] = np.clip(lowest, *POSSIBLE)
    lost = share[last] - (fast + changed * slow)[last, PROMOTION]
    if others.any():
        more = lost / max(slow[others, PROMOTION].sum(), 1e-12)
        changed[others, PROMOTION] = np.clip(chance[others, PROMOTION] + more, *POSSIBLE)
    return changed


def handling_minutes(truth: Truth) -> np.ndarray:
    """(platforms, seasons) Mean minutes of handling: those of the type, longer in promotions."""
    ordinary, promotion = HANDLING_MINUTES["ordinary"], HANDLING_MINUTES["promotion"]
    share = year_of(truth.edition).promotion.mean()
    level = (1 - share) * ordinary + share * promotion
    by_type = np.array([HANDLING_MINUTES[e.type] / level for e in truth.edition.entities])
    return by_type[:, None] * np.array([ordinary, promotion, ordinary])
