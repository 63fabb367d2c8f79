"""True scores: of dimensions first, then of the indicators that add up to them."""

import numpy as np
import pandas as pd

from evalcore.edition import Dimension, Edition, Entity, Indicator
from evalcore.simulate.scale import points_of, value_of
from evalcore.simulate.solve import balanced
from evalcore.simulate.targets import (
    DIMENSIONS,
    FIRST_CONTACT_ENDS,
    FIRST_CONTACT_TILTS,
    HIGHEST,
    HIGHEST_SHARE,
    PLATFORMS,
    PROFILES,
    TILTS,
)

DIMENSION_JITTER = 0.5
BEHIND = {"vertical": 0.5, "social": 0.8}
"""Platforms take the published rows by lot, from the best response down; these draw from further behind."""
INDICATOR_JITTER = {"E": 2.0}
USUAL_JITTER = 5.0
"""Spread of indicators around their profile, in points; in experience the type of platform tells more."""
ROUNDS = 60
PUBLISHED = ("R4", "S1", "S2", "S3", "S4", "E1", "E2", "E3", "E4")
"""Indicators whose mean over platforms is published (or stated): pinned points of some are made up for by others."""
LOWEST_POINTS = 3.0


def draw_dimensions(edition: Edition, rng: np.random.Generator) -> pd.DataFrame:
    """Scores per platform and dimension: the published rows, shuffled and jittered within the sizes."""
    scores = pd.DataFrame(np.nan, index=[e.id for e in edition.entities], columns=list(DIMENSIONS))
    for size, rows in PLATFORMS.items():
        group = [e for e in edition.entities if e.size == size]
        jitter = rng.normal(0, DIMENSION_JITTER, (len(group), len(DIMENSIONS)))
        place = rng.random(len(group)) + [BEHIND.get(e.type, 0.0) for e in group]
        order = np.resize(rng.permutation(len(rows)), len(group))
        taken = order[np.argsort(rows[order, 0])[::-1]][np.argsort(np.argsort(place))]
        scores.loc[[e.id for e in group]] = rows[taken] + _centred(jitter)
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
    ends = np.array([[_ends(e, i) for i in dimension.indicators] for e in edition.entities])
    lowest, highest = (np.where(np.isnan(fixed), ends[..., side], fixed) for side in (0, 1))
    applies = np.array([[applicable(edition, e, i) for i in ids] for e in edition.entities])
    wanted = _profiles(edition, ids) + _centred_by_size(edition, _tilts(edition, ids))
    free = np.isnan(fixed) & applies & np.isin(ids, PUBLISHED)
    kept = np.where(np.isnan(fixed), raw, fixed)
    for _ in range(ROUNDS):
        for groups in ([e.type for e in edition.entities], [e.size for e in edition.entities]):
            kept = _at_means(kept, wanted, np.array(groups), free)
        kept = balanced(kept, weights * applies, total.to_numpy(), lowest, highest)
    return pd.DataFrame(np.where(applies, kept, np.nan), index=total.index, columns=ids)


def _at_means(points: np.ndarray, wanted: np.ndarray, groups: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Free points shifted so that each group's mean is that of `wanted`, whatever the others are pinned at."""
    shifted = points
    for group in dict.fromkeys(groups):
        own = groups == group
        gap = (wanted - shifted)[own].sum(axis=0) / np.maximum(free[own].sum(axis=0), 1)
        shifted = np.where(free & own[:, None], shifted + gap, shifted)
    return shifted


def _profiles(edition: Edition, ids: list[str]) -> np.ndarray:
    return np.array([[PROFILES[e.size][i] for i in ids] for e in edition.entities], dtype=float)


def _deviations(edition: Edition, dimension: Dimension, rng: np.random.Generator) -> np.ndarray:
    """What makes platforms differ from their group; means are zero over the group and over a dimension's weights."""
    weights = np.array([i.weight for i in dimension.indicators])
    tilts = _tilts(edition, [i.id for i in dimension.indicators])
    jitter = rng.normal(0, INDICATOR_JITTER.get(dimension.id, USUAL_JITTER), tilts.shape)
    deviations = _centred_by_size(edition, tilts + jitter)
    return deviations - (deviations @ weights / weights.sum())[:, None]


def _tilts(edition: Edition, ids: list[str]) -> np.ndarray:
    return np.array([[_tilt(e, i) for i in ids] for e in edition.entities], dtype=float)


def _centred_by_size(edition: Edition, deviations: np.ndarray) -> np.ndarray:
    centred = deviations.copy()
    for size in PLATFORMS:
        group = [e.size == size for e in edition.entities]
        centred[group] = _centred(centred[group])
    return centred


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


def _ends(entity: Entity, indicator: Indicator) -> tuple[float, float]:
    """Fewest and most points that can occur; first contacts of two groups have a published end."""
    low, high = LOWEST_POINTS, float(points_of(HIGHEST.get(indicator.id, HIGHEST_SHARE), indicator.goalposts))
    published = FIRST_CONTACT_ENDS.get((entity.size, entity.type)) if indicator.id == "R4" else None
    if published is None:
        return low, high
    end = float(points_of(published, indicator.goalposts))
    return (low, end) if entity.size == "head" else (end, high)
