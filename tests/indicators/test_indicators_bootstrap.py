"""Draws: the Bayesian bootstrap has the moments of its closed form; each indicator draws from its own stream."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalcore.edition import Edition
from evalcore.edition.measure import Measure
from evalcore.indicators import indicator_values
from evalcore.indicators.estimate import bootstrap, effective_n, point

DRAWS = 20_000
MICRO = 1_000_000
SOLVED = {"statistic": "share", "count": [{"column": "solved", "is": True}]}
RATING = {"statistic": "mean", "column": "satisfaction"}
REPORT = {"statistic": "ratio", "numerator": "seconds", "denominator": "satisfaction"}
SHARE, MEAN = (Measure(source="survey", **measure) for measure in (SOLVED, RATING))


def rng() -> np.random.Generator:
    """Seeded."""
    return np.random.default_rng(0)


def cell(weights: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """One pooled cell of weighted values."""
    return pd.DataFrame(
        {
            "numerator": [(weights * values).sum() * MICRO],
            "denominator": [weights.sum() * MICRO],
            "square": [(weights * values**2).sum() * MICRO],
            "weight_square": [((weights * 1000) ** 2).sum()],
            "n": [len(weights)],
        }
    ).astype("int64")


@pytest.mark.parametrize(("hits", "n"), [(30, 40), (500, 1000), (1, 50)])
def test_draws_of_a_share_have_the_moments_of_the_beta_distribution(hits: int, n: int) -> None:
    """Beta(np, n(1 - p)); mean and variance of 20,000 draws lie within 4 of their own standard errors."""
    pooled = cell(np.ones(n), np.r_[np.ones(hits), np.zeros(n - hits)])
    draws = bootstrap(pooled, SHARE, DRAWS, rng())[:, 0]
    mean, variance, _, excess = map(float, stats.beta.stats(hits, n - hits, moments="mvsk"))
    assert draws.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / DRAWS))
    assert draws.var() == pytest.approx(variance, rel=4 * np.sqrt((excess + 2) / DRAWS))


def test_draws_of_a_mean_have_the_variance_of_the_bayesian_bootstrap() -> None:
    """s^2 / (n + 1) with s^2 over n rows, as Dirichlet weights on the very rows give it (4 standard errors)."""
    values = rng().integers(1, 6, 60)
    draws = bootstrap(cell(np.ones(60), values), MEAN, DRAWS, rng())[:, 0]
    dirichlet = rng().dirichlet(np.ones(60), DRAWS) @ values
    variance = values.var() / 61
    assert draws.mean() == pytest.approx(values.mean(), abs=4 * np.sqrt(variance / DRAWS))
    assert draws.var() == pytest.approx(variance, rel=4 * np.sqrt(2 / DRAWS))
    assert draws.var() == pytest.approx(dirichlet.var(), rel=4 * np.sqrt(2 * 2 / DRAWS))


def test_weighted_rows_count_with_their_effective_number() -> None:
    """Weights 3, 1, 1, 1: (sum w)^2 / sum w^2 = 36 / 12 = 3 (Kish), and the variance of the draws follows it."""
    weights, values = np.array([3.0, 1, 1, 1]), np.array([5, 4, 2, 1])
    pooled = cell(weights, values)
    assert effective_n(pooled) == pytest.approx(3.0)
    variance = np.average((values - np.average(values, weights=weights)) ** 2, weights=weights) / (3 + 1)
    assert bootstrap(pooled, MEAN, DRAWS, rng()).var() == pytest.approx(variance, rel=4 * np.sqrt(2 / DRAWS))


def test_the_point_is_the_weighted_mean() -> None:
    """Weights 3, 1, 1, 1 on 5, 4, 2, 1: 22 / 6."""
    assert point(cell(np.array([3.0, 1, 1, 1]), np.array([5, 4, 2, 1]))) == pytest.approx(22 / 6)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_of_nobody_or_of_all_stays_there(share: float) -> None:
    """Resampling rows that all agree never changes the share."""
    draws = bootstrap(cell(np.ones(20), np.full(20, share)), SHARE, 100, rng())
    assert np.unique(draws).tolist() == [share]


def draws_of(edition: Edition, cells: pd.DataFrame, indicator: str, grain: str | None = None) -> np.ndarray:
    """Draws of one indicator, all entities and groups."""
    return indicator_values(cells, edition, grain)["draws"].sel(indicator=indicator).to_numpy()


@pytest.fixture
def cells(cells_of: Callable) -> pd.DataFrame:
    """X and Y, both shops, both quarters."""
    return cells_of([(i, 0, e, "fresh", q, 40, 60) for i in "XY" for e in "AB" for q in ("Q1", "Q2")])


def test_adding_an_indicator_changes_no_other_draw(edition_with: Callable, cells: pd.DataFrame) -> None:
    """Each indicator draws from a stream of its own name."""
    alone = draws_of(edition_with({"Y": SOLVED}), cells[cells["indicator"] == "Y"], "Y")
    together = draws_of(edition_with({"X": SOLVED, "Y": SOLVED}), cells, "Y")
    np.testing.assert_array_equal(alone, together)


def test_two_indicators_draw_independently(edition_with: Callable, cells: pd.DataFrame) -> None:
    """Equal counts, different draws: their correlation is that of noise (4 standard errors, 1 / sqrt(draws))."""
    edition = edition_with({"X": SOLVED, "Y": SOLVED})
    x, y = (draws_of(edition, cells, i)[:, 0, 0] for i in "XY")
    assert abs(np.corrcoef(x, y)[0, 1]) < 4 / np.sqrt(len(x))


def test_the_seed_of_the_edition_fixes_the_draws(edition_with: Callable, cells: pd.DataFrame) -> None:
    """Same seed, same draws; another seed, others."""
    first, again = (draws_of(edition_with({"X": SOLVED}), cells, "X") for _ in range(2))
    other = draws_of(edition_with({"X": SOLVED}, seed=2), cells, "X")
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_reported_ratios_do_not_vary(edition_with: Callable, cells: pd.DataFrame) -> None:
    """A reported figure has no rows that could be resampled."""
    draws = draws_of(edition_with({"X": REPORT}), cells, "X")
    assert np.unique(draws).tolist() == [pytest.approx(100 * 40 / 60)]


def test_a_census_does_not_vary(edition_with: Callable, cells: pd.DataFrame, tiny: dict) -> None:
    """Where every case was seen there is no sampling error."""
    census = tiny["sources"] | {"survey": tiny["sources"]["survey"] | {"census": True}}
    draws = draws_of(edition_with({"X": SOLVED}, sources=census), cells, "X")
    assert np.unique(draws).tolist() == [pytest.approx(100 * 40 / 60)]
