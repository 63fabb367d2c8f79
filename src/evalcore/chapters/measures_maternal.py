"""How this edition measures what was published of maternal and infant goods: one entry per row of the file."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from evalcore.chapters.evidence import Evidence, Finding

SOURCE = "maternal_survey"
PER_LEVEL = 20
"""Points of the index for a level: 5 is 100. There is no neutral answer."""
PERCEPTIONS = ("reliability", "responsiveness", "assurance", "empathy", "tangibles")
HIGH, LOW = 80, 60
Group = dict[str, str | bool | list[str]]
"""Column -> value (or values) of those who are counted."""


def answers(of: Evidence, group: Group | None = None) -> pd.DataFrame:
    """Valid answers of a group."""
    own = of.sources[SOURCE]
    for column, values in (group or {}).items():
        own = own[own[column].isin(values if isinstance(values, list) else [values])]
    return own


def mean(of: Evidence, column: str, factor: float = 1.0, **group: str | bool | list[str]) -> Finding:
    """Mean of a column over those asked, and its standard error."""
    return _mean(answers(of, group)[column], factor)


def index(of: Evidence, **group: str | list[str]) -> Finding:
    """Mean level times 20."""
    return mean(of, "csi", PER_LEVEL, **group)


def dimension(of: Evidence, name: str, **group: str) -> Finding:
    """Mean of a dimension's items, times 20."""
    own = answers(of, group)
    return _mean(own[_items(name)].astype(float).mean(axis=1), PER_LEVEL)


def level(of: Evidence, levels: list[int]) -> Finding:
    """Share of answers at the given levels, percent."""
    return _mean(answers(of)["csi"].isin(levels), 100)


def among_scores(of: Evidence, column: str, high: bool) -> Finding:
    """Share of yes among those whose index is 80 and over, or 60 and under."""
    own = answers(of)
    points = own["csi"] * PER_LEVEL
    return _mean(own[points >= HIGH if high else points <= LOW][column], 100)


def problem(of: Evidence, kind: str) -> Finding:
    """Share of a main problem among those who had one."""
    own = answers(of)
    return _mean(own.loc[own["problem"] != "none", "problem"] == kind, 100)


def problems(of: Evidence, least: int) -> Finding:
    """Share with so many problems or more."""
    return _mean(answers(of)["problems"] >= least, 100)


def alpha(of: Evidence) -> Finding:
    """Cronbach's alpha of the perceptions in the pretest; error by leaving out one person at a time (jackknife)."""
    items = answers(of, {"wave": "pretest"})[[i for name in PERCEPTIONS for i in _items(name)]].to_numpy(float)
    n = len(items)
    left_out = np.array([cronbach(np.delete(items, row, axis=0)) for row in range(n)])
    return Finding(cronbach(items), float(np.sqrt((n - 1) * left_out.var())))


def cronbach(items: np.ndarray) -> float:
    """Consistency of items (persons, k): k / (k - 1) × (1 - sum of their variances / variance of their sum)."""
    k = items.shape[1]
    return float(k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1)))


def slope_on_wait(of: Evidence, column: str, factor: float) -> Finding:
    """Gain for a minute less until a human answered: least squares over respondents, minus the slope."""
    own = answers(of)
    x = own["waited_min"].to_numpy(float)
    y = factor * own[column].to_numpy(float)
    x = x - x.mean()
    slope = (x * y).sum() / np.square(x).sum()
    residual = y - y.mean() - slope * x
    return Finding(float(-slope), float(np.sqrt(np.square(x * residual).sum()) / np.square(x).sum()))


def _items(name: str) -> list[str]:
    return [f"{name}_1", f"{name}_2"]


def _mean(values: pd.Series, factor: float) -> Finding:
    known = factor * values.dropna().to_numpy(float)
    return Finding(float(known.mean()), float(known.std(ddof=1) / np.sqrt(len(known))))


_INFANTS, _OLDER = ["pregnancy", "0-1"], ["1-3", "3-6"]
percent = partial(mean, factor=100)

