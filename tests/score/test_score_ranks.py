"""Ranks, their intervals, pairwise probabilities and levels."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from evalcore.edition import Framework
from evalcore.score.rank import ahead, interval, level_of, level_probabilities, rank_summary, ranks

NAN = float("nan")
draws = arrays(float, (30, 4), elements=st.sampled_from([61.0, 70.0, 70.5, 88.0, 95.0]))


def test_ranks_by_hand() -> None:
    """The highest is first, ties share the better rank, what has no score has no rank."""
    assert ranks(np.array([70.0, 90, 70, 50])).tolist() == [2, 1, 2, 4]
    np.testing.assert_array_equal(ranks(np.array([70.0, NAN, 90])), [2, NAN, 1])


@given(arrays(float, 6, elements=st.integers(0, 9).map(float)))
def test_ranks_are_competition_ranks(scores: np.ndarray) -> None:
    """As scipy ranks the negated scores with ties at their best."""
    np.testing.assert_array_equal(ranks(scores), stats.rankdata(-scores, method="min"))


def test_scores_are_rounded_before_they_are_ranked() -> None:
    """72.44 and 72.36 are both 72.4: a tie at one decimal, an order at two."""
    scores = np.array([72.36, 72.44, 70.0])
    assert ranks(scores, digits=1).tolist() == [1, 1, 3]
    assert ranks(scores, digits=2).tolist() == [2, 1, 3]


def test_intervals_are_equal_tailed() -> None:
    """89 % of 0, 1, ..., 1000 lie between 55 and 945; a missing column stays missing."""
    low, high = interval(np.column_stack([np.arange(1001.0), np.full(1001, NAN)]), 0.89)
    np.testing.assert_allclose([low, high], [[55, NAN], [945, NAN]])


def test_rank_intervals_and_extremes_by_hand() -> None:
    """A is first in 9 of 10 draws and second in one; the interval is widened to whole ranks."""
    drawn = np.array([[80.0, 70, 60]] * 9 + [[69, 70, 60]])
    summary = rank_summary(drawn, np.array([79.0, 70, 60]), ["A", "B", "C"], 0.89)
    expected = pd.DataFrame(
        {
            "entity": ["A", "B", "C"],
            "rank": pd.array([1, 2, 3], "Int64"),
            "rank_lower": pd.array([1, 1, 3], "Int64"),
            "rank_upper": pd.array([2, 2, 3], "Int64"),
            "p_first": [0.9, 0.1, 0.0],
            "p_last": [0.0, 0.0, 1.0],
        }
    )
    pd.testing.assert_frame_equal(summary, expected)


def test_the_unrated_have_neither_rank_nor_chance() -> None:
    """And they push nobody down."""
    drawn = np.array([[NAN, 70.0, 60.0]] * 5)
    summary = rank_summary(drawn, drawn[0], ["A", "B", "C"], 0.89)
    assert summary["rank"].isna().tolist() == [True, False, False]
    assert summary["rank"].dropna().tolist() == [1, 2]
    np.testing.assert_array_equal(summary["p_last"], [NAN, 0, 1])


@given(draws)
def test_ahead_is_antisymmetric(drawn: np.ndarray) -> None:
    """P(A above B) + P(B above A) = 1, ties counting half for each."""
    chance = ahead(drawn)
    np.testing.assert_allclose(chance + chance.T, 1)


def test_ahead_by_hand() -> None:
    """Above in 2 of 4 draws and level in one: 0.625; without a score there is no order."""
    drawn = np.array([[2.0, 1, NAN], [2, 1, NAN], [1, 1, NAN], [0, 1, NAN]])
    np.testing.assert_allclose(ahead(drawn)[:, :2], [[0.5, 0.625], [0.375, 0.5], [NAN, NAN]])


def test_independent_normal_scores_are_ahead_as_their_difference_says() -> None:
    """P(N(1, 1) > N(0, 1)) = Phi(1 / sqrt 2) = 0.760; 20,000 draws, 4 standard errors."""
    drawn = np.random.default_rng(0).normal([1, 0], 1, (20_000, 2))
    truth = stats.norm.cdf(1 / np.sqrt(2))
    assert ahead(drawn)[0, 1] == pytest.approx(truth, abs=4 * np.sqrt(truth * (1 - truth) / 20_000))


@pytest.mark.parametrize(("score", "level"), [(0, 0), (69.99, 0), (70, 1), (89.9, 1), (90, 2), (100, 2), (NAN, -1)])
def test_a_level_is_reached_at_its_bound(tiny_framework: Framework, score: float, level: int) -> None:
    """Levels from 0, 70 and 90."""
    assert level_of(np.array([score]), tiny_framework).tolist() == [level]


@given(draws)
def test_level_probabilities_add_up_to_one(tiny_framework: Framework, drawn: np.ndarray) -> None:
    """Each draw reaches exactly one level."""
    chances = level_probabilities(drawn, tiny_framework)
    assert chances.shape == (4, 3)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    np.testing.assert_allclose(chances[:, 2], (drawn >= 90).mean(axis=0))
