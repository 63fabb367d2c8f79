"""Calibration by simulation: worlds drawn from the prior, fitted, and the true values' ranks among the draws.

Where model, sampler and code agree, each rank is uniform (Talts et al. 2018, arXiv:1804.06788; Modrak et al. 2025,
doi:10.1214/23-BA1404), and a central interval covers the truth as often as it says. Worlds that break the
model's assumptions are fitted as well, and what they show is reported as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from itertools import product
from multiprocessing import get_context
from multiprocessing.pool import Pool
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.design import Design, ordinal_design
from evalcore.model.posterior import combined, probabilities, standardised
from evalcore.model.predictive import mean_level
from evalcore.model.prior import prior_draws
from evalcore.model.priors import Priors
from evalcore.model.sample import Settings, sample
from evalcore.model.shares import log_shares, shares
from evalcore.streams import stream

AS_MODELLED, MISSPECIFIED = "as_modelled", "misspecified"
LIBRARIES = ("nutpie", "pymc", "pytensor", "numba", "numpy")
DIGITS = 3
THIN = 4
"""Every fourth draw is ranked: nearly independent ones, as uniform ranks ask for."""

Ranks = dict[str, list[float]]
"""Quantity -> rank of the truth among the draws, 0 to 1, per element."""


class World(NamedTuple):
    """One drawn world: what is fitted, and the true values by quantity."""

    data: pd.DataFrame
    truth: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class OrdinalSetting:
    """A small survey: few respondents in many cells, where pooling matters most."""

    respondents: int = 2_000
    levels: int = 5
    sizes: tuple[tuple[str, int], ...] = (("entity", 8), ("age", 4), ("category", 5), ("period", 2))
    interactions: tuple[tuple[str, str], ...] = (("entity", "age"), ("entity", "category"))
    priors: Priors = field(default_factory=Priors)
    draws: int = 1_000
    tune: int = 700

    @property
    def factors(self) -> dict[str, list[str]]:
        """Factor -> its levels."""
        return {name: [f"{name}-{k}" for k in range(size)] for name, size in self.sizes}

    @property
    def grid(self) -> pd.DataFrame:
        """Every cell."""
        return pd.DataFrame(product(*self.factors.values()), columns=list(self.factors))

    @property
    def terms(self) -> tuple[tuple[str, ...], ...]:
        """Main effects, then interactions."""
        return (*((name,) for name in self.factors), *self.interactions)


def calibrate_ordinal(worlds: int, seed: int, workers: int, tell: Callable[[str], None]) -> dict:
    """Ranks over worlds as modelled and half as many misspecified ones, with what made them; JSON-able."""
    setting = OrdinalSetting()
    drawn = {
        kind: draw(setting, worlds if kind == AS_MODELLED else max(2, worlds // 2), stream(seed, "calibrate", kind))
        for kind, draw in ORDINAL_WORLDS.items()
    }
    rank = partial(_rank_ordinal, setting)
    with get_context("spawn").Pool(workers) as pool:  # each compiles once; what is compiled does not pickle
        found = {kind: _ranked(rank, own, pool, tell) for kind, own in drawn.items()}
    facts = {"respondents": setting.respondents, "cells": len(setting.grid), "draws": setting.draws}
    return _result("ordinal", worlds, seed, facts, found)


def ordinal_worlds(setting: OrdinalSetting, worlds: int, rng: np.random.Generator) -> list[World]:
    """Worlds drawn from the prior, answers from the model."""
    prior = _prior(setting, worlds, rng)
    x = standardised(prior, setting.grid)
    return [_world(prior, setting, k, x[k], rng) for k in range(worlds)]


def misspecified_worlds(setting: OrdinalSetting, worlds: int, rng: np.random.Generator) -> list[World]:
    """Worlds that break the assumptions: cells with heavy-tailed deviations, entities whose odds are not proportional.

    On the logit scale each cell moves by 0.2 t(3), and answers of an entity are exp(N(0, 0.25)) times as sharp.
    """
    prior = _prior(setting, worlds, rng)
    x = standardised(prior, setting.grid)
    moved = x - 0.2 * rng.standard_t(3, x.shape[:2])[..., None]
    entity = pd.factorize(setting.grid["entity"])[0]
    sharp = np.exp(rng.normal(0, 0.25, (worlds, entity.max() + 1)))[:, entity]
    return [_world(prior, setting, k, moved[k] * sharp[k][:, None], rng, ("mean_level",)) for k in range(worlds)]


ORDINAL_WORLDS = {AS_MODELLED: ordinal_worlds, MISSPECIFIED: misspecified_worlds}


def ordinal_layout(counts: pd.DataFrame, setting: OrdinalSetting) -> Design:
    """The design of one world's answers."""
    return ordinal_design(counts, range(1, setting.levels + 1), setting.factors, setting.interactions)


