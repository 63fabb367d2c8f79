"""Kaplan-Meier from counts, against SciPy on single cases and by hand."""

import numpy as np
import pytest
from scipy import stats

from evalcore.survey.survival import kaplan_meier


def test_three_cases_by_hand() -> None:
    """One of three ends, one is last seen open, the last one ends: 2/3, 2/3, 0."""
    found = kaplan_meier(np.array([1, 0, 1]), np.array([0, 1, 0]), 0.89)
    assert found["still_open"].to_list() == pytest.approx([2 / 3, 2 / 3, 0])


def test_curve_is_that_of_scipy() -> None:
    """500 cases in whole hours, a third censored: the same steps, and the same log-log intervals."""
    rng = np.random.default_rng(2)
    life, seen = rng.integers(0, 20, 500), rng.integers(0, 30, 500)
    hours, over = np.minimum(life, seen), life <= seen
    counts = [np.bincount(hours[kind], minlength=31) for kind in (over, ~over)]
    found = kaplan_meier(*counts, 0.89)
    curve = stats.ecdf(stats.CensoredData(uncensored=hours[over], right=hours[~over])).sf
    at = np.arange(19)
    np.testing.assert_allclose(found["still_open"][at], curve.evaluate(at))
    with pytest.warns(RuntimeWarning, match="undefined"):  # at its last step, where nobody is left
        bounds = curve.confidence_interval(0.89, method="log-log")
    np.testing.assert_allclose(found["lower"][at], bounds.low.evaluate(at), rtol=1e-9)
    np.testing.assert_allclose(found["upper"][at], bounds.high.evaluate(at), rtol=1e-9)


def test_leaving_open_cases_out_would_make_it_faster() -> None:
    """Half of the cases are seen for one hour only: the curve does not fall where nobody was watched."""
    ended, censored = np.array([0, 10, 10]), np.array([0, 20, 0])
    with_open = kaplan_meier(ended, censored, 0.89)["still_open"]
    without = kaplan_meier(ended, 0 * censored, 0.89)["still_open"]
    assert with_open[1] == pytest.approx(0.75)
    assert without[1] == pytest.approx(0.5)
