"""Chapter 8: service monitoring: efficiency, effect and experience; types, scenes, promotions and averages."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.chapters.daily import Days, days_of
from evalcore.chapters.evidence import by_entity, mean_of
from evalcore.edition import Edition
from evalcore.words import Number

SCENES = ("consultation", "order_query", "return", "complaint")
SEASONS = {"year": None, "ordinary": False, "promotion": True}
"""Season -> whether its days belong to a promotion; all days in the year."""
BUSY = 2.0
"""A day is busy with more than so many times the contacts of the median day."""


class Counted(NamedTuple):
    """An indicator counted in tickets: one count over another, times a factor."""

    numerator: str
    denominator: str
    factor: float


class Asked(NamedTuple):
    """An indicator asked of users: mean of a column of a survey, times a factor."""

    source: str
    column: str
    factor: float


SIX: dict[str, Counted | Asked] = {
    "instant": Counted("instant", "online", 100),
    "handling": Counted("handling_s", "handled", 1 / 60),
    "first_contact": Counted("solved", "contacts", 100),
    "repeat": Counted("repeated", "complaints", 100),
    "csat": Asked("survey", "csat", 1),
    "professional": Asked("monitoring", "professional", 100),
}
"""The six indicators of monitoring, two each of efficiency, effect and experience."""
SWINGS = ("instant", "handling")
"""What is compared between promotions and ordinary days."""


def six_frame(daily: pd.DataFrame, surveys: dict[str, pd.DataFrame], edition: Edition) -> pd.DataFrame:
    """indicator, kind (all, type, scene), item, value, lower, upper: unweighted means over entities.

    Counted ones are averaged over days or contacts as the edition says, with intervals of days drawn anew; asked ones
    over answers, with normal intervals. A repeat complaint exists among complaints only.
    """
    days, rows = {scene: days_of(daily, edition, scene) for scene in (None, *SCENES)}, []
    for name, six in SIX.items():
        for kind, item, entities, scene in _groups(edition):
            if name == "repeat" and kind == "scene" and scene != "complaint":
                continue
            found = (
                _over_entities(days[scene], six, edition.service.average, None, entities, edition)
                if isinstance(six, Counted)
                else _asked(six, surveys[six.source], entities, scene, edition)
            )
            rows.append((name, kind, item, *found))
    return pd.DataFrame(rows, columns=["indicator", "kind", "item", "value", "lower", "upper"]).dropna(subset="value")


def _groups(edition: Edition) -> Iterator[tuple[str, str, list[str], str | None]]:
    """Kind, item, its entities, its scene."""
    ranked = [e for e in edition.entities if not e.pooled]
    yield "all", "all", [e.id for e in ranked], None
    for type_ in edition.types:
        yield "type", type_.id, [e.id for e in ranked if e.type == type_.id], None
    for scene in SCENES:
        yield "scene", scene, [e.id for e in ranked], scene


def _over_entities(
    days: Days, six: Counted, average: str, promotion: bool | None, entities: list[str], edition: Edition
) -> tuple[float, float, float]:
    """Value, lower, upper of the mean over entities."""
    kept = [k for k, entity in enumerate(days.entities) if entity in entities]
    drawn = six.factor * days.ratio(six.numerator, six.denominator, average, promotion)[:, kept]
    kept = ~np.isnan(drawn[0])
    return summary(drawn[:, kept].mean(axis=1), edition) if kept.any() else (np.nan,) * 3


def _asked(
    six: Asked, answers: pd.DataFrame, entities: list[str], scene: str | None, edition: Edition
) -> tuple[float, float, float]:
    own = answers[answers["entity"].isin(entities)]
    own = own if scene is None else own[own["scene"] == scene]
    groups = by_entity(own[six.column], own["entity"])
    shown = groups[own.groupby("entity").size().reindex(groups.index) >= edition.minimum_cell]
    if shown.empty:
        return (np.nan,) * 3
    found = mean_of(six.factor * shown["value"], six.factor * shown["error"])
    return found.value, *normal_interval(found.value, found.error, edition)


def averages_frame(daily: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """quantity, season, average, value, lower, upper: the same days, each counted once or by its contacts."""
    days, everyone = days_of(daily, edition), [e.id for e in edition.entities]
    rows = [
        (name, season, average, *_over_entities(days, SIX[name], average, promotion, everyone, edition))
        for name in SWINGS
        for season, promotion in SEASONS.items()
        for average in ("days", "contacts")
    ]
    return pd.DataFrame(rows, columns=["quantity", "season", "average", "value", "lower", "upper"])


def promotions_frame(daily: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, ordinary, promotion, promotion_lower, promotion_upper, fall, fall_lower, fall_upper; lowest last.

    Percent of online contacts answered within 60 s, averaged as the edition says.
    """
    days, six = days_of(daily, edition), SIX["instant"]
    ordinary, promotion = (
        six.factor * days.ratio(six.numerator, six.denominator, edition.service.average, kind) for kind in (False, True)
    )
    rows = [
        (entity, ordinary[0, k], *summary(promotion[:, k], edition), *summary((ordinary - promotion)[:, k], edition))
        for k, entity in enumerate(days.entities)
    ]
    names = ["entity", "ordinary", *_named("promotion"), *_named("fall")]
    found = pd.DataFrame(rows, columns=names).dropna(subset=["ordinary", "promotion"])
    return found.sort_values("promotion", ascending=False, ignore_index=True)


