"""Shares of cases by entity, category and period: a hierarchical beta-binomial model of integer counts."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pymc as pm
from pytensor.tensor import TensorVariable
from scipy.linalg import helmert

from evalcore.errors import EvalcoreError, say
from evalcore.indicators.pool import WHOLE
from evalcore.model.centring import gains_of_means, weights
from evalcore.model.priors import FIXED_UP_TO, LEAST_SD
from evalcore.model.products import product
from evalcore.model.rate_draws import BASE, FACTORS, MAIN, SPREAD, Members, rate_shapes


def rate_data(counts: pd.DataFrame, members: Members) -> dict[str, np.ndarray]:
    """Arrays the model is fitted to: for `build_rates`, or for the compiled model's next fit.

    Parameters
    ----------
    counts : DataFrame
        entity, category, period, hits, n: whole numbers of cases, 0 <= hits <= n. Cells without cases are left out.

    Returns
    -------
    dict of ndarray
        `hits`, `n`; per factor `<factor>_at`, the member of each cell, and `<factor>_known`, 0 where the source does
        not distinguish the factor (category "all", period "year"), else 1, all of shape (cell,);
        `<factor>_contrasts` (member, member - 1), see `contrasts`; `centred` (entity - 1,), partial centring.

    Raises
    ------
    EvalcoreError
        No case at all, counts that are none, a member nobody declared.
    """
    used = checked_counts(counts)
    data = {"hits": used["hits"].to_numpy("int64"), "n": used["n"].to_numpy("int64")}
    for factor in FACTORS:
        at, known = _places(used, factor, members[factor])
        seen = np.bincount(at, known, len(members[factor])) > 0
        data |= {f"{factor}_at": at, f"{factor}_known": known, f"{factor}_contrasts": contrasts(seen)}
    return data | {"centred": _entity_centring(data, members) * (data["entity_contrasts"] != 0).any(axis=0)}


def build_rates(data: Mapping[str, np.ndarray], members: Members) -> pm.Model:
    """The model: hits ~ BetaBinomial(n, (1 + e^x) / t^2, (1 + e^-x) / t^2), x = base + entity + category + period.

    A cell's rate is a beta variable with mean 1 / (1 + e^-x) and a standard deviation of about t = `spread` on the
    logit scale, which stands for all interactions. Effects add up to zero over the members with cases; members without
    any have none. Those of entities share a standard deviation that is learned; those of categories and periods, to
    which every entity contributes, have the prior's. A factor with a single member has no effect.
    """
    with pm.Model(coords={factor: list(members[factor]) for factor in FACTORS}) as model:
        held = {name: pm.Data(name, value) for name, value in data.items()}
        logit = pm.Normal("base", 0, BASE)
        for factor in FACTORS:
            if len(members[factor]) > 1:
                effect = _effect(factor, held[f"{factor}_contrasts"], held["centred"])
                logit = logit + held[f"{factor}_known"] * effect[held[f"{factor}_at"]]
        spread = pm.HalfNormal("spread", SPREAD)
        alpha, beta = rate_shapes(logit, spread, pm.math)
        pm.BetaBinomial("cases", alpha=alpha, beta=beta, n=held["n"], observed=held["hits"])
    return model


def _entity_centring(data: Mapping[str, np.ndarray], members: Members) -> float:
    """Weight of the entities' partial centring, from shares of the cells, each one unit."""
    order = ("category", "period", "entity")
    index = np.stack([data[f"{factor}_at"] for factor in order], axis=-1)
    sizes = [len(members[factor]) for factor in order]
    freedom = [max(size - 1, 1) for size in sizes]
    share, weight = data["hits"] / data["n"], data["n"] / data["n"].mean()
    return weights(gains_of_means(share, weight, 0.0, index, sizes, freedom, main=2))[-1]


def contrasts(seen: np.ndarray) -> np.ndarray:
    """Orthonormal contrasts of the members that were seen, as columns; rows of the others, and spare columns, are 0.

    With z standard normal, contrasts @ z adds up to zero over the seen members and is the same distribution for any
    order of them (a zero-sum normal), while its shape depends on the number of all members alone.

    Parameters
    ----------
    seen : ndarray of bool, shape (member,)

    Returns
    -------
    ndarray, shape (member, member - 1)
    """
    basis, number = np.zeros((len(seen), len(seen) - 1)), int(seen.sum())
    if number > 1:
        basis[seen, : number - 1] = helmert(number).T
    return basis


def _effect(factor: str, basis: TensorVariable, centred: TensorVariable) -> TensorVariable:
    """Zero-sum effects; those of entities sd^(1 - w) basis z, z ~ Normal(0, sd^w), centred as far as w says."""
    size = len(pm.modelcontext(None).coords[factor]) - 1
    if factor != "entity" or size <= FIXED_UP_TO:
        free = pm.Normal(f"z_{factor}", 0, MAIN, shape=size)
    else:
        sd = pm.math.sqrt(pm.HalfNormal(f"sd_{factor}", MAIN) ** 2 + LEAST_SD**2)
        free = sd ** (1 - centred) * pm.Normal(f"z_{factor}", 0, sd**centred, shape=size)
    return pm.Deterministic(f"effect_{factor}", product(basis, free), dims=factor)


def _places(used: pd.DataFrame, factor: str, members: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Member of each cell (0 where the factor is not distinguished) and whether it is distinguished, 0 or 1."""
    at = pd.Index(members).get_indexer(used[factor])
    strange = (at < 0) & (used[factor] != WHOLE.get(factor)).to_numpy()
    if strange.any():
        raise EvalcoreError(say("counts of a rate", f"{factor} '{used[factor][strange].iloc[0]}'", ", ".join(members)))
    return np.maximum(at, 0), (at >= 0).astype(float)


def checked_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """The cells with cases; refuses what cannot be a count of hits among cases."""
    for column in ("hits", "n"):
        value = counts[column].astype(float)
        _refuse(
            counts, column, ~(np.isfinite(value) & (value >= 0) & (value == np.floor(value))), "whole numbers from 0"
        )
    _refuse(counts, "hits", counts["hits"] > counts["n"], "at most the n cases of the cell")
    twice = counts.duplicated([*FACTORS])
    _refuse(counts, "n", twice, "one row per entity, category and period")
    used = counts[counts["n"] > 0]
    if used.empty:
        raise EvalcoreError(say("counts of a rate", "no case in any cell", "one case at least", "leave the rate out"))
    return used


def _refuse(counts: pd.DataFrame, column: str, bad: pd.Series, allowed: str) -> None:
    if bad.any():
        row = counts[bad].iloc[0]
        place = ", ".join(str(row[factor]) for factor in FACTORS)
        raise EvalcoreError(say(f"counts of a rate, {place}, {column}", f"{row[column]}", allowed))
