"""How common classes are, when a classifier that errs says so."""

import numpy as np

STEPS = 300
PRIOR = 0.5
"""Statements added to each cell of the confusion table (Jeffreys), so that what was not seen is not impossible."""


def corrected_shares(
    told: np.ndarray, confusion: np.ndarray, replicates: int, rng: np.random.Generator,
    idle: np.ndarray | None = None, idle_share: tuple[int, int] = (0, 0),
) -> np.ndarray:  # fmt: skip
    """(replicates, classes) Draws of true shares, given how often each class was told.

    A class told with share q_j is the mixture q_j = sum_i p_i M_ij of true shares p through the chances M of telling j
    when i is true (Rogan and Gladen 1978, for several classes). Rows of M are drawn from their Dirichlet posterior,
    told shares from theirs, and p is the maximum likelihood within the simplex, by expectation-maximisation.

    Parameters
    ----------
    told : ndarray
        (classes,) Number of texts told to be of each class.
    confusion : ndarray
        (classes, classes) Labelled statements by true and told class; a statement counts once in all.
    idle : ndarray, optional
        (classes,) Labelled statements that belong to no class, by told class.
    idle_share : (int, int)
        Of so many texts that people labelled, so many belonged to no class.
    """
    classes = len(told)
    rows = np.stack([rng.dirichlet(row + PRIOR, replicates) for row in confusion], axis=1)  # (r, true, told)
    shares = rng.dirichlet(told + PRIOR, replicates)
    none = rng.beta(idle_share[0] + PRIOR, idle_share[1] - idle_share[0] + PRIOR, replicates) if idle_share[1] else 0.0
    if idle is not None:
        extra = np.broadcast_to(none, replicates)[:, None] * rng.dirichlet(idle + PRIOR, replicates)
        shares = np.clip(shares - extra, 1e-9, None)
        shares = shares / shares.sum(axis=1, keepdims=True)
    found = np.full((replicates, classes), 1 / classes)
    for _ in range(STEPS):
        mixed = found[:, :, None] * rows
        found = (mixed / mixed.sum(axis=1, keepdims=True) * shares[:, None, :]).sum(axis=2)
    return found
