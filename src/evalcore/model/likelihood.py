"""Cumulative likelihood of counts per level, in log space: no answer is ever impossible, however extreme the cell.

With cut points c_1 < ... < c_{K-1}, location eta and discrimination d of a cell (one over its standard deviation),
x_j = d (c_j - eta) and P(level <= j) = F(x_j); F is logistic (logit) or normal (probit).
"""

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pytensor.tensor import TensorVariable

from evalcore.model.products import product
from evalcore.model.shares import Link, shares
from evalcore.model.tails import logit_tails

ROOT_2, LOG_2 = np.sqrt(2.0), np.log(2.0)  # numpy scalars stay float64, Python's would become float32


def answers(
    name: str,
    link: Link,
    eta: TensorVariable,
    cuts: TensorVariable,
    disc: TensorVariable,
    observed: TensorVariable,
    dims,
) -> TensorVariable:
    """The observed counts as a distribution: multinomial in each cell, given its number of answers.

    Parameters
    ----------
    eta : shape (cell,)
    cuts : shape (cut,)
        Increasing.
    disc : shape (cell,) or ()
        Positive.
    observed : shape (cell, level)
        Counts, as floats (they enter products only).
    """

    def logp(value, eta, cuts, disc, total, levels):
        return LOGP[link](value, eta, cuts, disc)

    def random(eta, cuts, disc, total, levels, rng=None, size=None):
        x = disc[..., None] * (cuts - eta[..., None])
        return rng.multinomial(total.astype("int64"), shares(link, x)).astype("float64")

    return pm.CustomDist(
        name,
        eta,
        cuts,
        disc,
        observed.sum(axis=1),
        pt.arange(observed.shape[1]),  # only tells the size of what is drawn
        logp=logp,
        random=random,
        signature="(),(c),(),(),(l)->(l)",
        observed=observed,
        dims=dims,
    )


def logit_logp(
    counts: TensorVariable, eta: TensorVariable, cuts: TensorVariable, disc: TensorVariable
) -> TensorVariable:
    """Log-likelihood per cell, shape (cell,), without its multinomial coefficient; one softplus per cell and cut point.

    F(b) - F(a) = F(b) F(-a) (1 - exp(a - b)) for the logistic F, so that neighbouring levels share their terms, and
    with equal variances the last factor is the same in every cell. Shapes: counts (cell, level), eta (cell,),
    cuts (1, cut), disc (cell,) or (1,).
    """
    log_gaps = pt.log(-pt.expm1(-disc[:, None] * (cuts[:, 1:] - cuts[:, :-1])))
    middle = counts[:, 1:-1]
    if disc.type.shape == (1,):
        return logit_tails(counts, disc[0] * eta, disc[0] * cuts[0])[0] + product(middle, log_gaps[0])
    x = disc[:, None] * (cuts - eta[:, None])
    tails = counts[:, :-1] * x - (counts[:, :-1] + counts[:, 1:]) * pt.softplus(x)
    return tails.sum(axis=1) + (middle * log_gaps).sum(axis=1)


def probit_logp(
    counts: TensorVariable, eta: TensorVariable, cuts: TensorVariable, disc: TensorVariable
) -> TensorVariable:
    """Log-likelihood per cell as `logit_logp`; differences are taken in the smaller tail."""
    x = disc[:, None] * (cuts - eta[:, None])
    lower, upper = x[:, :-1], x[:, 1:]
    flip = lower + upper > 0
    near, far = _log_ndtr(pt.switch(flip, -lower, upper)), _log_ndtr(pt.switch(flip, -upper, lower))
    middle = near + pt.log(-pt.expm1(far - near))
    ends = counts[:, 0] * _log_ndtr(x[:, 0]) + counts[:, -1] * _log_ndtr(-x[:, -1])
    return ends + (counts[:, 1:-1] * middle).sum(axis=1)


LOGP = {"logit": logit_logp, "probit": probit_logp}
"""Link -> f(counts, eta, cuts, disc) per cell."""


def _log_ndtr(x: TensorVariable) -> TensorVariable:
    """Log of the normal distribution function; each branch sees only the half line where it is finite."""
    left, right = pt.minimum(x, 0.0) / ROOT_2, pt.maximum(x, 0.0) / ROOT_2
    return pt.switch(x < 0, pt.log(pt.erfcx(-left)) - left**2 - LOG_2, pt.log1p(-pt.erfc(right) / 2))
