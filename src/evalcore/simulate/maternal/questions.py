"""Questions beside the scales: what happened, what was expected, what followed; blank where they were not asked."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.simulate.frames import flags, labels
from evalcore.simulate.maternal.groups import LEVELS, PER_LEVEL, SHARES, Groups
from evalcore.simulate.toss import choose, happens

NIGHT = 0.15
WAIT_DAY_MIN, WAIT_NIGHT_MIN = 5.66, 22.6
"""Mean minutes to a human; with 15 % at night the mean of all is 8.2."""
WAIT_PER_POINT = 0.1
"""Minutes by which those wait longer who are a point less satisfied: the slope of satisfaction on minutes is -1.2."""
WAIT_SPREAD_MIN = 4.4
TWO_PROBLEMS = 0.324
RETURN_STEPS, RETURN_DAYS = 4.2, 3.8
REFUND_DAYS = {"head": 3.9, "small-mid": 5.7, "brand": 4.8}
EMERGENCY, EMERGENCY_MIN = 0.12, 45.0
SATISFIED = 2
"""Index of the lowest level above the middle."""

BY_SATISFACTION: dict[str, tuple[float, float]] = {
    "solved_first_contact": (0.413, 0.25),
    "lacks_empathy": (0.328, 0.50),
    "gave_up": (0.68, 0.90),
    "likes_brand": (0.85, 0.75),
}
"""Question -> share of yes among all, and among the dissatisfied."""
REPURCHASED, RECOMMENDS = (0.785, 0.312), (0.63, 0.18)
"""Shares among the satisfied (80 and over) and the others (60 and under)."""


@dataclass(frozen=True)
class Asked:
    """A yes-or-no question: who is asked (factor and code, or everybody), and shares of yes by a factor's codes."""

    share: dict[str, float]
    by: str
    among: tuple[str, str] | None = None


QUESTIONS: dict[str, Asked] = {
    "expects_always": Asked({"tier-1": 0.923, "new-1": 0.82, "tier-2": 0.76, "tier-3": 0.658}, "city_tier"),
    "expects_door": Asked({"tier-1": 0.92, "new-1": 0.80, "tier-2": 0.74, "tier-3": 0.62}, "city_tier"),
    "got_door": Asked({"tier-1": 0.68, "new-1": 0.50, "tier-2": 0.40, "tier-3": 0.24}, "city_tier"),
    "expects_pickup": Asked({"social": 0.6, "price": 0.89, "other": 0.6}, "path", ("path", "price")),
    "expects_one_policy": Asked({"single": 0.5, "several": 0.78}, "channel_use", ("channel_use", "several")),
    "wants_guidance": Asked({"pregnancy": 0.5, "0-1": 0.75, "1-3": 0.3, "3-6": 0.2}, "stage", ("stage", "0-1")),
    "got_guidance": Asked({"pregnancy": 0.1, "0-1": 0.17, "1-3": 0.1, "3-6": 0.1}, "stage", ("stage", "0-1")),
    "wants_channel": Asked({"first-time": 0.3, "repeat": 0.63}, "buyer", ("buyer", "repeat")),
    "got_subsidy": Asked({"under-10k": 0.26, "10k-30k": 0.42, "30k-50k": 0.5, "over-50k": 0.55}, "income_band"),
    "expects_knowledge": Asked({"yes": 0.85, "no": 0.66}, "born_after_1995"),
    "empathy_decides": Asked({"yes": 0.72, "no": 0.55}, "born_after_1995"),
    "compensation_disputed": Asked({"head": 0.472, "small-mid": 0.472, "brand": 0.472}, "store"),
}
"""Questions about expectation and experience (D4), each by the group for which a share is published."""

NEEDS = ("safety_proof", "use_guidance", "quick_repair", "apology", "content", "pickup", "one_policy", "compensation")
FIRST_NEED = {
    "pregnancy": (0.42, 0.10, 0.06, 0.10, 0.06, 0.10, 0.08, 0.08),
    "0-1": (0.16, 0.34, 0.08, 0.12, 0.06, 0.10, 0.06, 0.08),
    "1-3": (0.10, 0.08, 0.34, 0.20, 0.06, 0.08, 0.06, 0.08),
    "3-6": (0.08, 0.06, 0.12, 0.10, 0.38, 0.10, 0.08, 0.08),
}
"""Stage -> share of each need named first; the three named are in the order of their importance."""


