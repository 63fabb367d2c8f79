"""Who answers: shares in the sample, in the population, and how groups differ in what they say."""

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.simulate.targets import SCENE_SHARES, SCENES
from evalcore.simulate.toss import choose

SAMPLE = {
    "age_band": {"18-24": 0.24, "25-34": 0.36, "35-44": 0.23, "45-59": 0.125, "60+": 0.045},
    "gender": {"female": 0.55, "male": 0.45},
    "city_tier": {"tier-1": 0.24, "new-1": 0.28, "tier-2": 0.24, "tier-3": 0.24},
    "income_band": {"under-5k": 0.25, "5k-10k": 0.40, "10k-20k": 0.25, "over-20k": 0.10},
    "consumption": {"low": 0.30, "middle": 0.50, "high": 0.20},
    "channel_use": {"single": 0.40, "several": 0.60},
    "buyer": {"first-time": 0.30, "repeat": 0.70},
    "scene": dict(zip(SCENES, SCENE_SHARES.tolist(), strict=True)),
}
"""Shares among those who answer; the population of the edition's margins is older and less urban."""

MODES = {"push": 0.58, "social": 0.36, "paper": 0.06}
MODES_OF_OLDER = {"push": 0.35, "social": 0.15, "paper": 0.50}
OLDER = "60+"

RATING_EFFECTS = {
    "age_band": {"25-34": 0.05, "45-59": -0.10, "60+": -0.35},
    "city_tier": {"tier-1": -0.15, "tier-3": 0.10},
    "income_band": {"over-20k": 0.10, "under-5k": -0.05},
    "channel_use": {"several": -0.10, "single": 0.10},
    "buyer": {"first-time": -0.10},
    "mode": {"social": -0.15, "paper": 0.10},
    "scene": {"consultation": 0.15, "return": -0.20, "complaint": -1.35},
}
"""Differences in every rating on the logit scale, against 0 where not named."""

EASE_EFFECTS = RATING_EFFECTS | {"age_band": {"18-24": 0.10, "45-59": -0.25, "60+": -0.70}}
"""The same for the ease of the process: older users are asked for their papers again."""

Effects = dict[str, dict[str, float]]


def draw_respondents(number: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Segment -> code per respondent."""
    drawn = {
        segment: rng.choice(np.array(list(shares), dtype=object), number, p=list(shares.values()))
        for segment, shares in SAMPLE.items()
    }
    modes = np.array(list(MODES), dtype=object)
    chances = np.where((drawn["age_band"] == OLDER)[:, None], list(MODES_OF_OLDER.values()), list(MODES.values()))
    return drawn | {"mode": modes[choose(rng, chances)]}


def effect_of(respondents: dict[str, np.ndarray], effects: Effects) -> np.ndarray:
    """(respondents,) Sum of the effects of a respondent's segments."""
    return sum(pd.Series(respondents[s]).map(by_code).fillna(0).to_numpy(float) for s, by_code in effects.items())


def population_effects(edition: Edition, effects: Effects) -> tuple[np.ndarray, np.ndarray]:
    """Distinct sums of effects in the population, and how often they occur.

    Segments with a margin in the edition have its shares, others those of the sample.
    """
    sums, shares = np.zeros(1), np.ones(1)
    for by_group in _independent(edition, effects):
        sums, shares = _distinct(np.add.outer(sums, by_group[0]).ravel(), np.outer(shares, by_group[1]).ravel())
    return sums, shares


def _independent(edition: Edition, effects: Effects) -> list[tuple[np.ndarray, np.ndarray]]:
    """Effects and shares of each segment; age and mode go together because the mode depends on the age."""
    groups = []
    for segment in [s for s in effects if s not in ("age_band", "mode")]:
        shares = population(edition, segment)
        groups.append((_effects(effects[segment], shares), np.array(list(shares.values()))))
    ages, modes = population(edition, "age_band"), effects["mode"]
    pairs = [
        (effects["age_band"].get(age, 0) + modes.get(mode, 0), share * chance)
        for age, share in ages.items()
        for mode, chance in (MODES_OF_OLDER if age == OLDER else MODES).items()
    ]
    return [*groups, tuple(np.array(pairs).T)]


def population(edition: Edition, segment: str) -> dict[str, float]:
    """Code -> share in the population."""
    margins = edition.weighting.margins if edition.weighting else {}
    if segment not in margins:
        return SAMPLE[segment]
    return {code: percent / 100 for code, percent in margins[segment].items()}


def _effects(by_code: dict[str, float], codes: dict[str, float]) -> np.ndarray:
    return np.array([by_code.get(code, 0) for code in codes])


def _distinct(sums: np.ndarray, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    distinct, place = np.unique(np.round(sums, 6), return_inverse=True)
    return distinct, np.bincount(place, weights=shares)
