"""Monte Carlo over data, weights and methods."""

from dataclasses import replace

import numpy as np
import pytest

from evalcore.errors import EvalcoreError
from evalcore.robust import Level
from evalcore.robust.additive import at_weights
from evalcore.robust.design import FACTORS, designs, dirichlet, moving, own_choice
from evalcore.robust.evaluate import composites
from evalcore.robust.sensitivity import RankCounts, rank_counts, rank_range


def test_composites_are_weighted_means_computed_by_hand(make_index, space):
    """Two nodes of two items and a panel: a hand computation."""
    index = make_index(
        [[80, 60, 50, 90], [70, 70, 70, 70]],
        [3, 1, 1, 1],
        nodes=2,
        panel=np.array([[[50.0, np.nan], [90, 10]]]),
        share=0.2,
    )
    expected = [(0.8 * (0.75 * 80 + 0.25 * 60) + 0.2 * 50 + 70) / 2, (0.8 * 70 + 0.2 * 90 + 0.8 * 70 + 0.2 * 10) / 2]
    assert composites(index, own_choice(index))[0] == pytest.approx(expected, abs=1e-12)


def test_what_does_not_apply_leaves_the_denominator(make_index, space):
    """A unit's mean is over the items that apply to it."""
    index = make_index([[80, np.nan], [70, 60]], applies=np.array([[True, False], [True, True]]))
    assert composites(index, own_choice(index))[0] == pytest.approx([80, 65])


def test_what_was_not_reported_earns_nothing_on_fixed_goalposts(make_index, space):
    """An applicable item without a value counts 0."""
    index = make_index([[80, np.nan], [70, 60]])
    assert composites(index, own_choice(index))[0] == pytest.approx([40, 65])


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
def test_composites_are_monotone_in_every_item(drawn_index, space, mean):
    """Raising one value never lowers a unit's composite nor worsens its rank."""
    design = replace(own_choice(drawn_index), aggregation=np.array([mean]))
    before = composites(drawn_index, design)[0]
    for k in range(6):
        raised = drawn_index.values.copy()
        raised[0, 2, k] += 3
        after = composites(replace(drawn_index, values=raised), design)[0]
        assert after[2] > before[2]
        assert np.delete(after, 2) == pytest.approx(np.delete(before, 2), abs=1e-12)


@pytest.mark.parametrize("mean", ["arithmetic", "geometric"])
def test_no_rank_reversal_when_a_unit_joins_under_fixed_goalposts(drawn_index, space, mean):
    """The composites of the others do not change to the last bit."""
    design = replace(own_choice(drawn_index), aggregation=np.array([mean]))
    fewer = replace(
        drawn_index,
        values=drawn_index.values[:, :-1],
        applies=drawn_index.applies[:-1],
        panel=drawn_index.panel[:, :-1],
    )
    assert np.array_equal(composites(drawn_index, design)[:, :-1], composites(fewer, design))


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("scale", ["baseline_bonus", "minmax", "zscore"])
def test_composites_are_continuous_where_the_method_is(drawn_index, space, mean, scale):
    """A change of a millionth moves no composite by more than a thousandth, except on ranks."""
    design = replace(own_choice(drawn_index), aggregation=np.array([mean]), normalisation=np.array([scale]))
    nudged = replace(
        drawn_index, values=drawn_index.values + 1e-6 * np.random.default_rng(1).normal(size=drawn_index.values.shape)
    )
    assert composites(nudged, design) == pytest.approx(composites(drawn_index, design), abs=1e-3)


def test_the_monte_carlo_is_linear_in_the_weights(make_index, space):
    """With one node the composite of each replicate is its drawn weights times the points."""
    points = np.array([[80, 60, 20], [10, 90, 50]])
    index = make_index(points, [1, 2, 3])
    (design,) = designs(index, space, ("weights",), 5, "test", 50, 50)
    assert composites(index, design) == pytest.approx(design.weights[0] @ points.T, abs=1e-12)


