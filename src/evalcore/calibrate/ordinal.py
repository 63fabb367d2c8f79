"""Worlds of ratings: a small survey, few respondents in many cells, where pooling matters most."""

from dataclasses import dataclass, field
from functools import partial
from itertools import product

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.calibrate.worlds import AS_MODELLED, MISSPECIFIED, THIN, Study, World
from evalcore.model.design import Design, ordinal_design
from evalcore.model.posterior import combined, probabilities, standardised
from evalcore.model.predictive import mean_level
from evalcore.model.prior import prior_draws
from evalcore.model.priors import Priors
from evalcore.model.sample import Settings, sample
from evalcore.model.shares import log_shares, shares


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


def _fit(setting: OrdinalSetting, world: World, seed: int) -> tuple[xr.DataTree, dict[str, np.ndarray]]:
    design = ordinal_layout(world.data, setting)
    tree = sample(design, setting.priors, Settings(setting.draws, setting.tune), seed)
    mean = _by_entity(probabilities(tree, setting.grid, slice(None, None, THIN)), setting)
    return tree, {"mean_level": mean, "log_likelihood": _log_likelihood(tree)}


def _log_likelihood(tree: xr.DataTree) -> np.ndarray:
    values = tree["log_likelihood"]["answers"].to_numpy().astype("float64").sum(axis=2)
    return values.reshape(-1)


SETTING = OrdinalSetting()
ORDINAL = Study(
    {AS_MODELLED: partial(ordinal_worlds, SETTING), MISSPECIFIED: partial(misspecified_worlds, SETTING)},
    partial(_fit, SETTING),
    {"respondents": SETTING.respondents, "cells": len(SETTING.grid), "draws": SETTING.draws},
)
