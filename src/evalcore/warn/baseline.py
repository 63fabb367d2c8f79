"""What a day should bring: a regression of overdispersed counts on the days before it.

Counts have mean m and variance phi m (quasi-Poisson); log m is an intercept, a weekday, a trend and, once a whole year
lies in the window, two annual harmonics. In the manner of Farrington et al. (1996, doi:10.2307/2983331) and Noufaily
et al. (2013, doi:10.1002/sim.5595), with three differences: days that alarmed are left out instead of weighted down,
the power that makes a count symmetric follows its dispersion, and quantiles are Student's, for phi is estimated.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

from evalcore.edition.warning import Baseline
from evalcore.warn.past import past_of

WEEK, YEAR = 7, 365.25
STEPS = 8
"""Iterations of the weighted least squares; six reach ten digits on counts of any size."""
HALF = 0.5
FEWEST_EXPECTED = 1e-3
LOG_BOUNDS = (np.log(FEWEST_EXPECTED), 20.0)
RIDGE = 1e-10
"""Of the trace, on the diagonal: a weekday that was never seen has no effect instead of no value."""


class Expected(NamedTuple):
    """Expected count, variance of a new one and its degrees of freedom; one value per series, or (days, series).

    NaN where too few days lie behind.
    """

    mean: np.ndarray
    variance: np.ndarray
    df: np.ndarray


def expect(counts: np.ndarray, weekday: np.ndarray, promotion: np.ndarray, spec: Baseline) -> Expected:
    """Every day held against the days before it, and no other.

    Parameters
    ----------
    counts : ndarray
        (days, series) of cases.
    weekday, promotion : ndarray
        (days,) 0 to 6, and whether the day belongs to a promotion.
    """
    found, loads = Expected(*np.full((3, *counts.shape), np.nan)), np.full(counts.shape, np.nan)
    alarmed, widest = np.zeros(counts.shape, bool), max(spec.chance.values())
    for day in range(spec.least_days, len(counts)):
        window, kept = past_of(day, spec.window_days, ~promotion, alarmed, spec.least_days)
        design = design_of(np.arange(window.start, day + 1) - day, weekday[window.start : day + 1], spec.window_days)
        now = regress(design, counts[window], kept)
        if promotion[day]:
            load = np.log((counts[day] + HALF) / (now.mean + HALF))
            now = _promoted(now, loads[:day], spec)
        judged = kept.sum(axis=0) >= spec.least_days
        for store, value in zip(found, now, strict=True):
            store[day] = np.where(judged, value, np.nan)
        alarmed[day] = upper_tail(counts[day], Expected(*(store[day] for store in found))) <= widest
        if promotion[day]:
            loads[day] = np.where(alarmed[day] | ~judged, np.nan, load)
    return found


def design_of(ago: np.ndarray, weekday: np.ndarray, window: int) -> np.ndarray:
    """(days, terms) Intercept, weekdays, trend; two annual harmonics where a whole year is spanned.

    Parameters
    ----------
    ago : ndarray
        (days,) days from the last one, which is 0, back to the first.
    """
    seen = (weekday[:, None] == np.arange(WEEK - 1)).astype(float) - (weekday == WEEK - 1)[:, None]
    terms = [np.ones((len(ago), 1)), seen, (ago / window)[:, None]]
    if -ago[0] >= YEAR:
        angle = 2 * np.pi / YEAR * np.outer(ago, [1, 2])
        terms += [np.sin(angle), np.cos(angle)]
    return np.hstack(terms)


def regress(design: np.ndarray, counts: np.ndarray, kept: np.ndarray) -> Expected:
    """Quasi-Poisson fit to the days kept of each series, and what it says of the day after.

    Parameters
    ----------
    design : ndarray
        (days + 1, terms); the last row is the day to predict.
    counts, kept : ndarray
        (days, series) cases, and whether the day counts.

    Notes
    -----
    phi = max(1, Pearson's X^2 / df); the variance of a new count is phi m + m^2 var(log m), log m as estimated.
    """
    past, new = design[:-1], design[-1]
    products = past[:, :, None] * past[:, None, :]
    level = np.maximum((counts * kept).sum(axis=0) / np.maximum(kept.sum(axis=0), 1), FEWEST_EXPECTED)
    log_mean = np.log(level) * np.ones(counts.shape)
    for _ in range(STEPS):
        mean = np.exp(log_mean)
        weight = kept * mean
        cross = np.einsum("ns,nkl->skl", weight, products)
        bread = inverses(cross + RIDGE * np.einsum("skk->s", cross)[:, None, None] * np.eye(len(new)))
        right = np.einsum("ns,nk->sk", weight * (log_mean + (counts - mean) / mean), past)
        beta = np.einsum("skl,sl->sk", bread, right)
        log_mean = np.clip(np.einsum("nk,sk->ns", past, beta), *LOG_BOUNDS)
    mean, df = np.exp(log_mean), np.maximum(kept.sum(axis=0) - design.shape[1], 1)
    dispersion = np.maximum((kept * (counts - mean) ** 2 / mean).sum(axis=0) / df, 1)
    at = np.exp(np.clip(np.einsum("k,sk->s", new, beta), *LOG_BOUNDS))
    uncertain = dispersion * np.einsum("k,skl,l->s", new, bread, new)
    return Expected(at, dispersion * at + at**2 * uncertain, df.astype(float))


def inverses(matrices: np.ndarray) -> np.ndarray:
    """(series, terms, terms) Inverses of positive definite matrices by elimination, all series at once.

    Without LAPACK, whose last digits differ from processor to processor.
    """
    size = matrices.shape[1]
    rows = np.concatenate([matrices, np.broadcast_to(np.eye(size), matrices.shape)], axis=2)
    for k in range(size):
        pivot = rows[:, k] / rows[:, k, k][:, None]
        rows = rows - rows[:, :, k][:, :, None] * pivot[:, None, :]
        rows[:, k] = pivot
    return rows[:, :, size:]


def _promoted(now: Expected, loads: np.ndarray, spec: Baseline) -> Expected:
    """An ordinary day's expectation times the load of a promotion: as planned, or as its own past days had it."""
    days = (~np.isnan(loads)).sum(axis=0)
    learnt = days >= spec.promotion.learn_days
    centre = np.where(learnt, np.nansum(loads, axis=0) / np.maximum(days, 1), np.log(spec.promotion.load))
    around = np.sqrt(np.nansum((loads - centre) ** 2, axis=0) / np.maximum(days - 1, 1))
    spread = np.where(learnt, around * np.sqrt(1 + 1 / np.maximum(days, 1)), spec.promotion.spread)
    load, df = np.exp(centre), np.where(learnt, np.minimum(now.df, days - 1), now.df)
    own = (now.variance - now.mean) * load**2 + now.mean * load
    mean = now.mean * load
    return Expected(mean, own + (mean * spread) ** 2, df)


def _power(of: Expected) -> np.ndarray:
    """The power that takes the skewness off: 1 - skewness mean / (3 sd) = (phi + 1) / (3 phi); 2/3 where phi is 1."""
    dispersion = np.maximum(of.variance / of.mean, 1)
    return (dispersion + 1) / (3 * dispersion)


def _symmetric(of: Expected) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Power, and mean and sd of the count to that power (delta method, second order for the mean)."""
    power = _power(of)
    centre = of.mean**power * (1 + power * (power - 1) / 2 * of.variance / of.mean**2)
    return power, centre, power * of.mean ** (power - 1) * np.sqrt(of.variance)


def upper_tail(count: np.ndarray, of: Expected) -> np.ndarray:
    """P(as many or more), with half a case taken off; 1 where nothing is expected of the day."""
    power, centre, sd = _symmetric(of)
    chance = stats.t.sf((np.maximum(count - HALF, 0) ** power - centre) / sd, of.df)
    return np.where(np.isnan(of.mean), 1, chance)


def quantile(share: float, of: Expected) -> np.ndarray:
    """Count below which a new one falls with a probability; NaN where nothing is expected of the day."""
    power, centre, sd = _symmetric(of)
    return np.maximum(centre + stats.t.ppf(share, of.df) * sd, 0) ** (1 / power)
