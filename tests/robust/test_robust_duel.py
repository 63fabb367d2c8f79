"""Copeland's rule in the Monte Carlo, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from evalcore.robust.design import own_choice
from evalcore.robust.evaluate import composites
from evalcore.robust.index import Index, Level
from evalcore.robust.sensitivity import rank_counts
from evalcore.score.aggregate import copeland


def held(index: Index, space: object) -> np.ndarray:
    """Composites of the point estimate by duels."""
    return composites(index, replace(own_choice(index), aggregation=np.array(["copeland"])))[0]


def test_points_are_the_share_of_duels_won(make_index, space):
    """Of three, the first wins two items of three against both others; a large lead in one item does not help."""
    index = make_index([[60, 60, 10], [50, 50, 90], [40, 40, 95]])
    assert held(index, space).tolist() == [100, 50, 0]


def test_in_one_node_the_order_is_that_of_the_scoring_family(make_index, space):
    """50 + 50 x the Copeland score of the family / others, weights included."""
    points, weights = np.random.default_rng(2).uniform(0, 100, (7, 5)), [3, 1, 2, 1, 4]
    expected = 50 + 50 * copeland(points, np.array(weights, dtype=float)) / 6
    assert held(make_index(points, weights), space) == pytest.approx(expected)


def test_no_node_decides_alone(make_index, space):
    """Overall weights .3 .3 .2 .2: .3 + .2 + .2 beats .3, though the heavier node alone is level; .6 beats .4."""
    top = Level(np.zeros(2, dtype=int), np.array([3.0, 2.0]))
    index = make_index([[90, 10, 90, 90], [20, 30, 30, 30]], nodes=2)
    index = replace(index, levels=(index.levels[0], top))
    assert held(index, space).tolist() == [100, 0]
    heavier = make_index([[90, 90, 10, 10], [20, 20, 30, 30]], nodes=2)
    assert held(replace(heavier, levels=(heavier.levels[0], top)), space).tolist() == [100, 0]


def test_an_item_counts_where_it_applies_to_both(make_index, space):
    """The second item, lost by the second unit, is no duel with the first, to whom it does not apply."""
    applies = np.array([[True, False], [True, True], [True, True]])
    index = make_index([[50, np.nan], [60, 10], [40, 90]], [1, 2], applies=applies)
    assert held(index, space).tolist() == [50, 50, 50]


def test_a_unit_without_others_stands_in_the_middle(make_index, space):
    """No duel, 50 points, rank 1."""
    assert held(make_index([[70, 20]]), space).tolist() == [50]


def test_the_panel_s_scores_are_items_of_the_duel(make_index, space):
    """Two indicators of weight .15 each for the first unit against the panel's .7 for the second."""
    panel = np.array([[[10.0], [90.0]]])
    index = make_index([[80, 80], [20, 20]], panel=panel, share=0.7)
    assert held(index, space).tolist() == [0, 100]


def test_raising_a_value_never_worsens_a_rank_by_duels(drawn_index, space):
    """Monotone, item by item, for a unit to which something does not apply as well."""
    before = held(drawn_index, space)
    for unit in (2, 3):
        for k in np.flatnonzero(drawn_index.applies[unit]):
            raised = drawn_index.values.copy()
            raised[0, unit, k] += 15
            assert held(replace(drawn_index, values=raised), space)[unit] >= before[unit] - 1e-9


def test_chunks_change_no_rank_by_duels(drawn_index, space):
    """However many duels are held at a time."""
    only = replace(space, aggregations=("copeland", "arithmetic"))
    counts = [rank_counts(drawn_index, only, ("aggregation", "data"), 3, 200, chunk).counts for chunk in (7, 200)]
    assert np.array_equal(*counts)
