"""What an edition may choose about an ordinal model; without PyMC, so that reading a choice stays light."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

from evalcore.model.shares import Link

SAME_SPREAD = {"logit": 1.0, "probit": sqrt(3) / pi}
"""Standard deviation of the normal over that of the logistic: the same effect on either scale."""


FIXED_UP_TO = 2
"""Degrees of freedom of a term that cannot tell its own standard deviation."""


LEAST_SD = 0.01
"""Added in squares to a standard deviation that is learned: where groups may be all alike, the posterior would narrow
without end towards 0, and no sampler follows. On the logit scale it is a quarter of a percentage point."""


def learned(term: Sequence[str], freedom: int) -> bool:
    """Whether a term of an ordinal model learns its standard deviation: entities and interactions do, if they can.

    Ages, categories or quarters are few and rest on the answers of all entities: pooling would change nothing but the
    sampler's task, which is hard where a standard deviation may be next to nothing.
    """
    return freedom > FIXED_UP_TO and (len(term) > 1 or tuple(term) == ("entity",))


@dataclass(frozen=True)
class Priors:
    """Link, prior of the cut points, pooling of effects, and which groups have a standard deviation of their own.

    Attributes
    ----------
    link : {"logit", "probit"}
    cut_points : {"dirichlet", "student_t"}
        Dirichlet(1) on the shares of the levels at eta = 0, or independent student_t(3, 0, 2.5) in their order.
    effects : {"pooled", "flat"}
        Pooled: zero-sum normal effects with half-normal standard deviations (below), fixed at those scales where a term
        does not learn its own (`learned`). Flat: no pooling, the first level of each factor is the reference, effect 0.
    unequal : str or None
        Factor whose levels have discriminations of their own, exp(log_disc); pooled and zero-sum, or flat and
        relative to the first level, like the effects. None: equal variances.
    main, interaction, disc : float
        Scales of the half-normals on the logit scale; times 0.55 (sqrt(3)/pi) under a probit link.
    """

    link: Link = "logit"
    cut_points: Literal["dirichlet", "student_t"] = "dirichlet"
    effects: Literal["pooled", "flat"] = "pooled"
    unequal: str | None = None
    main: float = 0.5
    interaction: float = 0.25
    disc: float = 0.25
