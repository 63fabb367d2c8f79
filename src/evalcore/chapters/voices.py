"""What each source says to each main finding: contrasts that are positive where it agrees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from evalcore.chapters.claims import claims_frame
from evalcore.chapters.contrasts import Contrast, between, mentions, paired
from evalcore.chapters.signs import reported_mean
from evalcore.chapters.visits import SOON_MIN, soon
from evalcore.edition import Edition

INSTANT_S, OLDER = 60, "60+"
OUTCOME = ("refund", "repair", "compensation")


@dataclass(frozen=True)
class Material:
    """Valid rows by source (the survey with its `weight`) and the edition."""

    sources: Mapping[str, pd.DataFrame]
    edition: Edition

    @property
    def least(self) -> int:
        """Rows that each side of a contrast needs."""
        return self.edition.minimum_cell

    def of_size(self, frame: pd.DataFrame, size: str) -> pd.Series:
        """Whether a row is about an entity of a size."""
        return frame["entity"].isin([e.id for e in self.edition.entities if e.size == size])


Measure = Callable[[pd.DataFrame, Material], Contrast | None]


def _negative(reviews: pd.DataFrame, aspects: tuple[str, ...]) -> tuple[pd.Series, pd.Series]:
    """Whether people labelled a review negative (missing: not labelled), and whether it is about the aspects first."""
    labelled = reviews["aspect"].notna() & reviews["sentiment"].notna()
    return (reviews["sentiment"] == "negative").astype("boolean").where(labelled), reviews["aspect"].isin(aspects)


def _worse(*aspects: str) -> Measure:
    """Reviews about these aspects are negative more often than others."""

    def measure(reviews: pd.DataFrame, of: Material) -> Contrast | None:
        negative, about = _negative(reviews, aspects)
        return between(negative, about, ~about, of.least)

    return measure


def _worse_at(size: str, other: str, aspect: str) -> Measure:
    """Reviews about an aspect are negative more often where entities are of one size than of the other."""

    def measure(reviews: pd.DataFrame, of: Material) -> Contrast | None:
        negative, about = _negative(reviews, (aspect,))
        return between(negative, about & of.of_size(reviews, size), about & of.of_size(reviews, other), of.least)

    return measure


def _unsolved_worse_than_slow(reviews: pd.DataFrame, of: Material) -> Contrast | None:
    """Reviews about outcomes are negative more often than those about speed."""
    negative, outcome = _negative(reviews, OUTCOME)
    return between(negative, outcome, reviews["aspect"] == "speed", of.least)


def _coded(code: str) -> Measure:
    """Passages carry this code more often than codes do on average."""
    return lambda talks, of: mentions(talks["code_a"], code, of.least)


def _csat(first: Callable[[pd.DataFrame], pd.Series], second: Callable[[pd.DataFrame], pd.Series]) -> Measure:
    """Weighted mean satisfaction of the first people less that of the second."""
    return lambda survey, of: between(survey["csat"], first(survey), second(survey), of.least, survey["weight"])


def _sizes(column: str, more: str, less: str) -> Measure:
    """A value is higher where entities are of one size than of the other."""
    return lambda rows, of: between(
        rows[column], of.of_size(rows, more), of.of_size(rows, less), of.least, rows.get("weight")
    )


def _instant(tickets: pd.DataFrame) -> pd.Series:
    return (tickets["first_response_s"] <= INSTANT_S).astype("boolean")


def _solved(tickets: pd.DataFrame) -> pd.Series:
    return tickets["solved_first_contact"].astype("boolean")


def _fast_not_solved(tickets: pd.DataFrame, of: Material) -> Contrast | None:
    own = tickets[tickets["after_sales"].astype(bool)]
    return paired(_instant(own), _solved(own), of.least)


def _visits_fast_not_solved(visits: pd.DataFrame, of: Material) -> Contrast | None:
    soon, solved = visits["minutes_to_human"] <= SOON_MIN, visits["bot_solved"]
    both = pd.concat([soon.astype("boolean"), solved.astype("boolean")], ignore_index=True)
    first = pd.Series(range(len(both))) < len(visits)
    return between(both, first, ~first, of.least)


def _bot_claimed(column: str) -> Measure:
    """The share that reports say the bot solved, mean over entities, less the share that this source tells."""

    def measure(rows: pd.DataFrame, of: Material) -> Contrast | None:
        if "platform_reports" not in of.sources:
            return None
        own = rows[rows["bot_first"].astype(bool)] if "bot_first" in rows else rows
        reported = reported_mean(of.sources["platform_reports"], "bot_solved")
        gap = own["entity"].map(reported).astype(float) - own[column].astype("Float64").astype(float)
        return paired(gap, gap * 0, of.least)._replace(unit="share") if gap.notna().sum() > of.least else None

    return measure


def _night(tickets: pd.DataFrame, of: Material) -> Contrast | None:
    own = tickets[tickets["asked_human"].astype(bool)]
    soon, night = (own["human_wait_min"] <= SOON_MIN).fillna(False).astype("boolean"), own["night"].astype(bool)
    return between(soon, ~night, night, of.least)


def _visits_night(_: pd.DataFrame, of: Material) -> Contrast | None:
    """The scored visits are made by day; those by night stand in the checklists."""
    if "visits" not in of.sources:
        return None
    visits = of.sources["visits"]
    night = visits["night"].astype(bool)
    return between(soon(visits), ~night, night, of.least)


def _told_late(answers: pd.DataFrame, of: Material) -> Contrast | None:
    if "tickets" not in of.sources:
        return None
    pairs = claims_frame(answers, of.sources["tickets"]).dropna(subset=["promised_h", "solved_h", "close_h"])
    told, logged = pairs["solved_h"] > pairs["promised_h"], pairs["close_h"] > pairs["promised_h"]
    return paired(told.astype("boolean"), logged.astype("boolean"), of.least)


def _closed_not_resolved(tickets: pd.DataFrame, of: Material) -> Contrast | None:
    own = tickets[tickets["promised_h"].notna() & tickets["close_h"].notna()]
    hours = (own["resolved_at"] - own["opened_at"]).dt.total_seconds() / 3600
    late = (hours.isna() | (hours > own["promised_h"].astype(float))).astype("boolean")
    return paired(late, (own["close_h"] > own["promised_h"]).astype("boolean"), of.least)


FINDINGS: dict[str, dict[str, Measure]] = {
    "fast_not_solved": {
        "survey": lambda s, of: paired(s["speed"], s["result"], of.least, s["weight"]),
        "tickets": _fast_not_solved,
        "reviews": _unsolved_worse_than_slow,
        "mystery": _visits_fast_not_solved,
    },
    "bots_claim_more": {
        "survey": _bot_claimed("bot_handled"),
        "tickets": _bot_claimed("bot_solved"),
        "interviews": _coded("bot_wall"),
        "reviews": _worse("bot"),
        "mystery": _bot_claimed("bot_solved"),
    },
    "empty_nights": {"tickets": _night, "mystery": _visits_night},
    "passed_around": {
        "survey": _csat(lambda s: ~s["passed_around"].astype(bool), lambda s: s["passed_around"]),
        "tickets": lambda t, of: between(_solved(t), t["transfers"] == 0, t["transfers"] > 0, of.least),
        "interviews": _coded("passed_around"),
    },
    "proof_again": {
        "survey": _csat(lambda s: ~s["material_twice"].astype(bool), lambda s: s["material_twice"]),
        "interviews": _coded("proof_again"),
        "reviews": _worse("rules"),
    },
    "older_people": {
        "survey": _csat(lambda s: s["age_band"] != OLDER, lambda s: s["age_band"] == OLDER),
        "interviews": _coded("old_user"),
    },
    "complaints": {
        "survey": _csat(lambda s: s["scene"] == "consultation", lambda s: s["scene"] == "complaint"),
        "tickets": lambda t, of: between(
            _solved(t), t["scene"] == "consultation", t["scene"] == "complaint", of.least
        ),
    },
    "promises": {
        "survey": _told_late,
        "tickets": _closed_not_resolved,
        "interviews": _coded("trust_lost"),
    },
    "head_faster": {
        "survey": _sizes("speed", "head", "small-mid"),
        "tickets": lambda t, of: between(
            _instant(t), of.of_size(t, "head"), of.of_size(t, "small-mid"), of.least
        ),
        "reviews": _worse_at("small-mid", "head", "speed"),
        "mystery": _sizes("minutes_to_human", "small-mid", "head"),
    },
    "small_kinder": {
        "survey": _sizes("attitude", "small-mid", "head"),
        "reviews": _worse_at("head", "small-mid", "attitude"),
        "mystery": _sizes("attitude", "small-mid", "head"),
    },
}  # fmt: skip
"""Finding -> source -> the contrast that is positive where the source agrees; a source without one is silent."""
