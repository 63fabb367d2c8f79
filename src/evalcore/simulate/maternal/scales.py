"""Perceptions and expectations in five dimensions (SERVQUAL), and how they hang together with satisfaction."""

import numpy as np
from scipy.special import ndtr

from evalcore.simulate.maternal.groups import ASIDE, LEVELS, PER_LEVEL, SHARES, Groups
from evalcore.simulate.solve import solve

CUTS = np.array([-1.5, -0.7, 0.0, 0.9])
"""Thresholds of the five levels of an item, in spreads of its latent answer."""
WITH_LEVEL = 0.6
"""Correlation of a person's view of the service with the overall level."""
PERSON, DIMENSION = 0.49, 0.17
"""Shares of an item's variance that are the person's view, and the view of its dimension: alpha of ten is 0.89."""
ITEMS = 2
OFFSETS = (-2.0, 2.0)
"""Points of the index by which the items of a dimension differ from its mean."""

PERCEIVED: dict[str, tuple[str, dict[str, float]]] = {
    "reliability": ("store", {"head": 68.0, "small-mid": 63.0, "brand": 65.7}),
    "responsiveness": ("store", {"head": 66.5, "small-mid": 60.0, "brand": 62.7}),
    "assurance": ("contact", {"consultation": 78.6, "return": 66.0, "safety": 51.2, "other": 68.0}),
    "empathy": ("store", {"head": 72.1, "small-mid": 76.5, "brand": 61.7}),
    "tangibles": ("store", {"head": 78.0, "small-mid": 70.0, "brand": 75.0}),
}
"""Dimension -> factor and published index by its codes: resolution efficiency, responsiveness, professionalism,
emotional care; tangibles have no published value."""
EXPECTED = {"reliability": 91.0, "responsiveness": 92.5, "assurance": 90.0, "empathy": 87.0, "tangibles": 80.0}

PERCEPTIONS = tuple(f"{name}_{item}" for name in PERCEIVED for item in range(1, ITEMS + 1))
EXPECTATIONS = tuple(f"expected_{name}" for name in EXPECTED)


def draw_scales(
    factors: dict[str, np.ndarray], level: np.ndarray, groups: Groups, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Item -> level 1 to 5 per respondent.

    Parameters
    ----------
    factors : dict of str to ndarray
        Factor -> index of the code per respondent.
    level : ndarray
        Index of the overall level per respondent.
    """
    number, scores = len(level), standardised(groups)
    view = WITH_LEVEL * scores[level] + np.sqrt(1 - WITH_LEVEL**2) * rng.normal(size=number)
    drawn = {}
    for name, (factor, wanted) in PERCEIVED.items():
        own = np.sqrt(PERSON) * view + np.sqrt(DIMENSION) * rng.normal(size=number)
        for item, offset in enumerate(OFFSETS, start=1):
            intercept = intercepts(factor, np.array(list(wanted.values())) + offset, groups)[factors[factor]]
            drawn[f"{name}_{item}"] = _levels(intercept + own + np.sqrt(1 - PERSON - DIMENSION) * _own(number, rng))
    demanding = rng.normal(size=number)
    for name, index in EXPECTED.items():
        latent = 0.6 * demanding + 0.8 * rng.normal(size=number)
        intercept = solve(lambda b: _mean(b[:, None], np.ones((1, 1)), 1.0), np.array([index]))
        drawn[f"expected_{name}"] = _levels(intercept + latent)
    return drawn


def standardised(groups: Groups) -> np.ndarray:
    """(levels,) The levels with mean 0 and spread 1."""
    mean = groups.shares @ LEVELS
    return (LEVELS - mean) / np.sqrt(groups.shares @ np.square(LEVELS - mean))


def intercepts(factor: str, wanted: np.ndarray, groups: Groups) -> np.ndarray:
    """(codes,) Where the latent answer of each code lies, such that its expected index is as wanted."""
    codes = len({**SHARES, **ASIDE}[factor])
    levels = groups.levels_of(factor) if factor in SHARES else np.tile(groups.shares, (codes, 1))
    moved = np.sqrt(PERSON) * WITH_LEVEL * standardised(groups)
    spread = np.sqrt(1 - PERSON * WITH_LEVEL**2)
    return solve(lambda b: _mean(b[:, None] + moved, levels, spread), wanted)


def _mean(latent: np.ndarray, weight: np.ndarray, spread: float) -> np.ndarray:
    """(codes,) Expected index of latent answers with the given centres, mixed with weights."""
    above = ndtr((latent[..., None] - CUTS) / spread)
    return PER_LEVEL * (weight * (1 + above.sum(axis=-1))).sum(axis=-1)


def _levels(latent: np.ndarray) -> np.ndarray:
    return 1 + np.searchsorted(CUTS, latent)


def _own(number: int, rng: np.random.Generator) -> np.ndarray:
    return rng.normal(size=number)
