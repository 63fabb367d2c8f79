"""Survey answers -> how each driver goes with satisfaction, with intervals."""

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.drivers.moments import centred, correlations, group_products, resampled
from evalcore.drivers.ordinal import fit_ordinal
from evalcore.drivers.shares import explained, partial_correlations, robustness_value, shapley
from evalcore.edition import Edition
from evalcore.score.rank import interval
from evalcore.streams import stream

TOP = 4
"""The level from which a rating counts as good."""


def driver_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """One row per driver, in the edition's order.

    Outcome and drivers are centred on entity by category and on what the edition adjusts for. Shares come from the
    correlations of what is left; their intervals from resampling random groups of respondents. Odds come from a
    cumulative logit on the same, with the part of the outcome that what is adjusted for explains as a covariate.

    Parameters
    ----------
    answers : DataFrame
        Valid answers; those with a missing outcome or driver are left out.

    Returns
    -------
    DataFrame
        driver, n; share, lower, upper (percent of the outcome's variance within what is adjusted for); good (percent
        of answers at TOP or above, or of the better of yes and no); odds, odds_lower, odds_upper (of a better answer,
        for one standard deviation of the driver); partial (correlation), robustness (percent).
    """
    own = edition.drivers
    columns = [item.column for item in own.items]
    known = answers.dropna(subset=[own.outcome, *columns])
    values = _values(known, edition)
    left = centred(values, _factors(known, own.adjust))
    group = stream(edition.seed, "drivers", "groups").permutation(len(left)) % min(own.groups, len(left))
    times = resampled(int(group.max()) + 1, own.replicates, stream(edition.seed, "drivers", "resample"))
    several = correlations(group_products(left, group), times)
    shares = 100 * np.array([shapley(explained(one)) for one in several])
    low, high = interval(shares[1:], edition.model.interval)
    partial = partial_correlations(several[0])
    return pd.DataFrame(
        {
            "driver": columns,
            "n": len(left),
            "share": shares[0],
            "lower": low,
            "upper": high,
            "good": _good(known, edition),
            **_odds(known, values, left, edition),
            "partial": partial,
            "robustness": 100 * robustness_value(partial),
        }
    )


def _values(answers: pd.DataFrame, edition: Edition) -> np.ndarray:
    """(respondent, driver + 1) More is better; the outcome is last."""
    own = edition.drivers
    signs = [-1.0 if item.better == "lower" else 1.0 for item in own.items] + [1.0]
    columns = [*(item.column for item in own.items), own.outcome]
    return answers[columns].astype(float).to_numpy() * signs


def _factors(answers: pd.DataFrame, adjust: tuple[str, ...]) -> list[np.ndarray]:
    place = answers.groupby(["entity", "category"], dropna=False, sort=True).ngroup().to_numpy()
    return [pd.factorize(answers[name], use_na_sentinel=False)[0] for name in adjust] + [place]


def _good(answers: pd.DataFrame, edition: Edition) -> list[float]:
    """Percent of good answers."""
    types = edition.sources[edition.drivers.source].columns
    found = []
    for item in edition.drivers.items:
        answer = answers[item.column]
        yes = answer.astype(bool) if types[item.column].type == "flag" else answer >= TOP
        found.append(100 * float((~yes if item.better == "lower" else yes).mean()))
    return found


def _odds(answers: pd.DataFrame, values: np.ndarray, left: np.ndarray, edition: Edition) -> dict[str, np.ndarray]:
    level = pd.factorize(answers[edition.drivers.outcome].astype(int), sort=True)[0]
    spread = np.maximum(left[:, :-1].std(axis=0), 1e-12)
    adjusted = values[:, -1] - left[:, -1]
    x = np.column_stack([left[:, :-1] / spread, adjusted - adjusted.mean()])
    usable = adjusted.std() > 1e-12
    prior = np.append(np.full(len(spread), edition.drivers.spread), np.inf)
    fit = fit_ordinal(level, x if usable else x[:, :-1], prior if usable else prior[:-1])
    b = fit.coefficients[: len(spread)]
    half = stats.norm.ppf(0.5 + edition.model.interval / 2) * fit.errors[: len(spread)]
    return {"odds": np.exp(b), "odds_lower": np.exp(b - half), "odds_upper": np.exp(b + half)}
