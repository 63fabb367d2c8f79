"""The index as arrays: values, tree, goalposts and panel; all robustness analyses start from it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from evalcore.edition import Goalposts
from evalcore.errors import EvalcoreError, say
from evalcore.score.treat import winsorise
from evalcore.score.weight import given

ENOUGH = 4
"""Skewness and kurtosis need so many different units before anything can be called an outlier."""


@dataclass(frozen=True)
class Level:
    """One level of the tree: which node of the next level each item belongs to, and its weight there.

    `parent` (item,) rises from 0 without gaps; weights are not negative and not all zero in any node.
    """

    parent: np.ndarray
    weight: np.ndarray

    def __post_init__(self) -> None:
        steps = np.diff(self.parent)
        if len(self.parent) == 0 or self.parent[0] != 0 or not np.isin(steps, (0, 1)).all():
            raise EvalcoreError(
                say("tree", f"parents {self.parent.tolist()}", "0, 0, ..., 1, 1, ... without gaps", "sort the items")
            )
        for part in self.nodes:
            given(self.weight[part])

    @property
    def nodes(self) -> list[slice]:
        """The items of each node."""
        ends = np.searchsorted(self.parent, np.arange(self.parent[-1] + 2))
        return [slice(int(a), int(b)) for a, b in pairwise(ends)]

    @cached_property
    def shares(self) -> np.ndarray:
        """Weights that add up to one in each node."""
        return np.concatenate([given(self.weight[part]) for part in self.nodes])


class Own(NamedTuple):
    """The edition's own methods: names of a scale, an aggregation and a treatment; "own" is each item's or node's."""

    normalisation: str = "baseline_bonus"
    aggregation: str = "arithmetic"
    treatment: str = "none"


FRAMEWORK = Own()
"""The methods of a framework."""


@dataclass(frozen=True)
class Index:
    """What is scored, and by which scale and tree.

    Attributes
    ----------
    values : ndarray, shape (row, unit, indicator)
        Row 0 is the point estimate, the others are draws. NaN: not reported or not applicable.
    applies : ndarray of bool, shape (unit, indicator)
        Inapplicable items leave the denominator; applicable ones without a value earn the lowest score.
    levels : tuple of Level
        From the indicators up to the composite; the last one has a single node.
    direction : ndarray of int, shape (indicator,)
        +1 where more is better, -1 where less is.
    posts : tuple of Goalposts or None
        One for each indicator; None where the scale is never used.
    panel : ndarray, shape (row, unit, item of the last level), or None
        Experts' scores, points of 100; NaN where nobody scored.
    share : float
        The experts' part of an item of the last level, 0 to 1.
    own : Own
        The edition's methods.
    scales : tuple of functions (..., unit) -> (..., unit)
        The scale "own", one for each indicator.
    means : tuple of tuple of str
        The aggregation "own", a name for each node of each level.
    outliers : (skewness, kurtosis, points)
        When winsorising stops (`treat.winsorise`).
    """

    values: np.ndarray
    applies: np.ndarray
    levels: tuple[Level, ...]
    direction: np.ndarray
    posts: tuple[Goalposts | None, ...] = ()
    panel: np.ndarray | None = None
    share: float = 0.0
    own: Own = FRAMEWORK
    scales: tuple[Callable[[np.ndarray], np.ndarray], ...] = ()
    means: tuple[tuple[str, ...], ...] = ()
    outliers: tuple[float, float, int] = (2.0, 3.5, 6)

    def __post_init__(self) -> None:
        for name, found in (("values", self.values), ("panel", self.panel)):
            if found is not None and (np.isnan(found) != np.isnan(found[:1])).any():
                raise EvalcoreError(
                    say(name, "NaN among the draws of a cell that has a value", "all numbers, or none", "see its draws")
                )
            if found is not None and np.isinf(found).any():
                raise EvalcoreError(say(name, "an infinite value", "finite numbers", "correct the indicator"))
        for level, above in zip(self.levels[:-1], self.levels[1:], strict=True):
            if level.parent[-1] + 1 != len(above.parent):
                raise EvalcoreError(
                    say("tree", f"{level.parent[-1] + 1} nodes under {len(above.parent)} items", "as many")
                )
        if self.values.shape[-1] != len(self.levels[0].parent) or self.levels[-1].parent[-1] != 0:
            raise EvalcoreError(
                say("tree", "does not lead from the indicators to one composite", "one item each, one top")
            )

    @property
    def reported(self) -> np.ndarray:
        """Whether an applicable item has a value, shape (unit, indicator)."""
        return self.applies & ~np.isnan(self.values[0])

    @cached_property
    def limits(self) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest value of each indicator after winsorising its point estimates (`treat.winsorise`).

        Treatment is a discrete option, so it is worked out once; draws are cut at the same two values.
        """
        own = np.where(self.applies, self.values[0], np.nan)
        ends = [_limits(column, self.outliers) for column in own.T]
        return tuple(np.array(side) for side in zip(*ends, strict=True))

    @cached_property
    def home(self) -> np.ndarray:
        """The item of the last level that each indicator belongs to, shape (indicator,)."""
        node = np.arange(self.values.shape[-1])
        for level in self.levels[:-1]:
            node = level.parent[node]
        return node


def _limits(column: np.ndarray, outliers: tuple[float, float, int]) -> tuple[float, float]:
    known = column[~np.isnan(column)]
    if len(np.unique(known)) < ENOUGH:
        return -np.inf, np.inf
    treated = winsorise(column, *outliers).value
    low, high = np.nanmin(treated), np.nanmax(treated)
    return (low if low > known.min() else -np.inf), (high if high < known.max() else np.inf)
