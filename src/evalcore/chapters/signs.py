"""Signs that something is odd at one entity: each a statistic of the data, and where it is strongest."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalcore.chapters.claims import claims_frame
from evalcore.chapters.evidence import Evidence, by_entity

SOON_MIN = 5
"""Minutes within which an answer of a human is soon (indicator R6)."""
WINDOW_DAYS = 10
"""Length of a stretch of days looked at for one wave of bad deliveries."""
TIMELY_H = (24, 72)
"""Hours to the pickup, and on to the settlement, within which a return is timely (indicator S1)."""
DEADLINE_H, JUST_BEFORE_H = 24, 2
FAST_S = 30
GOODS = ("return", "exchange")


class Sign(NamedTuple):
    """`unit`: key of a word; `measure`: entity -> `value`, and `strength` by which entities are compared."""

    unit: str
    measure: Callable[[Evidence], pd.DataFrame]


def signs_frame(of: Evidence) -> pd.DataFrame:
    """sign, unit, entity, value, second, next: where each sign is strongest, and the entity that comes after it."""
    rows = []
    for name, sign in SIGNS.items():
        found = by_strength(name, of)
        first, second = found.index[0], found.index[min(1, len(found) - 1)]
        rows.append((name, sign.unit, first, found.loc[first, "value"], second, found.loc[second, "value"]))
    return pd.DataFrame(rows, columns=["sign", "unit", "entity", "value", "second", "next"])


def by_strength(sign: str, of: Evidence) -> pd.DataFrame:
    """value, strength per entity, the strongest first."""
    return SIGNS[sign].measure(of).sort_values("strength", ascending=False, kind="stable")


def hidden_wait(of: Evidence) -> pd.DataFrame:
    """Minutes by which the reported mean response lies below the mean of the tickets, in standard errors."""
    measured = by_entity(of.contacts["human_wait_min"], of.contacts["entity"])
    gap = measured["value"] - reported_mean(of.reports, "mean_response_min")
    return pd.DataFrame({"value": gap, "strength": gap / measured["error"]})


def claimed_bot(of: Evidence) -> pd.DataFrame:
    """Percentage points by which the reported share that the bot solved lies above that of the tickets."""
    begun = of.contacts[of.contacts["bot_first"]]
    solved = begun["bot_solved"].astype(float).groupby(begun["entity"]).mean()
    return _plain(100 * (reported_mean(of.reports, "bot_solved") - solved))


def late_records(of: Evidence) -> pd.DataFrame:
    """Hours by which the worst month of recorded refunds lies above the mean of the other months."""
    recorded = refunds_by_month(of.contacts)["recorded"]
    return _plain(recorded.groupby(level=0).agg(lambda hours: hours.max() - hours.drop(hours.idxmax()).mean()))


def many_agents(of: Evidence) -> pd.DataFrame:
    """Agents for the contacts, in means of the others."""
    agents = reported_mean(of.reports, "agents")
    others = (agents.sum() - agents) / max(len(agents) - 1, 1)
    return _plain(agents / others)


def empty_night(of: Evidence) -> pd.DataFrame:
    """Percentage points by which fewer are answered soon at night than by day, of those who asked for a human."""
    own = of.contacts[of.contacts["asked_human"].astype(bool)]
    soon = (own["human_wait_min"] <= SOON_MIN).fillna(False).astype(float)
    shares = soon.groupby([own["entity"], own["night"].astype(bool)]).mean().unstack()
    return _plain(100 * (shares[False] - shares[True]))


def one_wave(of: Evidence) -> pd.DataFrame:
    """Percentage points by which returns of the worst stretch of days are less timely than those of all other days."""
    own = of.contacts[of.contacts["service"].isin(GOODS)]
    timely = ((own["pickup_h"] <= TIMELY_H[0]) & (own["settle_h"] <= TIMELY_H[1])).fillna(False)
    days = pd.DataFrame({"entity": own["entity"], "day": own["day"], "timely": timely.astype(int), "n": 1})
    counts = days.groupby(["entity", "day"])[["timely", "n"]].sum()
    rows = {entity: _worst_stretch(counts.loc[entity]) for entity in counts.index.get_level_values(0).unique()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "strength"])


def _worst_stretch(counts: pd.DataFrame) -> tuple[float, float]:
    """Fall of the timely share in the stretch where it is largest in standard errors, and that number of them."""
    daily = counts.asfreq("D", fill_value=0)
    inside = daily.rolling(WINDOW_DAYS, min_periods=1).sum()
    outside = daily.sum() - inside
    known = (inside["n"] > 0) & (outside["n"] > 0)
    inside, outside = inside[known], outside[known]
    fall = outside["timely"] / outside["n"] - inside["timely"] / inside["n"]
    pooled = daily["timely"].sum() / daily["n"].sum()
    strength = fall / np.sqrt(pooled * (1 - pooled) * (1 / inside["n"] + 1 / outside["n"]) + 1e-12)
    return 100 * float(fall[strength.idxmax()]), float(strength.max())


def gamed_clock(of: Evidence) -> pd.DataFrame:
    """Percent of tickets closed in the last hours before the deadline although they were not resolved by then."""
    own = of.contacts
    late = own["close_h"].between(DEADLINE_H - JUST_BEFORE_H, DEADLINE_H).fillna(False)
    unsolved = own["resolved_at"].isna() | (own["resolved_at"] > own["closed_at"])
    return _plain(100 * (late & unsolved).astype(float).groupby(own["entity"]).mean())


def broken_promise(of: Evidence) -> pd.DataFrame:
    """Percent of promises that their ticket says were kept and the person says were not."""
    told = claims_frame(of.answers, of.contacts)
    known = told[told["promised_h"].notna() & told["solved_h"].notna() & told["close_h"].notna()]
    return _plain(100 * known["contradicts"].astype(float).groupby(known["entity"]).mean())


def angry_last(of: Evidence) -> pd.DataFrame:
    """Percentage points by which fewer angry users are answered fast than others about the same things."""
    own = of.contacts[of.contacts["asked_human"].astype(bool)]
    fast = (60 * own["human_wait_min"] <= FAST_S).fillna(False).astype(float)
    shares = fast.groupby([own["entity"], own["scene"], own["sentiment"] == "angry"]).mean().unstack()
    return _plain(100 * (shares[False] - shares[True]).groupby(level=0).mean())


def reported_mean(reports: pd.DataFrame, item: str) -> pd.Series:
    """Numerator over denominator of a reported item by entity, over the year."""
    sums = reports[reports["item"] == item].groupby("entity")[["numerator", "denominator"]].sum()
    return (sums["numerator"] / sums["denominator"]).astype(float)


def refunds_by_month(contacts: pd.DataFrame) -> pd.DataFrame:
    """Mean hours from approval to the money, by entity and month (YYYY-MM) of arrival.

    Columns: recorded, by the platform's system; real, by the receipt of the payment service.
    """
    own = contacts[contacts["refunded_at"].notna()]
    keys = [own["entity"], own["refunded_at"].dt.strftime("%Y-%m").rename("month")]
    hours = own[["refund_recorded_h", "refund_h"]].astype(float).groupby(keys).mean()
    enough = own.groupby(keys).size() >= refunds_needed(own)
    return hours[enough].set_axis(["recorded", "real"], axis=1)


def refunds_needed(refunds: pd.DataFrame) -> float:
    """Refunds that a month of an entity needs: a tenth of the mean month, so that edges of the year drop out."""
    months = refunds["refunded_at"].dt.strftime("%Y-%m").nunique() * refunds["entity"].nunique()
    return len(refunds) / months / 10


def _plain(values: pd.Series) -> pd.DataFrame:
    known = values.dropna().astype(float)
    return pd.DataFrame({"value": known, "strength": known})


SIGNS: dict[str, Sign] = {
    "hidden_wait": Sign("minutes", hidden_wait),
    "claimed_bot": Sign("points", claimed_bot),
    "late_records": Sign("hours", late_records),
    "many_agents": Sign("times", many_agents),
    "empty_night": Sign("points", empty_night),
    "one_wave": Sign("points", one_wave),
    "gamed_clock": Sign("percent", gamed_clock),
    "broken_promise": Sign("percent", broken_promise),
    "angry_last": Sign("points", angry_last),
}
"""What is looked for, by name; the words say what each means."""
