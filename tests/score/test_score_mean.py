"""Weighted means, what leaves their denominator, and bounds for what was not reported."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evalcore.score.aggregate import bounds, unreported_share, weighted_mean

NAN = float("nan")
points = arrays(float, 4, elements=st.floats(0, 100))
weights = arrays(float, 4, elements=st.floats(1, 50))
flags = arrays(bool, 4)


def test_weighted_mean_by_hand() -> None:
    """(20 x 80 + 30 x 60) / 50 = 68: weights need not add up to 100."""
    assert weighted_mean(np.array([80.0, 60]), np.array([20.0, 30]), np.array([True, True])) == 68


def test_what_does_not_apply_leaves_the_denominator() -> None:
    """Without the second item the mean is the first, whatever stands there."""
    mean = weighted_mean(np.array([[80.0, NAN], [80.0, 5]]), np.array([20.0, 30]), np.array([True, False]))
    assert mean.tolist() == [80, 80]


def test_where_nothing_applies_there_is_no_mean() -> None:
    """Neither zero nor an error: missing."""
    assert np.isnan(weighted_mean(np.array([80.0]), np.array([20.0]), np.array([False])))


@given(points, weights, flags)
def test_a_mean_lies_between_the_scores_that_apply(scores: np.ndarray, weight: np.ndarray, applies: np.ndarray) -> None:
    """No weighting leaves the range of the items."""
    mean = weighted_mean(scores, weight, applies)
    if applies.any():
        assert scores[applies].min() - 1e-9 <= mean <= scores[applies].max() + 1e-9


def test_unreported_items_are_zero_below_and_perfect_above() -> None:
    """Reported scores stand in both bounds."""
    low, high = bounds(np.array([80.0, NAN]), np.array([True, False]))
    assert (low.tolist(), high.tolist()) == ([80, 0], [80, 100])


@given(points, weights, flags, flags)
def test_bounds_differ_by_the_unreported_share(
    scores: np.ndarray, weight: np.ndarray, applies: np.ndarray, reported: np.ndarray
) -> None:
    """Upper less lower mean equals the percentage of the applicable weight that was not reported."""
    low, high = (weighted_mean(bound, weight, applies) for bound in bounds(scores, reported))
    assert high - low == pytest.approx(unreported_share(weight, applies, reported), nan_ok=True)


def test_unreported_share_counts_applicable_items_only() -> None:
    """Of the weights 20, 30, 50 the last does not apply; 30 of 50 were not reported."""
    share = unreported_share(np.array([20.0, 30, 50]), np.array([True, True, False]), np.array([True, False, False]))
    assert share == 60
