"""Sampling: compiled once per structure, then fed with the data of each fit; the same seed gives the same bits."""

from dataclasses import dataclass
from importlib.metadata import version
from math import ceil
from typing import Any

import numpy as np
import nutpie
import pymc as pm
import xarray as xr

from evalcore.errors import EvalcoreError, say
from evalcore.model.design import Design
from evalcore.model.effects import term_name
from evalcore.model.ordinal import build, check_identified, cut_labels, model_data
from evalcore.model.posterior import log_likelihood
from evalcore.model.priors import Priors

FEW = 10_000
"""Respondents below which steps are kept shorter."""
KEPT = ("cut_point", "share", "effect_", "sd_", "log_disc_")
"""Variables that are stored; what they were sampled through is not."""
STATISTICS = ["diverging", "energy", "logp", "n_steps", "depth", "maxdepth_reached", "step_size", "mean_tree_accept"]
STEADIER = (0.95, 0.99)
"""Acceptance asked for in turn where transitions diverged: shorter steps follow the posterior where it bends."""
_COMPILED: dict[tuple, Any] = {}


@dataclass(frozen=True)
class Settings:
    """How a posterior is sampled.

    Attributes
    ----------
    draws : int
        Draws handed on, over all chains together.
    taken : int
        Draws taken and judged, if more than are handed on: from few draws, R-hat of some effect among hundreds
        passes 1.01 by chance.
    tune, chains : int
        Warm-up draws per chain; chains, four at least.
    target_accept : float or None
        None: 0.9 below 10,000 respondents, 0.8 above.
    """

    draws: int = 2000
    tune: int = 1000
    chains: int = 4
    target_accept: float | None = None
    taken: int = 0


def structure(design: Design, priors: Priors) -> tuple:
    """What decides the compiled code; fits that agree in it share one compile."""
    sizes = tuple((name, len(found)) for name, found in design.factors.items())
    return len(design.levels), sizes, design.terms, priors


def sample(design: Design, priors: Priors, settings: Settings, seed: int) -> xr.DataTree:
    """Posterior of one item.

    Parameters
    ----------
    seed : int
        Same seed, same data, same machine code: the same bits, whatever the number of cores.

    Returns
    -------
    DataTree
        `posterior` (chain, draw, ...) with the variables of `evalcore.model.ordinal.build`, `sample_stats`,
        `log_likelihood`, `observed_data` (counts) and `constant_data` (cells as `cell_<factor>`, centring weights);
        attributes tell item, priors, sampler, tune, chains, seed and versions. Wall time is not among them: a rerun
        gives the same bits. Where transitions diverged it was sampled again with shorter steps; `target_accept` is
        what was asked for last.
    """
    check_identified(design, priors)
    accept = settings.target_accept or (0.9 if design.counts.sum() < FEW else 0.8)
    fed = compiled(design, priors).with_data(**model_data(design, priors))
    for asked in (accept, *(more for more in STEADIER if more > accept)):
        drawn = nutpie.sample(
            fed,
            draws=ceil(max(settings.draws, settings.taken) / settings.chains),
            tune=settings.tune,
            chains=settings.chains,
            seed=seed,
            target_accept=asked,
            save_warmup=False,
            progress_bar=False,
        )
        if not drawn["sample_stats"]["diverging"].any():
            break
    return _labelled(drawn, design, _facts(design, priors, settings) | {"seed": seed, "target_accept": asked})


def prior_predictive(design: Design, priors: Priors, draws: int, seed: int) -> xr.DataTree:
    """What the priors alone let happen: `prior` (effects, cut points) and `prior_predictive` (`answers`, counts).

    Raises
    ------
    EvalcoreError
        Flat effects, which cannot be drawn.
    """
    if priors.effects == "flat":
        raise EvalcoreError(say(f"prior of '{design.item}'", "flat effects cannot be drawn", "`effects: pooled`"))
    plain = {"mode": "FAST_COMPILE"}  # a few hundred draws are not worth a compile
    return pm.sample_prior_predictive(draws, model=build(design, priors), random_seed=seed, compile_kwargs=plain)


def _facts(design: Design, priors: Priors, settings: Settings) -> dict:
    chosen = {"link": priors.link, "cut_points": priors.cut_points, "effects": priors.effects}
    used = {library: version(library) for library in ("nutpie", "pymc", "pytensor", "numba", "numpy")}
    return {
        "item": design.item,
        "levels": list(design.levels),
        "respondents": int(design.counts.sum()),
        **chosen,
        "unequal": priors.unequal or "none",
        "sampler": "nutpie NUTS",
        "draws": settings.draws,
        "tune": settings.tune,
        "chains": settings.chains,
        **used,
    }


def compiled(design: Design, priors: Priors) -> Any:
    """The compiled model of a structure, made once per process; processes forked afterwards have it too."""
    key = structure(design, priors)
    if key not in _COMPILED:
        _COMPILED[key] = nutpie.compile_pymc_model(build(design, priors), backend="numba")
    return _COMPILED[key]


def _labelled(drawn: xr.DataTree, design: Design, facts: dict) -> xr.DataTree:
    """The labels of this item on what the compiled model drew, data beside it, the facts of the run as attributes."""
    names = [n for n in drawn["posterior"].data_vars if str(n).startswith(KEPT)]
    labels = {name: list(found) for name, found in design.factors.items()} | {"cut": cut_labels(design.levels)}
    posterior = drawn["posterior"].to_dataset()[names].assign_coords(labels)
    finite(posterior, design.item)
    stats = drawn["sample_stats"].to_dataset()[STATISTICS]
    tree = xr.DataTree.from_dict({"posterior": posterior.drop_attrs(), "sample_stats": stats.drop_attrs()})
    tree.attrs = facts
    tree["log_likelihood"] = xr.DataTree(log_likelihood(tree, design.cells, design.counts))
    counts = xr.DataArray(design.counts, dims=("cell", "level"), coords={"level": list(design.levels)})
    tree["observed_data"] = xr.DataTree(counts.to_dataset(name="counts"))
    cells = {f"cell_{name}": ("cell", design.cells[name].to_numpy(str)) for name in design.factors}
    terms = [term_name(term) for term in design.terms]
    tree["constant_data"] = xr.DataTree(xr.Dataset({**cells, "centring": ("term", design.centring)}, {"term": terms}))
    return tree


def finite(posterior: xr.Dataset, item: str) -> None:
    """Refuse a posterior with a draw that is no number; none is ever written."""
    bad = [name for name, values in posterior.data_vars.items() if not np.isfinite(values).all()]
    if bad:
        raise EvalcoreError(say(f"model of '{item}'", f"draws of {bad[0]} that are no numbers", "finite draws"))
