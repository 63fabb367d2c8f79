"""How long things take, in whole seconds, given whether they met their limit. NaN: never."""

from dataclasses import dataclass

import numpy as np

from evalcore.simulate.toss import happens

HOUR = 3600
DAY = 24 * HOUR
LONGEST_WAIT = 20 * HOUR
NEVER_SETTLED = 0.15
NEVER_OUTLINED = 0.1


def human_wait(fast: np.ndarray, soon: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds to a human: at most 30 where fast, 300 where soon, else up to LONGEST_WAIT."""
    number = len(fast)
    within_30 = 2 + 28 * rng.beta(1.8, 1.4, number)
    within_300 = 31 + 269 * rng.beta(1.1, 2.0, number)
    later = np.minimum(301 + np.exp(rng.normal(6.6, 1.1, number)), LONGEST_WAIT)
    return np.floor(np.where(fast, within_30, np.where(soon, within_300, later)))


def bot_wait(fast: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds until the bot closed the case."""
    return np.floor(np.where(fast, 3 + 27 * rng.beta(1.5, 2, len(fast)), 31 + rng.exponential(40, len(fast))))


def handling(first_contact: np.ndarray, promotion: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds from the answer to the end: minutes at the first contact (longer in promotions), else hours or days."""
    talk = np.exp(rng.normal(6.2, 0.6, len(promotion))) * np.where(promotion == 1, 2.2, 1.0)
    waiting = np.exp(rng.normal(np.log(18 * HOUR), 0.9, len(promotion)))
    return np.floor(60 + np.where(first_contact, talk, talk + waiting))


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
