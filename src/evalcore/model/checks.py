"""All that is asked of one fit of the ordinal model before what rests on it may be shown."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.gate import THRESHOLDS, Verdict, verdict
from evalcore.model.loo import Loo, weighted_loo
from evalcore.model.posterior import combined, probabilities
from evalcore.model.predictive import compared, distance_p, level_share, mean_level, replicated_counts
from evalcore.model.prior import hyperprior_scales, prior_of
from evalcore.model.sensitivity import log_hyperprior, power_scaling

REPLICATES = 500
"""Data sets drawn anew, from as many draws of the posterior, and of the prior."""
CHUNK = 250
"""Draws looked at together: bounds memory; every step reads all effects anew."""


class Checked(NamedTuple):
    """A verdict and what it rests on.

    `summary` is one row (fit, item, respondents, cells, n, elpd, se, p_loo, k_above, k_worst, distance_p, sensitive,
    and what the verdict's table holds); `groups` compares the mean level of each entity with its replications;
    `levels` holds per level the observed share in percent beside the posterior's and the prior's predictions;
    `sensitivity` the power-scaling sensitivity of each entity's mean. Rates and panels have no `levels`.
    """

    verdict: Verdict
    summary: dict[str, object]
    groups: pd.DataFrame
    levels: pd.DataFrame
    sensitivity: pd.DataFrame


def check_ordinal(fit: str, tree: xr.DataTree, interval: float, rng: np.random.Generator) -> Checked:
    """Judge one fit of the ordinal model.

    Parameters
    ----------
    tree : DataTree
        As `evalcore.model.sample.sample` returns it.
    interval : float
        Probability of the intervals shown.
    """
    counts = tree["observed_data"]["counts"].to_numpy().astype("int64")
    cells = answered_cells(tree)
    codes, names = _groups(cells)
    replicated, distances = _replications(tree, cells, counts, codes, len(names), rng)
    observed = np.zeros(replicated.shape[1:], "int64")
    np.add.at(observed, codes, counts)
    groups = compared(names, mean_level(observed), mean_level(replicated), interval)
    judged = verdict(fit, tree, groups)
    sensitivity, loo = _sensitivity(tree, cells, counts, codes, names), loo_of(tree, judged.table["ess_mean"])
    summary = {
        "fit": fit,
        "item": tree.attrs["item"],
        "respondents": int(counts.sum()),
        "cells": len(cells),
        **judged.table,
        "passed": judged.passed,
        "elpd": loo.elpd,
        "se": loo.se,
        "p_loo": loo.p,
        "k_above": loo.above(THRESHOLDS.pareto_k),
        "k_worst": float(np.max(loo.k)),
        "distance_p": distance_p(distances),
        "sensitive": int((sensitivity["sensitivity"] > THRESHOLDS.sensitivity).sum()),
        "groups": len(names),
    }
    levels = _levels(tree, cells, counts, replicated, interval, rng)
    return Checked(judged, summary, *(frame.assign(fit=fit) for frame in (groups, levels, sensitivity)))


def judged(
    fit: str, tree: xr.DataTree, groups: pd.DataFrame, sensitivity: pd.DataFrame, facts: Mapping[str, object]
) -> Checked:
    """Judge a fit of another model, of which no observations are left out.

    Parameters
    ----------
    groups : DataFrame
        As `evalcore.model.predictive.compared`, points of 100.
    sensitivity : DataFrame
        As `evalcore.model.sensitivity.power_scaling`.
    facts : mapping
        `respondents` (or other observations), `cells`, `distance_p`.
    """
    found = verdict(fit, tree, groups)
    open_ = dict.fromkeys(("elpd", "se", "p_loo", "k_above", "k_worst"), np.nan)
    counted = {"sensitive": int((sensitivity["sensitivity"] > THRESHOLDS.sensitivity).sum()), "groups": len(groups)}
    summary = {"fit": fit, "item": tree.attrs["item"], **facts, **found.table, "passed": found.passed, **open_}
    return Checked(found, summary | counted, groups.assign(fit=fit), pd.DataFrame(), sensitivity.assign(fit=fit))


def joined(checked: Iterable[Checked]) -> dict[str, pd.DataFrame]:
    """The checks of all fits: summary, groups, levels, sensitivity."""
    found = list(checked)
    parts = {name: [getattr(own, name) for own in found] for name in ("groups", "levels", "sensitivity")}
    some = {name: [own for own in part if len(own)] for name, part in parts.items()}
    tables = {name: pd.concat(own, ignore_index=True) if own else pd.DataFrame() for name, own in some.items()}
    return {"summary": pd.DataFrame([own.summary for own in found]), **tables}


def answered_cells(tree: xr.DataTree) -> pd.DataFrame:
    """The cells a fit has answers in, a column per factor."""
    data = tree["constant_data"].to_dataset()
    names = [str(name) for name in data.data_vars if str(name).startswith("cell_")]
    found = {name.removeprefix("cell_"): data[name].to_numpy().astype(str) for name in names}
    return pd.DataFrame(found, index=range(tree["observed_data"].sizes["cell"]))


def loo_of(tree: xr.DataTree, ess: float) -> Loo:
    """Leave-one-respondent-out from the log-likelihoods of kinds of answers, n log p of the n who gave one.

    `ess`: effective draws of the posterior.
    """
    values = tree["log_likelihood"]["answers"]
    n, draws = values["n"].to_numpy(), values.transpose("chain", "draw", "answer").to_numpy().astype("float64")
    flat = draws.reshape(-1, len(n)) / n
    return weighted_loo(flat, n, min(1.0, ess / len(flat)))


def _groups(cells: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """The entity of each cell; all together where there is but one."""
    if "entity" not in cells:
        return np.zeros(len(cells), "int64"), ["all"]
    codes, names = pd.factorize(cells["entity"], sort=True)
    return codes, list(names)


def _replications(tree, cells, counts, codes, groups, rng) -> tuple[np.ndarray, np.ndarray]:
    handed_on = int(tree.attrs["draws"])
    step = max(1, handed_on // REPLICATES)
    starts = range(0, handed_on, step * CHUNK)
    parts = [
        replicated_counts(probabilities(tree, cells, slice(at, at + step * CHUNK, step)), counts, codes, groups, rng)
        for at in starts
    ]
    return tuple(np.concatenate(found) for found in zip(*parts, strict=True))


def _levels(tree, cells, counts, replicated, interval, rng) -> pd.DataFrame:
    """Share of each level over all respondents: observed, replicated from the posterior, drawn from the prior."""
    names = [str(level) for level in tree.attrs["levels"]]
    found = compared(names, level_share(counts.sum(axis=0)), level_share(replicated.sum(axis=1)), interval)
    low, high = _prior_interval(tree, cells, counts.sum(axis=1) / counts.sum(), interval, rng)
    return found.rename(columns={"quantity": "level"}).assign(prior_low=low, prior_high=high)


def _prior_interval(tree, cells, weight, interval, rng) -> np.ndarray:
    """What the prior allows the share of each level to be, (2, level) in percent; missing where it is improper."""
    if tree.attrs["effects"] == "flat":
        return np.full((2, len(tree.attrs["levels"])), np.nan)
    prior = prior_of(tree, REPLICATES, rng)
    parts = [probabilities(prior, cells, slice(at, at + CHUNK)) for at in range(0, REPLICATES, CHUNK)]
    share = np.concatenate([100 * np.einsum("dcl,c->dl", part, weight) for part in parts])
    return np.quantile(share, [0.5 - interval / 2, 0.5 + interval / 2], axis=0)


def _sensitivity(tree, cells, counts, codes, names) -> pd.DataFrame:
    """Of each entity's mean level, over its own respondents, as points of 100."""
    scales = hyperprior_scales(tree)
    if not scales:
        return pd.DataFrame({"quantity": names, "sensitivity": 0.0})
    total = counts.sum(axis=1)
    weight = np.zeros((len(total), len(names)))
    weight[np.arange(len(total)), codes] = total
    starts = range(0, int(tree.attrs["draws"]), CHUNK)
    means = [mean_level(probabilities(tree, cells, slice(at, at + CHUNK))) @ weight for at in starts]
    values = np.concatenate(means) / weight.sum(axis=0)
    results = xr.Dataset({"mean": (("chain", "draw", "entity"), values[None])}, coords={"entity": names})
    spreads = xr.Dataset({name: (("chain", "draw"), combined(tree, name)[None]) for name in scales})
    return power_scaling(results, log_hyperprior(spreads, scales))
