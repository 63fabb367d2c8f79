"""Expert review: severity-adjusted mean scores per entity and dimension, with draws."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition
from evalcore.streams import stream

SCALE = 10
"""Experts score 1 to 10; points of 100 are ten times that."""


def expert_scores(reviews: pd.DataFrame, edition: Edition) -> xr.Dataset:
    """Dimension scores of the panel after its discussion, points of 100.

    Reviews with a declared conflict of interest are left out. An expert's severity is the mean difference to
    the entities' means over what he or she scored, and is taken off. Draws resample experts (Bayesian bootstrap).

    Parameters
    ----------
    reviews : DataFrame
        expert, entity, dimension, round ("blind", "discussed"), score 1-10, conflict.

    Returns
    -------
    Dataset
        `value` (entity, dimension) and `draws` (draw, entity, dimension); NaN where nobody scored.
    """
    used = reviews[(reviews["round"] == "discussed") & ~reviews["conflict"].astype(bool)]
    adjusted = severity_adjusted(used)
    entities, dimensions = [e.id for e in edition.entities], list(edition.dimensions)
    experts = sorted(adjusted["expert"].unique())
    table = adjusted.pivot_table(index="expert", columns=["entity", "dimension"], values="adjusted", aggfunc="mean")
    table = table.reindex(index=experts, columns=pd.MultiIndex.from_product([entities, dimensions]))
    scores = table.to_numpy(dtype=float).reshape(len(experts), len(entities), len(dimensions)) * SCALE
    weights = stream(edition.seed, "score", "experts").dirichlet(np.ones(len(experts)), edition.model.draws)
    coords = {"entity": entities, "dimension": dimensions}
    return xr.Dataset(
        {
            "value": (("entity", "dimension"), _mean(np.full((1, len(experts)), 1.0), scores)[0]),
            "draws": (("draw", "entity", "dimension"), _mean(weights, scores)),
        },
        coords=coords,
    )


def severity_adjusted(reviews: pd.DataFrame) -> pd.DataFrame:
    """Reviews with `adjusted`: the score less its expert's mean deviation within the dimension."""
    score = reviews["score"].astype(float)
    deviation = score - score.groupby([reviews["entity"], reviews["dimension"]]).transform("mean")
    severity = deviation.groupby([reviews["expert"], reviews["dimension"]]).transform("mean")
    return reviews.assign(adjusted=score - severity)


def _mean(weights: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """(draw, expert) * (expert, entity, dimension) -> (draw, entity, dimension), over the experts who scored."""
    present = ~np.isnan(scores)
    with np.errstate(invalid="ignore"):
        total = np.einsum("de,ejk->djk", weights, np.where(present, scores, 0.0))
        return total / np.einsum("de,ejk->djk", weights, present.astype(float))
