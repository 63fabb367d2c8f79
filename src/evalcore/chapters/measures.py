"""How this edition measures what was published: one function per kind of figure, one entry per row of the file."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from evalcore.chapters.evidence import Evidence, Finding, by_entity, mean_of, over_days
from evalcore.chapters.measures_companies import COMPANIES
from evalcore.chapters.measures_maternal import MATERNAL, SOURCE

SATISFIED = 4
SIMPLE = ("consultation", "order_query")


def composite(of: Evidence) -> Finding:
    """Mean composite of the rated entities."""
    rated = of.ranking[of.ranking["rated"]]
    return mean_of(rated["low"], of.error_of(rated))


def dimension(of: Evidence, id_: str, size: str | None = None) -> Finding:
    """Mean score of a dimension."""
    own = of.dimensions[(of.dimensions["dimension"] == id_) & of.dimensions["entity"].isin(of.entities(size))]
    return mean_of(own["low"], of.error_of(own))


def indicator(of: Evidence, id_: str, category: str | None = None, type_: str | None = None) -> Finding:
    """Mean value of an indicator over the entities that measured it."""
    frame = of.indicators if category is None else of.category_indicators
    group = category or "all"
    own = frame[(frame["indicator"] == id_) & (frame["group"] == group) & (frame["status"] == "measured")]
    own = own[own["entity"].isin(of.entities(type_=type_))]
    return mean_of(own["value"], of.error_of(own))


def below_best(of: Evidence, id_: str) -> Finding:
    """Share of entities that do not reach the baseline of a census: no sampling error."""
    own = of.indicators[(of.indicators["indicator"] == id_) & (of.indicators["status"] == "measured")]
    return Finding(float(100 * (1 - own["attained"].mean())), 0.0, len(own))


def satisfied_complainants(of: Evidence) -> Finding:
    """Share rating 4 or 5 among respondents who complained."""
    own = of.answers[of.answers["scene"] == "complaint"]
    return _percent(by_entity(own["csat"] >= SATISFIED, own["entity"]))


def instant(of: Evidence, type_: str | None = None) -> Finding:
    """Online contacts answered within 60 s, mean over days and entities."""
    return _percent(_instant(of).reindex(of.entities(type_=type_)))


def instant_fall(of: Evidence) -> Finding:
    """Ordinary days minus promotion days."""
    ordinary, promotion = (_percent(_instant(of, when)) for when in (False, True))
    return Finding(ordinary.value - promotion.value, float(np.hypot(ordinary.error, promotion.error)))


def instant_lowest(of: Evidence) -> Finding:
    """The lowest entity's on promotion days."""
    return _extreme(_instant(of, True), "idxmin", 100)


def handling(of: Evidence, type_: str | None = None, promotion: bool | None = None) -> Finding:
    """Minutes an agent spends on a contact, mean over days and entities."""
    own = of.contacts if promotion is None else of.contacts[of.contacts["promotion"] == promotion]
    found = over_days(own["minutes"], own["entity"], own["day"]).reindex(of.entities(type_=type_))
    return mean_of(found["value"], found["error"])


def contacts_multiple(of: Evidence, extreme: str) -> Finding:
    """Contacts of the least ("min") or most ("max") busy promotion day, in ordinary days."""
    days = of.contacts.groupby("day").agg(contacts=("promotion", "size"), promotion=("promotion", "first"))
    usual = days.loc[~days["promotion"], "contacts"].mean()
    busy = getattr(days.loc[days["promotion"], "contacts"], extreme)()
    return Finding(float(busy / usual), float(np.sqrt(busy) / usual))


def diverted(of: Evidence) -> Finding:
    """Simple contacts that the bot solved on promotion days."""
    own = of.contacts[of.contacts["promotion"] & of.contacts["scene"].isin(SIMPLE)]
    return _percent(by_entity(own["bot_solved"].fillna(False), own["entity"]))


def first_contact(of: Evidence, scene: str | None = None) -> Finding:
    """Contacts of all kinds, or of a scene, solved at the first contact."""
    own = of.contacts if scene is None else of.contacts[of.contacts["scene"] == scene]
    return _percent(by_entity(own["solved_first_contact"], own["entity"]))


