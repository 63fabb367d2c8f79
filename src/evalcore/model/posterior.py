"""Reading posteriors: draws at equal steps; of an ordinal model, shares of the levels in any cell, answered or not."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.design import term_index
from evalcore.model.shares import log_shares, shares

CHUNK = 100
"""Draws held in memory at once where a whole posterior is walked through."""
LEFT_OUT = 500
"""Draws whose log-likelihood is kept, evenly spaced: enough to leave one respondent out; more would fill the disk."""


def probabilities(tree: xr.DataTree, grid: pd.DataFrame, draws: slice | None = None) -> np.ndarray:
    """Shares of the levels in the cells of a grid.

    Parameters
    ----------
    tree : DataTree
        As `evalcore.model.sample.sample` returns it, or as read back from its file.
    grid : DataFrame
        A row per cell and a column per factor of the model (others are ignored); a cell need not have answers.
    draws : slice or None
        Of the combined draws (chain by chain, `tree.attrs["draws"]` in all); None takes all of them, and
        draws x cells x levels floats of memory several times over.

    Returns
    -------
    ndarray, shape (draw, cell, level)
        Each in (0, 1), adding up to 1.

    Raises
    ------
    EvalcoreError
        A level of a factor that the model has not seen.
    """
    return shares(tree.attrs["link"], standardised(tree, grid, draws))


def standardised(tree: xr.DataTree, grid: pd.DataFrame, draws: slice | None = None) -> np.ndarray:
    """Cut points as seen from each cell, d (c - eta), shape (draw, cell, cut); arguments as `probabilities`."""
    effects, factors = _effects(tree), _factors(tree)
    index = term_index(grid, factors, [dims for dims, _ in effects])
    eta = np.zeros((1, len(grid)))
    for k, (_, values) in enumerate(effects):
        eta = eta + values[draws or slice(None)][:, index[:, k]]
    x = combined(tree, "cut_point")[draws or slice(None)][:, None, :] - eta[..., None]
    for name in _named(tree, "log_disc_"):
        codes = term_index(grid, factors, [tree["posterior"][name].dims[2:]])[:, 0]
        x = x * np.exp(combined(tree, name)[draws or slice(None)][:, codes, None])
    return x


def combined(tree: xr.DataTree, name: str) -> np.ndarray:
    """Draws of a variable, chain after chain, `tree.attrs["draws"]` of them evenly spaced; shape (draw, ...)."""
    values = tree["posterior"][name].transpose("chain", "draw", ...).to_numpy()
    flat, handed_on = values.reshape(-1, *values.shape[2:]), int(tree.attrs["draws"])
    return flat[np.arange(handed_on) * len(flat) // handed_on]


def log_likelihood(tree: xr.DataTree, cells: pd.DataFrame, counts: np.ndarray) -> xr.Dataset:
    """Log-likelihood of each non-empty cell and level, worked out `CHUNK` draws at a time.

    Parameters
    ----------
    cells : DataFrame
        A column per factor.
    counts : ndarray, shape (cell, level)

    Returns
    -------
    Dataset
        `answers` (chain, draw, answer), float32: n log p of the n respondents who share cell and level; coordinates
        `cell`, `answered` (the level) and `n`. One respondent's value is that divided by n. Of at least `LEFT_OUT`
        draws, or all where there are fewer.
    """
    cell, level = np.nonzero(counts)
    n = counts[cell, level]
    posterior = tree["posterior"].to_dataset()
    step = max(1, posterior.sizes["chain"] * posterior.sizes["draw"] // LEFT_OUT)
    whole = xr.DataTree.from_dict({"posterior": posterior.isel(draw=slice(None, None, step))})
    shape = whole["posterior"].sizes["chain"], whole["posterior"].sizes["draw"]
    whole.attrs = {**tree.attrs, "draws": shape[0] * shape[1]}
    values = np.empty((shape[0] * shape[1], len(n)), "float32")
    for part in _chunks(len(values)):
        values[part] = n * log_shares(tree.attrs["link"], standardised(whole, cells, part))[:, cell, level]
    levels = tree.attrs["levels"]
    coords = {"cell": ("answer", cell), "answered": ("answer", np.asarray(levels)[level]), "n": ("answer", n)}
    return xr.Dataset({"answers": (("chain", "draw", "answer"), values.reshape(*shape, -1))}, coords=coords)


def _chunks(draws: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, draws, CHUNK))


def _named(tree: xr.DataTree, prefix: str) -> list[str]:
    return [str(name) for name in tree["posterior"].data_vars if str(name).startswith(prefix)]


def _effects(tree: xr.DataTree) -> list[tuple[tuple[str, ...], np.ndarray]]:
    """Factors of each term and its draws, flattened to (draw, effect)."""
    found = []
    for name in _named(tree, "effect_"):
        draws = combined(tree, name)
        found.append((tree["posterior"][name].dims[2:], draws.reshape(len(draws), -1)))
    return found


def _factors(tree: xr.DataTree) -> Mapping[str, Sequence[str]]:
    dims = dict.fromkeys(dim for terms, _ in _effects(tree) for dim in terms)
    return {dim: [str(level) for level in tree["posterior"][dim].to_numpy()] for dim in dims}
