"""Tie bands and rank sets."""

import numpy as np
import pytest

from evalcore.robust.ranksets import rank_sets
from evalcore.robust.ties import clear_steps, tie_bands, tie_letters
from evalcore.score.rank import ahead

WORLDS = 300


def test_bands_overlap_where_ties_do_not_carry_over():
    """a ~ b, b ~ c, a ahead of c: b stands in two bands."""
    chance = np.array([[np.nan, 0.7, 0.95], [0.3, np.nan, 0.7], [0.05, 0.3, np.nan]])
    order = np.arange(3)
    assert tie_bands(chance, order, 0.8) == [(0, 1), (1, 2)]
    assert tie_letters(chance, order, 0.8) == ["a", "ab", "b"]
    assert clear_steps(chance, order, 0.8) == 0


def test_no_two_of_a_band_are_apart_and_no_pair_of_tied_neighbours_is_missed():
    """On random draws: letters in common mean tied, tied neighbours have one in common."""
    draws = np.random.default_rng(4).normal(np.linspace(3, 0, 9), 1, size=(2000, 9))
    chance = ahead(draws)
    letters = tie_letters(chance, np.arange(9), 0.8)
    for i in range(9):
        for j in range(i + 1, 9):
            if set(letters[i]) & set(letters[j]):
                assert max(chance[i, j], chance[j, i]) < 0.8
        if i < 8 and max(chance[i, i + 1], chance[i + 1, i]) < 0.8:
            assert set(letters[i]) & set(letters[i + 1])


def test_units_without_a_rank_get_no_letter():
    """A unit outside the order stays out of every band."""
    draws = np.array([[3.0, np.nan, 1], [4, np.nan, 2]])
    assert tie_letters(ahead(draws), np.array([0, 2]), 0.8) == ["a", "", "b"]


def test_one_unit_has_one_band_and_the_first_rank():
    """No pair, no failure."""
    assert tie_letters(np.array([[np.nan]]), np.array([0]), 0.8) == ["a"]
    found = rank_sets(np.array([5.0]), np.array([[5.0], [6.0]]), 0.89)
    assert (found.low[0], found.high[0]) == (1, 1)


def test_exact_scores_have_exact_ranks_and_missing_ones_none():
    """Draws that never vary are decided by their sign; an exact tie stays open; NaN stays NaN."""
    point = np.array([9.0, 7, 7, np.nan])
    found = rank_sets(point, np.tile(point, (10, 1)), 0.89)
    assert found.low[:3].tolist() == [1, 2, 2]
    assert found.high[:3].tolist() == [1, 3, 3]
    assert np.isnan(found.low[3])


def test_marginal_sets_are_never_wider_than_simultaneous_ones():
    """Fewer differences to cover, a smaller quantile."""
    draws = np.random.default_rng(5).normal(np.linspace(2, 0, 7), 0.5, size=(3000, 7))
    both = [rank_sets(draws.mean(axis=0), draws, 0.89, simultaneous) for simultaneous in (True, False)]
    assert (both[1].high - both[1].low <= both[0].high - both[0].low).all()


def test_further_steps_shorten_the_sets_of_a_single_step():
    """Far outliers leave the family first, so that what remains is held against a smaller quantile."""
    rng, level = np.random.default_rng(8), 0.89
    point = np.array([30.0, 20, 10, 2.3, 0])
    draws = point + rng.normal(0, 0.7, size=(4000, 5))
    centred = draws - draws.mean(axis=0)
    differences = centred[:, :, None] - centred[:, None, :]
    spread = differences.std(axis=0) + np.eye(5)
    single = np.quantile(np.abs(differences / spread).max(axis=(1, 2)), level)
    assert (point[3] - point[4]) / spread[3, 4] < single
    found = rank_sets(point, draws, level)
    assert found.low.tolist() == found.high.tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("simultaneous", [True, False])
def test_rank_sets_cover_the_true_ranks_of_normal_means(simultaneous):
    """Known variances, two equal means among six: coverage at least nominal within three Monte Carlo errors."""
    rng, level = np.random.default_rng(6), 0.89
    truth, sd = np.array([2.0, 1.2, 1.2, 0.7, 0.2, 0.0]), np.linspace(0.2, 0.6, 6)
    best = 1 + (truth[:, None] < truth[None, :]).sum(axis=1)
    worst = (truth[:, None] <= truth[None, :]).sum(axis=1)
    covered = []
    for _ in range(WORLDS):
        point = rng.normal(truth, sd)
        found = rank_sets(point, point + rng.normal(0, sd, size=(400, 6)), level, simultaneous)
        inside = (found.low <= best) & (worst <= found.high)
        covered.append(inside.all() if simultaneous else inside.mean())
    error = np.sqrt(level * (1 - level) / WORLDS)
    assert np.mean(covered) >= level - 3 * error
