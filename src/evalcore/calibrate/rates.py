"""Worlds of rates: few cases in some cells, many in others, of few entities."""

from itertools import product

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.calibrate.worlds import AS_MODELLED, MISSPECIFIED, THIN, Study, World, zero_sum
from evalcore.model.priors import LEAST_SD
from evalcore.model.rate_draws import BASE, FACTORS, MAIN, SPREAD, rate_draws
from evalcore.model.rate_fitting import fit_rate
from evalcore.model.sampler import Settings

SIZES = {"entity": 8, "category": 3, "period": 2}
MEMBERS = {factor: [f"{factor}-{k}" for k in range(size)] for factor, size in SIZES.items()}
GRID = pd.DataFrame(list(product(*MEMBERS.values())), columns=list(FACTORS))
CASES = (5, 500)
"""Cases of a cell, uniform on the scale of logarithms: pooling matters at one end and not at the other."""
SETTINGS = Settings(draws=1_000, tune=500)
TOGETHER, TAILS = 0.3, 0.2
"""Where assumptions break, on the logit scale: scale of entity by category, the same in all periods, and of t(3)."""


def as_modelled(worlds: int, rng: np.random.Generator) -> list[World]:
    """Worlds drawn from the prior, rates of cells and cases from the model."""
    return [_drawn(rng) for _ in range(worlds)]


def misspecified(worlds: int, rng: np.random.Generator) -> list[World]:
    """Entities differ between categories alike in all periods, and single cells deviate with heavy tails.

    The model takes deviations of cells for independent and light in their tails. Only rates are ranked.
    """
    return [_drawn(rng, broken=True) for _ in range(worlds)]


def _drawn(rng: np.random.Generator, broken: bool = False) -> World:
    at = [pd.factorize(GRID[factor])[0] for factor in FACTORS]
    own = abs(rng.normal(0, MAIN))
    sd = {"entity": np.hypot(own, LEAST_SD), "category": MAIN, "period": MAIN}
    effects = {factor: zero_sum(rng.normal(0, sd[factor], size)) for factor, size in SIZES.items()}
    base, spread = rng.normal(0, BASE), abs(rng.normal(0, SPREAD))
    logit = base + sum(effects[factor][own] for factor, own in zip(FACTORS, at, strict=True))
    if broken:
        apart = zero_sum(rng.normal(0, TOGETHER, (SIZES["entity"], SIZES["category"])))
        logit = logit + apart[at[0], at[1]] + TAILS * rng.standard_t(3, len(GRID))
    rate = rng.beta((1 + np.exp(logit)) / spread**2, (1 + np.exp(-logit)) / spread**2)
    n = np.exp(rng.uniform(*np.log(CASES), len(GRID))).astype(int)
    data = GRID.assign(n=n, hits=rng.binomial(n, rate))
    truth = {"rate": rate, "entity_rate": rate @ _pooled(data)}
    if not broken:
        truth |= {f"effect_{factor}": values for factor, values in effects.items()}
        truth |= {name: np.array(value) for name, value in (("base", base), ("sd_entity", own))}
        truth["spread"] = np.array(spread)
    return World(data, truth)


def _pooled(data: pd.DataFrame) -> np.ndarray:
    """(cell, entity) Share of each cell in the cases of its entity."""
    weights = pd.get_dummies(data["entity"]).mul(data["n"], axis=0)
    return (weights / weights.sum()).to_numpy(float)


def _fit(world: World, seed: int) -> tuple[xr.DataTree, dict[str, np.ndarray]]:
    tree = fit_rate(world.data, MEMBERS, SETTINGS, seed)
    cells = rate_draws(tree).to_numpy().T[::THIN]
    return tree, {"rate": cells, "entity_rate": cells @ _pooled(world.data)}


RATES = Study({AS_MODELLED: as_modelled, MISSPECIFIED: misspecified}, _fit, {"cells": len(GRID), "cases": CASES})
