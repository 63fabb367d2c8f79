"""Worlds of expert panels: ten experts, each of whom scored four fifths of what there was to score."""

from itertools import product
from math import prod

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.calibrate.worlds import AS_MODELLED, MISSPECIFIED, THIN, Study, World, zero_sum
from evalcore.model.experts import FAVOUR, MIDDLE, WIDTH, fit_experts, panel
from evalcore.model.panel import HIGHEST, LOWEST, POINTS, ROUNDING, SPREAD, TERMS, UNLIKE, expert_draws
from evalcore.model.priors import FIXED_UP_TO, LEAST_SD
from evalcore.model.sampler import Settings

SIZES = {"entity": 8, "dimension": 3, "expert": 10}
MEMBERS = {factor: [f"{factor}-{k}" for k in range(size)] for factor, size in SIZES.items()}
GRID = pd.DataFrame(list(product(*MEMBERS.values())), columns=list(SIZES))
AT = {factor: pd.factorize(GRID[factor])[0] for factor in SIZES}
FRIENDS = AT["expert"] == AT["entity"]
"""Each of the first experts has declared a conflict of interest with one entity."""
GIVEN = 0.8
SETTINGS = Settings(draws=1_000, tune=500)
TASTE = 0.5
"""Points by which an expert likes an entity better in all dimensions, where assumptions break."""


def as_modelled(worlds: int, rng: np.random.Generator) -> list[World]:
    """Worlds drawn from the prior, scores from the model; those with a score outside the panel's scale are left out.

    What is left out depends on the scores alone, so that the posterior given the scores, and with it the distribution
    of ranks, stays what it is (Modrak et al. 2025).
    """
    found: list[World] = []
    while len(found) < worlds:
        world = _drawn(rng)
        if world.data["score"].between(LOWEST, HIGHEST).all():
            found.append(world)
    return found


def misspecified(worlds: int, rng: np.random.Generator) -> list[World]:
    """Whole points within the scale, with heavy tails; experts like some entities better, in all dimensions.

    The model knows of no such taste and takes scores for normal. Only adjusted scores are ranked.
    """
    return [_drawn(rng, broken=True) for _ in range(worlds)]


def _drawn(rng: np.random.Generator, broken: bool = False) -> World:
    drawn = {term: _effect(term, scale, rng) for term, scale in TERMS.items()}
    base = rng.uniform(5, 8) if broken else rng.normal(MIDDLE, WIDTH)
    favour, usual, unlike = rng.normal(0, FAVOUR), abs(rng.normal(0, SPREAD)), abs(rng.normal(0, UNLIKE))
    spread = usual * np.exp(unlike * rng.normal(size=SIZES["expert"]))
    level = base + sum(values[tuple(AT[f] for f in term.split("_x_"))] for term, (values, _) in drawn.items())
    level = level + favour * FRIENDS
    error = np.sqrt(spread**2 + ROUNDING)[AT["expert"]]
    if broken:
        taste = zero_sum(rng.normal(0, TASTE, (SIZES["entity"], SIZES["expert"])))[AT["entity"], AT["expert"]]
        heavy = rng.standard_t(3, len(GRID)) / np.sqrt(3)
        score = np.clip(np.round(level + taste + error * heavy), LOWEST, HIGHEST)
    else:
        score = rng.normal(level, error)
    quality = base + drawn["entity"][0][:, None] + drawn["dimension"][0] + drawn["entity_x_dimension"][0]
    truth = {"score": POINTS * np.clip(quality, LOWEST, HIGHEST)}
    if not broken:
        truth |= {f"effect_{term}": values for term, (values, _) in drawn.items()}
        truth |= {f"sd_{term}": np.array(sd) for term, (_, sd) in drawn.items()}
        scalars = {"base": base, "favour": favour, "usual_spread": usual, "unlike": unlike}
        truth |= {name: np.array(value) for name, value in scalars.items()} | {"spread": spread}
    given = rng.random(len(GRID)) < GIVEN
    return World(GRID.assign(score=score, conflict=FRIENDS)[given].reset_index(drop=True), truth)


def _effect(term: str, scale: float, rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """Zero-sum effects of a term and their standard deviation, which is the prior's scale where it is not learned."""
    shape = [SIZES[factor] for factor in term.split("_x_")]
    own = prod(size - 1 for size in shape) > FIXED_UP_TO
    sd = abs(rng.normal(0, scale)) if own else scale
    return zero_sum(rng.normal(0, np.hypot(sd, LEAST_SD) if own else sd, shape)), sd


def _fit(world: World, seed: int) -> tuple[xr.DataTree, dict[str, np.ndarray]]:
    tree = fit_experts(world.data, SETTINGS, seed, panel(GRID))
    return tree, {"score": expert_draws(tree).sel(dimension=MEMBERS["dimension"]).to_numpy()[::THIN]}


EXPERTS = Study({AS_MODELLED: as_modelled, MISSPECIFIED: misspecified}, _fit, {"scores": len(GRID), "given": GIVEN})