def _prior(setting: OrdinalSetting, worlds: int, rng: np.random.Generator) -> xr.DataTree:
    levels = range(1, setting.levels + 1)
    return prior_draws(levels, setting.factors, setting.terms, setting.priors, worlds, rng)


def _world(prior, setting: OrdinalSetting, k: int, x: np.ndarray, rng, only: tuple[str, ...] = ()) -> World:
    """The k-th world: answers under cut points `x` as seen from each cell (cell, cut), and its true values."""
    share = shares(setting.priors.link, x)
    total = rng.multinomial(setting.respondents, rng.dirichlet(np.full(len(x), 2.0)))
    counts = rng.multinomial(total, share)
    truth = {str(name): combined(prior, str(name))[k] for name in prior["posterior"].data_vars}
    truth |= {
        "mean_level": _by_entity(share[None], setting)[0],
        "log_likelihood": np.array((counts * log_shares(setting.priors.link, x)).sum()),
    }
    cell, level = np.nonzero(counts)
    frame = setting.grid.iloc[cell].reset_index(drop=True).assign(item="rating", level=level + 1, n=counts[cell, level])
    return World(frame, {name: values for name, values in truth.items() if not only or name in only})


def _by_entity(share: np.ndarray, setting: OrdinalSetting) -> np.ndarray:
    """Mean level of each entity as points of 100, every cell weighing the same: share (draw, cell, level)."""
    mean = mean_level(share).reshape(len(share), setting.sizes[0][1], -1)  # entity is the first factor of the grid
    return mean.mean(axis=2)


def _rank_ordinal(setting: OrdinalSetting, world: World, seed: int) -> tuple[Ranks, int]:
    """Ranks of one world's true values, and how many transitions of its fit diverged."""
    design = ordinal_layout(world.data, setting)
    tree = sample(design, setting.priors, Settings(setting.draws, setting.tune), seed)
    draws = {str(name): combined(tree, str(name))[::THIN] for name in tree["posterior"].data_vars}
    draws["mean_level"] = _by_entity(probabilities(tree, setting.grid, slice(None, None, THIN)), setting)
    draws["log_likelihood"] = _log_likelihood(tree)
    found = {name: ranks(world.truth[name], draws[name]) for name in world.truth if name in draws}
    return found, int(tree["sample_stats"]["diverging"].sum())


def _log_likelihood(tree: xr.DataTree) -> np.ndarray:
    values = tree["log_likelihood"]["answers"].to_numpy().astype("float64").sum(axis=2)
    return values.reshape(-1)


def ranks(truth: np.ndarray, draws: np.ndarray) -> list[float]:
    """Share of the draws (draw, ...) below each true value (...), flattened."""
    return np.round((draws < truth).mean(axis=0), DIGITS).ravel().tolist()


def _ranked(rank: Callable, worlds: list[World], pool: Pool, tell: Callable[[str], None]) -> dict:
    """Ranks of all worlds, in their order."""
    found, jobs = [], [(rank, world, seed) for seed, world in enumerate(worlds)]
    for done, result in enumerate(pool.imap(_one, jobs), start=1):
        found.append(result)
        tell(f"world {done} of {len(worlds)}")
    names = list(found[0][0])
    return {
        "divergent": sum(divergences > 0 for _, divergences in found),
        "ranks": {name: [own[name] for own, _ in found] for name in names},
    }


def _one(job: tuple) -> tuple[Ranks, int]:
    rank, world, seed = job
    return rank(world, seed)


def _result(study: str, worlds: int, seed: int, facts: dict, found: dict) -> dict:
    versions = {library: version(library) for library in LIBRARIES}
    return {"study": study, "worlds": worlds, "seed": seed, **facts, "versions": versions, "kinds": found}


CALIBRATIONS = {"ordinal": calibrate_ordinal}
"""Study -> f(worlds, seed, workers, tell), its result as JSON-able values."""
