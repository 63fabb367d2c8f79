"""Named random streams: each purpose draws from its own, so that adding one changes no other."""

import hashlib

import numpy as np


def stream(seed: int, *names: str) -> np.random.Generator:
    """The generator of a named purpose.

    Parameters
    ----------
    seed : int
        The edition's seed (or the simulation's).
    *names : str
        What is drawn, from general to special.
    """
    key = int.from_bytes(hashlib.sha256("/".join(names).encode()).digest()[:8], "little")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, key])))
