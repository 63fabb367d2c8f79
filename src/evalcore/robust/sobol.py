"""Which choice moves a rank: grouped Sobol shares of its variance."""

from typing import NamedTuple

import numpy as np

from evalcore.robust.design import Space, designs
from evalcore.robust.index import Index
from evalcore.robust.sensitivity import drawn_ranks


class Shares(NamedTuple):
    """First-order and total shares (factor, output), their Monte Carlo errors, and the variance (output,).

    Shares are NaN where an output never moves.
    """

    first: np.ndarray
    total: np.ndarray
    first_error: np.ndarray
    total_error: np.ndarray
    variance: np.ndarray

    @property
    def interaction(self) -> np.ndarray:
        """What no factor explains alone, 1 - sum of first-order shares, (output,)."""
        return 1 - self.first.sum(axis=0)


def shares(a: np.ndarray, b: np.ndarray, mixed: np.ndarray) -> Shares:
    """Sobol shares from a Saltelli design.

    With f centred and V its variance over A and B: first order S_i = mean(f(B) (f(AB_i) - f(A))) / V (Saltelli
    et al. 2010, Computer Physics Communications 181, table 2 b), total T_i = mean((f(A) - f(AB_i))^2) / (2 V)
    (Jansen 1999, the same table, f). Errors are standard errors of these means, V taken as known.

    Parameters
    ----------
    a, b : ndarray, shape (replicate, output)
        Outputs of two independent designs A and B.
    mixed : ndarray, shape (factor, replicate, output)
        Outputs of A with one factor (a group of inputs) taken from B.
    """
    both = np.concatenate([a, b])
    centre, variance = both.mean(axis=0), both.var(axis=0)
    scale = np.where(variance > 0, variance, np.nan)
    ones = (b - centre) * (mixed - a) / scale
    alls = (a - mixed) ** 2 / (2 * scale)
    root = np.sqrt(len(a))
    return Shares(ones.mean(axis=1), alls.mean(axis=1), ones.std(axis=1) / root, alls.std(axis=1) / root, variance)


def rank_shares(index: Index, space: Space, varied: tuple[str, ...], seed: int, replicates: int, chunk: int) -> Shares:
    """Shares of the variance of each unit's rank; the weights of all levels are one factor.

    Runs replicates x (factors + 2) evaluations; keeps their ranks (two bytes each), everything else by the chunk.
    """
    pair = [designs(index, space, varied, seed, f"sobol-{side}", replicates, chunk) for side in "ab"]
    found = [_ranks(index, a, b, varied) for a, b in zip(*pair, strict=True)]
    both = np.concatenate(found, axis=1).astype(float)  # (2 + factor, replicate, unit)
    return shares(both[0], both[1], both[2:])


def _ranks(index: Index, a: object, b: object, varied: tuple[str, ...]) -> np.ndarray:
    mixed = [a.with_factor(factor, b) for factor in varied]
    return np.stack([drawn_ranks(index, design) for design in (a, b, *mixed)]).astype(np.int16)
