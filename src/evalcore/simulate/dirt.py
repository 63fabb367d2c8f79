"""Records that cannot be right, in a small share of the tickets, for the cleaning rules to find."""

from collections.abc import Callable

import numpy as np

DAY = 86400
Seconds = dict[str, np.ndarray]
RATES = {
    "clock_disorder": 0.003,
    "refund_disorder": 0.001,
    "response_zero": 0.003,
    "response_beyond_cap": 0.002,
    "outside_year": 0.001,
}
"""Share of all tickets drawn for a kind of dirt; those without the times it needs stay clean."""


def soil_tickets(seconds: Seconds, rng: np.random.Generator) -> Seconds:
    """The times with their dirt; no ticket carries two kinds."""
    edges = np.cumsum(list(RATES.values()))
    kind = np.searchsorted(edges, rng.random(len(seconds["opened_at"])), side="right")
    shift = DAY * rng.uniform(0.05, 2.0, len(kind))
    soiled = seconds
    for number, name in enumerate(RATES):
        soiled = _replaced(soiled, KINDS[name](soiled, shift), kind == number)
    return soiled


def _replaced(seconds: Seconds, dirty: Seconds, rows: np.ndarray) -> Seconds:
    return seconds | {column: np.where(rows, values, seconds[column]) for column, values in dirty.items()}


def clock_disorder(seconds: Seconds, shift: np.ndarray) -> Seconds:
    """Resolved before it was opened."""
    return {"resolved_at": np.where(np.isnan(seconds["resolved_at"]), np.nan, seconds["opened_at"] - np.floor(shift))}


def refund_disorder(seconds: Seconds, shift: np.ndarray) -> Seconds:
    """Refunded before the refund was approved."""
    return {"refunded_at": np.where(np.isnan(seconds["refunded_at"]), np.nan, seconds["refund_approved_at"] - shift)}


def response_zero(seconds: Seconds, shift: np.ndarray) -> Seconds:
    """Answered in the second it was opened: a clock that was never started."""
    return {
        column: np.where(np.isnan(seconds[column]), np.nan, seconds["opened_at"])
        for column in ("human_asked_at", "human_answered_at", "bot_closed_at")
    }


def response_beyond_cap(seconds: Seconds, shift: np.ndarray) -> Seconds:
    """Answered by a human more than a day later, and everything after it too."""
    late = seconds["human_answered_at"] + DAY + np.floor(shift)
    answered = ~np.isnan(late)
    resolved = np.where(answered, np.fmax(seconds["resolved_at"], late + 60), seconds["resolved_at"])
    resolved = np.where(np.isnan(seconds["resolved_at"]), np.nan, resolved)
    return {"human_answered_at": late, "resolved_at": resolved}


def outside_year(seconds: Seconds, shift: np.ndarray) -> Seconds:
    """A year too early, as from a device with a wrong date."""
    return {column: values - 366 * DAY for column, values in seconds.items()}


KINDS: dict[str, Callable[[Seconds, np.ndarray], Seconds]] = {
    function.__name__: function
    for function in (clock_disorder, refund_disorder, response_zero, response_beyond_cap, outside_year)
}
"""Kind of dirt -> the times it changes."""
