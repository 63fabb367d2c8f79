"""The consumer survey: honest answers first, then careless, hasty and repeated ones, then open words."""

import numpy as np
import pandas as pd

from evalcore.simulate.claims import without_claims
from evalcore.simulate.dishonest import addresses, seconds_taken, submitted
from evalcore.simulate.frames import labels, numbered, times
from evalcore.simulate.items import RATINGS, UNSCORED, as_frame, draw_ratings
from evalcore.simulate.more import more_of_answers
from evalcore.simulate.respondents import draw_respondents
from evalcore.simulate.texts import open_answers
from evalcore.simulate.told import told_waits
from evalcore.simulate.toss import choose
from evalcore.simulate.truth import Truth

ANSWERS_A_QUARTER = 60_000
"""Stated raw volume."""
CARELESS = 0.06
USUAL_S = 290
FAILED_TRAP, STRAIGHT_TOO = 0.7, 0.3
"""Of the careless: share that fails the trap, and share of those that also gives ten equal answers."""
TRAP = 4
FASTEST = 120


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
            "submitted_at": times(submitted(edition, quarter, rng)),
            "seconds": seconds_taken(number, USUAL_S, FASTEST, rng),
            **respondents,
            **told_waits(truth, (platform, category, quarter), respondents["scene"], rng),
        }
    )
    ordered = pd.concat([frame, answers], axis=1).sort_values("submitted_at", kind="stable", ignore_index=True)
    more = more_of_answers(ordered, truth)
    return without_claims(ordered).assign(
        respondent_id=numbered("P", number, 6),
        **addresses(number, rng),
        **open_answers(ordered[list(RATINGS)], rng),
        **more,
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
    straight = careless & (~failed | (rng.random(number) < STRAIGHT_TOO))
    scattered = rng.integers(1, 6, (number, len(RATINGS)))
    same = rng.choice([3, 4, 5], number, p=[0.3, 0.3, 0.4])[:, None]
    ratings = np.where(careless[:, None], np.where(straight[:, None], same, scattered), answers[list(RATINGS)])
    missed = rng.choice([1, 2, 3, 5], number)
    return answers.assign(**dict(zip(RATINGS, ratings.T, strict=True)), trap=np.where(failed, missed, TRAP))
