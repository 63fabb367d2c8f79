"""Sobol shares against closed forms."""

import numpy as np
import pytest

from evalcore.robust.design import moving
from evalcore.robust.sobol import rank_shares, shares

COUNT = 40_000


def _design(function, factors: int, seed: int):
    rng = np.random.default_rng(seed)
    a, b = rng.random((2, COUNT, factors))
    mixed = np.repeat(a[None], factors, axis=0)
    for k in range(factors):
        mixed[k, :, k] = b[:, k]
    return shares(function(a)[:, None], function(b)[:, None], np.stack([function(m)[:, None] for m in mixed]))


def test_an_additive_function_has_shares_in_proportion_to_its_variances():
    """x1 + 2 x2 + 3 x3 of uniform inputs: 1, 4 and 9 of 14, no interaction."""
    found = _design(lambda x: x @ np.array([1.0, 2, 3]), 3, 1)
    expected = np.array([1, 4, 9]) / 14
    assert (np.abs(found.first[:, 0] - expected) < 4 * found.first_error[:, 0]).all()
    assert (np.abs(found.total[:, 0] - expected) < 4 * found.total_error[:, 0]).all()
    assert abs(found.interaction[0]) < 4 * found.first_error.sum()


def test_ishigami_is_met():
    """sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on (-pi, pi): its known first-order and total shares."""

    def ishigami(u: np.ndarray) -> np.ndarray:
        x = np.pi * (2 * u - 1)
        return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    one, two = (1 + 0.1 * np.pi**4 / 5) ** 2 / 2, 49 / 8
    both = 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = one + two + both
    found = _design(ishigami, 3, 2)
    assert (np.abs(found.first[:, 0] - np.array([one, two, 0]) / variance) < 4 * found.first_error[:, 0]).all()
    assert (
        np.abs(found.total[:, 0] - np.array([one + both, two, both]) / variance) < 4 * found.total_error[:, 0] + 1e-9
    ).all()
    assert found.interaction[0] == pytest.approx(both / variance, abs=0.03)


def test_a_rank_that_never_moves_has_no_shares(make_index, space):
    """Far apart in everything: variance 0, shares missing, none invented."""
    index = make_index([[99, 98, 97], [50, 51, 52], [5, 4, 3]])
    found = rank_shares(index, space, moving(index, space), 3, 64, 32)
    assert (found.variance == 0).all()
    assert np.isnan(found.first).all()


def test_shares_of_a_rank_that_only_the_weights_move_are_all_theirs(make_index, space):
    """One factor alone has first-order and total share 1."""
    index = make_index([[90, 10], [50, 50.5]])
    found = rank_shares(index, space, ("weights",), 3, 4000, 500)
    assert (np.abs(found.first - 1) < 5 * found.first_error).all()
    assert (np.abs(found.total - 1) < 5 * found.total_error).all()


def test_shares_do_not_depend_on_the_chunk(drawn_index, space):
    """Ranks are whole numbers: the same to the last bit."""
    runs = [rank_shares(drawn_index, space, moving(drawn_index, space), 3, 300, chunk) for chunk in (11, 300)]
    assert np.array_equal(runs[0].total, runs[1].total)
    assert np.array_equal(runs[0].first, runs[1].first)
