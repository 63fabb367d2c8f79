"""Two years share strength: changes with known standard errors, whose true sizes scatter around a common one."""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm

SPREAD = 5.0
"""Scale of the half-Cauchy prior of the spread of true changes, in points of 100."""
GRID = 400
FEWEST = 3
"""With fewer changes nothing is shared: each stands alone."""


@dataclass(frozen=True)
class Changes:
    """Posterior of true changes as a mixture of normals, (grid, change) each, and the grid's weights."""

    mean: np.ndarray
    sd: np.ndarray
    weight: np.ndarray

    @property
    def expected(self) -> np.ndarray:
        """Posterior means, shape (change,)."""
        return self.weight @ self.mean

    def above(self, limit: float) -> np.ndarray:
        """Probability that a true change exceeds the limit."""
        return self.weight @ norm.sf(limit, self.mean, self.sd)

    def below(self, limit: float) -> np.ndarray:
        """Probability that a true change lies below the limit."""
        return self.weight @ norm.cdf(limit, self.mean, self.sd)

    def interval(self, probability: float) -> tuple[np.ndarray, np.ndarray]:
        """Equal-tailed interval, by bisection of the mixture's distribution function."""
        tail = (1 - probability) / 2
        return self._quantile(tail), self._quantile(1 - tail)

    def _quantile(self, p: float) -> np.ndarray:
        low = (self.mean - 12 * self.sd).min(axis=0)
        high = (self.mean + 12 * self.sd).max(axis=0)
        for _ in range(60):
            middle = (low + high) / 2
            reached = self.weight @ norm.cdf(middle, self.mean, self.sd) < p
            low, high = np.where(reached, middle, low), np.where(reached, high, middle)
        return (low + high) / 2


def true_changes(observed: np.ndarray, error: np.ndarray, spread: float = SPREAD) -> Changes:
    """Posterior of true changes: observed ~ Normal(true, error), true ~ Normal(mu, tau), mu flat, tau half-Cauchy.

    Parameters
    ----------
    observed, error : ndarray, shape (change,)
        Changes and their standard errors, in one unit; an error of 0 is a change that was seen without any.
    spread : float
        Scale of tau's prior, in that unit.

    Notes
    -----
    mu is integrated out and tau summed over a grid (Gelman et al., Bayesian Data Analysis, 3rd ed., 5.4). Fewer than
    three changes share nothing: true ~ Normal(observed, error).
    """
    error = np.maximum(np.asarray(error, float), 1e-9)
    observed = np.asarray(observed, float)
    if len(observed) < FEWEST:
        return Changes(observed[None], error[None], np.ones(1))
    tau = _grid(observed, error, spread)[:, None]
    precision = 1 / (error**2 + tau**2)
    total = precision.sum(axis=1)
    mu, mu_variance = (precision * observed).sum(axis=1) / total, 1 / total
    fit = norm.logpdf(observed, mu[:, None], np.sqrt(1 / precision)).sum(axis=1) + 0.5 * np.log(mu_variance)
    prior = -np.log1p((tau[:, 0] / spread) ** 2) + np.log(np.gradient(tau[:, 0]))
    weight = np.exp(fit + prior - logsumexp(fit + prior))
    own = tau**2 * precision  # what is believed of a change's own value, (grid, change)
    mean = own * observed + (1 - own) * mu[:, None]
    variance = own * error**2 + (1 - own) ** 2 * mu_variance[:, None]
    return Changes(mean, np.sqrt(variance), weight)


def _grid(observed: np.ndarray, error: np.ndarray, spread: float) -> np.ndarray:
    """Values of tau from far below the smallest error to far above the widest scatter."""
    top = 10 * max(np.ptp(observed), float(error.max()), 0.1 * spread)
    return np.geomspace(1e-4 * top, top, GRID)
