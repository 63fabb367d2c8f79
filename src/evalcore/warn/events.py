"""Alarms joined into events: what one person would be called for."""

from collections.abc import Iterator

import pandas as pd

from evalcore.edition.warning import Watch
from evalcore.warn.alarms import SERVICE

EVENT = ["entity", "quantity", "first", "last", "days", "level", "methods", "topic", "day", "observed", "expected",
         "lower", "upper", "cause"]  # fmt: skip


def urgent(own: Watch) -> list[str]:
    """Levels that make an event: all but the least urgent one, where there are several."""
    ids = [level.id for level in own.levels]
    return ids[:-1] or ids


def events_frame(alarms: pd.DataFrame, own: Watch, levels: list[str] | None = None) -> pd.DataFrame:
    """`EVENT`: alarms of one entity and quantity, those few days apart as one; in order of their first day.

    `levels` are those that make an event, the urgent ones if none are named. What was observed and expected is that of
    `day`, the first day on which the event reached its level.
    """
    urgency = {level.id: place for place, level in enumerate(own.levels)}
    kept = alarms[alarms["level"].isin(levels or urgent(own))].assign(place=lambda f: f["level"].map(urgency))
    rows = [_event(of) for _, of in kept.groupby(["entity", "quantity"]) for of in _runs(of, own.gap_days)]
    return pd.DataFrame(rows, columns=EVENT).sort_values(["first", "entity"], ignore_index=True)


def _runs(alarms: pd.DataFrame, gap_days: int) -> Iterator[pd.DataFrame]:
    """Stretches of alarms with at most so many calm days between them."""
    ordered = alarms.sort_values("day", kind="stable")
    apart = ordered["day"].diff().dt.days > gap_days + 1
    for _, run in ordered.groupby(apart.cumsum()):
        yield run


def _event(run: pd.DataFrame) -> dict:
    first = run.sort_values(["place", "day", "topic", "method"]).iloc[0]
    at = {
        key: first[key]
        for key in ("entity", "quantity", "level", "topic", "day", "observed", "expected", "lower", "upper")
    }
    causes = set(run["cause"])
    return at | {
        "first": run["day"].min(),
        "last": run["day"].max(),
        "days": run["day"].nunique(),
        "methods": " ".join(sorted(set(run["method"]))),
        "cause": SERVICE if SERVICE in causes else first["cause"],
    }
