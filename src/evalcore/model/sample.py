"""Sampling the ordinal model: what a fit takes, what its tree holds."""

from typing import Any

import pymc as pm
import xarray as xr

from evalcore.errors import EvalcoreError, say
from evalcore.model.design import Design
from evalcore.model.effects import term_name
from evalcore.model.ordinal import build, check_identified, cut_labels, model_data
from evalcore.model.posterior import log_likelihood
from evalcore.model.priors import Priors
from evalcore.model.sampler import Settings, compiled_model, finite, nuts

FEW = 10_000
"""Respondents below which steps are kept shorter."""
KEPT = ("cut_point", "share", "effect_", "sd_", "log_disc_")
"""Variables that are stored; what they were sampled through is not."""


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
        `log_likelihood`, `observed_data` (counts) and `constant_data` (`cell_<factor>`, and `gain` of each term);
        attributes tell item, priors, sampler, tune, chains, seed and versions. Wall time is not among them: a rerun
        gives the same bits. Where transitions diverged it was sampled again with shorter steps; `target_accept` is
        what was asked for last.
    """
    check_identified(design, priors)
    accept = settings.target_accept or (0.9 if design.counts.sum() < FEW else 0.8)
    data = model_data(design, priors)
    drawn = nuts(structure(design, priors), lambda: build(design, priors), data, settings, accept, seed)
    return _labelled(drawn, design, _facts(design, priors))


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


def _facts(design: Design, priors: Priors) -> dict:
    chosen = {"link": priors.link, "cut_points": priors.cut_points, "effects": priors.effects}
    counted = {"levels": list(design.levels), "respondents": int(design.counts.sum())}
    return {"item": design.item, **counted, **chosen, "unequal": priors.unequal or "none"}


def compiled(design: Design, priors: Priors) -> Any:
    """The compiled model of a structure, made once per process; processes forked afterwards have it too."""
    return compiled_model(structure(design, priors), lambda: build(design, priors))


def _labelled(drawn: xr.DataTree, design: Design, facts: dict) -> xr.DataTree:
    """The labels of this item on what the compiled model drew, data beside it, the facts of the run as attributes."""
    names = [n for n in drawn["posterior"].data_vars if str(n).startswith(KEPT)]
    labels = {name: list(found) for name, found in design.factors.items()} | {"cut": cut_labels(design.levels)}
    posterior = drawn["posterior"].to_dataset()[names].assign_coords(labels)
    finite(posterior, design.item)
    tree = xr.DataTree.from_dict({"posterior": posterior, "sample_stats": drawn["sample_stats"].to_dataset()})
    tree.attrs = facts | drawn.attrs
    tree["log_likelihood"] = xr.DataTree(log_likelihood(tree, design.cells, design.counts))
    counts = xr.DataArray(design.counts, dims=("cell", "level"), coords={"level": list(design.levels)})
    tree["observed_data"] = xr.DataTree(counts.to_dataset(name="counts"))
    cells = {f"cell_{name}": ("cell", design.cells[name].to_numpy(str)) for name in design.factors}
    terms = [term_name(term) for term in design.terms]
    tree["constant_data"] = xr.DataTree(xr.Dataset({**cells, "gain": ("term", design.gain)}, {"term": terms}))
    return tree
