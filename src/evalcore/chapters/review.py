"""Chapter 3: the audit in three levels, the list for people to review, and the sample that is called back."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.chapters.claims import claims_frame
from evalcore.clean.clean import VALID
from evalcore.edition import Edition
from evalcore.streams import stream
from evalcore.survey.reliability import correlations
from evalcore.words import Number

UNUSUAL_P = 0.001
"""Chance of a distance as large, were ratings normal."""
CLAIM, UNUSUAL = "claim", "unusual"
LINKED = ("survey", "tickets", "platform_reports")
"""Sources that are held against each other where an edition has them."""


def sources_of(edition: Edition) -> list[str]:
    """Sources the audit looks at: those that are held against each other, and those of scales."""
    return [name for name in edition.sources if name in (*LINKED, *edition.quality.sources)]


def review_frame(cleaned: Mapping[str, pd.DataFrame], edition: Edition) -> pd.DataFrame:
    """source, row, reason: valid answers that a person should look at; row of the raw file, for inside use only.

    "claim": the ticket says that the promise was kept and the person says it was not. "unusual": the Mahalanobis
    distance of the answers to a scale of three items or more has a chance below 0.001, were they normal.
    """
    parts = [_unusual(cleaned[s.source], list(s.items), s.source) for s in edition.quality.scales if len(s.items) > 2]
    if {"survey", "tickets"} <= set(cleaned) and "ticket_key" in cleaned["survey"]:
        claims = claims_frame(cleaned["survey"], cleaned["tickets"])
        named = cleaned["survey"]["ticket_key"].isin(claims.loc[claims["contradicts"], "ticket_key"])
        rows = cleaned["survey"].loc[named, "row"]
        parts.append(pd.DataFrame({"source": "survey", "row": rows, "reason": CLAIM}))
    empty = pd.DataFrame(columns=["source", "row", "reason"])
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True) if parts else empty


def _unusual(answers: pd.DataFrame, items: list[str], source: str) -> pd.DataFrame:
    """Answers far from all others; none where items do not vary independently."""
    complete = answers.loc[answers[items].notna().all(axis=1), ["row", *items]]
    values = complete[items].to_numpy(dtype=float)
    correlation = correlations(complete[items]) if len(complete) > len(items) else np.full((1, 1), np.nan)
    if np.isnan(correlation).any() or np.linalg.matrix_rank(correlation) < len(items):
        return pd.DataFrame({"source": [], "row": [], "reason": []})
    z = (values - values.mean(axis=0)) / values.std(axis=0)
    inverse = np.linalg.inv(correlation)
    distance = sum((z[:, i] * inverse[i, j] * z[:, j]) for i in range(len(items)) for j in range(len(items)))
    far = np.round(distance, 6) > stats.chi2.isf(UNUSUAL_P, len(items))
    return pd.DataFrame({"source": source, "row": complete.loc[far, "row"], "reason": UNUSUAL})


def callback_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """row, entity, period: answers to be called back, drawn at random within entity and period.

    Every stratum gives the edition's percentage of its answers, rounded, one at least; the stream is named
    `quality/callback`, so that the same data and seed give the same list.
    """
    rng = stream(edition.seed, "quality/callback")
    parts = []
    for _, own in answers.sort_values("row").groupby(["entity", "period"]):
        number = max(1, round(edition.quality.callback / 100 * len(own)))
        parts.append(own.iloc[np.sort(rng.choice(len(own), number, replace=False))])
    return pd.concat(parts, ignore_index=True)[["row", "entity", "period"]]


def strata_frame(answers: pd.DataFrame, callback: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, valid, strata, drawn: size of the call-back sample; entities under the smallest cell are left out."""
    drawn = callback.groupby("entity").agg(strata=("period", "nunique"), drawn=("row", "size"))
    found = answers.groupby("entity").size().rename("valid").to_frame().join(drawn).reset_index()
    shown = found[found["drawn"] >= edition.minimum_cell]
    return shown[["entity", "valid", "strata", "drawn"]]


def levels_frame(
    waterfall: pd.DataFrame,
    cleaned: Mapping[str, pd.DataFrame],
    bias: pd.DataFrame | None,
    review: pd.DataFrame,
    least: int,
) -> pd.DataFrame:
    """level, check, looked, found: what each of the three levels of the audit looked at and found.

    `bias` is None where nothing reported can be held against users; checks that the edition cannot make are left out.
    Counts of fewer than `least` rows are NaN, but for rows dropped by rules, which the waterfall prints rule by rule.
    """
    left = waterfall.pivot(index="source", columns="step", values="left")
    names = [name for name in left.index if name in cleaned]
    rows = [(1, f"rules:{name}", int(left.loc[name, "raw"]), int(left.loc[name, "raw"] - left.loc[name, VALID]))
            for name in names]  # fmt: skip
    counts = review.groupby(["source", "reason"]).size()
    if {"survey", "tickets"} <= set(cleaned) and "ticket_key" in cleaned["survey"]:
        pairs = claims_frame(cleaned["survey"], cleaned["tickets"])
        told = pairs[["promised_h", "solved_h", "close_h"]].notna().all(axis=1)
        rows.append((2, "claims", int(told.sum()), int(pairs["contradicts"].sum())))
    if bias is not None:
        rows.append((2, "reports", len(bias), int((bias["verdict"] != "agrees").sum())))
    rows += [(3, f"{reason}:{source}", len(cleaned[source]), int(n)) for (source, reason), n in counts.items()]
    frame = pd.DataFrame(rows, columns=["level", "check", "looked", "found"])
    few = frame["level"].gt(1) & frame["check"].ne("reports") & frame["found"].between(1, least - 1)
    return frame.assign(found=frame["found"].mask(few))


def review_numbers(review: pd.DataFrame, callback: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`review.listed`, `callback.drawn`, `callback.strata`, `callback.percent`."""
    return {
        "review.listed": Number(len(review[["source", "row"]].drop_duplicates())),
        "callback.drawn": Number(len(callback)),
        "callback.strata": Number(len(callback[["entity", "period"]].drop_duplicates())),
        "callback.percent": Number(edition.quality.callback, "percent"),
    }
