"""How an inclination becomes an answer: as our models assume, or in a way they do not."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, log_ndtr, ndtr

from evalcore.simulate.truth import Truth
from evalcore.streams import stream

SPREADS = (0.7, 1.6)
"""Range of the platforms' spreads in the misspecified world; where spreads differ, odds are not proportional."""


@dataclass(frozen=True)
class Link:
    """`above(x)`: chance of more than -x; `quantile(z)`: the value as probable as a standard normal z.

    `scale` (platforms,) is how widely the answers of a platform's users spread.
    """

    above: Callable[[np.ndarray], np.ndarray]
    quantile: Callable[[np.ndarray], np.ndarray]
    scale: np.ndarray


def link_of(truth: Truth) -> Link:
    """Logistic with one spread, or heavy-tailed with a spread of each platform's own."""
    number = len(truth.platforms)
    if truth.edition.simulation.world == "as_modelled":
        return Link(expit, lambda z: log_ndtr(z) - log_ndtr(-z), np.ones(number))
    scale = stream(truth.edition.simulation.seed, "truth/spreads").uniform(*SPREADS, number)
    return Link(heavy_above, lambda z: heavy_quantile(ndtr(z)), scale)


def heavy_above(x: np.ndarray) -> np.ndarray:
    """Student's t with 2 degrees of freedom: chance of more than -x."""
    return 0.5 + x / (2 * np.sqrt(2 + np.square(x)))


def heavy_quantile(p: np.ndarray) -> np.ndarray:
    """The value below which such a draw lies with chance p."""
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    return (2 * inside - 1) / np.sqrt(2 * inside * (1 - inside))
