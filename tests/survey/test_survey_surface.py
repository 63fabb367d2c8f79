"""Response surfaces and intervals, held against planted coefficients and published formulas."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import OLS, add_constant
from statsmodels.stats.proportion import proportion_confint

from evalcore.survey.interval import mean_estimate, share_estimate
from evalcore.survey.least_squares import inverse, least_squares
from evalcore.survey.surface import surface


@pytest.fixture(scope="module")
def answers():
    """Two levels of one to five; the outcome rises with the first alone, its noise with the second."""
    rng = np.random.default_rng(3)
    p, e = (pd.Series(rng.integers(1, 6, 800)) for _ in range(2))
    return p, e, 50 + 10 * p + rng.normal(0, 1, 800) * e


def test_coefficients_and_errors_are_those_of_statsmodels(answers):
    """Ordinary least squares with HC1 errors, centred at the middle."""
    p, e, y = answers
    x, z = p - 3.0, e - 3.0
    peer = OLS(y, add_constant(np.column_stack([x, z, x**2, x * z, z**2]))).fit(cov_type="HC1", use_t=True)
    found = surface(p, e, y, 3, 0.9)
    np.testing.assert_allclose(found.coefficients["value"], peer.params[1:])
    np.testing.assert_allclose(found.coefficients["lower"], peer.conf_int(0.1)[0][1:])
    assert found.r2["surface"] == pytest.approx(peer.rsquared_adj)


def test_a_gap_score_is_refuted_where_expectation_does_nothing(answers):
    """Both a level higher is ten points more; a difference of the two would know nothing of it."""
    found = surface(*answers, 3, 0.99)
    assert found.along[1] < 10 < found.along[2]
    assert found.along[1] > 0
    assert found.r2["gap"] < found.r2["perceived"] < 1


def test_a_gap_score_stands_where_satisfaction_is_one():
    """An outcome made of the difference alone does not change when both rise."""
    rng = np.random.default_rng(4)
    p, e = (pd.Series(rng.integers(1, 6, 800)) for _ in range(2))
    found = surface(p, e, 10.0 * (p - e) + rng.normal(0, 1, 800), 3, 0.99)
    assert found.along[1] < 0 < found.along[2]


def test_too_few_or_constant_answers_have_no_surface(answers):
    """Six coefficients want twenty answers, and something that varies."""
    p, e, y = answers
    assert surface(p[:10], e[:10], y[:10], 3, 0.9) is None
    assert surface(p, 0 * e + 3, y, 3, 0.9) is None


def test_intervals_of_shares_are_wilsons():
    """As statsmodels has them; missing answers do not count."""
    hits = pd.Series([True] * 7 + [False] * 3 + [None] * 5, dtype="boolean")
    low, high = proportion_confint(7, 10, alpha=0.11, method="wilson")
    assert share_estimate(hits, 0.89) == pytest.approx((70, 100 * low, 100 * high, 10))


def test_nobody_has_no_share_and_one_has_no_interval():
    """No division by nothing."""
    assert np.isnan(share_estimate(pd.Series([], dtype="boolean"), 0.89).value)
    assert mean_estimate(pd.Series([2.0]), 0.89, 10)[0] == 20
    assert np.isnan(mean_estimate(pd.Series([2.0]), 0.89).lower)


def test_an_inverse_is_that_of_lapack_and_collinear_columns_have_none():
    """Elimination with pivots also where the first pivot is zero."""
    matrix = np.array([[0.0, 2, 1], [2, 1, 0], [1, 0, 3]])
    np.testing.assert_allclose(inverse(matrix), np.linalg.inv(matrix), atol=1e-12)
    with pytest.raises(ZeroDivisionError, match="collinear"):
        least_squares(np.ones((5, 1)), np.arange(5.0))
