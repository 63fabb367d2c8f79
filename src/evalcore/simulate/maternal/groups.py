"""Who answers the maternal and infant survey, and the published satisfaction index of each group (D4)."""

import numpy as np
from scipy.special import expit, logit

from evalcore.simulate.solve import solve

LEVELS = np.array([1, 2, 4, 5])
"""There is no neutral answer: with one, the published index could not be reached (demonstration-world.md)."""
PER_LEVEL = 20
"""Points of the index for a level."""
LEVEL_SHARES = np.array([0.125, 0.218, 0.421, 0.236])
INDEX = float(LEVELS @ LEVEL_SHARES * PER_LEVEL)
YEARLY_RISE = 2.8
"""Points of the index by which the year before lies lower."""

_WITH_PROBLEM = 0.897
_PROBLEMS = {"quality": 0.386, "logistics": 0.273, "size": 0.198, "other": 0.143}
SHARES: dict[str, dict[str, float]] = {
    "store": {"head": 0.40, "small-mid": 0.30, "brand": 0.30},
    "stage": {"pregnancy": 0.110, "0-1": 0.216, "1-3": 0.390, "3-6": 0.284},
    "channel_use": {"single": 0.318, "several": 0.682},
    "buyer": {"first-time": 0.562, "repeat": 0.438},
    "city_tier": {"tier-1": 0.20, "new-1": 0.26, "tier-2": 0.24, "tier-3": 0.30},
    "income_band": {"under-10k": 0.25, "10k-30k": 0.45, "30k-50k": 0.20, "over-50k": 0.10},
    "special": {"allergy": 0.12, "preterm": 0.07, "none": 0.81},
    "children": {"first": 0.70, "second": 0.30},
    "problem": {"none": 1 - _WITH_PROBLEM, **{name: _WITH_PROBLEM * share for name, share in _PROBLEMS.items()}},
}
"""Factor -> code -> share; shares that reproduce the published index (demonstration-world.md, section 1)."""

INDICES: dict[str, dict[str, float]] = {
    "store": {"head": 75.2, "small-mid": 61.7, "brand": 66.4},
    "stage": {"pregnancy": 62.3, "0-1": 62.3, "1-3": 71.5, "3-6": 71.5},
    "channel_use": {"single": 74.3, "several": 65.8},
    "buyer": {"first-time": 62.5, "repeat": 76.2},
    "city_tier": {"tier-1": 68.7, "new-1": 66.3, "tier-2": 66.3, "tier-3": 72.1},
    "income_band": {"under-10k": 58.9, "10k-30k": 70.5, "30k-50k": 72.6, "over-50k": 75.2},
    "special": {"allergy": 51.4, "preterm": 53.7, "none": 72.3},
    "children": {"first": 65.8, "second": 74.8},
    "problem": {"none": 85.0, "quality": 52.3, "logistics": 71.8, "size": 80.0, "other": 76.8},
}
"""Factor -> code -> published index, or what makes the others possible."""

ASIDE: dict[str, dict[str, float]] = {
    "path": {"social": 0.41, "price": 0.29, "other": 0.30},
    "contact": {"consultation": 0.35, "return": 0.30, "safety": 0.10, "other": 0.25},
}
"""Factors that have nothing to do with satisfaction as a whole."""
ROUNDS = 40
PER_LOGIT, PER_SHARE = 14.0, 6.0
"""Points of the index for one on the logit scale, and the inverse for shares; the speed of the solution follows."""


class Groups:
    """Effects of every code on the logit scale, and the cuts between levels, that give the published means.

    Factors are independent of each other. `shift` is what all indices lie higher or lower than published.
    """

    def __init__(self, shift: float = 0.0) -> None:
        self.shares = shifted_shares(shift)
        self.effects = {name: np.zeros(len(codes)) for name, codes in SHARES.items()}
        self.wanted = _above(self.shares)
        self.cuts = -logit(self.wanted)
        weight = _weights()
        for _ in range(ROUNDS):
            self._step(weight, shift)

    def chances(self, predictor: np.ndarray) -> np.ndarray:
        """(..., levels) Chance of each level."""
        above = expit(predictor[..., None] - self.cuts)
        edges = np.concatenate([np.ones_like(above[..., :1]), above, np.zeros_like(above[..., :1])], axis=-1)
        return edges[..., :-1] - edges[..., 1:]

    def levels_of(self, factor: str) -> np.ndarray:
        """(codes, levels) Chance of each level given a code of one factor."""
        weight = _weights()
        axis = list(SHARES).index(factor)
        others = tuple(a for a in range(weight.ndim) if a != axis)
        joint = (self.chances(self._predictor()) * weight[..., None]).sum(axis=others)
        return joint / joint.sum(axis=1, keepdims=True)

    def _predictor(self) -> np.ndarray:
        return _outer(list(self.effects.values()), np.add)

    def _step(self, weight: np.ndarray, shift: float) -> None:
        """The cuts follow the shares of the levels, the effects (of mean 0) the distances between groups."""
        chances = self.chances(self._predictor())
        self.cuts += PER_SHARE * (_above((chances * weight[..., None]).reshape(-1, len(LEVELS)).sum(0)) - self.wanted)
        index = chances @ LEVELS * PER_LEVEL * weight
        for axis, (name, codes) in enumerate(INDICES.items()):
            others = tuple(a for a in range(weight.ndim) if a != axis)
            share = weight.sum(axis=others)
            off = np.array(list(codes.values())) + shift - index.sum(axis=others) / share
            self.effects[name] += (off - share @ off) / PER_LOGIT


def _above(shares: np.ndarray) -> np.ndarray:
    """Shares above each cut."""
    return np.cumsum(shares[::-1])[:-1][::-1]


def shifted_shares(shift: float) -> np.ndarray:
    """Level shares whose index lies `shift` points from the published one, all cuts moved alike."""
    above = _above(LEVEL_SHARES)

    def shares(move: np.ndarray) -> np.ndarray:
        edges = np.concatenate([[1.0], expit(logit(above) + move), [0.0]])
        return edges[:-1] - edges[1:]

    def mean(move: np.ndarray) -> np.ndarray:
        return np.array([LEVELS @ shares(move[0]) * PER_LEVEL])

    return shares(solve(mean, np.array([INDEX + shift]))[0]) if shift else LEVEL_SHARES


def _weights() -> np.ndarray:
    """Share of every combination of codes; one axis per factor."""
    return _outer([list(codes.values()) for codes in SHARES.values()], np.multiply)


def _outer(parts: list, join: np.ufunc) -> np.ndarray:
    """One axis per part."""
    joined = np.asarray(parts[0], dtype=float)
    for part in parts[1:]:
        joined = join.outer(joined, np.asarray(part, dtype=float))
    return joined
