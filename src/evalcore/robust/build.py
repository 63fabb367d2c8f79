"""The index of an edition's year, from its indicator values and its panel."""

from dataclasses import replace

import numpy as np
import xarray as xr

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.indicators.values import LEFT_OUT
from evalcore.robust.index import Index, Level


def index_of(values: xr.Dataset, experts: xr.Dataset | None, edition: Edition) -> Index:
    """The year's index of all entities; indicators in the order of the framework.

    Parameters
    ----------
    values : Dataset
        As `indicator_values` returns it, one group.
    experts : Dataset or None
        As `expert_scores` returns it.
    """
    own = values.isel(group=0).sel(indicator=[i.id for i in edition.framework.indicators])
    dimensions = edition.framework.dimensions
    parent = np.repeat(np.arange(len(dimensions)), [len(d.indicators) for d in dimensions])
    weight = np.array([i.weight for i in edition.framework.indicators])
    return Index(
        values=_rows(own),
        applies=~np.isin(own["status"].to_numpy(), LEFT_OUT),
        levels=(
            Level(parent, weight),
            Level(np.zeros(len(dimensions), dtype=int), np.array([d.weight for d in dimensions])),
        ),
        direction=np.array([i.goalposts.direction for i in edition.framework.indicators]),
        posts=tuple(i.goalposts for i in edition.framework.indicators),
        panel=None if experts is None else _rows(experts),
        share=edition.framework.expert_share / 100,
    )


def rated_only(index: Index, rated: np.ndarray) -> Index:
    """The index of the entities under a mask; others, not rated, take no part in scales or ranks."""
    if not rated.any():
        raise EvalcoreError(say("robustness", "no entity is rated", "one at least", "see what was not reported"))
    panel = None if index.panel is None else index.panel[:, rated]
    return replace(index, values=index.values[:, rated], applies=index.applies[rated], panel=panel)


def _rows(found: xr.Dataset) -> np.ndarray:
    return np.concatenate([found["value"].to_numpy()[None], found["draws"].to_numpy()])