MATERNAL: dict[str, Callable[[Evidence], Finding]] = {
    "D4-01": index,
    "D4-02": partial(level, levels=[5]),
    "D4-03": partial(level, levels=[4]),
    "D4-04": partial(level, levels=[1, 2]),
    "D4-05": partial(among_scores, column="repurchased", high=True),
    "D4-06": partial(among_scores, column="repurchased", high=False),
    "D4-07": partial(problems, least=1),
    "D4-08": partial(problems, least=2),
    "D4-09": partial(problem, kind="quality"),
    "D4-10": partial(problem, kind="logistics"),
    "D4-11": partial(problem, kind="size"),
    "D4-12": partial(problem, kind="other"),
    "D4-13": partial(index, problem="quality"),
    "D4-14": partial(index, problem="logistics"),
    "D4-15": partial(index, store="head"),
    "D4-16": partial(index, store="small-mid"),
    "D4-17": partial(dimension, name="empathy", store="head"),
    "D4-18": partial(dimension, name="empathy", store="small-mid"),
    "D4-19": partial(dimension, name="responsiveness"),
    "D4-20": partial(dimension, name="reliability"),
    "D4-21": partial(dimension, name="assurance", contact="consultation"),
    "D4-22": partial(dimension, name="assurance", contact="safety"),
    "D4-23": partial(dimension, name="empathy"),
    "D4-24": partial(mean, column="waited_min"),
    "D4-25": partial(mean, column="waited_min", night=True),
    "D4-26": partial(percent, column="solved_first_contact"),
    "D4-27": partial(mean, column="return_steps"),
    "D4-28": partial(mean, column="return_days"),
    "D4-29": partial(mean, column="refund_days", store="small-mid"),
    "D4-31": partial(percent, column="compensation_disputed"),
    "D4-32": partial(index, stage=_INFANTS),
    "D4-33": partial(index, stage=_OLDER),
    "D4-34": partial(index, children="second"),
    "D4-35": partial(index, city_tier="tier-1"),
    "D4-36": partial(index, city_tier="tier-3"),
    "D4-37": partial(index, income_band="over-50k"),
    "D4-38": partial(index, income_band="under-10k"),
    "D4-39": partial(index, special="allergy"),
    "D4-40": partial(index, special="preterm"),
    "D4-41": partial(index, channel_use="several"),
    "D4-42": partial(index, channel_use="single"),
    "D4-43": partial(index, buyer="repeat"),
    "D4-44": partial(index, buyer="first-time"),
    "D4-45": partial(percent, column="expects_always", city_tier="tier-1"),
    "D4-46": partial(percent, column="expects_always", city_tier="tier-3"),
    "D4-47": alpha,
    "D4-54": partial(slope_on_wait, column="csi", factor=PER_LEVEL),
    "D4-55": partial(slope_on_wait, column="repurchased", factor=100),
    "D4-74": partial(mean, column="emergency_min"),
    "D4-75": partial(percent, column="expects_immediate"),
    "D4-76": partial(percent, column="expects_door", city_tier="tier-1"),
    "D4-77": partial(percent, column="got_door", city_tier="tier-1"),
    "D4-78": partial(percent, column="expects_pickup", path="price"),
    "D4-80": partial(percent, column="expects_one_policy", channel_use="several"),
    "D4-82": partial(percent, column="wants_guidance", stage="0-1"),
    "D4-83": partial(percent, column="got_guidance", stage="0-1"),
    "D4-84": partial(percent, column="wants_channel", buyer="repeat"),
    "D4-85": partial(percent, column="got_subsidy", income_band="under-10k"),
    "D4-88": partial(percent, column="lacks_empathy"),
    "D4-89": partial(percent, column="expects_knowledge", born_after_1995=True),
    "D4-90": partial(percent, column="empathy_decides", born_after_1995=True),
    "D4-96": lambda of: _mean(answers(of)["path"] == "social", 100),
    "D4-97": lambda of: _mean(answers(of)["path"] == "price", 100),
    "D4-99": partial(percent, column="gave_up"),
    "D4-100": partial(percent, column="likes_brand"),
    "D4-126": partial(among_scores, column="recommends", high=True),
}
"""Row of the published figures -> how the maternal and infant survey measures it."""
