"""What tests of simulated worlds share: editions of another size, and what is valid and counted, in plain pandas."""

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.simulate.items import RATINGS
from evalcore.simulate.respondents import SAMPLE

FASTEST = 120
HOURS = 3600
FIRST, LAST = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-31 23:59:59")


def resized(edition: Edition, volume: float, **changes: object) -> Edition:
    """The same edition with another simulation."""
    simulation = edition.simulation.model_copy(update={"volume": volume, **changes})
    return edition.model_copy(update={"simulation": simulation})


def valid_answers(frame):
    """Answers that none of the edition's rules would catch."""
    answers = frame[list(RATINGS)]
    kept = (frame["trap"] == 4) & (answers.nunique(axis=1) > 1) & (frame["seconds"] >= FASTEST)
    return frame[kept & ~frame["ip"].duplicated() & ~frame["device"].duplicated()]


def answer_weights(frame, margins):
    """Population over sample share, margin by margin: segments are independent in the sample."""
    ratios = {s: {code: percent / 100 / SAMPLE[s][code] for code, percent in m.items()} for s, m in margins.items()}
    return np.prod([frame[s].map(ratio).to_numpy(float) for s, ratio in ratios.items()], axis=0)


def seconds_between(frame, start, end):
    """Seconds from one column to another."""
    return (frame[end] - frame[start]).dt.total_seconds()


def valid_tickets(frame):
    """Tickets that none of the edition's rules would catch, in plain pandas."""
    answered = frame["human_answered_at"].fillna(frame["bot_closed_at"])
    wait = (answered - frame["opened_at"]).dt.total_seconds()
    resolved = frame["resolved_at"].isna() | (frame["resolved_at"] >= answered.fillna(frame["opened_at"]))
    refund = ~(frame["refunded_at"] < frame["refund_approved_at"])
    kept = (wait.isna() | wait.between(1, 86400)) & resolved & refund & frame["opened_at"].between(FIRST, LAST)
    return frame[kept].assign(wait=wait, human=seconds_between(frame, "opened_at", "human_answered_at"))


def counted(frame):
    """Indicator -> (rows counted among, rows that count), as the edition words them."""
    hour = frame["opened_at"].dt.hour
    on_time = (seconds_between(frame, "opened_at", "pickup_at") <= 24 * HOURS) & (
        seconds_between(frame, "pickup_at", "settled_at") <= 72 * HOURS
    )
    complaint = frame["scene"] == "complaint"
    in_time = seconds_between(frame, "refund_approved_at", "refunded_at") <= 48 * HOURS
    return {
        "R1": (frame["channel"] == "online", frame["wait"] <= 30),
        "R4": (frame["after_sales"], frame["solved_first_contact"]),
        "R5": (frame["bot_first"], frame["bot_solved"]),
        "R6": (((hour >= 22) | (hour < 8)) & frame["asked_human"], frame["human"] <= 300),
        "S1": (frame["service"].isin(["return", "exchange"]), on_time),
        "S2": (frame["service"] == "repair", ~frame["repeat_repair_30d"]),
        "S3": (complaint, frame["outcome_told"]),
        "S4": (complaint, frame["complained_again"]),
        "S5": (frame["refund_approved_at"].notna(), in_time),
        "S6": (frame["after_sales"], frame["followed_up"]),
        "S7": (frame["disputed"], seconds_between(frame, "opened_at", "outline_at") <= 24 * HOURS),
    }
