"""The chance of every outcome in every cell, such that a platform's expected indicators are the true ones.

Arrays have the axes (platforms, categories, quarters, seasons, scenes).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from evalcore.simulate.contacts import (
    BOT_FIRST,
    COMPLAINT,
    CONSULTATION,
    DISPUTED,
    NIGHT,
    ONLINE,
    season_shares,
    service_shares,
)
from evalcore.simulate.plants import EMPTY_NIGHT_DAY, WAVE_EFFECTS
from evalcore.simulate.solve import solve
from evalcore.simulate.speed import instant_if_slow
from evalcore.simulate.targets import SCENE_FIRST_CONTACT, SCENE_SHARES, SCENES
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import Year

ABANDONED = 0.06
"""Share of contacts the bot did not solve that give up before they ask for a human."""
BOT_BY_SCENE = np.array([0.4, 0.3, -0.6, -1.2])
BOT_IS_FAST = 2.0
DAY_IS_FAST = 3.0
"""Logit scale; how much faster a bot is than a human, and a human by day than at night."""
PROMOTION_EFFECTS = {"R1": -1.4, "R6": -0.5, "S1": -0.15, "S6": -0.2}
"""Logit scale; what the waves do to speed, timeliness and follow-up."""
CELL = (1, 2, 3, 4)
"""Axes of the cells of one platform."""


@dataclass(frozen=True)
class Chances:
    """Per cell; `fast` means within 30 s, `instant` within 60 s, `soon` within 5 min."""

    bot_solves: np.ndarray
    bot_fast: np.ndarray
    human_soon_night: np.ndarray
    human_soon_day: np.ndarray
    """Of those whom the bot does not keep waiting."""
    fast_if_soon: np.ndarray
    instant_if_slow: np.ndarray
    """Within 60 s, given that it took longer than 30 s (and, with a human, at most 5 min)."""
    stuck: np.ndarray
    """(platforms,) Of contacts that the bot passes on, the share that it keeps waiting."""
    first_contact: np.ndarray
    """Solved at the first contact, given that the bot neither solved it nor lost it."""
    simple: dict[str, np.ndarray]
    """Indicators that depend on nothing else in the ticket."""
    weight: np.ndarray
    """Share of a platform's contacts; adds up to 1 per platform."""

    @property
    def passed_on(self) -> np.ndarray:
        """Share of online contacts that the bot passes on to a human."""
        return BOT_FIRST * (1 - self.bot_solves) * (1 - ABANDONED)

    @property
    def soon(self) -> np.ndarray:
        """Within 5 min, of those whom the bot does not keep waiting, whatever the hour."""
        return NIGHT * self.human_soon_night + (1 - NIGHT) * self.human_soon_day


def chances_of(truth: Truth, year: Year) -> Chances:
    """Solve every indicator's intercept, platform by platform."""
    weight = _contact_shares(truth, year)
    stuck = np.array([s.share for s in truth.plants.stuck(truth.platforms)])
    bot = _solved(truth, "R5", weight * BOT_FIRST, BOT_BY_SCENE)
    kept_by_bot = ONLINE * BOT_FIRST * (bot + (1 - bot) * ABANDONED)
    night, day = _soon(truth, weight, bot, kept_by_bot, stuck)
    bot_fast, fast, instant = _fast(truth, weight, bot, NIGHT * night + (1 - NIGHT) * day, stuck)
    first = _solved(truth, "R4", weight * _after_sales(), logit(SCENE_FIRST_CONTACT))
    alone = ONLINE * BOT_FIRST * bot
    rest = np.clip((first - alone) / (1 - kept_by_bot), 0, 1)
    return Chances(bot, bot_fast, night, day, fast, instant, stuck, rest, _simple(truth, weight), weight)


def _contact_shares(truth: Truth, year: Year) -> np.ndarray:
    """Each platform's contacts over the cells; adds up to 1 per platform."""
    return truth.category_share[:, :, None, None, None] * season_shares(truth, year)[:, None, :, :, None] * SCENE_SHARES


def _offset(truth: Truth, indicator: str) -> np.ndarray:
    """Category, quarter and season effect on the logit scale."""
    season = np.array([0, PROMOTION_EFFECTS.get(indicator, 0), WAVE_EFFECTS.get(indicator, 0)])
    return truth.offset(indicator)[:, :, :, None, None] + season[:, None] + np.zeros(len(SCENES))


