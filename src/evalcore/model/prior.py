"""The prior of the ordinal model drawn with NumPy, apart from PyMC: for prior predictive checks and calibration.

That it is written a second time is the point: calibration then holds the fitted model against a generator that shares
no code with it.
"""

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
import xarray as xr

from evalcore.model.effects import term_name
from evalcore.model.ordinal import SAME_SPREAD
from evalcore.model.priors import FIXED_UP_TO, LEAST_SD, Priors, learned
from evalcore.model.shares import QUANTILE


def prior_draws(
    levels: Sequence[int],
    factors: Mapping[str, Sequence[str]],
    terms: Sequence[Sequence[str]],
    priors: Priors,
    draws: int,
    rng: np.random.Generator,
) -> xr.DataTree:
    """Draws from the prior, in the form of a posterior of one chain, so that all that reads the one reads the other.

    Effects are pooled: flat ones cannot be drawn.
    """
    cuts = CUT_POINTS[priors.cut_points](len(levels), priors, draws, rng)
    found: dict[str, tuple] = {"cut_point": (("chain", "draw", "cut"), cuts[None])}
    for term, scale in zip(terms, _scales(terms, priors), strict=True):
        own = learned(term, prod(len(factors[factor]) - 1 for factor in term))
        found |= _effects("effect", "sd", term, factors, scale, own, draws, rng)
    if priors.unequal:
        own = len(factors[priors.unequal]) - 1 > FIXED_UP_TO
        found |= _effects("log_disc", "sd_log_disc", (priors.unequal,), factors, priors.disc, own, draws, rng)
    tree = xr.DataTree.from_dict({"posterior": xr.Dataset(found, coords={k: list(v) for k, v in factors.items()})})
    tree.attrs = {"link": priors.link, "levels": list(levels), "draws": draws}
    return tree


def _dirichlet(levels: int, priors: Priors, draws: int, rng: np.random.Generator) -> np.ndarray:
    share = rng.dirichlet(np.ones(levels), draws)
    return QUANTILE[priors.link](np.cumsum(share, axis=1)[:, :-1])


def _student_t(levels: int, _priors: Priors, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Independent ones in their order have the density of the ordered."""
    return np.sort(2.5 * rng.standard_t(3, (draws, levels - 1)), axis=1)


CUT_POINTS = {"dirichlet": _dirichlet, "student_t": _student_t}
"""Prior of the cut points -> f(levels, priors, draws, rng), shape (draw, cut)."""


def prior_of(tree: xr.DataTree, draws: int, rng: np.random.Generator) -> xr.DataTree:
    """Draws from the prior that a posterior was sampled under."""
    return prior_draws(tree.attrs["levels"], factors_of(tree), terms_of(tree), priors_of(tree), draws, rng)


def priors_of(tree: xr.DataTree) -> Priors:
    """The priors a posterior was sampled under, as its attributes tell them."""
    unequal = tree.attrs["unequal"]
    chosen = {key: tree.attrs[key] for key in ("link", "cut_points", "effects")}
    return Priors(**chosen, unequal=None if unequal == "none" else unequal)


def terms_of(tree: xr.DataTree) -> list[tuple[str, ...]]:
    """Factors of each term of a fit."""
    effects = [v for name, v in tree["posterior"].data_vars.items() if str(name).startswith("effect_")]
    return [tuple(map(str, effect.dims[2:])) for effect in effects]


def factors_of(tree: xr.DataTree) -> dict[str, list[str]]:
    """Factors of a fit -> their levels."""
    names = dict.fromkeys(factor for term in terms_of(tree) for factor in term)
    return {name: [str(level) for level in tree["posterior"][name].to_numpy()] for name in names}


def hyperprior_scales(tree: xr.DataTree) -> dict[str, float]:
    """Standard deviations of a fit -> scales of their half-normal priors."""
    priors, terms = priors_of(tree), terms_of(tree)
    scales = {f"sd_{term_name(term)}": scale for term, scale in zip(terms, _scales(terms, priors), strict=True)}
    scales |= {f"sd_log_disc_{priors.unequal}": priors.disc} if priors.unequal else {}
    return {name: scale for name, scale in scales.items() if name in tree["posterior"]}


def _scales(terms: Sequence[Sequence[str]], priors: Priors) -> np.ndarray:
    scales = [priors.main if len(term) == 1 else priors.interaction for term in terms]
    return np.array(scales) * SAME_SPREAD[priors.link]


def _effects(prefix, spread, term, factors, scale, own, draws, rng) -> dict[str, tuple]:
    """Zero-sum normal effects, of a standard deviation of their `own`, drawn half-normal, or of the fixed scale."""
    shape = [len(factors[factor]) for factor in term]
    sd = np.abs(rng.normal(0, scale, draws)) if own else np.full(draws, scale)
    whole = np.hypot(sd, LEAST_SD) if own else sd
    values = whole.reshape(-1, *[1] * len(shape)) * _zero_sum(rng.normal(size=(draws, *shape)))
    found = {f"{prefix}_{term_name(term)}": (("chain", "draw", *term), values[None])}
    return found | ({f"{spread}_{term_name(term)}": (("chain", "draw"), sd[None])} if own else {})


def _zero_sum(values: np.ndarray) -> np.ndarray:
    """Without its mean along every axis but the first."""
    for axis in range(1, values.ndim):
        values = values - values.mean(axis=axis, keepdims=True)
    return values
