"""Chapter: a consumer's guide. Who leads for which category and concern, ties included, and what policies promise."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from evalcore import grammar
from evalcore.edition import Edition
from evalcore.indicators.values import indicator_values
from evalcore.score.experts import expert_scores
from evalcore.score.index import score_index
from evalcore.score.rank import ahead
from evalcore.words import Number

WHOLE = "all"
"""The concern of who wants everything, and the group of all categories."""
POLICIES = {
    "user_pays": ("freight_payer", "user"),
    "opened": ("opened_goods_returnable", True),
    "pickup": ("free_pickup", True),
    "prices": ("repair_prices_shown", True),
    "night": ("night_hours", True),
}
"""Column of the guide -> what is counted in the policy inventory."""


class Scores(NamedTuple):
    """The index of the year and of each category, as `score_index` returns it, of the rated entities."""

    year: xr.Dataset
    category: xr.Dataset


def guide_scores(
    cells: pd.DataFrame,
    panel: xr.DataArray | None,
    ranking: pd.DataFrame,
    edition: Edition,
    modelled: xr.DataArray | None = None,
) -> Scores:
    """Both indices with their draws; arguments as `score_edition` has them."""
    experts = None if panel is None else expert_scores(panel, edition)
    rated = list(ranking[ranking["rated"]]["entity"])
    grains = (indicator_values(cells, edition, grain, modelled) for grain in (None, "category"))
    return Scores(*(score_index(values, experts, edition).sel(entity=rated) for values in grains))


def categories_frame(scores: Scores, edition: Edition) -> pd.DataFrame:
    """group, concern, leading, compared: by category, for the whole and each dimension; `leading` holds ids."""
    concerns = {WHOLE: scores.category["composite_low"]}
    concerns |= {id_: scores.category["dimension_low"].sel(dimension=id_) for id_ in edition.dimensions}
    rows = [
        (category.id, concern, *_leading(found.sel(group=category.id).to_numpy(), scores.category, edition))
        for category in edition.categories
        for concern, found in concerns.items()
    ]
    return pd.DataFrame(rows, columns=["group", "concern", "leading", "compared"])


def concerns_frame(scores: Scores, edition: Edition) -> pd.DataFrame:
    """dimension, indicator, leading, compared: who leads in each single indicator over the year."""
    return pd.DataFrame(list(_concerns(scores, edition)), columns=["dimension", "indicator", "leading", "compared"])


def _concerns(scores: Scores, edition: Edition) -> Iterator[tuple[str, str, str, int]]:
    for dimension in edition.framework.dimensions:
        for indicator in dimension.indicators:
            found = scores.year["score"].sel(indicator=indicator.id).isel(group=0).to_numpy()
            yield dimension.id, indicator.id, *_leading(found, scores.year, edition)


def _leading(draws: np.ndarray, index: xr.Dataset, edition: Edition) -> tuple[str, int]:
    """Ids of the first group that cannot be told apart, best first, and how many were compared.

    `draws` (row, entity), row 0 the point; NaN where somebody has no score.
    """
    known = np.flatnonzero(~np.isnan(draws[0]))
    if len(known) == 0:
        return "", 0
    order = known[np.argsort(-draws[0, known], kind="stable")]
    first = grammar.tie_groups(ahead(draws[1:, order]), edition.grammar)[0]
    return " ".join(str(index["entity"].to_numpy()[order[place]]) for place in first), len(known)


def policies_frame(policies: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """group, policies (inventoried), days_low, days_high (return without a reason), and counts as in `POLICIES`."""
    rows = []
    for category in edition.categories:
        own = policies[policies["category"] == category.id]
        counts = {key: int((own[column] == value).sum()) for key, (column, value) in POLICIES.items()}
        days = {"days_low": own["no_reason_days"].min(), "days_high": own["no_reason_days"].max()}
        rows += [{"group": category.id, "policies": len(own), **days, **counts}] if len(own) else []
    columns = ["group", "policies", "days_low", "days_high", *POLICIES]
    return pd.DataFrame(rows, columns=columns)


def guide_numbers(categories: pd.DataFrame, concerns: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """Ids `guide.*`: how many categories and concerns have a single leader, and of how many."""
    whole = categories[categories["concern"] == WHOLE]
    sole = (frame["leading"].str.split().str.len() == 1 for frame in (whole, concerns))
    counts = {"guide.categories_sole": next(sole).sum(), "guide.concerns_sole": next(sole).sum()}
    counts |= {"guide.categories": len(whole), "guide.concerns": len(concerns)}
    return {key: Number(int(count)) for key, count in counts.items()}
