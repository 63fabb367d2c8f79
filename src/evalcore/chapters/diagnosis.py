"""Chapter 14: three misalignments, each as a chain of signs from several sources, and where it shows."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.chapters.evidence import Evidence, by_entity
from evalcore.words import Number

SPEED_WEIGHT, TRAINING_DAYS, GRANT_YUAN, UPDATES = 50, 3, 100, 2
"""Most of the KPIs on speed (ours); three days, 100 yuan, two updates a month (D0-48, D3-37, D3-40)."""
FEWEST = 2
"""Signs that a chain needs."""


class Link(NamedTuple):
    """One sign: its source, the unit of its value, and entity -> `value`, `probability` that the sign shows."""

    source: str
    unit: str
    measure: Callable[[Evidence], pd.DataFrame]


def _score(indicator: str, weak: bool = True) -> Callable[[Evidence], pd.DataFrame]:
    """An indicator lies on the weak (or the strong) side of the median of all."""

    def measure(of: Evidence) -> pd.DataFrame:
        if indicator not in of.edition.indicators:  # a framework of another year
            return pd.DataFrame({"value": [], "probability": []}, dtype=float)
        own = of.indicators[(of.indicators["indicator"] == indicator) & (of.indicators["status"] == "measured")]
        own = own.set_index("entity").assign(error=of.error_of(own))
        side = -1 if weak else 1
        return _beyond_median(own["value"], own["error"], side * of.edition.indicators[indicator].goalposts.direction)

    return measure


def _company(column: str, bound: float, above: bool) -> Callable[[Evidence], pd.DataFrame]:
    """What the capability survey says of an entity lies beyond a bound: known, so that the probability is 0 or 1."""

    def measure(of: Evidence) -> pd.DataFrame:
        own = of.sources["capability"].dropna(subset=["entity", column])
        own = own[own["entity"] != "all"].groupby("entity")[column].mean().astype(float)
        shows = own >= bound if above else own <= bound
        return pd.DataFrame({"value": own, "probability": shows.astype(float)})

    return measure


def _passed_around(of: Evidence) -> pd.DataFrame:
    found = by_entity(100 * of.answers["passed_around"].astype("Float64"), of.answers["entity"])
    return _beyond_median(found["value"], found["error"], 1)


def _transfers(of: Evidence) -> pd.DataFrame:
    own = of.contacts[of.contacts["after_sales"].astype(bool)]
    found = by_entity(100 * (own["transfers"] > 0).astype("Float64"), own["entity"])
    return _beyond_median(found["value"], found["error"], 1)


def _many_policies(of: Evidence) -> pd.DataFrame:
    """More than half of an entity's categories have no single policy across channels."""
    own = 100 * (1 - of.sources["policies"].groupby("entity")["one_policy"].mean().astype(float))
    return pd.DataFrame({"value": own, "probability": (own > 50).astype(float)})


def _beyond_median(value: pd.Series, error: pd.Series, side: int) -> pd.DataFrame:
    """Probability that a value lies above (`side` 1) or below (-1) the median of all, as a normal one would."""
    gap = side * (value - value.median())
    chance = np.where(error > 0, stats.norm.cdf(gap / error.where(error > 0, 1.0)), (gap > 0).astype(float))
    return pd.DataFrame({"value": value, "probability": chance})


CHAINS: dict[str, dict[str, Link]] = {
    "goal": {
        "kpi_speed": Link("capability", "percent", _company("kpi_speed_weight", SPEED_WEIGHT, above=True)),
        "fast": Link("tickets", "percent", _score("R1", weak=False)),
        "dissatisfied": Link("survey", "level", _score("E1")),
    },
    "process": {
        "asked_twice": Link("survey", "percent", _score("E3")),
        "passed_around": Link("survey", "percent", _passed_around),
        "transferred": Link("tickets", "percent", _transfers),
        "many_policies": Link("policies", "percent", _many_policies),
    },
    "capability": {
        "training": Link("capability", "days", _company("training_days", TRAINING_DAYS, above=False)),
        "authority": Link("capability", "yuan", _company("grant_yuan", GRANT_YUAN, above=False)),
        "updates": Link("capability", "monthly", _company("knowledge_updates", UPDATES, above=False)),
        "unprofessional": Link("survey", "percent", _score("E2")),
        "unsolved": Link("tickets", "percent", _score("R4")),
    },
}
"""Misalignment -> its chain of signs."""


def signs_of(of: Evidence) -> pd.DataFrame:
    """misalignment, sign, source, unit, entity, value, probability; signs whose source is missing are left out."""
    parts = [
        link.measure(of)
        .rename_axis("entity")
        .reset_index()
        .assign(misalignment=name, sign=sign, source=link.source, unit=link.unit)
        for name, chain in CHAINS.items()
        for sign, link in chain.items()
        if of.has(link.source)
    ]
    return pd.concat(parts, ignore_index=True)[
        ["misalignment", "sign", "source", "unit", "entity", "value", "probability"]
    ]


def chains_frame(signs: pd.DataFrame) -> pd.DataFrame:
    """One row per sign: misalignment, sign, source, unit, median, lowest, highest, showing, entities."""
    grouped = signs.groupby(["misalignment", "sign", "source", "unit"], sort=False)
    found = grouped["value"].agg(["median", "min", "max", "size"])
    found = found.set_axis(["median", "lowest", "highest", "entities"], axis=1)
    return found.assign(showing=grouped["probability"].agg(lambda chance: int((chance > 0.5).sum()))).reset_index()


def shows_frame(signs: pd.DataFrame) -> pd.DataFrame:
    """misalignment, entity, signs, probability that most of its signs show; entities with too few signs are left out.

    Signs come from different sources and are taken as independent, so that their number is Poisson-binomial.
    """
    rows = []
    for (name, entity), own in signs.groupby(["misalignment", "entity"], sort=False):
        if len(own) >= FEWEST:
            rows.append((name, entity, len(own), most_of(own["probability"].to_numpy())))
    return pd.DataFrame(rows, columns=["misalignment", "entity", "signs", "probability"])


def most_of(chances: np.ndarray) -> float:
    """Probability that more than half of independent signs show."""
    number = np.ones(1)
    for chance in chances:
        number = np.append(number * (1 - chance), 0) + np.append(0, number * chance)
    return float(number[len(chances) // 2 + 1 :].sum())


def diagnosis_numbers(shows: pd.DataFrame, signs: pd.DataFrame) -> dict[str, Number]:
    """`diagnosis.<misalignment>`: how many entities it shows at (probability over a half), `.likely` (over 0.9)."""
    found = {"diagnosis.entities": Number(int(shows["entity"].nunique()))}
    for name in CHAINS:
        own = shows.loc[shows["misalignment"] == name, "probability"]
        found[f"diagnosis.{name}"] = Number(int((own > 0.5).sum()) if len(own) else None)
        found[f"diagnosis.{name}.likely"] = Number(int((own > 0.9).sum()) if len(own) else None)
    return found | {"diagnosis.signs": Number(int(signs["sign"].nunique()))}
