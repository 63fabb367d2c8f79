"""Small indices made by hand or by a seeded draw."""

from collections.abc import Callable

import numpy as np
import pytest

from evalcore.edition import Goalposts
from evalcore.robust import Index, Level, Space

POSTS = Goalposts(floor=0, baseline=90, stretch=100)
"""With base 90 and bonus 10 the scale is the identity on 0 to 100: points can be read off the values."""


@pytest.fixture
def make_index() -> Callable[..., Index]:
    """Values (row, unit, indicator) on the identity scale, indicators in equal nodes, as an index."""

    def make(values: np.ndarray, weight: list[float] | None = None, nodes: int = 1, **changed: object) -> Index:
        values = (
            np.atleast_3d(np.asarray(values, dtype=float))
            if np.ndim(values) == 3
            else np.asarray(values, dtype=float)[None]
        )
        count = values.shape[-1]
        parent = np.arange(count) * nodes // count
        levels = (
            Level(parent, np.asarray(weight or np.ones(count), dtype=float)),
            Level(np.zeros(nodes, dtype=int), np.ones(nodes)),
        )
        fixed = {
            "applies": np.ones(values.shape[1:], dtype=bool),
            "levels": levels,
            "direction": np.ones(count, dtype=int),
        }
        return Index(values=values, **{**fixed, "posts": (POSTS,) * count, **changed})

    return make


@pytest.fixture
def drawn_index(make_index: Callable[..., Index]) -> Index:
    """Eight units, six indicators in two nodes, 40 draws, a panel and an item that does not apply to one unit."""
    rng = np.random.default_rng(11)
    point = rng.uniform(40, 95, size=(8, 6))
    values = np.concatenate([point[None], point + rng.normal(0, 3, size=(40, 8, 6))])
    applies = np.ones((8, 6), dtype=bool)
    applies[3, 1] = False
    values[:, 3, 1] = np.nan
    panel = rng.uniform(50, 90, size=(41, 8, 2))
    return make_index(values, [1, 2, 3, 1, 1, 2], nodes=2, applies=applies, panel=panel, share=0.2)


@pytest.fixture
def space() -> Space:
    """Everything varies."""
    return Space(
        50,
        ("baseline_bonus", "minmax", "zscore", "percentile_rank"),
        ("arithmetic", "geometric", "harmonic"),
        ("none", "winsorise"),
        (0.1, 0.3),
    )
