"""Invited judges: experts in two rounds, mystery shoppers visit by visit."""

import numpy as np
import pandas as pd

from evalcore.simulate.frames import flags, labels, numbered, times
from evalcore.simulate.plan import Plan, expert_ids
from evalcore.simulate.reports import by_quarter
from evalcore.simulate.toss import happens
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import random_days

SEVERITY = 0.3
SEVERE = 1.3
FAVOUR = 1.5
"""Points by which the outstanding experts deviate, and the one with a conflict of interest for that platform."""
ROUNDS = {"blind": (1.0, 0.8), "discussed": (0.5, 0.55)}
"""Round -> how much of the severity is left, spread of a score."""

SHOPPERS = 50
VISITS_A_QUARTER = 10
"""Per platform; 600 visits by 50 shoppers for 15 platforms in four quarters."""
WITH_BOT = 0.8
OPEN_HOURS = (9 * 3600, 22 * 3600)
RATINGS_IF_TOP = ((4, 5), (0.55, 0.45))
RATINGS_IF_NOT = ((1, 2, 3), (0.12, 0.28, 0.60))


def draw_experts(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per expert, platform, dimension and round; scores of 1 to 10."""
    experts, scores = expert_ids(), truth.dimensions
    severity = _severity(truth.plan, rng)
    favour = np.zeros((len(experts), len(scores), 1))
    favour[experts.index(truth.plan.conflict[0]), truth.platforms.index(truth.plan.conflict[1])] = FAVOUR
    merit = scores.to_numpy() / 10 + favour  # (experts, platforms, dimensions)
    rounds = {
        name: merit - severity[:, None, None] * left + _errors(rng, spread, merit.shape)
        for name, (left, spread) in ROUNDS.items()
    }
    index = pd.MultiIndex.from_product(
        [list(rounds), experts, scores.index, scores.columns], names=["round", "expert", "platform", "dimension"]
    )
    judged = np.clip(np.round(np.stack(list(rounds.values()))), 1, 10).astype(int)
    frame = pd.DataFrame({"score": judged.ravel()}, index=index).reset_index()
    expert, platform = truth.plan.conflict
    return frame.assign(conflict=(frame["expert"] == expert) & (frame["platform"] == platform))


def _errors(rng: np.random.Generator, spread: float, shape: tuple[int, ...]) -> np.ndarray:
    """What a judgement is off by; on average nothing in a dimension, so that the panel keeps the published level."""
    errors = rng.normal(0, spread, shape)
    return errors - errors.mean(axis=(0, 1))


def _severity(plan: Plan, rng: np.random.Generator) -> np.ndarray:
    """(experts,) Points below the truth; zero on average, one severe and one lenient."""
    severity = pd.Series(rng.normal(0, SEVERITY, len(expert_ids())), index=expert_ids())
    severity -= severity.mean()
    severity[[plan.severe, plan.lenient]] = [SEVERE, -SEVERE]
    return (severity - severity.mean()).to_numpy()


def draw_mystery(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per visit; every platform is visited in every quarter."""
    shape = (len(truth.platforms), len(truth.edition.periods), VISITS_A_QUARTER)
    platform, quarter = (axis.ravel() for axis in np.indices(shape)[:2])
    number = len(platform)
    with_bot = rng.random(number) < WITH_BOT
    solved = happens(rng, by_quarter(truth, "R5")[platform, quarter])
    frame = pd.DataFrame(
        {
            "shopper": _shoppers(number, rng),
            "platform": labels(platform, truth.platforms),
            "visited_at": times(random_days(truth.edition, quarter, rng) + rng.integers(*OPEN_HOURS, number)),
            "bot_solved": flags(solved, with_bot),
            "minutes_to_human": np.where(with_bot & solved, np.nan, np.round(0.2 + rng.gamma(0.8, 3.5, number), 1)),
            "professionalism": _ratings(by_quarter(truth, "E2")[platform, quarter], rng),
            "attitude": _ratings(by_quarter(truth, "E4")[platform, quarter], rng),
        }
    ).sort_values("visited_at", kind="stable", ignore_index=True)
    return frame.assign(visit_id=numbered("V", number, 4))


def _shoppers(number: int, rng: np.random.Generator) -> np.ndarray:
    """Visits dealt evenly, in random order."""
    names = numbered("M", SHOPPERS, 2)
    return rng.permutation(np.resize(names, number))


def _ratings(top_two: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Levels 1 to 5 with the given chance of a 4 or 5."""
    high, low = (rng.choice(levels, len(top_two), p=chances) for levels, chances in (RATINGS_IF_TOP, RATINGS_IF_NOT))
    return np.where(happens(rng, top_two), high, low)
