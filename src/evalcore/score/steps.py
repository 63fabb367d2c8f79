"""The steps of an index of given values, every stage kept."""

from collections.abc import Callable
from functools import partial

import numpy as np
import xarray as xr

from evalcore.edition.index import Index, IndexIndicator, Node, Treat
from evalcore.errors import EvalcoreError
from evalcore.score.aggregate import AGGREGATIONS
from evalcore.score.impute import IMPUTATIONS
from evalcore.score.normalise import NORMALISATIONS
from evalcore.score.rank import ranks
from evalcore.score.transform import TRANSFORMS, cap, denominate
from evalcore.score.treat import winsorise
from evalcore.score.weight import node_weights

STAGES = ("raw", "denominated", "imputed", "treated", "normalised")


def index_stages(
    raw: xr.DataArray, denominators: dict[str, np.ndarray], groups: np.ndarray, index: Index
) -> xr.Dataset:
    """Values of every indicator after every step.

    Parameters
    ----------
    raw : DataArray, dims (..., indicator, unit)
        Leading dimensions (draw, period) are free; NaN where missing.
    denominators : dict of ndarray, shape (unit,) or (..., unit)
        By indicator, for those that have one.
    groups : ndarray of str, shape (unit,)
        For imputation.

    Returns
    -------
    Dataset
        One variable per stage, as `STAGES`, each with the dimensions of `raw`.
    """
    values = {stage: [] for stage in STAGES}
    for indicator in index.indicators:
        own = raw.sel(indicator=indicator.id).to_numpy()
        try:
            steps = _steps(own, denominators.get(indicator.id), groups, indicator, index)
        except EvalcoreError as error:
            raise EvalcoreError(f"indicator {indicator.id}: {error}") from None
        for stage, value in zip(STAGES, steps, strict=True):
            values[stage].append(value)
    axis = raw.dims.index("indicator")
    return xr.Dataset(
        {stage: (raw.dims, np.stack(found, axis=axis)) for stage, found in values.items()}, coords=raw.coords
    )


def index_scores(normalised: xr.DataArray, index: Index) -> xr.DataArray:
    """Score of every node of the tree, dims (..., node, unit); NaN where a part is missing."""
    scores = {i.id: normalised.sel(indicator=i.id).to_numpy() for i in index.indicators}
    for node in index.tree.walk():
        scores[node.id] = _node(node, scores)
    nodes = [node.id for node in index.tree.walk()]
    dims = tuple("node" if name == "indicator" else name for name in normalised.dims)
    axis = dims.index("node")
    coords = {name: normalised[name] for name in dims if name != "node" and name in normalised.coords}
    return xr.DataArray(
        np.stack([scores[id_] for id_ in nodes], axis=axis), dims=dims, coords={**coords, "node": nodes}
    )


def index_ranks(scores: xr.DataArray, index: Index) -> xr.DataArray:
    """Rank of every unit on the root, best 1, after rounding to the index's digits."""
    root = scores.sel(node=index.tree.id, drop=True)
    return root.copy(data=ranks(root.to_numpy(), index.digits, index.ties))


def _steps(
    raw: np.ndarray, by: np.ndarray | None, groups: np.ndarray, indicator: IndexIndicator, index: Index
) -> tuple[np.ndarray, ...]:
    transform, normalise = TRANSFORMS[indicator.transform], normaliser(indicator, index)
    capped = cap(raw, indicator.cap.low, indicator.cap.high)
    denominated = capped if by is None else denominate(capped, by, indicator.denominator.scale)
    imputed = IMPUTATIONS[index.impute.method](transform(denominated), groups)
    treated = _treated(imputed, index.treat)
    return raw, denominated, imputed, treated, normalise(treated)


def normaliser(indicator: IndexIndicator, index: Index) -> Callable[[np.ndarray], np.ndarray]:
    """The normalisation of an indicator, (..., unit) -> (..., unit); goalposts are transformed as the values are."""
    step, transform = index.normalised_by(indicator), TRANSFORMS[indicator.transform]
    parameters = dict(step.parameters)
    for post in {"low", "high", "reference"} & set(parameters):
        parameters[post] = float(transform(np.array(parameters[post])))
    if step.posts:
        ends = {key: getattr(step.posts, key) for key in ("floor", "baseline", "stretch")}
        moved = {key: float(transform(np.array(end))) for key, end in ends.items() if end is not None}
        parameters["posts"] = step.posts.model_copy(update=moved)
    return partial(NORMALISATIONS[step.method], direction=indicator.direction, **parameters)


def _treated(value: np.ndarray, treat: Treat) -> np.ndarray:
    if treat.method == "none":
        return value
    return np.apply_along_axis(lambda own: winsorise(own, treat.skew, treat.kurtosis, treat.most).value, -1, value)


def _node(node: Node, scores: dict[str, np.ndarray]) -> np.ndarray:
    try:
        parts = np.stack([scores[id_] for id_ in node.parts], axis=-1)
        return AGGREGATIONS[node.aggregate](parts, node_weights(node))
    except EvalcoreError as error:
        raise EvalcoreError(f"node '{node.id}': {error}") from None
