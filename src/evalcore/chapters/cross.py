"""Chapter 3: what entities report against what their users say, as a model of measurement with a bias per entity."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.chapters.claims import claims_frame
from evalcore.chapters.signs import reported_mean
from evalcore.chapters.weighting import weighted_answers
from evalcore.edition import Edition
from evalcore.words import Number

CONFIDENCE = 0.95
"""Joint, over all entities and measures: each interval is a Bonferroni interval."""
TOLERANCE = {"mean_response_min": 0.2, "bot_solved": 0.05}
"""Reported item -> what is still taken for the same: relative for minutes, absolute for a share."""
TOLD = {"mean_response_min": "waited_min", "bot_solved": "bot_handled"}
"""Reported item -> what users say of the same thing in the survey."""
TIMES_OVER = 2
RESUBMIT, QUESTION, AGREES = "resubmit", "question", "agrees"
SPEED, SATISFACTION, BOTTOM = "R1", "E1", 0.25
"""Indicators of the review trigger, and the share of entities that are the bottom."""


class Recall(NamedTuple):
    """Told over logged wait of the same contacts: ratio of sums, its standard error on the log scale, contacts."""

    ratio: float
    error: float
    n: int


def recall_of(answers: pd.DataFrame, tickets: pd.DataFrame) -> Recall:
    """How people's memory stretches waits, from answers that name their ticket; 1 where fewer than two do."""
    pairs = claims_frame(answers, tickets)[["waited_min", "human_wait_min"]].dropna().astype(float)
    if len(pairs) < 2 or not pairs["human_wait_min"].sum() > 0:
        return Recall(1.0, 0.0, len(pairs))
    told, logged = pairs["waited_min"], pairs["human_wait_min"]
    ratio = told.sum() / logged.sum()
    error = np.sqrt(((told - ratio * logged) ** 2).sum()) / told.sum()
    return Recall(float(ratio), float(error), len(pairs))


def bias_of(cleaned: Mapping[str, pd.DataFrame], weights: pd.DataFrame, edition: Edition) -> pd.DataFrame | None:
    """`bias_frame` of an edition's sources; None where it lacks one of survey, tickets and reports."""
    if not {"survey", "tickets", "platform_reports"} <= set(cleaned):
        return None
    answers = weighted_answers(cleaned["survey"], weights, "survey")
    return bias_frame(answers, cleaned["platform_reports"], recall_of(answers, cleaned["tickets"]), edition)


def bias_frame(answers: pd.DataFrame, reports: pd.DataFrame, recall: Recall, edition: Edition) -> pd.DataFrame:
    """What is reported against what users say, one row per measure and entity.

    Minutes: log(told) = log(true) + log(recall) + e, log(reported) = log(true) + bias. Shares: told = true + e,
    reported = true + bias. The bias is 0 where both speak of the same. Positive `flattery` is a bias to the entity's
    advantage: log(told / recall / reported) for minutes, reported - told for shares.

    Parameters
    ----------
    answers : DataFrame
        With `weight`.

    Returns
    -------
    DataFrame
        measure, entity, n, reported, told, flattery, lower, upper, beyond (percent of users who waited over twice the
        reported mean; NaN for shares), verdict: "resubmit" where the whole joint interval lies beyond the tolerance to
        the entity's advantage, "question" where it only excludes 0 there, else "agrees". Cells under the smallest cell
        are left out.
    """
    parts = [_told(answers, measure, edition).assign(measure=measure) for measure in TOLD]
    frame = pd.concat([part.assign(reported=_reported(reports, part)) for part in parts])
    found = frame[frame["reported"].notna()].reset_index(names="entity")
    minutes = (found["measure"] == "mean_response_min").to_numpy()
    told, error, reported = (found[key].to_numpy(dtype=float) for key in ("told", "error", "reported"))
    with np.errstate(divide="ignore", invalid="ignore"):
        flattery = np.where(minutes, np.log(told / recall.ratio / reported), reported - told)
        spread = np.where(minutes, np.hypot(error / told, recall.error), error)
    reach = stats.norm.ppf(1 - (1 - CONFIDENCE) / (2 * max(len(found), 1))) * spread
    tolerance = found["measure"].map(TOLERANCE).to_numpy(dtype=float)
    tolerance = np.where(minutes, np.log1p(tolerance), tolerance)
    verdict = np.select([flattery - reach > tolerance, flattery - reach > 0], [RESUBMIT, QUESTION], AGREES)
    columns = ["measure", "entity", "n", "reported", "told", "flattery", "lower", "upper", "beyond", "verdict"]
    beyond = found["entity"].map(longer(answers, reports, edition)).where(minutes)
    own = found.assign(flattery=flattery, lower=flattery - reach, upper=flattery + reach, beyond=beyond)
    return own.assign(verdict=verdict)[columns]


