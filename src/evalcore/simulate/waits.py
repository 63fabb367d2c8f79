"""Expected waits, as a platform that knows all its tickets would report them."""

from typing import NamedTuple

import numpy as np
from scipy import stats

from evalcore.simulate.answers import UNANSWERED
from evalcore.simulate.chances import Chances
from evalcore.simulate.clocks import FAST_SHAPE, LATER, LONGEST_WAIT, SOON_SHAPE
from evalcore.simulate.contacts import BOT_FIRST, ONLINE
from evalcore.simulate.truth import Truth

QUANTILES = (np.arange(20_000) + 0.5) / 20_000


class Waits(NamedTuple):
    """(platforms, quarters) Mean seconds to a human's answer, from the first message and from the queue on."""

    whole: np.ndarray
    queue: np.ndarray


def expected_waits(truth: Truth, chances: Chances) -> Waits:
    """Means over the contacts that a human answered; the queue leaves out the time inside a bot that holds people."""
    fast, instant, soon, later = _means()
    stuck = np.expand_dims(chances.stuck, (1, 2, 3, 4))
    passed_on = ONLINE * chances.passed_on
    direct = ONLINE * (1 - BOT_FIRST) + (1 - ONLINE)
    free = (direct + passed_on * (1 - stuck)) * np.ones_like(chances.soon)
    slow = chances.soon * (1 - chances.fast_if_soon)
    shares = [chances.soon * chances.fast_if_soon, slow * chances.instant_if_slow, slow * (1 - chances.instant_if_slow)]
    shares.append((1 - chances.soon) * (1 - UNANSWERED * (1 - chances.first_contact)))
    usual = sum(share * mean for share, mean in zip(shares, (fast, instant, soon, later), strict=True))
    kept = truth.plants.stuck(truth.platforms)
    bot, queue = (np.array([60 * np.mean(getattr(s, leg)) for s in kept])[:, None] for leg in ("bot", "queue"))
    axes = (1, 3, 4)
    held = (chances.weight * passed_on * stuck).sum(axis=axes)
    answered = (chances.weight * free * sum(shares)).sum(axis=axes) + held
    waited = (chances.weight * free * usual).sum(axis=axes)
    return Waits((waited + held * (bot + queue)) / answered, (waited + held * queue) / answered)


def _means() -> tuple[float, float, float, float]:
    """Mean seconds of each pace, as `clocks.human_wait` draws it."""
    beta = [a / (a + b) for a, b in (FAST_SHAPE, SOON_SHAPE)]
    later = np.minimum(301 + np.exp(stats.norm.ppf(QUANTILES, *LATER)), LONGEST_WAIT).mean()
    return 2 + 28 * beta[0], 31 + 29 / 2, 61 + 239 * beta[1], float(later)
