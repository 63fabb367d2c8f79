"""How common classes are, when a classifier that errs says so."""

import numpy as np

STEPS = 300
PRIOR = 0.5
"""Statements added to each cell of the confusion table (Jeffreys), so that what was not seen is not impossible."""


def corrected_shares(
    told: np.ndarray, confusion: np.ndarray, replicates: int, rng: np.random.Generator,
    idle: np.ndarray | None = None, idle_share: tuple[int, int] = (0, 0), prior: float = PRIOR,
) -> np.ndarray:  # fmt: skip
    """(replicates, classes) Draws of true shares, given how often each class was told.

    A class told with share q_j is the mixture q_j = sum_i p_i M_ij of true shares p through the chances M of telling j
    when i is true (Rogan and Gladen 1978, for several classes). Rows of M are drawn from their Dirichlet posterior,
    told shares from theirs, and p is the maximum likelihood within the simplex, by expectation-maximisation. Groups
    share the draws of M: they may differ in what they write about, not in how they word it.

    Parameters
    ----------
    told : ndarray
        (classes,) Number of texts told to be of each class, or (groups, classes) for (replicates, groups, classes).
    confusion : ndarray
        (classes, classes) Labelled statements by true and told class; a statement counts once in all.
    idle : ndarray, optional
        (classes,) Labelled statements that belong to no class, by told class.
    idle_share : (int, int)
        Of so many texts that people labelled, so many belonged to no class.
    prior : float
        Statements added to each cell of the confusion table.
    """
    groups, classes = np.atleast_2d(told), told.shape[-1]
    rows = np.stack([rng.dirichlet(row + prior, replicates) for row in confusion], axis=1)  # (r, true, told)
    shares = np.stack([rng.dirichlet(group + PRIOR, replicates) for group in groups])  # (group, r, told)
    none = rng.beta(idle_share[0] + PRIOR, idle_share[1] - idle_share[0] + PRIOR, replicates) if idle_share[1] else 0.0
    if idle is not None:
        extra = np.broadcast_to(none, replicates)[:, None] * rng.dirichlet(idle + prior, replicates)
        shares = np.clip(shares - extra, 1e-9, None)
        shares = shares / shares.sum(axis=-1, keepdims=True)
    found = np.full(shares.shape, 1 / classes)
    for _ in range(STEPS):
        mixed = found[..., None] * rows
        found = (mixed / mixed.sum(axis=-2, keepdims=True) * shares[..., None, :]).sum(axis=-1)
    return found[0] if told.ndim == 1 else np.moveaxis(found, 0, 1)


def calibrated_shares(
    told: np.ndarray, read: np.ndarray, replicates: int, rng: np.random.Generator, prior: np.ndarray | float
) -> np.ndarray:
    """(replicates, true classes) Draws of true shares, given texts of this very corpus, drawn at random and read.

    p_i = sum_j q_j P(i is true | j was told): nothing is inverted, so that it is surer than `corrected_shares`, and
    unbiased whatever the classifier does; but it holds for this corpus alone, not for others and not for its groups.

    Parameters
    ----------
    told : ndarray
        (told classes,) Number of texts told to be of each class.
    read : ndarray
        (true classes, told classes) Texts read by people, by what they are and what they were told to be.
    prior : ndarray or float
        Texts added to each cell of `read`, of its shape or one number for all.

    Source: the calibration estimator of misclassified counts, see Buonaccorsi (2010), Measurement Error.
    """
    known = read + prior
    columns = np.stack([rng.dirichlet(known[:, j], replicates) for j in range(len(told))], axis=1)  # (r, told, true)
    return (rng.dirichlet(told + PRIOR, replicates)[:, :, None] * columns).sum(axis=1)
