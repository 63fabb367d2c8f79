"""Post-stratification: what each entity's people would say if all entities had the same people.

The model gives the probability of every level for any cell; cells are averaged with the population's shares of the
segments (Gelman & Little 1997, "Poststratification into many categories using hierarchical logistic regression").
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr
from scipy import sparse

from evalcore.errors import EvalcoreError, say
from evalcore.model.responses import UNKNOWN

TOLERANCE, ROUNDS = 1e-12, 2000
ROUNDING = 0.05
"""Percent by which rounding may keep a margin from adding up to 100."""

NUMBERS = 16_000_000
"""Probabilities held in memory at a time (128 MB)."""

Chances = Callable[[pd.DataFrame, slice], np.ndarray]
"""(cells, draws) -> probabilities (draw, cell, level), as `evalcore.model.ordinal.probabilities` of a posterior."""


def population(
    respondents: pd.DataFrame, segments: Sequence[str], margins: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    """The common population: the sample's joint distribution of the segments, raked to the margins.

    Parameters
    ----------
    respondents : DataFrame
        The segments and `weight`, one or more rows per combination.
    margins : mapping
        Segment -> value -> percent of the population. A segment without a margin keeps the sample's own
        distribution. Who did not state a segment that has a margin is left out here: the margin knows no such people.

    Returns
    -------
    DataFrame
        The segments and `share`; shares are above 0 and add up to one.

    Raises
    ------
    EvalcoreError
        A margin that does not add up to 100, a value of the sample that it lacks, a value that nobody has.
    """
    raked = {name: pd.Series(margins[name], dtype=float) for name in segments if name in margins}
    known = respondents
    for name, margin in raked.items():
        known = known[known[name] != UNKNOWN]
        _check_margin(name, margin, set(known.loc[known["weight"] > 0, name]))
    if not segments:
        return pd.DataFrame({"share": [1.0]})
    joint = known.groupby(list(segments))["weight"].sum()
    joint = joint[joint > 0].rename("share").reset_index()
    joint["share"] = _raked(joint, raked)
    return joint


def _check_margin(name: str, margin: pd.Series, found: set[str]) -> None:
    place = f"margin '{name}'"
    if abs(margin.sum() - 100) > ROUNDING:
        raise EvalcoreError(say(place, f"adds up to {margin.sum():g}", "100", "correct the shares in `weighting`"))
    homeless = sorted(found - set(margin.index[margin > 0]))
    if homeless:
        remedy = "give it a share above 0, or set these answers aside by a rule"
        raise EvalcoreError(say(place, f"no share of the population for: {', '.join(homeless)}", remedy=remedy))
    nobody = sorted(set(margin.index[margin > 0]) - found)
    if nobody:
        remedy = "merge the value with another in the margins"
        raise EvalcoreError(say(place, f"no respondent for: {', '.join(nobody)}", remedy=remedy))


def _raked(joint: pd.DataFrame, margins: Mapping[str, pd.Series]) -> np.ndarray:
    """Shares that meet all margins; iterative proportional fitting (Deming & Stephan 1940)."""
    share = joint["share"].to_numpy(dtype=float) / joint["share"].sum()
    targets = [(joint[name], margin[margin > 0] / margin.sum()) for name, margin in margins.items()]
    for _ in range(ROUNDS):
        if all(np.abs(_now(share, values) - target).max() < TOLERANCE for values, target in targets):
            return share
        for values, target in targets:
            share = share * values.map(target / _now(share, values)).to_numpy()
    found = f"no joint distribution meets the margins of {', '.join(margins)} after {ROUNDS} rounds"
    raise EvalcoreError(say("population", found, remedy="use coarser margins"))


def _now(share: np.ndarray, values: pd.Series) -> pd.Series:
    """The share that each value has."""
    return pd.Series(share).groupby(values.to_numpy()).sum()


def like_for_like(respondents: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Cells of one common population: its people, in each entity's own (weighted) mix of categories and periods.

    Parameters
    ----------
    respondents : DataFrame
        entity, category, period, `weight`; other columns are summed over.
    people : DataFrame
        As `population` returns it.

    Returns
    -------
    DataFrame
        entity, category, period, the segments, `weight`; weights of an entity add up to one.
    """
    mix = respondents.groupby(["entity", "category", "period"], as_index=False)["weight"].sum()
    mix = mix[mix["weight"] > 0]
    cells = mix.assign(own=mix["weight"] / mix.groupby("entity")["weight"].transform("sum")).merge(people, how="cross")
    return cells.assign(weight=cells["own"] * cells["share"]).drop(columns=["own", "share"])


def own_mix(respondents: pd.DataFrame, segments: Sequence[str]) -> pd.DataFrame:
    """Cells as `like_for_like`, with the people each entity happens to have among its respondents."""
    cells = respondents.groupby(["entity", "category", "period", *segments], as_index=False)["n"].sum()
    cells = cells[cells["n"] > 0]
    weight = cells["n"] / cells.groupby("entity")["n"].transform("sum")
    return cells.assign(weight=weight).drop(columns="n").reset_index(drop=True)


