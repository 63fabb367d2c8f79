"""What respondents say of bot and wait, each about one contact like those in the tickets."""

import numpy as np
import pandas as pd

from evalcore.simulate.answers import draw_answers
from evalcore.simulate.chances import chances_of
from evalcore.simulate.contacts import contacts_at
from evalcore.simulate.frames import flags
from evalcore.simulate.targets import SCENES
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import Year, year_of

MEMORY = 0.15
"""Spread of told waits around the real ones, on the log scale."""


def told_waits(
    truth: Truth, place: tuple[np.ndarray, ...], scene: np.ndarray, rng: np.random.Generator
) -> dict[str, pd.Series]:
    """`bot_handled` of those who met the bot, `waited_min` of those whom a human answered; blank elsewhere.

    Parameters
    ----------
    place : tuple of ndarray
        Platform, category and quarter (indices) per respondent.
    scene : ndarray
        Code per respondent.
    """
    (platform, category, quarter), year = place, year_of(truth.edition)
    codes = pd.Index(SCENES).get_indexer(scene)
    contacts = contacts_at(platform, category, _days(year, quarter, rng), codes, truth, year, rng)
    answers = draw_answers(contacts, chances_of(truth, year), truth.plants, truth.platforms, rng)
    minutes = answers.human_s / 60 * np.exp(rng.normal(0, MEMORY, len(platform)))
    return {
        "bot_handled": flags(answers.bot_solved, contacts.bot_first),
        "waited_min": pd.Series(np.round(minutes)).astype("Int64"),
    }


def _days(year: Year, quarter: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Index of a day in each quarter, busy days more often."""
    before = np.concatenate([[0], np.cumsum(np.bincount(year.quarter, year.load))])
    share = before[quarter] + rng.random(len(quarter)) * (before[quarter + 1] - before[quarter])
    return np.minimum(np.searchsorted(np.cumsum(year.load), share), len(year.days) - 1)
