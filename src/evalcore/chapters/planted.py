"""Where this edition shows what the reference documents tell of one platform: found in the data, not looked up."""

from typing import NamedTuple

import pandas as pd

from evalcore.chapters.evidence import Evidence, by_entity
from evalcore.chapters.reference import digits_of
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
    found = {**hidden_wait(of), **boastful_bot(of), **late_records(of), **many_agents(of)}
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
    reported = reported_mean(of.reports, "mean_response_min")
    measured = by_entity(of.contacts["human_wait_min"], of.contacts["entity"])
    entity = ((measured["value"] - reported) / measured["error"]).idxmax()
    told = of.answers[(of.answers["entity"] == entity) & (of.answers["bot_handled"] == False)]  # noqa: E712 (NA)
    waited = told["waited_min"].dropna()
    found = {"D0-24": Found(float(reported[entity]), entity)}
    if len(waited) >= of.edition.minimum_cell:
        found["D0-25"] = Found(float(100 * (waited > LONG_MIN).mean()), entity)
    return found


def boastful_bot(of: Evidence) -> dict[str, Found]:
    """The entity that reports most above the share of its tickets that the bot solved."""
    reported = reported_mean(of.reports, "bot_solved")
    begun = of.contacts[of.contacts["bot_first"]]
    entity = (reported - begun["bot_solved"].astype(float).groupby(begun["entity"]).mean()).idxmax()
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
    """The entity and month whose recorded refunds took longest, beside its other months."""
    means = refunds_by_month(of.contacts)["recorded"]
    entity, month = means.idxmax()
    others = means[entity].drop(month)
    return {
        "D0-26": Found(float(others.mean()), entity),
        "D0-27": Found(float(means[entity, month]), entity, month),
    }


def many_agents(of: Evidence) -> dict[str, Found]:
    """The entity with the most agents for its contacts, in means of the others."""
    agents = reported_mean(of.reports, "agents")
    entity = agents.idxmax()
    return {"D0-29": Found(float(agents[entity] / agents.drop(entity).mean()), entity)}


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


def incident_numbers(of: Evidence) -> dict[str, Number]:
    """`reference.incident.entity`, `.month`, `.recorded`, `.real`: the data incident, with both values."""
    found = late_records(of)["D0-27"]
    real = refunds_by_month(of.contacts).loc[(found.entity, found.month), "real"]
    return {
        "reference.incident.entity": Number(of.edition.named("entities", found.entity), "text"),
        "reference.incident.recorded": Number(found.value, "plain", 0),
        "reference.incident.real": Number(float(real), "plain", 0),
    }
