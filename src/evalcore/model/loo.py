"""Leave-one-out predictive accuracy per respondent, worked out from cells: equal answers share one computation."""

from dataclasses import dataclass

import numpy as np

from evalcore.model.psis import leave_one_out

CHUNK = 2_000
"""Kinds of answers smoothed at once: bounds memory, not the result."""


@dataclass(frozen=True)
class Loo:
    """Expected log predictive density of one respondent's answer, left out, summed over respondents.

    Attributes
    ----------
    n : int
        Respondents (or whatever one observation is).
    elpd, se : float
        Sum over respondents in nats, and its standard error.
    p : float
        Effective number of parameters.
    k : ndarray, shape (kind,)
        Pareto shape of each kind of answer that somebody gave.
    weight : ndarray, shape (kind,)
        Respondents who gave it.
    """

    n: int
    elpd: float
    se: float
    p: float
    k: np.ndarray
    weight: np.ndarray

    def above(self, limit: float) -> int:
        """Respondents whose Pareto k lies above a limit, or is not finite."""
        return int(self.weight[~(self.k <= limit)].sum())


def respondent_loo(log_share: np.ndarray, counts: np.ndarray, reff: float) -> Loo:
    """PSIS-LOO (Vehtari, Gelman and Gabry 2017, doi:10.1007/s11222-016-9696-4) per respondent.

    The log-likelihood of a cell is the sum over its respondents, and leaving the whole cell out is another question.
    All who gave one answer in one cell have the same log-likelihood, its log share: each such kind is computed once
    and counts as often as it was given; what nobody answered is dropped.

    Parameters
    ----------
    log_share : ndarray, shape (draw, cell, level)
        Log share of each level in each cell.
    counts : ndarray, shape (cell, level)
        Answers.
    reff : float
        Effective draws per draw of the posterior.
    """
    given = counts > 0
    return weighted_loo(log_share[:, given], counts[given], reff)


def weighted_loo(log_likelihood: np.ndarray, weight: np.ndarray, reff: float) -> Loo:
    """The same for log-likelihoods of shape (draw, kind), each of which counts `weight` times."""
    parts = [leave_one_out(log_likelihood[:, at : at + CHUNK], reff) for at in range(0, len(weight), CHUNK)]
    elpd, k = (np.concatenate(found) for found in zip(*parts, strict=True))
    n, total = int(weight.sum()), float(weight @ elpd)
    variance = float(weight @ (elpd - total / n) ** 2) / (n - 1) if n > 1 else np.nan
    return Loo(n, total, float(np.sqrt(n * variance)), float(weight @ (_lppd(log_likelihood) - elpd)), k, weight)


def _lppd(log_likelihood: np.ndarray) -> np.ndarray:
    top = log_likelihood.max(axis=0)
    return top + np.log(np.exp(log_likelihood - top).mean(axis=0))
