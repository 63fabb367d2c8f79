"""How long things take, in whole seconds, given whether they met their limit. NaN: never."""

from dataclasses import dataclass

import numpy as np

from evalcore.simulate.toss import happens

HOUR = 3600
DAY = 24 * HOUR
LONGEST_WAIT = 20 * HOUR
FAST_SHAPE, SOON_SHAPE, LATER = (1.8, 1.4), (1.1, 2.0), (6.6, 1.1)
"""Beta shapes of waits within 30 s and between 1 and 5 min; log mean and spread of what exceeds 5 min."""
TALK_SPREAD = 0.6
NEVER_SETTLED = 0.15
NEVER_OUTLINED = 0.1


@dataclass(frozen=True)
class Pace:
    """Whether an answer came within 30 s, 60 s, 5 min; each includes the one before."""

    fast: np.ndarray
    instant: np.ndarray
    soon: np.ndarray


def human_wait(pace: Pace, rng: np.random.Generator) -> np.ndarray:
    """Seconds to a human: at most 30 where fast, 60 where instant, 300 where soon, else up to LONGEST_WAIT."""
    number = len(pace.fast)
    within_30 = 2 + 28 * rng.beta(*FAST_SHAPE, number)
    within_60 = 31 + 29 * rng.random(number)
    within_300 = 61 + 239 * rng.beta(*SOON_SHAPE, number)
    later = np.minimum(301 + np.exp(rng.normal(*LATER, number)), LONGEST_WAIT)
    quick = np.where(pace.fast, within_30, np.where(pace.instant, within_60, within_300))
    return np.floor(np.where(pace.soon, quick, later))


def bot_wait(fast: np.ndarray, instant: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds until the bot closed the case."""
    slow = np.where(instant, 31 + 29 * rng.random(len(fast)), 61 + rng.exponential(40, len(fast)))
    return np.floor(np.where(fast, 3 + 27 * rng.beta(1.5, 2, len(fast)), slow))


def talk(minutes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds an agent handles a contact, around the given mean."""
    return np.floor(60 * minutes * np.exp(rng.normal(-(TALK_SPREAD**2) / 2, TALK_SPREAD, len(minutes))))


def handling(first_contact: np.ndarray, talking: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds from the answer to the end: the talk at the first contact, else hours or days more."""
    waiting = np.exp(rng.normal(np.log(18 * HOUR), 0.9, len(talking)))
    return np.floor(np.where(first_contact, talking, talking + waiting))


def outline(timely: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds to a first outline: at most a day where timely, else later or never."""
    later = DAY + 1 + rng.exponential(20 * HOUR, len(timely))
    late = np.where(rng.random(len(timely)) < NEVER_OUTLINED, np.nan, later)
    return np.floor(np.where(timely, 600 + (DAY - 600) * rng.beta(1.2, 1.8, len(timely)), late))


@dataclass(frozen=True)
class Settlement:
    """Durations of a return, exchange or refund: to the pickup, on to the approval, on to the money (or goods)."""

    pickup: np.ndarray
    approval: np.ndarray
    arrival: np.ndarray


def settlement(timely: np.ndarray, quick: np.ndarray, rng: np.random.Generator) -> Settlement:
    """Durations that fit together.

    Parameters
    ----------
    timely : ndarray
        Picked up within 24 h and settled within 72 h of the pickup.
    quick : ndarray
        Arrived within 48 h of the approval.
    """
    number = len(timely)
    fault = rng.choice(3, number, p=[0.55, 0.30, 0.15])  # late pickup, late settlement, both
    late_pickup, late_settled = ~timely & (fault != 1), ~timely & (fault != 0)
    arrival = np.where(quick, 1 + 47 * rng.beta(1.4, 1.6, number), 48.5 + 20 * rng.beta(1, 2, number))
    left = 71.5 - arrival
    approval = np.where(late_settled, left + 1 + rng.exponential(20, number), left * rng.beta(1.2, 2, number))
    pickup = np.where(late_pickup, 24.5 + rng.exponential(14, number), 2 + 21.5 * rng.beta(2, 1.6, number))
    never = late_settled & ~quick & happens(rng, np.full(number, NEVER_SETTLED))
    seconds = np.floor(np.stack([pickup, approval, np.where(never, np.nan, arrival)]) * HOUR)
    return Settlement(*seconds)
