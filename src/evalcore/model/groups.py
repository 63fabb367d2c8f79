"""Groups of one survey's respondents: additive ordinal model of one rating, and what each group would answer alike."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.model.checks import answered_cells
from evalcore.model.ordinal_fitting import Request
from evalcore.model.posterior import CHUNK, standardised
from evalcore.model.priors import Priors
from evalcore.model.responses import UNKNOWN
from evalcore.model.shares import LOG_CDF
from evalcore.streams import stream


def group_request(
    answers: pd.DataFrame, item: str, levels: Sequence[int], factors: Sequence[str], edition: Edition
) -> Request:
    """What is asked of the fit of one rating by several factors at once.

    Parameters
    ----------
    answers : DataFrame
        One row per respondent: `item` and the factors; a factor left open counts as a group of its own.
    levels : sequence of int
        The scale, lowest first; its steps need not be equal.

    Returns
    -------
    Request
        Its `segments` are the factors, as many as there are.
    """
    coded = answers[[*factors]].astype("str").fillna(UNKNOWN).assign(level=answers[item]).dropna(subset="level")
    counts = coded.groupby([*factors, "level"], as_index=False).size().rename(columns={"size": "n"})
    model = edition.model
    return Request(
        counts=counts.assign(item=item, level=counts["level"].astype("int64")),
        levels=tuple(levels),
        segments=tuple(factors),
        priors=Priors(link=model.link, cut_points=model.cut_points),
        draws=model.draws,
        taken=model.taken,
        tune=model.tune,
        chains=model.chains,
        target_accept=model.target_accept,
        seed=int(stream(edition.seed, "groups", item).integers(2**31)),
    )


def group_means(tree: xr.DataTree, values: Mapping[int, float]) -> xr.Dataset:
    """What each group says by itself, and what it would say if all groups had the same people in all else.

    Alike: everybody of the sample is given the group's code, all other codes stay as they are (standardisation,
    or g-computation); the mean over people of the expected value.

    Parameters
    ----------
    values : mapping of int to float
        Level -> its value, rising with the level.

    Returns
    -------
    Dataset
        `alike`, `own` (draw, row); coordinates `factor`, `code`, `n` (respondents) along row.
    """
    cells, counts = answered_cells(tree), tree["observed_data"]["counts"].to_numpy().sum(axis=1)
    people = counts / counts.sum()
    steps = np.diff([values[level] for level in tree.attrs["levels"]])
    base, rows, alike, own = values[tree.attrs["levels"][0]], [], [], []
    expected = _expected(tree, cells, steps)
    for factor in cells:
        for code in sorted(set(cells[factor])):
            there = (cells[factor] == code).to_numpy()
            rows.append((factor, code, int(counts[there].sum())))
            alike.append(base + (_expected(tree, cells.assign(**{factor: code}), steps) * people).sum(axis=1))
            own.append(base + (expected[:, there] * people[there]).sum(axis=1) / people[there].sum())
    columns = zip(*rows, strict=True)
    coords = {name: ("row", list(column)) for name, column in zip(("factor", "code", "n"), columns, strict=True)}
    return xr.Dataset(
        {"alike": (("draw", "row"), np.stack(alike, 1)), "own": (("draw", "row"), np.stack(own, 1))}, coords
    )


def _expected(tree: xr.DataTree, cells: pd.DataFrame, steps: np.ndarray) -> np.ndarray:
    """(draw, cell) Value above the lowest level's: the sum of the steps, each times the chance of being beyond it."""
    above = LOG_CDF[tree.attrs["link"]]
    parts = []
    for start in range(0, tree.attrs["draws"], CHUNK):
        x = standardised(tree, cells, slice(start, start + CHUNK))
        parts.append((np.exp(above(-x)) * steps).sum(axis=-1))
    return np.concatenate(parts)
