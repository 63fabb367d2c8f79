"""Where this edition shows what the reference documents tell of one platform: found in the data, not looked up."""

from typing import NamedTuple

import pandas as pd

from evalcore.chapters.claims import claims_frame
from evalcore.chapters.evidence import Evidence
from evalcore.chapters.reference import digits_of
from evalcore.chapters.signs import by_strength, refunds_by_month, reported_mean
from evalcore.words import Number

LONG_MIN, VERY_LONG_MIN = 10, 30
"""Minutes after which a wait is long (D0-25), and very long (D0-23, D0-38)."""


class Found(NamedTuple):
    """A value, and the entity and month it was found at (no month: the year); too few respondents show nothing."""

    value: float
    entity: str
    month: str | None = None


def planted_frame(published: pd.DataFrame, of: Evidence) -> pd.DataFrame:
    """id, scope, metric, unit, comparison, published, digits, value, entity, month of what was told and found."""
    found = {**hidden_wait(of), **boastful_bot(of), **late_records(of), **many_agents(of), **broken_promise(of)}
    rows = published[published["id"].isin(found)]
    return pd.DataFrame(
        [
            (r.id, r.scope, r.metric, r.unit, r.comparison, float(r.value), digits_of(r.value, r.unit), *found[r.id])
            for r in rows.itertuples()
        ],
        columns=["id", "scope", "metric", "unit", "comparison", "published", "digits", "value", "entity", "month"],
    )


def hidden_wait(of: Evidence) -> dict[str, Found]:
    """The entity whose reported mean response lies furthest below the mean of its tickets, in standard errors."""
    reported, entity = reported_mean(of.reports, "mean_response_min"), by_strength("hidden_wait", of).index[0]
    told = of.answers[(of.answers["entity"] == entity) & (of.answers["bot_handled"] == False)]  # noqa: E712 (NA)
    waited = told["waited_min"].dropna()
    found = {"D0-24": Found(float(reported[entity]), entity)}
    if len(waited) >= of.edition.minimum_cell:
        found["D0-25"] = Found(float(100 * (waited > LONG_MIN).mean()), entity)
    return found


def boastful_bot(of: Evidence) -> dict[str, Found]:
    """The entity that reports most above the share of its tickets that the bot solved."""
    reported, entity = reported_mean(of.reports, "bot_solved"), by_strength("claimed_bot", of).index[0]
    met = of.answers[(of.answers["entity"] == entity) & of.answers["bot_handled"].notna()]
    failed = ~met["bot_handled"].astype(bool)
    long = failed & (met["waited_min"] > VERY_LONG_MIN).fillna(False)
    found = {
        "D0-36": Found(float(100 * reported[entity]), entity),
        "D0-37": Found(float(reported_mean(of.reports, "bot_response_s")[entity]), entity),
    }
    if failed.sum() >= of.edition.minimum_cell:
        found["D0-23"] = Found(float(100 * long.mean()), entity)
        found["D0-38"] = Found(float(met.loc[failed, "waited_min"].median()), entity)
    return found


def late_records(of: Evidence) -> dict[str, Found]:
    """The entity and month whose recorded refunds took longest beside its other months."""
    means, entity = refunds_by_month(of.contacts)["recorded"], by_strength("late_records", of).index[0]
    month = means[entity].idxmax()
    others = means[entity].drop(month)
    return {
        "D0-26": Found(float(others.mean()), entity),
        "D0-27": Found(float(means[entity, month]), entity, month),
    }


def many_agents(of: Evidence) -> dict[str, Found]:
    """The entity with the most agents for its contacts, in means of the others."""
    found = by_strength("many_agents", of)
    return {"D0-29": Found(float(found["value"].iloc[0]), found.index[0])}


def broken_promise(of: Evidence) -> dict[str, Found]:
    """The entity whose tickets most often say that a promise was kept where the person says it was not.

    Both figures are medians over these tickets: the hours promised, and those it took as told.
    """
    told = claims_frame(of.answers, of.contacts)
    promised = told[told["promised_h"].notna() & told["solved_h"].notna() & told["close_h"].notna()]
    if promised.empty:
        return {}
    entity = by_strength("broken_promise", of).index[0]
    broken = promised[(promised["entity"] == entity) & promised["contradicts"]]
    if len(broken) < of.edition.minimum_cell:
        return {}
    return {
        "D0-39": Found(float(broken["promised_h"].median()), entity),
        "D0-40": Found(float(broken["solved_h"].median()), entity),
    }


def incident_numbers(of: Evidence) -> dict[str, Number]:
    """`reference.incident.entity`, `.month`, `.recorded`, `.real`: the data incident, with both values."""
    found = late_records(of)["D0-27"]
    real = refunds_by_month(of.contacts).loc[(found.entity, found.month), "real"]
    return {
        "reference.incident.entity": Number(of.edition.named("entities", found.entity), "text"),
        "reference.incident.recorded": Number(found.value, "plain", 0),
        "reference.incident.real": Number(float(real), "plain", 0),
    }
