"""Chapter: the reader's own weights. What the page computes with, and who can be first under any weights at all."""

from typing import Any

import numpy as np
import pandas as pd

from evalcore.chapters.robustness import Year
from evalcore.edition import Edition
from evalcore.score.aggregate import weighted_mean
from evalcore.score.normalise import baseline_bonus
from evalcore.score.rank import ranks
from evalcore.streams import stream
from evalcore.words import Number

KEPT = 200
"""Draws the page carries: an interval's end is then a mean of order statistics 9 to 10 places from the edge."""
SCALE = 100
"""Points are carried as whole hundredths."""
STEP = 0.25
"""Width of a step of the hills, in points: the scores' own scatter is several steps wide."""
LEFT_OUT, UNREPORTED, MEASURED = 0, 1, 2
"""What stands behind a score: left out of the mean, in it with 0 points, or measured."""


def reader_page(year: Year, edition: Edition) -> dict[str, Any]:
    """All that the page computes with, ready for JSON; published scores and thinned draws of them only.

    Returns
    -------
    dict
        `entities`, `dimensions`, `indicators` (names in both languages, weights as the edition has them), `interval`
        (a share), `state` (entity, indicator), `points` (row, entity, indicator) and `panel` (row, entity,
        dimension; null where nobody scored) in hundredths of a point; row 0 is the published point.
    """
    kept = np.unique(np.r_[0, np.linspace(1, len(year.index.values) - 1, KEPT).astype(int)])
    points, panel = _points(year, kept), year.index.panel
    dimensions, homes = edition.framework.dimensions, year.index.home
    indicators = [i for d in dimensions for i in d.indicators]
    named = {e.id: e.name for e in edition.entities}
    return {
        "entities": [{"id": id_, "name": named[id_].model_dump()} for id_ in year.entities],
        "dimensions": [_part(d) for d in dimensions],
        "indicators": [_part(i) | {"dimension": int(homes[k])} for k, i in enumerate(indicators)],
        "interval": edition.model.interval,
        "share": year.index.share,
        "state": _state(year).tolist(),
        "points": _hundredths(points).tolist(),
        "panel": None if panel is None else _with_nulls(panel[kept]),
    }


def reweighted(page: dict[str, Any], dimensions: np.ndarray, indicators: np.ndarray) -> pd.DataFrame:
    """What the page shows for some weights: entity, rank, score, lower, upper; best first.

    Parameters
    ----------
    page : dict
        As `reader_page`.
    dimensions, indicators : ndarray, shape (..., part)
        Not negative. A dimension whose applicable weights are all zero leaves the composite.
    """
    scores = _composites(page, dimensions, indicators)
    tail = (1 - page["interval"]) / 2
    low, high = np.quantile(scores[1:], [tail, 1 - tail], axis=0)
    found = {"entity": [e["id"] for e in page["entities"]], "rank": ranks(scores[0]), "score": scores[0]}
    frame = pd.DataFrame(found | {"lower": low, "upper": high}).dropna(subset="rank")
    return frame.astype({"rank": int}).sort_values("rank", kind="stable", ignore_index=True)


def any_weights_frame(page: dict[str, Any], edition: Edition) -> pd.DataFrame:
    """entity, rank, score, lower, upper (own weights); first, best, worst over all weights, as a share and ranks.

    All weights: uniform on the simplex (Dirichlet with ones), of dimensions and inside each dimension. Point scores.
    """
    draw = stream(edition.seed, "chapters", "weights")
    replicates = edition.robustness.replicates
    home = np.array([i["dimension"] for i in page["indicators"]])
    whole = draw.dirichlet(np.ones(len(page["dimensions"])), replicates)
    parts = draw.standard_exponential((replicates, len(home)))  # shares of each dimension once its sum divides them
    placed = ranks(_composites(page | _first_row(page), whole[:, None], parts[:, None])[:, 0]).astype(int)
    own = reweighted(page, *own_weights(page))
    order = [e["id"] for e in page["entities"]]
    spread = pd.DataFrame(
        {"first": (placed == 1).mean(axis=0), "best": placed.min(axis=0), "worst": placed.max(axis=0)}, index=order
    )
    return own.join(spread, on="entity")


