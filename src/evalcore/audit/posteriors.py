"""What was drawn, in a few numbers with their Monte Carlo error: posteriors of two types of machine are compared by it.

Samplers give the same bits on the same type of machine. On another one rounding differs in the last bit, chains part
ways, and only what holds for the posterior holds for both.
"""

from pathlib import Path

import numpy as np
import xarray as xr

from evalcore.io.files import read_tree

SUMMARIES = {"mean": lambda values: values.mean(axis=-1), "rms": lambda values: np.sqrt((values**2).mean(axis=-1))}
"""Name -> what is made of all elements of a variable in each draw, (chain, draw, element) -> (chain, draw)."""


def posterior_summary(path: Path) -> dict[str, list[float]]:
    """`variable summary` -> [posterior mean, its Monte Carlo error, effective draws], of every variable of a posterior.

    Mean and root mean square over a variable's elements are compared, not each element: a few hundred comparisons
    would else need wider limits. A file of several fits names the fit before the variable; one that holds no draws
    has no summary.
    """
    with read_tree(path) as tree:
        variables = {
            f"{node.path.removesuffix('posterior').strip('/')} {name}".strip(): _draws(array)
            for node in _posteriors(tree)
            for name, array in node.data_vars.items()
            if {"chain", "draw"} <= set(array.dims)
        }
    return {
        f"{name} {kind}": _with_error(reduce(values))
        for name, values in sorted(variables.items())
        for kind, reduce in SUMMARIES.items()
    }


def _posteriors(tree: xr.DataTree) -> list[xr.DataTree]:
    """The groups called posterior, or all groups where a file has none."""
    nodes = list(tree.subtree)
    return [node for node in nodes if node.name == "posterior"] or nodes


def _draws(array: xr.DataArray) -> np.ndarray:
    """(chain, draw, element)."""
    ordered = array.transpose("chain", "draw", ...).to_numpy().astype(float)
    return ordered.reshape(*ordered.shape[:2], -1)


def _with_error(draws: np.ndarray) -> list[float]:
    from arviz_stats.base import array_stats

    if np.ptp(draws) < 1e-12 * max(1.0, float(np.abs(draws).max())):
        return [float(draws.mean()), 0.0, float(draws.size)]
    size = float(array_stats.ess(draws, method="mean"))
    return [float(draws.mean()), float(draws.std(ddof=1) / np.sqrt(size)), size]