def first_contact_end(of: Evidence, size: str, type_: str, extreme: str) -> Finding:
    """The best ("idxmax") or last ("idxmin") of a group."""
    found = by_entity(of.contacts["solved_first_contact"], of.contacts["entity"])
    return _extreme(found.reindex(of.entities(size, type_)), extreme, 100)


def correlation(of: Evidence, one: str, other: str) -> Finding:
    """Pearson's r of two indicators over entities."""
    wide = of.indicators.pivot(index="entity", columns="indicator", values="value")[[one, other]].dropna()
    r = float(wide.corr().iloc[0, 1])
    return Finding(r, (1 - r**2) / np.sqrt(max(len(wide) - 1, 1)))


def _instant(of: Evidence, promotion: bool | None = None) -> pd.DataFrame:
    own = of.contacts[of.contacts["channel"] == "online"]
    own = own if promotion is None else own[own["promotion"] == promotion]
    return over_days(own["instant"], own["entity"], own["day"])


def _percent(found: pd.DataFrame) -> Finding:
    mean = mean_of(found["value"], found["error"])
    return Finding(100 * mean.value, 100 * mean.error)


def _extreme(found: pd.DataFrame, extreme: str, factor: float) -> Finding:
    row = found.loc[getattr(found["value"], extreme)()]
    return Finding(float(factor * row["value"]), float(factor * row["error"]))


MEASURES: dict[str, Callable[[Evidence], Finding]] = {
    "D0-01": composite,
    **{f"D0-0{k}": partial(dimension, id_=d) for k, d in enumerate("RSEC", start=2)},
    "D0-06": partial(dimension, id_="R", size="head"),
    "D0-07": partial(dimension, id_="C", size="head"),
    "D0-08": partial(dimension, id_="S", size="head"),
    "D0-09": partial(dimension, id_="E", size="small-mid"),
    "D0-10": partial(dimension, id_="R", size="small-mid"),
    "D0-11": partial(indicator, id_="R4"),
    "D0-12": partial(indicator, id_="S1"),
    "D0-13": partial(indicator, id_="S2"),
    "D0-15": partial(indicator, id_="S3"),
    "D0-16": satisfied_complainants,
    "D0-17": partial(below_best, id_="C3"),
    "D0-18": partial(indicator, id_="S1", category="appliances"),
    "D0-20": partial(indicator, id_="S5", category="fresh"),
    "D0-21": partial(indicator, id_="S7", category="fresh"),
    "D3-01": instant,
    "D3-02": partial(instant, type_="comprehensive"),
    "D3-03": partial(instant, type_="vertical"),
    "D3-04": partial(instant, type_="social"),
    "D3-05": handling,
    "D3-06": partial(handling, type_="social"),
    "D3-07": instant_fall,
    "D3-08": instant_lowest,
    "D3-09": partial(handling, promotion=True),
    "D3-10": partial(contacts_multiple, extreme="min"),
    "D3-11": partial(contacts_multiple, extreme="max"),
    "D3-12": diverted,
    "D3-13": first_contact,
    "D3-14": partial(first_contact_end, size="head", type_="comprehensive", extreme="idxmax"),
    "D3-15": partial(first_contact_end, size="small-mid", type_="vertical", extreme="idxmin"),
    "D3-16": partial(indicator, id_="S4"),
    "D3-17": partial(indicator, id_="S4", type_="social"),
    "D3-18": partial(first_contact, scene="consultation"),
    "D3-19": partial(first_contact, scene="return"),
    "D3-20": partial(first_contact, scene="complaint"),
    "D3-21": partial(indicator, id_="E1"),
    "D3-22": partial(indicator, id_="E1", type_="comprehensive"),
    "D3-23": partial(indicator, id_="E1", type_="vertical"),
    "D3-24": partial(indicator, id_="E1", type_="social"),
    "D3-26": partial(correlation, one="E1", other="E2"),
}
"""Row of the published figures -> how this edition measures it."""
MEASURES |= MATERNAL | {id_: measure for id_, (_, measure) in COMPANIES.items()}

NEEDS: dict[str, str] = dict.fromkeys(MATERNAL, SOURCE) | {id_: source for id_, (source, _) in COMPANIES.items()}
"""Row -> the source without which it cannot be measured, where it is not one that there always is."""
