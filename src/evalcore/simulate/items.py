"""The items of the survey: what each is drawn around, and how the answers of one person hang together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.simulate.link import link_of
from evalcore.simulate.respondents import EASE_EFFECTS, RATING_EFFECTS, Effects, effect_of, population_effects
from evalcore.simulate.solve import solve
from evalcore.simulate.truth import Truth

CUTS = np.array([-3.4, -2.3, -1.3, 0.1])
"""Thresholds of the five levels on the logit scale."""
TOP_TWO = 3


@dataclass(frozen=True)
class Item:
    """One answer: `follows` names the indicator or dimension it is drawn around.

    `loading` is its correlation with the person's satisfaction, both taken as normal. `usual` is the mean level
    or the share at 70 points of a dimension; indicators bring their own.
    """

    follows: str
    loading: float
    kind: str = "rating"
    effects: str = "rating"
    usual: float = 3.9


EFFECTS: dict[str, Effects] = {"rating": RATING_EFFECTS, "ease": EASE_EFFECTS}

ITEMS = {
    "csat": Item("E1", 0.85, "mean"),
    "speed": Item("R", 0.6),
    "professionalism": Item("E2", 0.75, "top_two"),
    "attitude": Item("E4", 0.7, "top_two"),
    "result": Item("S", 0.8),
    "clarity": Item("C", 0.55),
    "fairness": Item("S", 0.65),
    "progress": Item("S", 0.6),
    "channels": Item("R", 0.5),
    "trust": Item("E", 0.75),
    "material_once": Item("E3", 0.45, "flag", "ease"),
    "not_passed_around": Item("S", 0.5, "flag", usual=0.73),
    "solved": Item("S", 0.65, "flag", usual=0.72),
}
"""Column -> how it is drawn; every item is worded so that yes, or more, is better."""

RATINGS = tuple(name for name, item in ITEMS.items() if item.kind != "flag")
UNSCORED = tuple(name for name in RATINGS if ITEMS[name].kind == "rating")
REACH = 12.0
PER_POINT = {"rating": 0.02, "flag": 0.006}
POSSIBLE = {"rating": (1.5, 4.8), "flag": (0.05, 0.95)}


def draw_ratings(
    truth: Truth, place: tuple[np.ndarray, ...], respondents: dict[str, np.ndarray], rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Item -> level 1 to 5, or yes and no, per respondent.

    Parameters
    ----------
    place : tuple of ndarray
        Platform, category and quarter (indices) per respondent.
    respondents : dict of str to ndarray
        Segment -> code per respondent.
    """
    link, satisfaction, answers = link_of(truth), rng.normal(size=len(place[0])), {}
    effects = {name: effect_of(respondents, by_segment) for name, by_segment in EFFECTS.items()}
    for name, item in ITEMS.items():
        own = rng.normal(size=len(satisfaction))
        inclination = item.loading * satisfaction + np.sqrt(1 - item.loading**2) * own
        spread = link.scale[place[0]] * link.quantile(inclination)
        latent = predictor(truth, item)[place] + effects[item.effects] + spread
        answers[name] = latent > 0 if item.kind == "flag" else 1 + np.searchsorted(CUTS, latent)
    return answers


def predictor(truth: Truth, item: Item) -> np.ndarray:
    """(platforms, categories, quarters) Logit-scale level that makes the population's answers meet the truth."""
    offset, link = _offset(truth, item), link_of(truth)
    sums, shares = population_effects(truth.edition, EFFECTS[item.effects])
    scale = link.scale[:, None, None, None]
    weight = truth.category_share[:, :, None, None] / offset.shape[2] * shares

    def mean(intercept: np.ndarray) -> np.ndarray:
        level = intercept[:, None, None, None] + offset[..., None] + sums
        expected = EXPECTED[item.kind](lambda cut: link.above((level - cut) / scale))
        return (expected * weight).sum(axis=(1, 2, 3))

    return solve(mean, target(truth, item), reach=REACH)[:, None, None] + offset


def target(truth: Truth, item: Item) -> np.ndarray:
    """(platforms,) What the population's mean level, or share, is to be."""
    if item.kind == "mean":
        return truth.values[item.follows].to_numpy()
    if item.follows in truth.values:
        return truth.rate(item.follows)
    points = truth.dimensions[item.follows].to_numpy()
    return np.clip(item.usual + PER_POINT[item.kind] * (points - 70), *POSSIBLE[item.kind])


def _offset(truth: Truth, item: Item) -> np.ndarray:
    """Items without an indicator of their own share the effects of satisfaction."""
    return truth.offset(item.follows if item.follows in truth.values else "E1")


EXPECTED: dict[str, Callable[[Callable[[float], np.ndarray]], np.ndarray]] = {
    "mean": lambda above: 1 + sum(above(cut) for cut in CUTS),
    "rating": lambda above: 1 + sum(above(cut) for cut in CUTS),
    "top_two": lambda above: above(CUTS[TOP_TWO - 1]),
    "flag": lambda above: above(0.0),
}
"""Kind of an item -> its expected answer, from the chance of being above a cut."""


def as_frame(answers: dict[str, np.ndarray]) -> pd.DataFrame:
    """The answers under the columns of the questionnaire, which asks for the bad in two of them."""
    frame = pd.DataFrame(answers)
    turned = {"material_twice": ~frame["material_once"], "passed_around": ~frame["not_passed_around"]}
    return frame.drop(columns=["material_once", "not_passed_around"]).assign(**turned)
