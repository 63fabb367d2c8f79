"""Exact shares: by hand for two drivers, by brute force over orders for four, and what they must add up to."""

from itertools import permutations

import numpy as np
import pytest

from evalcore.drivers.moments import centred, correlations, group_products, resampled
from evalcore.drivers.shares import explained, partial_correlations, robustness_value, shapley


@pytest.fixture
def sample():
    """300 people, four drivers that hang together, and an outcome."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(300, 4)) + 0.8 * rng.normal(size=(300, 1))
    y = (x * [0.5, 0.2, 0.0, 0.7]).sum(axis=1) + rng.normal(size=300)
    return np.column_stack([x, y])


def r_squared(values, chosen):
    """Of an ordinary regression on some columns."""
    y = values[:, -1] - values[:, -1].mean()
    x = np.column_stack([np.ones(len(values)), values[:, list(chosen)]])
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return 1 - (left**2).sum() / (y**2).sum()


def test_two_drivers_by_hand():
    """r1 = .6, r2 = .5, r12 = .2: R2 = (.36 + .25 - 2 x .6 x .5 x .2) / .96; each adds its own half of the time."""
    both = (0.36 + 0.25 - 0.12) / 0.96
    found = shapley(explained(np.array([[1, 0.2, 0.6], [0.2, 1, 0.5], [0.6, 0.5, 1.0]])))
    assert found == pytest.approx([(0.36 + both - 0.25) / 2, (0.25 + both - 0.36) / 2])


def test_shares_are_the_mean_over_all_orders_of_entry(sample):
    """24 orders of four drivers, each step an ordinary regression."""
    added = np.zeros(4)
    for order in permutations(range(4)):
        for k, driver in enumerate(order):
            added[driver] += r_squared(sample, order[: k + 1]) - (r_squared(sample, order[:k]) if k else 0)
    assert shapley(explained(np.corrcoef(sample.T))) == pytest.approx(added / 24)


def test_shares_add_up_to_all_that_is_explained(sample):
    """With a driver that is a copy of another, too: the two share evenly."""
    copied = np.corrcoef(np.column_stack([sample[:, :1], sample]).T)
    found = shapley(explained(copied))
    assert found.sum() == pytest.approx(r_squared(sample, range(4)))
    assert found[0] == pytest.approx(found[1])


def test_partial_correlations_are_those_of_what_regressions_leave(sample):
    """Of the first driver and the outcome, the three others taken out of both."""
    others = np.column_stack([np.ones(300), sample[:, 1:4]])
    left = [own - others @ np.linalg.lstsq(others, own, rcond=None)[0] for own in (sample[:, 0], sample[:, 4])]
    assert partial_correlations(np.corrcoef(sample.T))[0] == pytest.approx(np.corrcoef(*left)[0, 1])


def test_a_confounder_as_strong_as_the_robustness_value_explains_the_association_away():
    """Omitted-variable bias in standard units: sqrt(RV x RV / (1 - RV)) equals the partial f of the driver."""
    partial = np.array([0.1, 0.4, 0.9])
    value = robustness_value(partial)
    assert np.sqrt(value**2 / (1 - value)) == pytest.approx(partial / np.sqrt(1 - partial**2))


def test_centring_leaves_what_dummies_leave():
    """Residuals of a regression on two factors with unequal cells."""
    rng = np.random.default_rng(6)
    one, two = rng.integers(0, 3, 400), rng.integers(0, 4, 400)
    value = rng.normal(size=400) + one - two
    dummies = np.column_stack([np.ones(400), *(one == k for k in (1, 2)), *(two == k for k in (1, 2, 3))])
    expected = value - dummies @ np.linalg.lstsq(dummies, value, rcond=None)[0]
    assert centred(value[:, None], [one, two])[:, 0] == pytest.approx(expected, abs=1e-8)


def test_all_groups_once_give_the_correlations_of_the_sample(sample):
    """The first of the resampled counts is the sample itself, the others draw as many groups."""
    times = resampled(30, 5, np.random.default_rng(7))
    assert times.sum(axis=1).tolist() == [30] * 6
    left = sample - sample.mean(axis=0)
    found = correlations(group_products(left, np.arange(300) % 30), times)
    assert found[0] == pytest.approx(np.corrcoef(sample.T))
