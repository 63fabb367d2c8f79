"""One person's claim against that person's ticket: some answers are about a ticket that was handed over."""

import numpy as np
import pandas as pd

from evalcore.simulate.told import MEMORY
from evalcore.simulate.truth import Truth
from evalcore.streams import stream

SAME = ("platform", "category", "scene", "quarter", "bot", "answered")
"""What an answer and its ticket have in common."""
CLAIMS = ("ticket_key", "promised_h", "solved_h")
ENDS = ("human_answered_at", "resolved_at")
MOST_H = 2_000


def without_claims(survey: pd.DataFrame) -> pd.DataFrame:
    """Answers that name no ticket."""
    blank = {"ticket_key": "str", "promised_h": "Int64", "solved_h": "Float64"}
    return survey.assign(**{name: pd.Series([None] * len(survey), dtype=kind) for name, kind in blank.items()})


def with_claims(survey: pd.DataFrame, tickets: pd.DataFrame, truth: Truth) -> pd.DataFrame:
    """Answers, some of which carry the key of a ticket and tell its waits as they remember them.

    A person remembers when the problem was solved, whatever the platform's clock says of the ticket.
    """
    rng = stream(truth.edition.simulation.seed, "survey/claims")
    pairs = _pairs(survey, tickets[tickets["ticket_key"].notna()], rng)
    own, ticket = pairs["answer"].to_numpy(), tickets.loc[pairs["ticket"]].reset_index(drop=True)
    since = {end: (ticket[end] - ticket["opened_at"]).dt.total_seconds() for end in ENDS}
    waited, solved = (_told(seconds, rng) for seconds in since.values())
    known = solved.fillna(0)
    asked_after = (survey["submitted_at"].iloc[own].reset_index(drop=True) - ticket["opened_at"]).dt.total_seconds()
    kept = ((asked_after >= known) & ~(waited < 0) & known.between(0, MOST_H * 3600)).to_numpy()
    claimed = without_claims(survey)
    told = {
        "ticket_key": ticket["ticket_key"],
        "promised_h": ticket["promised_h"],
        "solved_h": (solved / 3600).round(1).astype("Float64"),
        "waited_min": (waited / 60).round().astype("Int64"),
    }
    for name, values in told.items():
        column = claimed[name].copy()
        column.iloc[own[kept]] = values[kept].to_numpy()
        claimed = claimed.assign(**{name: column})
    return claimed


def _pairs(survey: pd.DataFrame, tickets: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """answer, ticket: labels of rows that have the same things in common, each in one pair at most."""
    bot = tickets["bot_solved"].astype("string").where(tickets["bot_first"], "none")
    met = survey["bot_handled"].astype("string").fillna("none")
    ours = survey.assign(quarter=_quarter(survey["submitted_at"]), bot=met, answered=survey["waited_min"].notna())
    answered = tickets["human_answered_at"].notna()
    theirs = tickets.assign(quarter=_quarter(tickets["opened_at"]), bot=bot, answered=answered)
    sides = [_numbered(side, name, rng) for side, name in ((ours, "answer"), (theirs, "ticket"))]
    return sides[0].merge(sides[1], on=[*SAME, "place"]).sort_values("answer", ignore_index=True)


def _quarter(when: pd.Series) -> pd.Series:
    return when.dt.to_period("Q").astype(str)


def _numbered(side: pd.DataFrame, name: str, rng: np.random.Generator) -> pd.DataFrame:
    """Rows in random order, counted within what they have in common."""
    mixed = side[list(SAME)].iloc[rng.permutation(len(side))]
    return mixed.assign(place=mixed.groupby(list(SAME)).cumcount()).reset_index(names=name)


def _told(seconds: pd.Series, rng: np.random.Generator) -> pd.Series:
    return seconds * np.exp(rng.normal(0, MEMORY, len(seconds)))
