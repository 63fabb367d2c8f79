"""Dated rules: a value, or its ratio to the day before or to the usual value, against limits."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from evalcore.edition.warning import Rule
from evalcore.warn.past import past_of

LEAST = 7
"""Days that a usual value needs."""


class Usual(NamedTuple):
    """(days, series) each: median of the days before, and the bounds between which most of them lay."""

    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


class Judged(NamedTuple):
    """(days, series) each: what was compared with the limits, the usual value behind it, and the level.

    Levels are numbered from the most urgent one, 0, on; -1 is none.
    """

    compared: np.ndarray
    usual: Usual
    level: np.ndarray


def judge(
    values: np.ndarray, rule: Rule, levels: list[str], days: pd.DatetimeIndex, promotion: np.ndarray,
    usual_days: int, interval: float,
) -> Judged:  # fmt: skip
    """Hold every day against a rule; only the day and those before it are looked at.

    Parameters
    ----------
    values : ndarray
        (days, series); NaN where there is nothing to judge.
    levels : list of str
        From the most urgent one on.
    """
    factor = np.where(promotion, rule.promotion, 1.0)
    usual = usual_of(values, min(rule.limits.values()) * factor, ~promotion, usual_days, interval)
    compared = values / REFERENCES[rule.against](values, usual)
    level = np.full(values.shape, -1)
    for place in reversed([levels.index(id_) for id_ in levels if id_ in rule.limits]):
        level[compared >= rule.limits[levels[place]] * factor[:, None]] = place
    level[~in_force(rule, days)] = -1
    return Judged(compared, usual, level)


def in_force(rule: Rule, days: pd.DatetimeIndex) -> np.ndarray:
    """(days,) Whether the rule holds on a day."""
    begun = days >= pd.Timestamp(rule.since)
    return np.asarray(begun if rule.until is None else begun & (days <= pd.Timestamp(rule.until)))


def usual_of(
    values: np.ndarray, limits: np.ndarray, ordinary: np.ndarray, usual_days: int, interval: float
) -> Usual:  # fmt: skip
    """Median and quantiles of the days before; days at or above their limit (times usual) are no standard for others.

    Parameters
    ----------
    limits, ordinary : ndarray
        (days,) from how many times the usual value on a day stands out, and whether it is a day without promotion.
    """
    found, alarmed = Usual(*np.full((3, *values.shape), np.nan)), np.zeros(values.shape, bool)
    shares = [0.5, 0.5 - interval / 2, 0.5 + interval / 2]
    for day in range(len(values)):
        window, kept = past_of(day, usual_days, ordinary, alarmed, LEAST)
        known = kept & ~np.isnan(values[window])
        judged = np.flatnonzero(known.sum(axis=0) >= LEAST)
        if len(judged):
            past = np.where(known, values[window], np.nan)[:, judged]
            for store, value in zip(found, np.nanquantile(past, shares, axis=0), strict=True):
                store[day, judged] = value
        alarmed[day] = values[day] >= limits[day] * found.value[day]
    return found


def _nothing(values: np.ndarray, usual: Usual) -> np.ndarray:
    return np.ones_like(values)


def _day_before(values: np.ndarray, usual: Usual) -> np.ndarray:
    """A day without cases counts as one case, so that a rise from nothing is one."""
    return np.vstack([np.full((1, values.shape[1]), np.nan), np.maximum(values[:-1], 1)])


def _usual(values: np.ndarray, usual: Usual) -> np.ndarray:
    return np.where(usual.value > 0, usual.value, np.nan)


REFERENCES = {"nothing": _nothing, "day_before": _day_before, "usual": _usual}
"""What a rule compares with -> (values, usual) to the divisor."""
