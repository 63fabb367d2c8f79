"""NUTS through nutpie: compiled once per structure, fed with the data of each fit, the settings on record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from math import ceil
from typing import Any

import numpy as np
import nutpie
import pymc as pm
import pytensor
import xarray as xr

from evalcore.errors import EvalcoreError, say

LIBRARIES = ("nutpie", "pymc", "pytensor", "numba", "numpy")
STATISTICS = ["diverging", "energy", "logp", "n_steps", "depth", "maxdepth_reached", "step_size", "mean_tree_accept"]
STEADIER = (0.95, 0.99)
"""Acceptance asked for in turn where transitions diverged: shorter steps follow the posterior where it bends."""
_COMPILED: dict[tuple, Any] = {}

# With it rounding follows what the compiler inlines, and what PyTensor kept from an earlier run is inlined otherwise
# than what is compiled at hand: the first build on a machine and the second would draw differently.
pytensor.config.numba__fastmath = False


@dataclass(frozen=True)
class Settings:
    """How a posterior is sampled.

    Attributes
    ----------
    draws : int
        Draws handed on, over all chains together.
    taken : int
        Draws taken and judged, if more than are handed on: from few draws, R-hat of some effect among hundreds
        passes 1.01 by chance.
    tune, chains : int
        Warm-up draws per chain; chains, four at least.
    target_accept : float or None
        None: the model's own choice.
    """

    draws: int = 2000
    tune: int = 1000
    chains: int = 4
    target_accept: float | None = None
    taken: int = 0


def compiled_model(structure: tuple, build: Callable[[], pm.Model]) -> Any:
    """The compiled model of a structure, made once per process; processes forked afterwards have it too."""
    if structure not in _COMPILED:
        _COMPILED[structure] = nutpie.compile_pymc_model(build(), backend="numba")
    return _COMPILED[structure]


def nuts(
    structure: tuple,
    build: Callable[[], pm.Model],
    data: Mapping[str, np.ndarray],
    settings: Settings,
    accept: float,
    seed: int,
) -> xr.DataTree:
    """Draw from the posterior of a model.

    Parameters
    ----------
    structure : tuple
        What decides the compiled code: models that agree in it share one compile.
    build : callable
        Makes the model; called only where its structure is new.
    data : mapping
        Every `pm.Data` of the model.

    Returns
    -------
    DataTree
        `posterior` and `sample_stats`; attributes tell sampler, settings, seed and versions. Same seed, data and
        machine code: the same bits, whatever the number of cores. Where transitions diverged it was sampled again with
        shorter steps; `target_accept` is what was asked for last.
    """
    machine = compiled_model(structure, build)
    known = {shared.name for shared in machine.shared_var_keys}  # a factor with one member, say, is never looked at
    fed = machine.with_data(**{name: values for name, values in data.items() if name in known})
    for asked in (accept, *(more for more in STEADIER if more > accept)):
        drawn = nutpie.sample(
            fed,
            draws=ceil(max(settings.draws, settings.taken) / settings.chains),
            tune=settings.tune,
            chains=settings.chains,
            seed=seed,
            target_accept=asked,
            save_warmup=False,
            progress_bar=False,
        )
        if not drawn["sample_stats"]["diverging"].any():
            break
    posterior, stats = (drawn[group].to_dataset().drop_attrs() for group in ("posterior", "sample_stats"))
    tree = xr.DataTree.from_dict({"posterior": posterior, "sample_stats": stats[STATISTICS]})
    tree.attrs = _facts(settings) | {"seed": seed, "target_accept": asked}
    return tree


def _facts(settings: Settings) -> dict:
    chosen = {"draws": settings.draws, "tune": settings.tune, "chains": settings.chains}
    return {"sampler": "nutpie NUTS", **chosen, **{library: version(library) for library in LIBRARIES}}


def finite(posterior: xr.Dataset, name: str) -> None:
    """Refuse a posterior with a draw that is no number; none is ever written."""
    bad = [key for key, values in posterior.data_vars.items() if not np.isfinite(values).all()]
    if bad:
        raise EvalcoreError(say(f"model of '{name}'", f"draws of {bad[0]} that are no numbers", "finite draws"))
