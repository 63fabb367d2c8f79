"""Reading the posterior of an expert panel; without PyMC, so that scoring stays light."""

import numpy as np
import xarray as xr

from evalcore.model.posterior import combined

LOWEST, HIGHEST, POINTS = 1, 10, 10
"""Experts score 1 to 10; points of 100 are ten times that."""


def expert_draws(tree: xr.DataTree) -> xr.DataArray:
    """Severity-adjusted scores (draw, entity, dimension), points of 100, within the panel's scale (10 to 100).

    NaN where nobody scored: the hierarchy could guess, but what was not judged stays unjudged.
    """
    posterior = tree["posterior"].to_dataset()
    level = combined(tree, "base")[:, None, None]
    for name, axis in (("effect_entity", 2), ("effect_dimension", 1), ("effect_entity_x_dimension", None)):
        if name in posterior:
            drawn = combined(tree, name)
            level = level + (drawn if axis is None else np.expand_dims(drawn, axis))
    given = tree["observed_data"]["scores"]
    points = np.where(given.to_numpy() > 0, POINTS * np.clip(level, LOWEST, HIGHEST), np.nan)
    return xr.DataArray(points, dims=("draw", *given.dims), coords=given.coords)