def level_shares(chances: Chances, cells: pd.DataFrame, by: Mapping[str, Sequence[str]], draws: int) -> xr.DataTree:
    """Average the probabilities of levels over cells, once per way of grouping them.

    Parameters
    ----------
    chances : callable
        Probabilities (draw, cell, level) of some cells for a slice of the draws.
    cells : DataFrame
        Keys and `weight`.
    by : mapping
        Name of the grouping -> keys that stay apart; the others are averaged over.

    Returns
    -------
    DataTree
        One Dataset per grouping: `shares` (row, level, draw), sum one over `level` (1, 2 ...); the keys along `row`.
    """
    groups = {name: _averages(cells, list(keys)) for name, keys in by.items()}
    found: dict[str, list[np.ndarray]] = {name: [] for name in by}
    step = max(1, NUMBERS // (len(cells) * 5))
    for begin in range(0, draws, step):
        drawn = chances(cells, slice(begin, min(begin + step, draws)))
        flat = np.moveaxis(drawn, 1, 0).reshape(len(cells), -1)
        for name, (_, matrix) in groups.items():
            found[name].append((matrix @ flat).reshape(-1, *drawn.shape[::2]))
    return xr.DataTree.from_dict({name: _dataset(groups[name][0], np.concatenate(found[name], axis=1)) for name in by})


def _averages(cells: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, sparse.csr_array]:
    """The groups, sorted, and the matrix (group, cell) of weights that add up to one in each group."""
    code = cells.groupby(keys, sort=True).ngroup().to_numpy()
    total = np.bincount(code, cells["weight"])
    share = cells["weight"].to_numpy() / total[code]
    rows = cells[keys].drop_duplicates().sort_values(keys).reset_index(drop=True)
    return rows, sparse.csr_array((share, (code, np.arange(len(cells)))), shape=(len(rows), len(cells)))


def _dataset(rows: pd.DataFrame, shares: np.ndarray) -> xr.Dataset:
    """`shares` (row, draw, level), with the keys of the rows."""
    coords = {name: ("row", rows[name].to_numpy(dtype=object)) for name in rows} | {
        "level": np.arange(1, shares.shape[2] + 1)
    }
    ordered = np.ascontiguousarray(np.swapaxes(shares, 1, 2), dtype="float32")
    return xr.Dataset({"shares": (("row", "level", "draw"), ordered)}, coords=coords)


def poststratified(
    chances: Chances,
    respondents: pd.DataFrame,
    segments: Sequence[str],
    margins: Mapping[str, Mapping[str, float]],
    draws: int,
) -> xr.DataTree:
    """Level shares of one fit: like for like, and with each entity's own people.

    Parameters
    ----------
    respondents : DataFrame
        entity, the segments, category, period, `n` respondents and their `weight`.

    Returns
    -------
    DataTree
        As `level_shares`: "cells" (entity, category, period), "entity", and for each segment "all-<segment>"
        (entities count the same) and "entity-<segment>", all like for like; "own" (entity), with its own people.
    """
    cells = like_for_like(respondents, population(respondents, segments, margins))
    by = {"cells": ["entity", "category", "period"], "entity": ["entity"]}
    by |= {f"all-{name}": [name] for name in segments}
    by |= {f"entity-{name}": ["entity", name] for name in segments}
    tree = level_shares(chances, cells, by, draws)
    tree["own"] = level_shares(chances, own_mix(respondents, segments), {"own": ["entity"]}, draws)["own"]
    return tree


def mean_level(shares: xr.DataArray) -> xr.DataArray:
    """The expected level, 1 to the number of levels."""
    return (shares * shares["level"]).sum("level")


def of_hundred(shares: xr.DataArray) -> xr.DataArray:
    """The expected level on a scale from 0 (all in the lowest level) to 100 (all in the highest)."""
    top = int(shares["level"][-1])
    return 100 * (mean_level(shares) - 1) / (top - 1)


def share_from(shares: xr.DataArray, level: float) -> xr.DataArray:
    """The share of answers at a level or above, 0 to 1."""
    return shares.sel(level=shares["level"] >= level).sum("level")


def top_two(shares: xr.DataArray) -> xr.DataArray:
    """The share of answers in the two highest levels, in percent."""
    return 100 * share_from(shares, int(shares["level"][-2]))


def data_weight(effect: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """How much of each effect's estimate comes from its own data; the rest comes from pooling.

    1 - E Var(effect | data, tau) / E Var(effect | tau): with known variances the weight tau^2 / (tau^2 + sigma^2 / n)
    of the group's own mean (Gelman & Pardoe 2006, doi:10.1198/004017005000000517). Effects that add up to zero along
    an axis of n vary tau^2 (1 - 1/n) before there are data. That a larger tau moves the effect itself is no
    uncertainty at a given tau: it is taken off by a cubic in tau.

    Parameters
    ----------
    effect : ndarray, shape (draw, ...)
        Draws of the effects of one term, zero-sum along every further axis.
    scale : ndarray, shape (draw,)
        Draws of their standard deviation tau; all the same where it is fixed.

    Returns
    -------
    ndarray
        0 to 1, the shape of the term.
    """
    shrunk = np.prod([1 - 1 / n for n in effect.shape[1:]])
    flat = effect.reshape(len(effect), -1)
    course = np.vander(scale / scale.mean() - 1, 4)
    rest = flat - course @ np.linalg.lstsq(course, flat)[0]
    return np.clip(1 - rest.var(axis=0).reshape(effect.shape[1:]) / (np.mean(scale**2) * shrunk), 0, 1)
