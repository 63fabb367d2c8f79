"""One builder for every ordinal item: hierarchical cumulative regression on counts per cell and level."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import prod

import numpy as np
import pymc as pm
import pytensor.tensor as pt
from pytensor.tensor import TensorVariable

from evalcore.errors import EvalcoreError, say
from evalcore.model.coordinates import coordinates
from evalcore.model.design import Design
from evalcore.model.effects import contrasts, effects, term_name
from evalcore.model.likelihood import answers
from evalcore.model.priors import FIXED_UP_TO, SAME_SPREAD, Priors, learned


def build(design: Design, priors: Priors) -> pm.Model:
    """The model of one item; every number of the data is in `pm.Data`, so that one compile serves many items.

    P(level <= j) = F(d (c_j - eta)), eta = sum of the effects of a cell. Dims: the factors, `level`, `cut`, `cell`,
    `term`. Variables: `cut_point`, `effect_<term>` (for example `effect_entity`, `effect_entity_x_category`),
    `sd_<term>` (of the terms that can tell it), and with unequal variances `log_disc_<factor>`, `sd_log_disc_<factor>`.
    """
    check_identified(design, priors)
    with pm.Model(coords=_coords(design)) as model:
        data = {name: pm.Data(name, value, dims=DATA.get(name)) for name, value in model_data(design, priors).items()}
        counts, index = data["counts"], data.get("index")
        cuts = pm.Deterministic("cut_point", CUT_POINTS[priors.cut_points](priors), dims="cut")
        eta = _located(design, priors, index, data) if design.terms else pt.zeros(counts.shape[0])
        disc = _discrimination(design, priors, index) if priors.unequal else pt.as_tensor(np.float64(1.0))
        answers("answers", priors.link, eta, cuts, disc, counts, ("cell", "level"))
    return model


DATA = {"counts": ("cell", "level"), "index": ("cell", "term")}


def model_data(design: Design, priors: Priors) -> dict[str, np.ndarray]:
    """What `pm.Data` holds of a design: counts as floats, places of effects, coordinates; only what is used."""
    data = {"counts": design.counts.astype("float64")}
    if design.terms:
        data["index"] = design.index
    if design.terms and priors.effects == "pooled":
        data |= _coordinates(design)
    return data


def _coordinates(design: Design) -> dict[str, np.ndarray]:
    """`basis_<term>`, `centring` and, with interactions, `shear`, as `evalcore.model.coordinates` has them."""
    plain, main = contrasts(design.terms, design.factors, "pooled"), len(design.factors)
    found = coordinates(design.counts.sum(axis=1), design.index, plain, design.gain, _learned(design), main)
    bases = {f"basis_{term_name(term)}": basis for term, basis in zip(design.terms, found.bases, strict=True)}
    return bases | {"centring": found.centring} | ({"shear": found.shear} if len(design.terms) > main else {})


def cut_labels(levels: Sequence[int]) -> list[str]:
    """`1|2`, `2|3` and so on."""
    return [f"{a}|{b}" for a, b in pairwise(levels)]


def check_identified(design: Design, priors: Priors) -> None:
    """Refuse what the data cannot tell: flat effects of groups at one end of the scale, variances of two levels."""
    if priors.unequal and priors.unequal not in design.factors:
        raise EvalcoreError(
            say(f"model of '{design.item}', unequal", f"'{priors.unequal}'", f"one of {', '.join(design.factors)}")
        )
    if priors.unequal and len(design.levels) < 3:
        raise EvalcoreError(say(f"model of '{design.item}', unequal", "a scale of two levels", "three at least"))
    if priors.effects == "flat":
        for factor, found in design.factors.items():
            _check_mixed(design, factor, found)


def _check_mixed(design: Design, factor: str, found: Sequence[str]) -> None:
    for level in found:
        used = design.counts[(design.cells[factor] == level).to_numpy()].sum(axis=0)
        if used[0] == used.sum() or used[-1] == used.sum():
            raise EvalcoreError(
                say(
                    f"model of '{design.item}', {factor} '{level}'",
                    "every answer lies at one end of the scale, so that a flat effect has no finite estimate",
                    "answers away from the end, or pooled effects",
                    "use `effects: pooled`, or join this level with another",
                )
            )


def _coords(design: Design) -> dict[str, Sequence]:
    terms = [term_name(term) for term in design.terms]
    return {
        **design.factors,
        "level": design.levels,
        "cut": cut_labels(design.levels),
        "term": terms,
        "cell": range(len(design.cells)),
    }


def _dirichlet(priors: Priors) -> TensorVariable:
    """Cut points at the quantiles of Dirichlet(1) shares, each worked out from its smaller tail."""
    share = pm.Dirichlet("share", np.ones(len(pm.modelcontext(None).coords["level"])), dims="level")
    below, above = pt.cumsum(share)[:-1], pt.cumsum(share[::-1])[::-1][1:]
    if priors.link == "logit":
        return pt.log(below) - pt.log(above)
    tail = np.sqrt(2.0) * pt.erfcinv(2 * pt.minimum(below, above))
    return pt.switch(below < above, -tail, tail)


def _student_t(priors: Priors) -> TensorVariable:
    cuts = len(pm.modelcontext(None).coords["cut"])
    start = np.linspace(-1, 1, cuts) if cuts > 1 else np.zeros(1)
    ordered = pm.distributions.transforms.ordered
    return pm.StudentT("threshold", nu=3, mu=0, sigma=2.5, shape=cuts, transform=ordered, initval=start)


CUT_POINTS = {"dirichlet": _dirichlet, "student_t": _student_t}
"""Prior of the cut points -> f(priors), inside a model."""


def _located(
    design: Design, priors: Priors, index: TensorVariable, held: Mapping[str, TensorVariable]
) -> TensorVariable:
    """Sum of the effects of each cell, shape (cell,): one look-up in the effects of all terms."""
    scales = np.array([priors.main if len(term) == 1 else priors.interaction for term in design.terms])
    scales = scales * SAME_SPREAD[priors.link]
    flat = effects("effect", "sd", design.terms, design.factors, priors.effects, scales, _learned(design), held)
    return flat[index + np.cumsum([0, *design.sizes])[:-1]].sum(axis=1)


def _learned(design: Design) -> list[bool]:
    """Terms with a standard deviation of their own."""
    return [learned(term, prod(len(design.factors[factor]) - 1 for factor in term)) for term in design.terms]


def _discrimination(design: Design, priors: Priors, index: TensorVariable) -> TensorVariable:
    """One over the standard deviation of each cell, shape (cell,)."""
    term = (priors.unequal,)
    freedom = len(design.factors[priors.unequal]) - 1
    own, uncentred = [freedom > FIXED_UP_TO], {"centring": pt.zeros(freedom)}
    scales = np.array([priors.disc])
    log_disc = effects("log_disc", "sd_log_disc", [term], design.factors, priors.effects, scales, own, uncentred)
    return pt.exp(log_disc)[index[:, design.terms.index(term)]]
