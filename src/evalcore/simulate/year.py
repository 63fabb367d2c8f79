"""The days of an edition: how many contacts each brings, and which belong to a promotion."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from evalcore.edition import Edition

PROMOTION_LOADS = (3.0, 5.0)
"""Contacts of a wave's first and last day, in ordinary days."""


@dataclass(frozen=True)
class Year:
    """Days in order.

    Attributes
    ----------
    days : ndarray
        (days,) datetime64[D].
    quarter : ndarray
        (days,) index of the period.
    load : ndarray
        (days,) share of the year's contacts; adds up to 1.
    promotion : ndarray
        (days,) whether the day belongs to a promotion.
    """

    days: np.ndarray
    quarter: np.ndarray
    load: np.ndarray
    promotion: np.ndarray


def year_of(edition: Edition) -> Year:
    """The edition's days, from the first period's first to the last period's last."""
    lengths = [(p.last - p.first).days + 1 for p in edition.periods]
    days = np.datetime64(edition.periods[0].first) + np.arange(sum(lengths))
    load = np.ones(len(days))
    for wave in _waves(edition):
        load[np.isin(days, wave)] = np.linspace(*PROMOTION_LOADS, len(wave))[np.isin(wave, days)]
    return Year(days, np.repeat(np.arange(len(lengths)), lengths), load / load.sum(), load > 1)


def _waves(edition: Edition) -> list[np.ndarray]:
    return [np.arange(p.first, p.last + timedelta(1), dtype="datetime64[D]") for p in edition.promotions]


def random_days(edition: Edition, quarter: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Midnight of a day in each period named by its index; seconds since 1970, every day alike."""
    first = np.array([np.datetime64(p.first, "s").astype(np.int64) for p in edition.periods])
    days = np.array([(p.last - p.first).days + 1 for p in edition.periods])
    return first[quarter] + 86400 * np.floor(rng.random(len(quarter)) * days[quarter])
