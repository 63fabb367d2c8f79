"""Chapter 3: who answered, what weighting repairs and costs, and whether the way an answer came in matters."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats

from evalcore.edition import Edition
from evalcore.streams import stream
from evalcore.survey.rake import MICRO
from evalcore.survey.representativity import Representativity, r_indicator
from evalcore.words import Number

CONFIDENCE = 0.95
DIGITS = 8


def weighted_answers(answers: pd.DataFrame, weights: pd.DataFrame, source: str) -> pd.DataFrame:
    """The answers with their `weight` (mean one); one each where the source is not weighted."""
    own = weights[weights["source"] == source].set_index("row")["weight_micro"] / MICRO
    return answers.assign(weight=answers["row"].map(own).astype(float) if len(own) else 1.0)


def margins_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """margin, value, n, sample, weighted, population: percent of those who told.

    Margins are those of the edition, or without them its segments; `population` is NaN where the edition knows none.
    Values with fewer people than the smallest cell are left out.
    """
    known = edition.weighting.margins if edition.weighting else {}
    names = list(known) or [s.id for s in edition.segments if s.source == edition.model.source]
    parts = [_margin(answers, name, known.get(name, {}), edition) for name in names]
    columns = ["margin", "value", "n", "sample", "weighted", "population"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _margin(answers: pd.DataFrame, name: str, population: dict[str, float], edition: Edition) -> pd.DataFrame:
    told = answers[answers[name].notna()]
    order = list(population) or next([v.id for v in s.values] for s in edition.segments if s.id == name)
    sums = told.groupby(name)["weight"].agg(["size", "sum"]).reindex(order).dropna()
    frame = pd.DataFrame({
        "margin": name, "value": sums.index, "n": sums["size"].astype(int), "sample": 100 * sums["size"] / len(told),
        "weighted": 100 * sums["sum"] / told["weight"].sum(), "population": [population.get(v) for v in sums.index],
    })  # fmt: skip
    return frame[frame["n"] >= edition.minimum_cell].astype({"population": float})


def mode_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """mode, n, share, raw, adjusted, lower, upper: how the mean rating differs from that of the most frequent mode.

    `raw` is the difference of weighted means; `adjusted` that between people of the same segments who rate the same
    entity and category: weighted least squares with main effects, standard errors robust to unequal variances (HC1),
    95 % intervals. The most frequent mode has differences of 0 and no interval. Empty where the edition names no mode.
    """
    mode, item = edition.quality.mode, edition.model.items[0]
    if mode is None:
        return pd.DataFrame(columns=["mode", "n", "share", "raw", "adjusted", "lower", "upper"])
    counts = answers[mode].value_counts()
    counts = counts[counts >= edition.minimum_cell]
    own = answers[answers[mode].isin(counts.index) & answers[item].notna()]
    sums = own.assign(product=own["weight"] * own[item]).groupby(mode)[["product", "weight"]].sum().astype(float)
    means = sums["product"] / sums["weight"]
    adjusted = _adjusted(own, item, mode, counts.index[0], edition)
    frame = pd.DataFrame({"n": counts, "share": 100 * counts / counts.sum(), "raw": means - means[counts.index[0]]})
    return frame.join(adjusted).rename_axis("mode").reset_index().round(DIGITS)


def _adjusted(own: pd.DataFrame, item: str, mode: str, reference: str, edition: Edition) -> pd.DataFrame:
    segments = [s.id for s in edition.segments if s.source == edition.model.source]
    others = [c for c in ("entity", "category", "period", *segments) if c in own and own[c].nunique() > 1]
    modes = pd.get_dummies(own[mode]).drop(columns=reference)
    dummies = pd.get_dummies(own[others].fillna("not stated").astype(str), drop_first=True)
    design = sm.add_constant(pd.concat([modes, dummies], axis=1).astype(float))
    if modes.empty:
        return pd.DataFrame({"adjusted": 0.0, "lower": np.nan, "upper": np.nan}, index=[reference])
    fitted = sm.WLS(own[item].astype(float), design, weights=own["weight"]).fit(cov_type="HC1")
    reach = stats.norm.ppf(0.5 + CONFIDENCE / 2) * fitted.bse[modes.columns]
    value = fitted.params[modes.columns]
    found = pd.DataFrame({"adjusted": value, "lower": value - reach, "upper": value + reach})
    found.loc[reference] = [0.0, np.nan, np.nan]
    return found


class Response(NamedTuple):
    """R-indicator of the survey, and the number of people invited."""

    indicator: Representativity
    invited: int


def response(answers: pd.DataFrame, invited: pd.DataFrame | None, edition: Edition) -> Response | None:
    """R-indicator relative to the people invited; None where the edition does not know whom it invited."""
    if invited is None:
        return None
    margins = list(edition.weighting.margins)
    asked = invited.groupby(margins)["invited"].sum()
    answered = answers.groupby(margins).size().reindex(asked.index, fill_value=0)
    cells = pd.DataFrame({"invited": asked.astype(int), "answered": answered}).reset_index()
    return Response(r_indicator(cells, stream(edition.seed, "quality/r_indicator")), int(asked.sum()))


def weighting_numbers(margins: pd.DataFrame, found: Response | None) -> dict[str, Number]:
    """`weighting.apart` and `.left` (largest distance to the population, points), `.r`, `.invited`, `.rate`."""
    known = margins[margins["population"].notna()]
    apart, left = (
        None if known.empty else float((known[column] - known["population"]).abs().max())
        for column in ("sample", "weighted")
    )
    numbers = {"weighting.apart": Number(apart, "plain", 1), "weighting.left": Number(left, "plain", 2)}
    if found is None:
        return numbers
    own = found.indicator
    return numbers | {
        "weighting.r": Number(own.value, "plain", 3, (own.lower, own.upper)),
        "weighting.invited": Number(found.invited),
        "weighting.rate": Number(100 * own.rate, "percent", 1),
    }
