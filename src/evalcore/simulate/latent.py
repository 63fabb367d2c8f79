"""True scores: of dimensions first, then of the indicators that add up to them."""

import numpy as np
import pandas as pd

from evalcore.edition import Dimension, Edition, Entity
from evalcore.simulate.scale import points_of, value_of
from evalcore.simulate.solve import balanced
from evalcore.simulate.targets import (
    DIMENSIONS,
    FIRST_CONTACT_TILTS,
    HIGHEST,
    HIGHEST_SHARE,
    PLATFORMS,
    PROFILES,
    TILTS,
)

DIMENSION_JITTER = 0.5
INDICATOR_JITTER = {"E": 3.0}
USUAL_JITTER = 5.0
"""Spread of indicators around their profile, in points; in experience the type of platform tells more."""
LOWEST_POINTS = 3.0


def draw_dimensions(edition: Edition, rng: np.random.Generator) -> pd.DataFrame:
    """Scores per platform and dimension: the published rows, shuffled and jittered within the sizes."""
    scores = pd.DataFrame(np.nan, index=[e.id for e in edition.entities], columns=list(DIMENSIONS))
    for size, rows in PLATFORMS.items():
        ids = [e.id for e in edition.entities if e.size == size]
        jitter = rng.normal(0, DIMENSION_JITTER, (len(ids), len(DIMENSIONS)))
        order = np.resize(rng.permutation(len(rows)), len(ids))
        scores.loc[ids] = rows[order] + _centred(jitter)
    return scores


def draw_indicators(
    edition: Edition, dimensions: pd.DataFrame, pinned: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Points per platform and indicator whose weighted means are the dimension scores.

    Parameters
    ----------
    pinned : DataFrame
        Points that are fixed beforehand; NaN elsewhere. The others make up for them.

    Returns
    -------
    DataFrame
        Platforms × indicators; NaN where an indicator does not apply.
    """
    return pd.concat(
        [_indicators(d, edition, dimensions[d.id], pinned, rng) for d in edition.framework.dimensions], axis=1
    )


def _indicators(
    dimension: Dimension, edition: Edition, total: pd.Series, pinned: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    ids = [i.id for i in dimension.indicators]
    weights = np.array([i.weight for i in dimension.indicators])
    raw = _profiles(edition, ids) + _deviations(edition, dimension, rng)
    raw += (total.to_numpy() - raw @ weights / 100)[:, None]
    fixed = pinned.reindex(columns=ids).to_numpy()
    best = np.array([float(points_of(_highest(i.id), i.goalposts)) for i in dimension.indicators])
    lowest = np.where(np.isnan(fixed), LOWEST_POINTS, fixed)
    highest = np.where(np.isnan(fixed), best, fixed)
    applies = np.array([[applicable(edition, e, i) for i in ids] for e in edition.entities])
    points = balanced(np.where(np.isnan(fixed), raw, fixed), weights * applies, total.to_numpy(), lowest, highest)
    return pd.DataFrame(np.where(applies, points, np.nan), index=total.index, columns=ids)


def _profiles(edition: Edition, ids: list[str]) -> np.ndarray:
    return np.array([[PROFILES[e.size][i] for i in ids] for e in edition.entities], dtype=float)


def _deviations(edition: Edition, dimension: Dimension, rng: np.random.Generator) -> np.ndarray:
    """What makes platforms differ from their group; means are zero over the group and over a dimension's weights."""
    weights = np.array([i.weight for i in dimension.indicators])
    tilts = np.array([[_tilt(e, i.id) for i in dimension.indicators] for e in edition.entities])
    deviations = tilts + rng.normal(0, INDICATOR_JITTER.get(dimension.id, USUAL_JITTER), tilts.shape)
    for size in PLATFORMS:
        group = [e.size == size for e in edition.entities]
        deviations[group] = _centred(deviations[group])
    return deviations - (deviations @ weights / weights.sum())[:, None]


def _tilt(entity: Entity, indicator: str) -> float:
    if indicator == "R4":
        return FIRST_CONTACT_TILTS[entity.size][entity.type]
    return TILTS[entity.type].get(indicator, 0)


def _centred(values: np.ndarray) -> np.ndarray:
    return values - values.mean(axis=0) if len(values) else values


def applicable(edition: Edition, entity: Entity, indicator: str) -> bool:
    """Whether at least one category the platform sells knows the indicator."""
    categories = [c for c in edition.categories if c.id in entity.categories]
    return indicator not in entity.inapplicable and any(indicator not in c.inapplicable for c in categories)


def true_values(edition: Edition, points: pd.DataFrame) -> pd.DataFrame:
    """The indicator values, in their units, behind the points."""
    return points.apply(lambda column: value_of(column, edition.indicators[column.name].goalposts))


def _highest(indicator: str) -> float:
    return HIGHEST.get(indicator, HIGHEST_SHARE)