def busy_days(daily: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """day, load (in median days), promotion (as the edition dates them) of every day with more than `BUSY` times."""
    days = days_of(daily, edition)
    load = days.counts["contacts"].sum(axis=1)
    relative = load / max(np.median(load), 1)
    found = pd.DataFrame({"day": days.days, "load": relative, "promotion": days.promotion})
    return found[found["load"] > BUSY].reset_index(drop=True)


def service_numbers(
    six: pd.DataFrame, averages: pd.DataFrame, promotions: pd.DataFrame, busy: pd.DataFrame, edition: Edition
) -> dict[str, Number]:
    """`service.<indicator>`, `service.<quantity>.<season>.<average>`, `service.fall`, busy days, lowest promotion."""
    overall = six[six["kind"] == "all"].set_index("indicator").reindex(list(SIX))
    at = averages.set_index(["quantity", "season", "average"])
    other = {"days": "contacts", "contacts": "days"}[edition.service.average]
    found = {f"service.{name}": _number(name, row) for name, row in overall.iterrows()}
    for name in SWINGS:
        for season in SEASONS:
            for key, average in (("chosen", edition.service.average), ("other", other)):
                found[f"service.{name}.{season}.{key}"] = _number(name, at.loc[(name, season, average)])
    lowest = promotions.iloc[-1] if len(promotions) else None
    mean = None if lowest is None else float((promotions["ordinary"] - promotions["promotion"]).mean())
    return found | {
        "service.fall": Number(mean, "points", 1),
        "service.lowest": Number(None if lowest is None else edition.named("entities", lowest["entity"]), "text"),
        "service.lowest.share": Number(None if lowest is None else float(lowest["promotion"]), "percent", 1),
        "service.busy": Number(len(busy)),
        "service.busy.promotion": Number(int(busy["promotion"].sum())),
        "service.busy.times": Number(BUSY),
        "service.replicates": Number(edition.service.replicates),
    }


def _number(name: str, row: pd.Series) -> Number:
    unit = {"handling": "plain", "csat": "plain"}.get(name, "percent")
    if np.isnan(row["value"]):
        return Number(None)
    return Number(float(row["value"]), unit, 2 if name == "csat" else 1, (float(row["lower"]), float(row["upper"])))


def summary(drawn: np.ndarray, edition: Edition) -> tuple[float, float, float]:
    """The value of the data, which comes first, and quantiles of the values drawn."""
    if np.isnan(drawn[0]):
        return (np.nan,) * 3
    tail = (1 - edition.model.interval) / 2
    return float(drawn[0]), *(float(q) for q in np.nanquantile(drawn[1:], [tail, 1 - tail]))


def normal_interval(value: float, error: float, edition: Edition) -> tuple[float, float]:
    """Bounds around a value with a known standard error."""
    half = stats.norm.ppf(0.5 + edition.model.interval / 2) * error
    return float(value - half), float(value + half)


def _named(name: str) -> list[str]:
    return [name, f"{name}_lower", f"{name}_upper"]