def test_drawn_weights_have_the_mean_and_spread_of_their_dirichlet():
    """Mean w, variance w (1 - w) / (c + 1), within five Monte Carlo errors; a weight of 0 stays 0."""
    drawn = dirichlet(Level(np.zeros(4, dtype=int), np.array([5, 3, 2, 0])), 20, 40_000, np.random.default_rng(3))
    share = np.array([0.5, 0.3, 0.2, 0])
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert np.all(np.abs(drawn.mean(axis=0) - share) <= 5 * np.sqrt(share * (1 - share) / 21 / 40_000))
    assert drawn.var(axis=0) == pytest.approx(share * (1 - share) / 21, rel=0.05)


@pytest.mark.parametrize("chunk", [1, 7, 64])
def test_chunks_change_no_bit(drawn_index, space, chunk):
    """Composites of all replicates are the same whatever the chunk."""
    varied = moving(drawn_index, space)

    def run(size: int) -> np.ndarray:
        return np.concatenate(
            [composites(drawn_index, d) for d in designs(drawn_index, space, varied, 9, "test", 200, size)]
        )

    assert np.array_equal(run(chunk), run(200))


def test_a_factor_that_is_not_varied_changes_no_draw_of_another(drawn_index, space):
    """Every factor has a stream of its own."""
    (some,) = designs(drawn_index, space, ("weights",), 9, "test", 20, 20)
    (more,) = designs(drawn_index, space, FACTORS, 9, "test", 20, 20)
    assert all(np.array_equal(a, b) for a, b in zip(some.weights, more.weights, strict=True))


def test_rank_counts_hold_every_unit_once_per_replicate(drawn_index, space):
    """Rows add up to the replicates, and ranges contain the commonest rank."""
    found = rank_counts(drawn_index, space, moving(drawn_index, space), 1, 500, 128)
    assert (found.counts.sum(axis=1) == 500).all()
    low, high = rank_range(found, 0.89)
    mode = found.counts.argmax(axis=1) + 1
    assert ((low <= mode) & (mode <= high)).all()


def test_rank_ranges_cut_equal_tails():
    """Of 100 replicates 89 % keeps ranks beyond which at most 5.5 lie."""
    found = RankCounts(np.array([[5, 90, 5], [6, 88, 6], [89, 0, 11]]))
    low, high = rank_range(found, 0.89)
    assert low.tolist() == [2, 1, 1]
    assert high.tolist() == [2, 3, 3]


def test_one_unit_and_one_indicator_give_rank_one(make_index, space):
    """Nothing is compared, nothing fails, on relative scales either."""
    index = make_index([[70]])
    assert moving(index, space) == ("normalisation", "aggregation")
    assert rank_counts(index, space, moving(index, space), 1, 40, 16).counts.tolist() == [[40]]


def test_a_relative_scale_gives_everybody_the_middle_where_all_are_equal(make_index, space):
    """An item without a range decides nothing."""
    index = make_index([[70, 20], [70, 80]])
    design = replace(own_choice(index), normalisation=np.array(["minmax"]))
    assert composites(index, design)[0] == pytest.approx([25, 75])


def test_nan_among_the_draws_of_a_measured_cell_is_refused(make_index):
    """A value with draws of which one is missing is an error, not a silent NaN."""
    values = np.full((3, 2, 2), 50.0)
    values[2, 0, 1] = np.nan
    with pytest.raises(EvalcoreError, match="NaN among the draws"):
        make_index(values)


def test_all_zero_weights_are_refused(make_index):
    """A node without weight has no mean."""
    with pytest.raises(EvalcoreError, match="weights"):
        make_index([[1, 2], [3, 4]], [0, 0])


def test_a_unit_left_without_weight_is_refused(make_index):
    """Where only items of weight 0 apply to a unit, no composite is made up."""
    index = make_index([[70, np.nan], [70, 80]], applies=np.array([[True, False], [True, True]]))
    with pytest.raises(EvalcoreError, match="no item with a weight"):
        composites(index, at_weights(index, (np.array([[0.0, 1.0]]), np.array([[1.0]]))))


def test_an_unknown_factor_is_refused(drawn_index, space):
    """The message lists what may vary."""
    with pytest.raises(EvalcoreError, match="normalisation"):
        list(designs(drawn_index, space, ("colour",), 1, "test", 4, 4))