def _reported(reports: pd.DataFrame, told: pd.DataFrame) -> pd.Series:
    return reported_mean(reports, told["measure"].iloc[0]).reindex(told.index) if len(told) else pd.Series(dtype=float)


def _told(answers: pd.DataFrame, measure: str, edition: Edition) -> pd.DataFrame:
    """n, told (weighted mean) and error per entity."""
    known = answers[answers[TOLD[measure]].notna()]
    frame = pd.DataFrame({"entity": known["entity"], "w": known["weight"], "y": known[TOLD[measure]].astype(float)})
    rows = {entity: _mean(own) for entity, own in frame.groupby("entity") if len(own) >= edition.minimum_cell}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["n", "told", "error"])


def _mean(own: pd.DataFrame) -> tuple[int, float, float]:
    weight, value = own["w"].to_numpy(), own["y"].to_numpy()
    mean = (weight * value).sum() / weight.sum()
    return len(own), float(mean), float(np.sqrt((weight**2 * (value - mean) ** 2).sum()) / weight.sum())


def longer(answers: pd.DataFrame, reports: pd.DataFrame, edition: Edition) -> pd.Series:
    """Entity -> percent of users who waited over twice the reported mean.

    Where the mean is true of them it cannot be more than half (Markov's inequality).
    """
    known = answers[answers["waited_min"].notna()]
    limit = TIMES_OVER * known["entity"].map(reported_mean(reports, "mean_response_min")).astype(float)
    known, limit = known[limit.notna()], limit[limit.notna()]
    over = known["weight"].where((known["waited_min"].astype(float) > limit).astype(bool), 0)
    counts = known.groupby("entity").size()
    shares = 100 * over.groupby(known["entity"]).sum() / known["weight"].groupby(known["entity"]).sum()
    return shares[counts >= edition.minimum_cell]


def triggers_frame(indicators: pd.DataFrame) -> pd.DataFrame:
    """entity, speed, satisfaction: fast as asked, and satisfaction among the last quarter: looked at by people.

    A speed that nobody is satisfied with may be a clock, not a service. Empty where either is not scored.
    """
    own = indicators[(indicators["group"] == "all") & indicators["indicator"].isin([SPEED, SATISFACTION])]
    if set(own["indicator"]) != {SPEED, SATISFACTION}:
        return pd.DataFrame(columns=["entity", "speed", "satisfaction"])
    values = own.pivot(index="entity", columns="indicator", values="value")
    attained = own[own["indicator"] == SPEED].set_index("entity")["attained"].astype(bool)
    last = values[SATISFACTION] <= values[SATISFACTION].quantile(BOTTOM)
    found = values[last & attained.reindex(values.index, fill_value=False)].reset_index()
    return found.rename(columns={SPEED: "speed", SATISFACTION: "satisfaction"})[["entity", "speed", "satisfaction"]]


def cross_numbers(bias: pd.DataFrame, triggers: pd.DataFrame, recall: Recall) -> dict[str, Number]:
    """`cross.entities`, `.checked`, `.resubmit`, `.question`, `.triggers`, `.recall`, `.linked`."""
    verdicts = bias["verdict"].value_counts()
    return {
        "cross.entities": Number(int(bias["entity"].nunique())),
        "cross.checked": Number(len(bias)),
        "cross.resubmit": Number(int(verdicts.get(RESUBMIT, 0))),
        "cross.question": Number(int(verdicts.get(QUESTION, 0))),
        "cross.triggers": Number(len(triggers)),
        "cross.recall": Number(recall.ratio, "plain", 2),
        "cross.linked": Number(recall.n),
    }
