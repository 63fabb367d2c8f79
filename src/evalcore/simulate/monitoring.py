"""The service monitoring survey: one contact per answer, what it was like and what went wrong."""

import numpy as np
import pandas as pd

from evalcore.simulate.chances import calibrated
from evalcore.simulate.dishonest import addresses, seconds_taken, submitted
from evalcore.simulate.frames import flags, labels, numbered, times
from evalcore.simulate.items import CUTS, ITEMS, predictor
from evalcore.simulate.link import link_of
from evalcore.simulate.targets import SCENE_SHARES, SCENES
from evalcore.simulate.told import told_waits
from evalcore.simulate.toss import choose, happens
from evalcore.simulate.truth import Truth

ANSWERS = 13_000
"""Stated raw volume of a year."""
CARELESS = 0.015
FASTEST, USUAL_S = 120, 240
TRAP = 4
PROFESSIONAL, UNDERSTOOD = 0.70, 0.70
"""Published means over platforms: users who found the agent professional, bots that understood what was wanted."""
PER_POINT = 0.05
"""Logit scale; how much a point of the platform's own score changes either."""
UNDERSTOOD_IF = (0.90, 0.52)
"""Whether the bot understood, of those whose problem it could and could not handle; moved to the published mean."""

PROBLEMS: dict[str, tuple[str, float]] = {
    "slow": ("R", 0.34),
    "scripted": ("E", 0.37),
    "unsolved": ("S", 0.31),
    "material_again": ("E", 0.22),
    "unclear_rules": ("C", 0.19),
    "passed_around": ("S", 0.27),
    "bot_loop": ("R", 0.45),
    "transfer_dropped": ("R", 0.16),
}
"""Problem -> the dimension whose score makes it rarer, and its share at the mean score. Only those who met the bot
can be kept in its loop; only those who were passed to a human can be dropped on the way."""
PROBLEM_PER_POINT = 0.04
PASSED_ON = 0.4
"""Share of those a human answered who had been passed on."""
LOOP_MORE = 1.6
"""Logit scale; how much more often those are kept in the loop whose problem the bot could not handle."""


def draw_monitoring(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per answer, in the order of submission; platforms have equal shares, as the panel is a quota sample."""
    edition, quarters = truth.edition, len(truth.edition.periods)
    number = round(ANSWERS * edition.simulation.volume)
    platform = rng.permutation(np.resize(np.arange(len(truth.platforms)), number))
    category = choose(rng, truth.category_share[platform])
    quarter = rng.integers(0, quarters, number)
    scene = np.array(SCENES, dtype=object)[rng.choice(len(SCENES), number, p=SCENE_SHARES)]
    told = told_waits(truth, (platform, category, quarter), scene, rng)
    frame = pd.DataFrame(
        {
            "platform": labels(platform, truth.platforms),
            "category": labels(category, [c.id for c in edition.categories]),
            "submitted_at": times(submitted(edition, quarter, rng)),
            "seconds": seconds_taken(number, USUAL_S, FASTEST, rng),
            "scene": scene,
            **told,
            "csat": _satisfaction(truth, (platform, category, quarter), rng),
            "professional": happens(rng, _shares(truth, "E2", PROFESSIONAL)[platform]),
            "bot_understood": _understood(told["bot_handled"], rng),
            **_problems(truth, platform, told, rng),
            "trap": np.where(rng.random(number) < CARELESS, rng.choice([1, 2, 3, 5], number), TRAP),
        }
    ).sort_values("submitted_at", kind="stable", ignore_index=True)
    return frame.assign(respondent_id=numbered("N", number, 6), **addresses(number, rng))


def _satisfaction(truth: Truth, place: tuple[np.ndarray, ...], rng: np.random.Generator) -> np.ndarray:
    """Level 1 to 5, around the same truth as in the consumer survey."""
    link = link_of(truth)
    spread = link.scale[place[0]] * link.quantile(rng.normal(size=len(place[0])))
    return 1 + np.searchsorted(CUTS, predictor(truth, ITEMS["csat"])[place] + spread)


def _shares(truth: Truth, indicator: str, mean: float) -> np.ndarray:
    """(platforms,) Shares that differ as the indicator's points do, around a published mean."""
    points = truth.points[indicator].to_numpy()
    return _around(PER_POINT * (points - points.mean()), mean)


def _around(offset: np.ndarray, mean: float) -> np.ndarray:
    return calibrated(np.array([mean]), offset[None, :], np.ones((1, len(offset))))[0]


def _understood(handled: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Of those who met the bot; the mean is the published one whatever the share it could handle."""
    met, yes = handled.notna().to_numpy(), handled.fillna(False).to_numpy(dtype=bool)
    share = yes[met].mean() if met.any() else 0.5
    move = UNDERSTOOD - (share * UNDERSTOOD_IF[0] + (1 - share) * UNDERSTOOD_IF[1])
    return flags(happens(rng, np.where(yes, *UNDERSTOOD_IF) + move), met)


def _problems(
    truth: Truth, platform: np.ndarray, told: dict[str, pd.Series], rng: np.random.Generator
) -> dict[str, object]:
    """Problem -> yes or no, blank for those who cannot have it."""
    handled, answered = told["bot_handled"], told["waited_min"].notna().to_numpy()
    failed = handled.eq(False).fillna(False).to_numpy(dtype=bool)
    asked = {
        "bot_loop": handled.notna().to_numpy(),
        "transfer_dropped": answered & (rng.random(len(platform)) < PASSED_ON),
    }
    found: dict[str, object] = {}
    for name, (dimension, mean) in PROBLEMS.items():
        scores = truth.dimensions[dimension].to_numpy()
        chance = _around(-PROBLEM_PER_POINT * (scores - scores.mean()), mean)[platform]
        if name == "bot_loop":
            chance = chance * np.where(failed, LOOP_MORE, 1 / LOOP_MORE)
        happened = happens(rng, np.minimum(chance, 0.97))
        found[name] = flags(happened, asked[name]) if name in asked else happened
    return found
