"""Alarms of all rules and of the baseline, with what was seen and expected."""

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from evalcore.edition import Edition
from evalcore.edition.warning import Rule, Watch
from evalcore.warn.baseline import Expected, expect, quantile, upper_tail
from evalcore.warn.rules import judge, usual_of
from evalcore.warn.series import Calendar, calendar_of, count_cases, mean_hours, sum_hours, wide

BASELINE = "baseline"
CASES, HOURS = "cases", "hours"
COLUMNS = ["entity", "topic", "day", "method", "quantity", "level", "observed", "expected", "lower", "upper", "cause"]
LATE = ["entity", "day", "observed", "expected", "lower", "upper", "witness", "usual", "level", "rule"]
DEMAND, SERVICE, RECORDS = "demand", "service", "records"
"""What an alarm is of: more cases; a service that is late; records that are late while their witness is not."""
EXPLAINED = 0.5
"""Share of the hours too many that the witness has to show too, for the service to be late and not its records."""


def fewest(edition: Edition) -> int:
    """Cases that an alarm needs: what may be shown, and what the edition asks for."""
    return max(edition.minimum_cell, edition.warning.fewest_cases)


def expected_of(counts: pd.DataFrame, edition: Edition) -> tuple[pd.DataFrame, Expected]:
    """Days × (entity, topic) of counted cases, and what the baseline expected of each of them."""
    calendar, spec = calendar_of(edition), edition.warning.baseline
    table = wide(counts, "n", calendar, ["entity", "topic"])
    return table, expect(table.to_numpy(), calendar.days.day_of_week.to_numpy(), calendar.promotion, spec)


def days_frame(counts: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, topic, day, n, expected, lower, upper, chance: every day of every series against its baseline.

    `lower` and `upper` bound a new count with the baseline's probability; `chance` is P(as many or more), 1 where too
    few days lie behind, and then the others are NaN.
    """
    table, expected = expected_of(counts, edition)
    half = edition.warning.baseline.interval / 2
    values = {
        "n": table.to_numpy(),
        "expected": expected.mean,
        "lower": quantile(0.5 - half, expected),
        "upper": quantile(0.5 + half, expected),
        "chance": upper_tail(table.to_numpy(), expected),
    }
    parts = {key: pd.DataFrame(of, index=table.index, columns=table.columns).T.stack() for key, of in values.items()}
    found = pd.DataFrame(parts).rename_axis(["entity", "topic", "day"]).reset_index()
    return found.round({"expected": 6, "lower": 6, "upper": 6})


def hours_frame(sums: pd.DataFrame, rule: Rule, edition: Edition) -> pd.DataFrame:
    """rule, entity, day, observed, expected, lower, upper, witness, usual (of the witness), level: one duration."""
    calendar, own, duration = calendar_of(edition), edition.warning, rule.duration
    observed, witness = (
        mean_hours(sums, column, duration.days, fewest(edition), calendar) for column in ("seconds", "witness")
    )
    judged = _judge(observed, rule, calendar, own)
    limits = np.where(calendar.promotion, rule.promotion, 1.0) * min(rule.limits.values())
    usual = usual_of(witness.to_numpy(), limits, ~calendar.promotion, own.usual_days, own.baseline.interval)
    values = {"observed": observed.to_numpy(), **dict(zip(("expected", "lower", "upper"), judged.usual, strict=True))}
    values |= {"witness": witness.to_numpy(), "usual": usual.value, "level": judged.level}
    parts = {
        key: pd.DataFrame(of, index=observed.index, columns=observed.columns).T.stack() for key, of in values.items()
    }
    return pd.DataFrame(parts).rename_axis(["entity", "day"]).reset_index().assign(rule=rule.id)


def alarms_frame(days: pd.DataFrame, hours: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """`COLUMNS`: one row per series, day and method that alarmed; with too few cases none does.

    Parameters
    ----------
    days, hours : DataFrame
        As `days_frame` and `hours_frame` (of all durations).
    """
    shown = days[days["n"] >= fewest(edition)]
    parts = [_of_baseline(shown, edition.warning)]
    parts += [_of_counts(days, rule, edition) for rule in edition.warning.rules if rule.duration is None]
    parts += [_of_hours(hours[hours["rule"] == r.id], r, edition.warning) for r in edition.warning.rules if r.duration]
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return found[COLUMNS].sort_values(["day", "entity", "topic", "method"], ignore_index=True)


def warned(cases: Table, edition: Edition) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """`days_frame`, `hours_frame` of every duration, and the alarms of both, of a source's cleaned cases."""
    durations = [rule for rule in edition.warning.rules if rule.duration]
    hours = [hours_frame(sum_hours(cases, rule.duration), rule, edition) for rule in durations]
    days = days_frame(count_cases(cases, edition), edition)
    late = pd.concat(hours, ignore_index=True) if hours else pd.DataFrame(columns=LATE)
    return days, late, alarms_frame(days, late, edition)


def _of_baseline(days: pd.DataFrame, own: Watch) -> pd.DataFrame:
    levels = [level.id for level in own.levels]
    reached = pd.Series(-1, index=days.index)
    for place in reversed([levels.index(id_) for id_ in levels if id_ in own.baseline.chance]):
        reached[days["chance"] <= own.baseline.chance[levels[place]]] = place
    return _named(days.assign(level=reached)[reached >= 0], own, BASELINE, CASES, DEMAND)


def _of_counts(days: pd.DataFrame, rule: Rule, edition: Edition) -> pd.DataFrame:
    own = days[days["topic"].isin(rule.topics)]
    if own.empty:
        return pd.DataFrame(columns=COLUMNS)
    table = own.pivot(index="day", columns=["entity", "topic"], values="n").astype(float)
    judged = _judge(table, rule, calendar_of(edition), edition.warning)
    reached = pd.DataFrame(judged.level, index=table.index, columns=table.columns).T.stack().rename("level")
    found = own.merge(reached.reset_index(), on=["entity", "topic", "day"])
    kept = found[(found["level"] >= 0) & (found["n"] >= fewest(edition))]
    return _named(kept, edition.warning, rule.id, CASES, DEMAND)


def _of_hours(hours: pd.DataFrame, rule: Rule, own: Watch) -> pd.DataFrame:
    """Where the witness shows most of the hours too many, the service is late; else the records are."""
    raised = hours[hours["level"] >= 0]
    late = raised["witness"] - raised["usual"] >= EXPLAINED * (raised["observed"] - raised["expected"])
    return _named(raised.assign(topic=rule.id), own, rule.id, HOURS, np.where(late, SERVICE, RECORDS))


def _named(rows: pd.DataFrame, own: Watch, method: str, quantity: str, cause: str | np.ndarray) -> pd.DataFrame:
    levels = np.array([level.id for level in own.levels], dtype=object)
    names = {"method": method, "quantity": quantity, "cause": cause, "level": levels[rows["level"].astype(int)]}
    return rows.rename(columns={"n": "observed"}).assign(**names)


def _judge(table: pd.DataFrame, rule: Rule, calendar: Calendar, own: Watch) -> object:
    levels = [level.id for level in own.levels]
    return judge(
        table.to_numpy(), rule, levels, calendar.days, calendar.promotion, own.usual_days, own.baseline.interval
    )
