"""Who answers a contact, how soon, and whether that solves it."""

from dataclasses import dataclass

import numpy as np

from evalcore.simulate import clocks
from evalcore.simulate.chances import ABANDONED, Chances
from evalcore.simulate.contacts import Contacts
from evalcore.simulate.plants import Plants
from evalcore.simulate.toss import happens

UNANSWERED = 0.1
"""Share that no human ever answers, of contacts that waited long and stayed unsolved."""
WITH_BOT = (0.15, 0.6)
"""Of the wait of those whom the bot passes on: the share that passes before they ask for a human."""


@dataclass(frozen=True)
class Answers:
    """One element per contact; seconds since the contact was opened, NaN where it did not happen."""

    bot_solved: np.ndarray
    asked_human: np.ndarray
    pace: clocks.Pace
    first_contact: np.ndarray
    bot_s: np.ndarray
    """Until the bot closed the case."""
    asked_s: np.ndarray
    """Until the user asked for a human."""
    human_s: np.ndarray
    """Until a human answered."""

    @property
    def answered(self) -> np.ndarray:
        """Whether a human answered."""
        return np.isfinite(self.human_s)


def draw_answers(
    contacts: Contacts, chances: Chances, plants: Plants, platforms: list[str], rng: np.random.Generator
) -> Answers:
    """Answers to contacts, with what is planted at some platforms."""
    cell, never = contacts.cell, np.full(len(contacts.opened), np.nan)
    bot_solved = contacts.bot_first & happens(rng, chances.bot_solves[cell])
    abandoned = contacts.bot_first & ~bot_solved & (rng.random(len(never)) < ABANDONED)
    asked = ~bot_solved & ~abandoned
    stuck = asked & contacts.bot_first & happens(rng, chances.stuck[contacts.platform])
    pace = _pace(contacts, chances, bot_solved, asked & ~stuck, rng)
    first_contact = bot_solved | (asked & happens(rng, chances.first_contact[cell]))
    unanswered = asked & ~stuck & ~pace.soon & ~first_contact & (rng.random(len(never)) < UNANSWERED)
    usual = clocks.human_wait(pace, rng)
    before = np.where(contacts.bot_first, np.floor(usual * rng.uniform(*WITH_BOT, len(never))), 0)
    kept, queued = _kept_waiting(contacts, plants, platforms, rng)
    asked_s = np.where(stuck, kept, before)
    human = np.where(stuck, kept + queued, usual)
    return Answers(
        bot_solved=bot_solved,
        asked_human=asked,
        pace=pace,
        first_contact=first_contact,
        bot_s=np.where(bot_solved, clocks.bot_wait(pace.fast, pace.instant, rng), never),
        asked_s=np.where(asked, asked_s, never),
        human_s=np.where(asked & ~unanswered, human, never),
    )


def _pace(
    contacts: Contacts, chances: Chances, bot_solved: np.ndarray, asked: np.ndarray, rng: np.random.Generator
) -> clocks.Pace:
    cell = contacts.cell
    human_soon = np.where(contacts.night, chances.human_soon_night[cell], chances.human_soon_day[cell])
    soon = asked & happens(rng, human_soon)
    fast = happens(rng, np.where(bot_solved, chances.bot_fast[cell], soon * chances.fast_if_soon[cell]))
    instant = fast | ((soon | bot_solved) & happens(rng, chances.instant_if_slow[cell]))
    return clocks.Pace(fast, instant, soon)


def _kept_waiting(
    contacts: Contacts, plants: Plants, platforms: list[str], rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Seconds with the bot, and in the queue after it, where a planted bot keeps people from a human."""
    number, stuck = len(contacts.opened), plants.stuck(platforms)
    legs = [np.array([getattr(s, leg) for s in stuck])[contacts.platform] * 60.0 for leg in ("bot", "queue")]
    return tuple(np.floor(leg[:, 0] + (leg[:, 1] - leg[:, 0]) * rng.random(number)) for leg in legs)
