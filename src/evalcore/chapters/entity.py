"""Chapter 17: one page per entity."""

import pandas as pd

from evalcore.edition import Edition
from evalcore.words import Number


def profile_frame(indicators: pd.DataFrame, entity: str, edition: Edition) -> pd.DataFrame:
    """All scored indicators of one entity beside the median of all.

    Columns: indicator, value, lower, upper, baseline, score, median (points), n, status; in framework order.
    """
    order = [i.id for i in edition.framework.indicators]
    median = indicators[indicators["status"] == "measured"].groupby("indicator")["score"].median()
    own = indicators[(indicators["entity"] == entity) & indicators["indicator"].isin(order)].set_index("indicator")
    own = own.loc[[id_ for id_ in order if id_ in own.index]].reset_index()
    baseline = [edition.indicators[id_].goalposts.baseline for id_ in own["indicator"]]
    own = own.assign(median=own["indicator"].map(median), baseline=baseline)
    return own[["indicator", "value", "lower", "upper", "baseline", "score", "median", "n", "status"]]


def entity_numbers(ranking: pd.DataFrame, profile: pd.DataFrame, entity: str, edition: Edition) -> dict[str, Number]:
    """Score, interval, rank, level, unreported share, and the indicator that costs most points.

    A pooled group has a score and no rank; with too much unreported there is neither.
    """
    row = ranking.set_index("entity").loc[entity]
    rated, scored = bool(row["rated"]), bool(row["unreported"] <= edition.framework.unreported_limit)
    level = next((lv.name for lv in edition.framework.levels if lv.id == row["level"]), None)
    weakest = _weakest(profile, edition)
    interval = (float(row["lower"]), float(row["upper"]))
    return {
        "score": Number(float(row["low"]) if scored else None, "plain", 1, interval if scored else None),
        "score_lower": Number(float(row["lower"]) if scored else None, "plain", 1),
        "score_upper": Number(float(row["upper"]) if scored else None, "plain", 1),
        "score_high": Number(float(row["high"]) if scored else None, "plain", 1),
        "rank": Number(int(row["rank"]) if rated else None),
        "rank_lower": Number(int(row["rank_lower"]) if rated else None),
        "rank_upper": Number(int(row["rank_upper"]) if rated else None),
        "level": Number(level, "text"),
        "unreported": Number(float(row["unreported"]), "percent", 1),
        "attained": Number(int((profile["value"].notna() & _attains(profile, edition)).sum())),
        "indicators": Number(int((profile["status"] == "measured").sum())),
        "weakest": Number(None if weakest is None else edition.indicators[weakest].name, "text"),
    }


def _weakest(profile: pd.DataFrame, edition: Edition) -> str | None:
    """The indicator whose gap to 100 costs the composite most points; None where no shown gap costs any."""
    weight = {i.id: d.weight * i.weight for d in edition.framework.dimensions for i in d.indicators}
    loss = (100 - profile["score"].fillna(100)) * profile["indicator"].map(weight)
    return profile.loc[loss.idxmax(), "indicator"] if (loss > 0).any() else None


def _attains(profile: pd.DataFrame, edition: Edition) -> pd.Series:
    direction = profile["indicator"].map({id_: i.goalposts.direction for id_, i in edition.indicators.items()})
    return (profile["value"] - profile["baseline"]) * direction >= 0