def hills_frame(year: Year) -> pd.DataFrame:
    """entity, score, share: histogram of each one's draws on common steps, best first; shares of a hill sum to one."""
    if not year.entities:
        return pd.DataFrame({"entity": [], "score": [], "share": []})
    low, high = np.floor(year.draws.min()) - 1, np.ceil(year.draws.max()) + 1
    edges = np.arange(low, high + STEP, STEP)
    shares = [np.histogram(column, edges)[0] / len(column) for column in year.draws[1:].T]
    middles = edges[:-1] + STEP / 2
    rows = [
        (id_, x, y) for id_, own in zip(year.entities, shares, strict=True) for x, y in zip(middles, own, strict=True)
    ]
    return pd.DataFrame(rows, columns=["entity", "score", "share"])


def own_weights(page: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The edition's weights of dimensions and indicators."""
    return tuple(np.array([part["weight"] for part in page[key]], dtype=float) for key in ("dimensions", "indicators"))


def weights_numbers(frame: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """Ids `weights.*`: how many can be first, who most often."""
    most = None if frame.empty else frame.loc[frame["first"].idxmax()]
    return {
        "weights.possible": Number(int((frame["first"] > 0).sum())),
        "weights.entities": Number(len(frame)),
        "weights.most": Number(None if most is None else edition.named("entities", most["entity"]), "text"),
        "weights.most_share": Number(None if most is None else 100 * most["first"], "percent", 0),
        "weights.replicates": Number(edition.robustness.replicates),
    }


def _composites(page: dict[str, Any], dimensions: np.ndarray, indicators: np.ndarray) -> np.ndarray:
    """Composites; weights (..., part) and rows broadcast against each other -> (..., row, entity)."""
    points, state = np.array(page["points"], dtype=float) / SCALE, np.array(page["state"])
    home = np.array([i["dimension"] for i in page["indicators"]])
    found = []
    for place in range(len(page["dimensions"])):
        own = home == place
        found.append(weighted_mean(points[..., own], indicators[..., None, own], state[:, own] != LEFT_OUT))
    scores = np.stack(np.broadcast_arrays(*found), axis=-1)
    if page["panel"] is not None:
        panel = np.array(page["panel"], dtype=float) / SCALE
        scores = np.where(np.isnan(panel), scores, (1 - page["share"]) * scores + page["share"] * panel)
    return weighted_mean(scores, dimensions[..., None, :], ~np.isnan(scores))


def _points(year: Year, rows: np.ndarray) -> np.ndarray:
    """Points of every indicator, shape (row, entity, indicator); 0 where there is no value."""
    values = year.index.values[rows]
    found = [sum(baseline_bonus(values[..., k], posts)) for k, posts in enumerate(year.index.posts)]
    return np.nan_to_num(np.stack(found, axis=-1))


def _state(year: Year) -> np.ndarray:
    there = np.where(year.index.reported, MEASURED, UNREPORTED)
    return np.where(year.index.applies, there, LEFT_OUT)


def _first_row(page: dict[str, Any]) -> dict[str, Any]:
    return {"points": page["points"][:1], "panel": page["panel"] and page["panel"][:1]}


def _part(part: Any) -> dict[str, Any]:
    return {"id": part.id, "name": part.name.model_dump(), "weight": part.weight}


def _hundredths(values: np.ndarray) -> np.ndarray:
    return np.round(values * SCALE).astype(int)


def _with_nulls(panel: np.ndarray) -> list:
    whole = np.where(np.isnan(panel), None, _hundredths(np.nan_to_num(panel)).astype(object))
    return whole.tolist()
