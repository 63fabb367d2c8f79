"""The consumer survey: honest answers first, then careless, hasty and repeated ones, then open words."""

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.simulate.frames import labels, numbered, times
from evalcore.simulate.items import RATINGS, UNSCORED, as_frame, draw_ratings
from evalcore.simulate.respondents import draw_respondents
from evalcore.simulate.texts import open_answers
from evalcore.simulate.told import told_waits
from evalcore.simulate.toss import choose
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import random_days

ANSWERS_A_QUARTER = 60_000
"""Stated raw volume."""
CARELESS, HASTY, REPEATED, OUTSIDE = 0.06, 0.04, 0.02, 0.001
"""Shares of all rows; a row may be several of these."""
FAILED_TRAP = 0.7
TRAP = 4
FASTEST = 120
ADDRESSES = 256**3


def draw_survey(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per answer, in the order of submission."""
    edition = truth.edition
    number = round(ANSWERS_A_QUARTER * edition.simulation.volume) * len(edition.periods)
    quarter = np.repeat(np.arange(len(edition.periods)), number // len(edition.periods))
    platform = rng.choice(len(truth.share), number, p=truth.share)
    category = choose(rng, truth.category_share[platform])
    respondents = draw_respondents(number, rng)
    honest = _honest(as_frame(draw_ratings(truth, (platform, category, quarter), respondents, rng)), rng)
    answers = _careless(honest, rng)
    frame = pd.DataFrame(
        {
            "platform": labels(platform, truth.platforms),
            "category": labels(category, [c.id for c in edition.categories]),
            "submitted_at": times(_submitted(edition, quarter, rng)),
            "seconds": _seconds(number, rng),
            **respondents,
            **told_waits(truth, (platform, category, quarter), respondents["scene"], rng),
        }
    )
    ordered = pd.concat([frame, answers], axis=1).sort_values("submitted_at", kind="stable", ignore_index=True)
    return ordered.assign(
        respondent_id=numbered("P", number, 6), **_addresses(number, rng), **open_answers(ordered[list(RATINGS)], rng)
    )


def _honest(answers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Attentive people; where all ten ratings agree by chance one unscored rating moves by one.

    The rule against straight lines would take them for careless, and with them the most satisfied.
    """
    ratings = answers[list(RATINGS)].to_numpy(copy=True)
    alike = np.flatnonzero((ratings == ratings[:, :1]).all(axis=1))
    column = rng.choice([RATINGS.index(name) for name in UNSCORED], len(alike))
    ratings[alike, column] += np.where(ratings[alike, column] == 5, -1, 1)
    recommend = np.clip(np.round(2.1 * ratings[:, 0] - 1.2 + rng.normal(0, 1.3, len(ratings))), 0, 10).astype(int)
    return answers.assign(**dict(zip(RATINGS, ratings.T, strict=True)), recommend=recommend, trap=TRAP)


def _careless(answers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A share of rows fails the trap, gives ten equal answers, or both."""
    number = len(answers)
    careless = rng.random(number) < CARELESS
    failed = careless & (rng.random(number) < FAILED_TRAP)
    straight = careless & (~failed | (rng.random(number) < 0.3))
    scattered = rng.integers(1, 6, (number, len(RATINGS)))
    same = rng.choice([3, 4, 5], number, p=[0.3, 0.3, 0.4])[:, None]
    ratings = np.where(careless[:, None], np.where(straight[:, None], same, scattered), answers[list(RATINGS)])
    missed = rng.choice([1, 2, 3, 5], number)
    return answers.assign(**dict(zip(RATINGS, ratings.T, strict=True)), trap=np.where(failed, missed, TRAP))


def _submitted(edition: Edition, quarter: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds since 1970, in waking hours of the quarter; a few lie a year too early."""
    clock = 7 * 3600 + 59400 * rng.beta(1.6, 1.3, len(quarter))
    early = rng.random(len(quarter)) < OUTSIDE
    return random_days(edition, quarter, rng) - 366 * 86400 * early + np.floor(clock)


def _seconds(number: int, rng: np.random.Generator) -> np.ndarray:
    """Time taken; attentive people need two minutes at least."""
    usual = np.maximum(np.exp(rng.normal(np.log(290), 0.35, number)), FASTEST)
    return np.where(rng.random(number) < HASTY, rng.integers(25, FASTEST, number), usual).astype(int)


def _addresses(number: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Address and device; who answers again keeps one of them, or both."""
    again = rng.random(number) < REPEATED
    again[0] = False
    earlier = np.floor(rng.random(number) * np.arange(number)).astype(int)
    kept = rng.choice(3, number)  # address, device, both
    address = rng.choice(ADDRESSES, number, replace=False, shuffle=True)
    device = rng.permutation(number)
    address = np.where(again & (kept != 1), address[earlier], address)
    device = np.where(again & (kept != 0), device[earlier], device)
    dotted = [f"10.{a >> 16}.{a >> 8 & 255}.{a & 255}" for a in address.tolist()]
    return {"ip": np.array(dotted, dtype=object), "device": numbered("D", number, 7)[device]}