def draw_questions(
    codes: dict[str, np.ndarray], level: np.ndarray, groups: Groups, rng: np.random.Generator
) -> dict[str, object]:
    """Question -> answers.

    Parameters
    ----------
    codes : dict of str to ndarray
        Factor -> code per respondent.
    level : ndarray
        Index of the overall level per respondent.
    """
    satisfied = level >= SATISFIED
    asked = {name: _asked(question, codes, rng) for name, question in QUESTIONS.items()}
    by_level = {
        name: happens(rng, np.where(satisfied, _rest(share, low, groups), low))
        for name, (share, low) in BY_SATISFACTION.items()
    }
    after = {
        name: happens(rng, np.where(satisfied, *shares))
        for name, shares in (("repurchased", REPURCHASED), ("recommends", RECOMMENDS))
    }
    return asked | by_level | after | _events(codes, level, groups, rng) | _needs(codes["stage"], rng)


def _asked(question: Asked, codes: dict[str, np.ndarray], rng: np.random.Generator) -> pd.Series:
    chance = pd.Series(codes[question.by]).map(question.share).to_numpy(float)
    factor, code = question.among or (question.by, None)
    return flags(happens(rng, chance), (codes[factor] == code) if code else np.ones(len(chance), dtype=bool))


def _rest(share: float, low: float, groups: Groups) -> float:
    """Share of yes among the satisfied, given that of all and that of the others."""
    satisfied = groups.shares[SATISFIED:].sum()
    return (share - (1 - satisfied) * low) / satisfied


def _events(
    codes: dict[str, np.ndarray], level: np.ndarray, groups: Groups, rng: np.random.Generator
) -> dict[str, object]:
    number, problem = len(level), codes["problem"] != "none"
    night = rng.random(number) < NIGHT
    distance = groups.shares @ LEVELS * PER_LEVEL - LEVELS[level] * PER_LEVEL
    mean = np.where(night, WAIT_NIGHT_MIN, WAIT_DAY_MIN) + WAIT_PER_POINT * distance
    second = happens(rng, np.where(problem, TWO_PROBLEMS / (1 - SHARES["problem"]["none"]), 0.0))
    returned, emergency = codes["contact"] == "return", rng.random(number) < EMERGENCY
    refund = pd.Series(codes["store"]).map(REFUND_DAYS).to_numpy(float)
    return {
        "night": night,
        "waited_min": np.round(rng.gamma((mean / WAIT_SPREAD_MIN) ** 2, WAIT_SPREAD_MIN**2 / mean), 1),
        "problems": problem.astype(int) + second,
        "return_steps": _where(returned, 1 + rng.poisson(RETURN_STEPS - 1, number)).astype("Int64"),
        "return_days": _where(returned, np.round(rng.gamma(4, RETURN_DAYS / 4, number), 1)),
        "refund_days": _where(returned, np.round(rng.gamma(4, refund / 4), 1)),
        "emergency_min": _where(emergency, np.round(rng.gamma(2, EMERGENCY_MIN / 2, number), 1)),
        "expects_immediate": flags(rng.random(number) < 0.98, emergency),
    }


def _where(known: np.ndarray, values: np.ndarray) -> pd.Series:
    return pd.Series(np.where(known, values, np.nan)).astype("Float64").mask(~known)


def _needs(stage: np.ndarray, rng: np.random.Generator) -> dict[str, pd.Series]:
    """The three most important needs in order, each named once."""
    left = np.array([FIRST_NEED[s] for s in stage])
    named = {}
    for place in ("first", "second", "third"):
        chosen = choose(rng, left / left.sum(axis=1, keepdims=True))
        named[f"need_{place}"] = labels(chosen, NEEDS)
        left[np.arange(len(left)), chosen] = 0
    return named
