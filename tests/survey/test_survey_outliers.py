"""Outlying values: what hides behind another, and how often nothing is called something."""

import numpy as np
import pytest

from evalcore.survey.outliers import outliers


def test_two_severe_values_do_not_hide_each_other():
    """Two deviations of 6 among thirteen small ones, each of which widens the spread by which the other is judged."""
    values = np.array([6.5, -6.2, *np.linspace(-2, 2, 13)])
    assert outliers(values).tolist() == [True, True] + [False] * 13


@pytest.mark.parametrize("values", [np.zeros(9), np.array([1.0, 5.0]), np.array([])])
def test_equal_or_few_values_are_not_outlying(values):
    """Nothing to compare with."""
    assert not outliers(values).any()


def test_normal_values_are_called_outlying_as_rarely_as_promised():
    """In 5 percent of samples of 15, within four standard errors of 2,000 samples."""
    rng = np.random.default_rng(1)
    share = np.mean([outliers(rng.normal(size=15)).any() for _ in range(2000)])
    assert share == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 2000))
