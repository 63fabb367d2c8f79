"""Tosses with given chances."""

import numpy as np


def happens(rng: np.random.Generator, chance: np.ndarray) -> np.ndarray:
    """One toss per element of `chance`."""
    return rng.random(np.shape(chance)) < chance


def choose(rng: np.random.Generator, chances: np.ndarray) -> np.ndarray:
    """One column per row, with the row's chances.

    Parameters
    ----------
    chances : ndarray
        (rows, columns); every row adds up to 1.
    """
    edges = np.cumsum(chances, axis=1)[:, :-1]
    return (rng.random(len(chances))[:, None] > edges).sum(axis=1)
