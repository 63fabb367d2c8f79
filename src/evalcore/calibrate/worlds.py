"""What all studies share: worlds of two kinds, drawn by one stream each, fitted side by side, ranks in their order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from multiprocessing.pool import Pool
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.posterior import combined
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
class Study:
    """How worlds of each kind are drawn, (worlds, rng), how one is fitted, (world, seed), and facts worth printing.

    What `fit` returns is the posterior, and draws (draw, ...) of quantities made from it, thinned like all others.
    """

    draw: Mapping[str, Callable[[int, np.random.Generator], list[World]]]
    fit: Callable[[World, int], tuple[xr.DataTree, dict[str, np.ndarray]]]
    facts: Mapping[str, object]


def calibrate(name: str, study: Study, worlds: int, seed: int, workers: int, tell: Callable[[str], None]) -> dict:
    """Ranks over worlds as modelled and half as many misspecified ones, with what made them; JSON-able."""
    numbers = {AS_MODELLED: worlds, MISSPECIFIED: max(2, worlds // 2)}
    drawn = {kind: draw(numbers[kind], stream(seed, "calibrate", kind)) for kind, draw in study.draw.items()}
    with get_context("spawn").Pool(workers) as pool:  # each compiles once; what is compiled does not pickle
        found = {kind: _ranked(study, own, pool, tell) for kind, own in drawn.items()}
    versions = {library: version(library) for library in LIBRARIES}
    return {"study": name, "worlds": worlds, "seed": seed, **study.facts, "versions": versions, "kinds": found}


def ranks(truth: np.ndarray, draws: np.ndarray) -> list[float]:
    """Share of the draws (draw, ...) below each true value (...), flattened."""
    return np.round((draws < truth).mean(axis=0), DIGITS).ravel().tolist()


def zero_sum(values: np.ndarray) -> np.ndarray:
    """What is left of effects when they add up to zero along every axis."""
    for axis in range(values.ndim):
        values = values - values.mean(axis=axis, keepdims=True)
    return values


def _ranked(study: Study, worlds: list[World], pool: Pool, tell: Callable[[str], None]) -> dict:
    """Ranks of all worlds, in their order."""
    found, jobs = [], [(study.fit, world, seed) for seed, world in enumerate(worlds)]
    for done, result in enumerate(pool.imap(_rank, jobs), start=1):
        found.append(result)
        tell(f"world {done} of {len(worlds)}")
    names = list(found[0][0])
    return {
        "divergent": sum(divergences > 0 for _, divergences in found),
        "ranks": {name: [own[name] for own, _ in found] for name in names},
    }


def _rank(job: tuple) -> tuple[Ranks, int]:
    """Ranks of one world's true values, and how many transitions of its fit diverged."""
    fit, world, seed = job
    tree, made = fit(world, seed)
    draws = {str(name): combined(tree, str(name))[::THIN] for name in tree["posterior"].data_vars} | made
    found = {name: ranks(world.truth[name], draws[name]) for name in world.truth if name in draws}
    return found, int(tree["sample_stats"]["diverging"].sum())
