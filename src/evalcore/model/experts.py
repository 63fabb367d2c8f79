"""Expert review: what the panel thinks of each entity and dimension once its members' severities are taken off."""

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
import pandas as pd
import pymc as pm
import xarray as xr

from evalcore.errors import EvalcoreError, say
from evalcore.model.centring import gains_of_means, weights
from evalcore.model.effects import effects, term_name
from evalcore.model.panel import HIGHEST, LOWEST, ROUNDING, SPREAD, UNLIKE, expert_draws
from evalcore.model.panel import TERMS as SCALES
from evalcore.model.priors import FIXED_UP_TO
from evalcore.model.sampler import Settings, finite, nuts

FACTORS = ("entity", "dimension", "expert")
TERMS = tuple(tuple(name.split("_x_")) for name in SCALES)
MIDDLE, WIDTH, FAVOUR = 5.5, 2.0, 1.5
"""Prior: centre and scale of the level, scale of what a conflict of interest adds."""
ACCEPT = 0.9

Panel = Mapping[str, Sequence[str]]
""""entity", "dimension", "expert" -> members, those with scores."""


def panel(reviews: pd.DataFrame) -> Panel:
    """Members with scores, sorted."""
    return {factor: sorted(reviews[factor].astype(str).unique()) for factor in FACTORS}


def expert_data(reviews: pd.DataFrame, known: Panel) -> dict[str, np.ndarray]:
    """Arrays the model is fitted to: for `build_experts`, or for the compiled model's next fit.

    Parameters
    ----------
    reviews : DataFrame
        expert, entity, dimension, score (1 to 10), conflict; one round. Missing scores are rows that are not there.

    Raises
    ------
    EvalcoreError
        Scores outside the scale or missing, fewer than two experts, two scores of one expert for the same thing.
    """
    _check(reviews)
    codes = {factor: pd.Index(known[factor]).get_indexer(reviews[factor].astype(str)) for factor in FACTORS}
    sizes = [int(np.prod([len(known[factor]) for factor in term])) for term in _terms(known)]
    freedom = [int(np.prod([len(known[factor]) - 1 for factor in term])) for term in _terms(known)]
    index = np.stack([_place(term, codes, known) for term in _terms(known)], axis=-1)
    score = reviews["score"].to_numpy(float)
    main = sum(len(term) == 1 for term in _terms(known))
    centred = weights(gains_of_means(score, np.ones(len(score)), 0.0, index, sizes, freedom, main))
    favoured = reviews["conflict"].astype(bool).to_numpy(float)
    return {
        "score": score,
        "favoured": favoured,
        "index": index,
        "rater": codes["expert"],
        "centring": np.repeat(centred, freedom),
    }


def build_experts(data: Mapping[str, np.ndarray], known: Panel) -> pm.Model:
    """The many-facet model of Linacre (1989) on the panel's own scale.

    score ~ Normal(base + quality + dimension + profile + leniency + leniency by dimension + favour conflict,
    sqrt(spread_expert^2 + 1/12)). All effects add up to zero: the panel as a whole defines the scale, so that a panel
    that is severe throughout cannot be told from worse platforms. Leniency is minus severity. `favour` is what a
    declared conflict of interest adds on average; the reviews concerned thus say nothing of the entity's level.
    """
    with pm.Model(coords={factor: list(known[factor]) for factor in FACTORS}):
        held = {name: pm.Data(name, value) for name, value in data.items()}
        terms = _terms(known)
        scales = np.array([SCALES[term_name(term)] for term in terms])
        own = [prod(len(known[factor]) - 1 for factor in term) > FIXED_UP_TO for term in terms]
        flat = effects("effect", "sd", terms, known, "pooled", scales, own, {"centring": held["centring"]})
        starts = np.cumsum([0, *(int(np.prod([len(known[factor]) for factor in term])) for term in terms)])[:-1]
        base, favour = pm.Normal("base", MIDDLE, WIDTH), pm.Normal("favour", 0, FAVOUR)
        level = base + flat[held["index"] + starts].sum(axis=1) + favour * held["favoured"]
        usual, unlike = pm.HalfNormal("usual_spread", SPREAD), pm.HalfNormal("unlike", UNLIKE)
        own = pm.Deterministic(
            "spread", usual * pm.math.exp(unlike * pm.Normal("z_spread", 0, 1, dims="expert")), dims="expert"
        )
        pm.Normal("reviews", level, pm.math.sqrt(own**2 + ROUNDING)[held["rater"]], observed=held["score"])
        return pm.modelcontext(None)


