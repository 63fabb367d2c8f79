"""What would swap two units, against brute force and by hand."""

from itertools import pairwise, product

import numpy as np
import pytest

from evalcore.edition import Goalposts
from evalcore.robust.additive import global_weights, level_weights, linear_items, parts_of
from evalcore.robust.design import own_choice
from evalcore.robust.effective import effective_weights, ranks_without
from evalcore.robust.evaluate import composites
from evalcore.robust.events import worst_events
from evalcore.robust.flip_goalposts import flip_goalpost
from evalcore.robust.flip_weights import flip_weights, smallest_change


@pytest.mark.parametrize("seed", range(6))
def test_the_smallest_change_is_that_of_a_grid_search(seed):
    """Three items, all weights of a fine grid: none nearer than the linear program, one nearly as near."""
    rng = np.random.default_rng(seed)
    ahead, behind = rng.uniform(0, 100, size=(2, 3))
    weights = rng.dirichlet(np.ones(3))
    ahead, behind = (ahead, behind) if ahead @ weights >= behind @ weights else (behind, ahead)
    found = smallest_change(ahead, behind, weights)
    grid = np.array([(a, b, 400 - a - b) for a, b in product(range(401), repeat=2) if a + b <= 400]) / 400
    swapping = grid[grid @ (ahead - behind) <= 0]
    if np.isnan(found.change):
        assert (ahead >= behind).all()
        return
    nearest = 100 * np.abs(swapping - weights).sum(axis=1).min()
    assert found.change <= nearest + 1e-9
    assert nearest - found.change < 1.0
    assert found.weights @ (ahead - behind) <= 1e-9


def test_a_dominated_pair_cannot_be_swapped():
    """At least as good everywhere, and better somewhere: impossible, even with a tie in one item."""
    assert np.isnan(smallest_change(np.array([3.0, 2]), np.array([3.0, 1]), np.array([0.5, 0.5])).change)


def test_the_change_of_two_items_follows_by_hand():
    """d = (10, -5) at (0.6, 0.4): level at a weight of 1/3, so 2 x (0.6 - 1/3) in all."""
    found = smallest_change(np.array([60.0, 50]), np.array([50.0, 55]), np.array([0.6, 0.4]))
    assert found.change == pytest.approx(100 * 2 * (0.6 - 1 / 3))


def test_changed_weights_swap_the_pair_in_the_index_itself(drawn_index, space):
    """Every neighbour is level at the weights found, inapplicable items and panel included."""
    point = composites(drawn_index, own_choice(drawn_index))[0]
    order = np.argsort(-point)
    for ahead, behind in pairwise(order):
        found = flip_weights(drawn_index, ahead, behind)
        if not np.isnan(found.change):
            after = parts_of(drawn_index, level_weights(drawn_index, found.weights)).composite
            assert after[ahead] == pytest.approx(after[behind], abs=1e-5)


def test_a_change_is_called_smallest_only_where_that_is_proved(drawn_index):
    """Pairs with the unit to which something does not apply get an upper bound; other pairs the smallest."""
    assert flip_weights(drawn_index, 0, 1).proved
    ahead, behind = (0, 3) if parts_of(drawn_index).composite[0] > parts_of(drawn_index).composite[3] else (3, 0)
    found = flip_weights(drawn_index, ahead, behind)
    assert not np.isnan(found.change)
    assert not found.proved


def test_impossible_is_proved_only_by_a_lead_in_every_part(make_index):
    """The second item does not apply to the first unit: its only item in the node must beat all of the other's."""
    applies = np.array([[True, False, True], [True, True, True]])
    sure = make_index([[80, np.nan, 90], [60, 70, 50]], applies=applies)
    found = flip_weights(sure, 0, 1)
    assert np.isnan(found.change)
    assert found.proved


def test_parts_and_linear_items_add_up_to_the_composite(drawn_index, space):
    """Two ways of taking the composite apart."""
    point = composites(drawn_index, own_choice(drawn_index))[0]
    weights = global_weights(drawn_index)
    assert parts_of(drawn_index).composite == pytest.approx(point, abs=1e-10)
    assert linear_items(drawn_index, weights) @ weights == pytest.approx(point, abs=1e-10)


def test_a_goalpost_swaps_where_solved_by_hand(make_index):
    """Points 60 and 45 against 40 and 62 on 0 to 100: a scale of length 85 for the second item makes 17 worth 20."""
    posts = (Goalposts(floor=0, baseline=100), Goalposts(floor=0, baseline=100))
    index = make_index([[60, 45], [40, 62]], posts=posts)
    found = flip_goalpost(index, 0, 1, ((0, 100),) * 2)
    assert found.indicator == 1
    assert found.value == pytest.approx({"floor": 15, "baseline": 85}[found.post], abs=1e-6)
    assert abs(found.change) == pytest.approx(15, abs=1e-6)


def test_no_goalpost_swaps_a_pair_that_is_dominated(make_index):
    """Better in everything: no single scale helps."""
    assert flip_goalpost(make_index([[80, 70], [60, 60]]), 0, 1, ((0, 100),) * 2) is None


def test_effective_weights_add_up_and_follow_the_spread(make_index):
    """An item on which all are equal has no part in the differences; uncorrelated items share by variance."""
    index = make_index([[10, 50, 40], [10, 60, 40], [20, 50, 40], [20, 60, 40]])
    found = effective_weights(index)
    assert found.effective == pytest.approx([50, 50, 0, 0])
    assert found.nominal == pytest.approx([*[100 / 3] * 3, 0])
    assert found.main[:2] == pytest.approx([50, 50])
    assert np.isnan(found.main[2:]).all()


def test_main_effects_count_what_two_items_share_twice(make_index):
    """Two items that always agree: half of the variance each, and each tells all of it."""
    found = effective_weights(make_index([[10, 10], [30, 30], [80, 80]]))
    assert found.effective[:2] == pytest.approx([50, 50])
    assert found.main[:2] == pytest.approx([100, 100])


def test_effective_weights_of_one_unit_are_missing(make_index):
    """No differences, no shares."""
    assert np.isnan(effective_weights(make_index([[10, 50]])).effective).all()


def test_leaving_an_indicator_out_gives_the_rank_by_the_others(make_index):
    """Without the second item the first decides, and the other way round."""
    found = ranks_without(make_index([[80, 10], [70, 90]]))
    assert found.tolist() == [[2, 1], [1, 2]]


def test_an_index_of_one_indicator_has_no_ranking_without_it(make_index):
    """Missing, not a rank."""
    assert np.isnan(ranks_without(make_index([[80], [70]]))).all()


def test_the_worst_event_is_the_one_that_costs_most(make_index):
    """Two periods; the first drags item 1 of unit 1 down and leaving it takes the unit past the other."""
    index = make_index([[60, 60], [60, 50]])
    without = np.array([[[60, 60], [60, 90.0]], [[50, 60], [62, np.nan]]])
    found = worst_events(index, without)
    assert found.indicator.tolist() == [-1, 1]
    assert found.period.tolist() == [-1, 0]
    assert found.score == pytest.approx([60, 75])
    assert found.rank.tolist() == [1, 1]