def _solved(truth: Truth, indicator: str, weight: np.ndarray, by_scene: np.ndarray | float = 0) -> np.ndarray:
    """Chances whose mean over the weighted cells is the platform's true share."""
    return calibrated(truth.rate(indicator), _offset(truth, indicator) + by_scene, weight)


def calibrated(target: np.ndarray, offset: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Chances with the given logit offsets and, per platform (first axis), the given weighted mean."""
    axes = tuple(range(1, offset.ndim))
    total = np.maximum(np.broadcast_to(weight, offset.shape).sum(axis=axes), 1e-12)

    def chances(intercept: np.ndarray) -> np.ndarray:
        return expit(np.expand_dims(intercept, axes) + offset)

    return chances(solve(lambda a: (chances(a) * weight).sum(axis=axes) / total, target))


def _soon(
    truth: Truth, weight: np.ndarray, bot: np.ndarray, kept: np.ndarray, stuck: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """At night and by day; R6 counts all who ask for a human at night, also those whom the bot keeps waiting."""
    waiting = ONLINE * BOT_FIRST * (1 - bot) * (1 - ABANDONED) * _wide(stuck)
    asked, free = weight * (1 - kept), weight * (1 - kept - waiting)
    target = truth.rate("R6") * asked.sum(axis=CELL) / free.sum(axis=CELL)
    night = calibrated(target, _offset(truth, "R6"), free)
    more = DAY_IS_FAST + EMPTY_NIGHT_DAY * truth.plants.at("empty_night", truth.platforms)
    return night, expit(logit(night) + _wide(more))


def _fast(
    truth: Truth, weight: np.ndarray, bot: np.ndarray, soon: np.ndarray, stuck: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """R1 mixes contacts the bot closed and those a human answered; who lost patience was not answered."""
    offset = _offset(truth, "R1")
    closed, lost = BOT_FIRST * bot, BOT_FIRST * (1 - bot) * ABANDONED
    human = (1 - closed - lost - BOT_FIRST * (1 - bot) * (1 - ABANDONED) * _wide(stuck)) * soon

    def answered(intercept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        level = _wide(intercept) + offset
        return expit(level + BOT_IS_FAST), expit(level)

    def share(intercept: np.ndarray) -> np.ndarray:
        by_bot, by_human = answered(intercept)
        return (weight * (closed * by_bot + human * by_human)).sum(axis=CELL)

    by_bot, by_human = answered(solve(share, truth.rate("R1")))
    total = np.maximum(weight.sum(axis=(1, 2, 4)), 1e-12)
    fast = (weight * (closed * by_bot + human * by_human)).sum(axis=(1, 2, 4)) / total
    slow = (weight * (closed * (1 - by_bot) + human * (1 - by_human))).sum(axis=(1, 2, 4)) / total
    instant = instant_if_slow(truth, fast, slow)
    return by_bot, by_human, np.broadcast_to(instant[:, None, None, :, None], offset.shape)


def _simple(truth: Truth, weight: np.ndarray) -> dict[str, np.ndarray]:
    """S1 to S7, each among the contacts it counts."""
    returned, exchanged, refunded, repaired = np.moveaxis(service_shares(truth.edition), -1, 0)[1:]
    among = {
        "S1": _by_category(returned + exchanged),
        "S2": _by_category(repaired),
        "S3": _complaints(),
        "S4": _complaints(),
        "S5": _by_category(returned + refunded),
        "S6": _after_sales(),
        "S7": DISPUTED,
    }
    return {indicator: _solved(truth, indicator, weight * share) for indicator, share in among.items()}


def _by_category(shares: np.ndarray) -> np.ndarray:
    """(categories, scenes) spread over the axes of the cells."""
    return shares[None, :, None, None, :]


def _after_sales() -> np.ndarray:
    return (np.arange(len(SCENES)) != CONSULTATION).astype(float)


def _complaints() -> np.ndarray:
    return (np.arange(len(SCENES)) == COMPLAINT).astype(float)


def _wide(by_platform: np.ndarray) -> np.ndarray:
    """(platforms,) spread over the axes of the cells."""
    return by_platform[:, None, None, None, None]