def fit_experts(reviews: pd.DataFrame, settings: Settings, seed: int, known: Panel | None = None) -> xr.DataTree:
    """Posterior of one round of reviews.

    Parameters
    ----------
    reviews : DataFrame
        As `expert_data` takes them.
    known : Panel, optional
        All members, where some of them have no scores (an expert left out): such a fit shares the compiled model.

    Returns
    -------
    DataTree
        `posterior` (chain, draw, ...): `base`, `effect_<term>`, `sd_<term>`, `favour` (its prior where nobody declared
        a conflict), `spread` (expert); points of the panel's scale. `sample_stats`. `observed_data`: `scores`, how many
        were given (entity, dimension). `reviews` (review): `score`, `favoured`, `rater`, with who scored what.
    """
    known = known or panel(reviews)
    data = expert_data(reviews, known)
    sizes = tuple(len(known[factor]) for factor in FACTORS)
    accept = settings.target_accept or ACCEPT
    tree = nuts(("experts", sizes), lambda: build_experts(data, known), data, settings, accept, seed)
    posterior = tree["posterior"].to_dataset()
    kept = posterior[[key for key in posterior.data_vars if not key.startswith(("z_", "own_"))]]
    kept = kept.assign_coords({factor: list(known[factor]) for factor in FACTORS if factor in kept.dims})
    finite(kept, "experts")
    given = reviews.groupby(["entity", "dimension"]).size().unstack(fill_value=0)
    given = given.reindex(index=list(known["entity"]), columns=list(known["dimension"]), fill_value=0)
    scores = xr.DataArray(
        given.to_numpy(), dims=("entity", "dimension"), coords={k: list(known[k]) for k in FACTORS[:2]}
    )
    groups = {"posterior": kept, "sample_stats": tree["sample_stats"].to_dataset(), "reviews": _reviews(reviews, data)}
    held = xr.DataTree.from_dict({**groups, "observed_data": scores.to_dataset(name="scores")})
    held.attrs = tree.attrs | {"item": "experts"}
    return held


def _reviews(reviews: pd.DataFrame, data: Mapping[str, np.ndarray]) -> xr.Dataset:
    places = {factor: ("review", reviews[factor].to_numpy(str)) for factor in FACTORS}
    return xr.Dataset({key: ("review", data[key]) for key in ("score", "favoured", "rater")} | places)


def left_out(reviews: pd.DataFrame, settings: Settings, seed: int) -> xr.DataArray:
    """Adjusted scores (expert, entity, dimension) without each expert in turn, means of draws, points of 100.

    The expert's rows are taken out and the same compiled model is fitted again; NaN where nobody else scored.
    """
    known = panel(reviews)
    found = []
    for expert in known["expert"]:
        rest = reviews[reviews["expert"].astype(str) != expert]
        tree = fit_experts(rest, settings, seed, known)
        found.append(expert_draws(tree).mean("draw", skipna=False))
    return xr.concat(found, pd.Index(known["expert"], name="expert"))


def _terms(known: Panel) -> tuple[tuple[str, ...], ...]:
    """Terms all of whose factors have two members or more."""
    return tuple(term for term in TERMS if all(len(known[factor]) > 1 for factor in term))


def _place(term: Sequence[str], codes: Mapping[str, np.ndarray], known: Panel) -> np.ndarray:
    place = codes[term[0]]
    for factor in term[1:]:
        place = place * len(known[factor]) + codes[factor]
    return place


def _check(reviews: pd.DataFrame) -> None:
    experts = reviews["expert"].nunique()
    if experts < 2:
        raise EvalcoreError(
            say(
                "expert reviews",
                f"{experts} expert",
                "two at least: the severity of one cannot be told from the quality of what he or she judged",
                "take the panel out of the edition's sources, or ask more experts",
            )
        )
    score = reviews["score"].astype(float)
    _refuse(reviews, "score", ~((score >= LOWEST) & (score <= HIGHEST)), f"{LOWEST} to {HIGHEST}")
    _refuse(reviews, "score", reviews.duplicated([*FACTORS]), "one score per expert, entity and dimension in a round")


def _refuse(reviews: pd.DataFrame, column: str, bad: pd.Series, allowed: str) -> None:
    if bad.any():
        row = reviews[bad.to_numpy()].iloc[0]
        place = ", ".join(str(row[factor]) for factor in ("expert", "entity", "dimension"))
        raise EvalcoreError(say(f"expert reviews, {place}, {column}", f"{row[column]}", allowed))
