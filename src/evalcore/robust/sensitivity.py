"""Monte Carlo over data, weights and methods: in which ranks each unit ends, and how often.

Ranges that include weights or methods are *sensitivity ranges*: they show what other choices would have given,
and claim no coverage, because no choice is the true one.
"""

from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata

from evalcore.robust.design import Space, designs
from evalcore.robust.evaluate import composites
from evalcore.robust.index import Index

DIGITS = 9
"""Decimals before ranking: sums in another order are not another score."""


class RankCounts(NamedTuple):
    """How often each unit took each rank, shape (unit, rank); column 0 is rank 1."""

    counts: np.ndarray

    @property
    def replicates(self) -> int:
        """How many replicates were counted."""
        return int(self.counts[0].sum())

    @property
    def first(self) -> np.ndarray:
        """Share of replicates in which each unit is first, ties included."""
        return self.counts[:, 0] / self.replicates

    @property
    def mean(self) -> np.ndarray:
        """Mean rank of each unit."""
        return self.counts @ np.arange(1, self.counts.shape[1] + 1) / self.replicates


def rank_counts(
    index: Index,
    space: Space,
    varied: tuple[str, ...],
    seed: int,
    replicates: int,
    chunk: int,
    name: str = "sensitivity",
) -> RankCounts:
    """Ranks over random designs; memory grows with the chunk, not with the replicates.

    Source: OECD/JRC handbook (2008), step 8 (uncertainty analysis of composite indicators).
    """
    units = len(index.applies)
    counts = np.zeros((units, units), dtype=np.int64)
    for design in designs(index, space, varied, seed, name, replicates, chunk):
        reached = drawn_ranks(index, design).astype(int) - 1
        np.add.at(counts, (np.arange(units), reached), 1)
    return RankCounts(counts)


def drawn_ranks(index: Index, design: object) -> np.ndarray:
    """Rank of each unit in each replicate, (replicate, unit); ties share the best rank; sorts, as units may be many."""
    return rankdata(-np.round(composites(index, design), DIGITS), method="min", axis=-1)


def rank_range(found: RankCounts, probability: float) -> tuple[np.ndarray, np.ndarray]:
    """Smallest and largest rank after at most (1 - probability) / 2 of the replicates were cut at each end."""
    reached = np.cumsum(found.counts, axis=1)
    tail = found.replicates * (1 - probability) / 2
    low = (reached > tail).argmax(axis=1) + 1
    high = (reached >= found.replicates - tail).argmax(axis=1) + 1
    return low, high
