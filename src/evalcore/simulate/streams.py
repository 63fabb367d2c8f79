"""Random numbers: one named stream per source, so that adding one changes no other."""

import hashlib

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """The generator that belongs to a name under a seed.

    Parameters
    ----------
    seed : int
        The edition's `simulation.seed`.
    name : str
        A source, or a part of the truth such as `truth/effects`.
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, key])))


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
