"""What of an edition is held against published figures: scores, contacts and answers, each with its sampling error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.edition import Edition

BASIC = frozenset({"tickets", "survey", "platform_reports"})
"""Sources without which there is no evidence; the others are optional."""
INSTANT_S = 60
"""Seconds within which a reply is instant (D3)."""


class Finding(NamedTuple):
    """A value of this edition and its sampling error, in the unit of the published figure.

    `among` is the number of units behind a share of few: only so many values of it can occur.
    """

    value: float
    error: float
    among: int | None = None


@dataclass(frozen=True)
class Evidence:
    """Frames of one edition.

    Attributes
    ----------
    contacts : DataFrame
        One row per valid ticket; see `contacts_frame`.
    answers : DataFrame
        Valid survey answers.
    reports : DataFrame
        Valid rows of the platforms' reports.
    ranking, dimensions, indicators, category_indicators : DataFrame
        As the scoring stage writes them; empty for pages that look at no scores.
    sources : mapping of str to DataFrame
        Valid rows of further sources, those this edition has.
    """

    edition: Edition
    contacts: pd.DataFrame
    answers: pd.DataFrame
    reports: pd.DataFrame
    ranking: pd.DataFrame = field(default_factory=pd.DataFrame)
    dimensions: pd.DataFrame = field(default_factory=pd.DataFrame)
    indicators: pd.DataFrame = field(default_factory=pd.DataFrame)
    category_indicators: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def has(self, source: str) -> bool:
        """Whether the evidence holds a source."""
        return source in BASIC or source in self.sources

    def entities(self, size: str | None = None, type_: str | None = None) -> list[str]:
        """Ids of a size and type, or of all."""
        return [e.id for e in self.edition.entities if e.size == (size or e.size) and e.type == (type_ or e.type)]

    def error_of(self, frame: pd.DataFrame) -> np.ndarray:
        """Standard errors from intervals, taken as normal."""
        width = 2 * stats.norm.ppf(0.5 + self.edition.model.interval / 2)
        return (frame["upper"] - frame["lower"]).to_numpy() / width


def contacts_frame(tickets: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Tickets with `day`, `promotion`, `instant` (answered within 60 s) and `minutes` of handling."""
    day = tickets["opened_at"].dt.normalize()
    days = [pd.date_range(p.first, p.last) for p in edition.promotions]
    promotion = day.isin(days[0].append(days[1:])) if days else pd.Series(False, index=tickets.index)
    instant = (tickets["first_response_s"] <= INSTANT_S).fillna(False).astype(bool)
    minutes = tickets["handling_s"].astype("Float64") / 60
    return tickets.assign(day=day, promotion=promotion, instant=instant, minutes=minutes)


def mean_of(values: Sequence[float], errors: Sequence[float]) -> Finding:
    """Unweighted mean of independent values."""
    return Finding(float(np.mean(values)), float(np.sqrt(np.sum(np.square(errors))) / len(values)))


def by_entity(values: pd.Series, entity: pd.Series) -> pd.DataFrame:
    """Value and error per entity: mean of known values and its standard error."""
    known = values.notna().to_numpy()
    groups = values[known].astype(float).groupby(entity[known].to_numpy())
    found = groups.agg(["mean", "std", "size"])
    return pd.DataFrame({"value": found["mean"], "error": found["std"] / np.sqrt(found["size"])})


def over_days(values: pd.Series, entity: pd.Series, day: pd.Series) -> pd.DataFrame:
    """Value and error per entity: the mean of its days, each counted once, however busy it was."""
    known = values.notna().to_numpy()
    keys = [entity[known].to_numpy(), day[known].to_numpy()]
    own = values[known].astype(float)
    cells = own.groupby(keys).agg(["mean", "size"])
    spread = own.groupby(keys[0]).var()
    owner = cells.index.get_level_values(0)
    squared = spread.reindex(owner).to_numpy() / cells["size"].to_numpy()
    days = cells.groupby(owner).size()
    error = np.sqrt(pd.Series(squared).groupby(owner.to_numpy()).sum()) / days
    return pd.DataFrame({"value": cells["mean"].groupby(owner).mean(), "error": error})
