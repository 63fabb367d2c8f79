"""Reading the posterior of an expert panel; without PyMC, so that scoring stays light."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.posterior import combined

LOWEST, HIGHEST, POINTS = 1, 10, 10
"""Experts score 1 to 10; points of 100 are ten times that."""
ROUNDING = 1 / 12
"""Variance that rounding to whole points adds (Sheppard); it keeps equal scores from an infinite likelihood, too."""
TERMS = {"entity": 1.0, "dimension": 1.0, "expert": 1.0, "entity_x_dimension": 0.5, "expert_x_dimension": 0.5}
"""Quality, level of the dimension, leniency, profile, leniency by dimension: prior scales of their spreads."""
SPREAD, UNLIKE = 1.0, 0.5
"""Prior scales of the usual spread of an expert's scores, and of how unlike experts are in it (log)."""
PANEL_SCALES = {f"sd_{term}": scale for term, scale in TERMS.items()} | {"usual_spread": SPREAD, "unlike": UNLIKE}
"""Standard deviations of a fit -> scales of their half-normal priors."""


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


def review_levels(tree: xr.DataTree) -> np.ndarray:
    """What the model expects of each review that was given, (draw, review), points of the panel's scale."""
    posterior, reviews = tree["posterior"].to_dataset(), tree["reviews"].to_dataset()
    places = {
        factor: pd.Index(posterior[factor].to_numpy().astype(str)).get_indexer(reviews[factor].to_numpy().astype(str))
        for factor in ("entity", "dimension", "expert")
        if factor in posterior
    }
    level = combined(tree, "base")[:, None] + combined(tree, "favour")[:, None] * reviews["favoured"].to_numpy()
    for term in TERMS:
        if f"effect_{term}" in posterior:
            level = level + combined(tree, f"effect_{term}")[(slice(None), *(places[f] for f in term.split("_x_")))]
    return level
