"""The truth meets the published world."""

import numpy as np
import pandas as pd
import pytest

from evalcore.simulate import simulate
from evalcore.simulate.chances import chances_of
from evalcore.simulate.scale import points_of, value_of
from evalcore.simulate.solve import balanced
from evalcore.simulate.truth import draw_truth
from evalcore.simulate.year import year_of

SPEC = {
    "head": {"R": 84.7, "S": 67.8, "E": 75.0, "C": 82.0},
    "small-mid": {"R": 64.6, "S": 67.8, "E": 75.0, "C": 76.0},
}
EXPERIENCE = {
    "head": {"E1": 75, "E2": 76, "E3": 80, "E4": 69},
    "small-mid": {"E1": 75, "E2": 74, "E3": 66, "E4": 85},
}


def _sizes(edition):
    return pd.Series({e.id: e.size for e in edition.entities})


def test_group_means_are_the_published_ones(demo):
    """Shuffling and jitter leave the means of head and small-mid platforms where the specification has them."""
    means = draw_truth(demo).dimensions.groupby(_sizes(demo)).mean()
    pd.testing.assert_frame_equal(means, pd.DataFrame(SPEC).T, check_names=False, atol=0.011)


def test_the_composite_of_the_industry_is_72_5(demo):
    """With weights 20, 50, 20 and 10 the mean over the platforms is the published composite."""
    dimensions = draw_truth(demo).dimensions
    assert (dimensions @ [0.2, 0.5, 0.2, 0.1]).mean() == pytest.approx(72.5, abs=0.01)


def test_experience_is_equal_in_the_mean_and_split_in_the_parts(demo):
    """Head platforms are easy to deal with, small ones are kind; both groups score 75."""
    means = draw_truth(demo).points[["E1", "E2", "E3", "E4"]].groupby(_sizes(demo)).mean()
    pd.testing.assert_frame_equal(means, pd.DataFrame(EXPERIENCE).T.astype(float), check_names=False, atol=0.1)


@pytest.mark.parametrize("name", ["demo", "mini"])
def test_indicators_add_up_to_their_dimension(name, request):
    """The weighted mean of a platform's indicator points is its dimension score, whatever had to be clipped."""
    edition = request.getfixturevalue(name)
    truth = draw_truth(edition)
    for dimension in edition.framework.dimensions:
        points = truth.points[[i.id for i in dimension.indicators]]
        weights = points.notna() * [i.weight for i in dimension.indicators]
        mean = (points.fillna(0) * weights).sum(axis=1) / weights.sum(axis=1)
        np.testing.assert_allclose(mean, truth.dimensions[dimension.id], atol=1e-9)


def test_published_industry_values_are_approached(demo):
    """First contacts 65 %, returns 85 %, repairs 72 %, closures 95 %, repeat complaints 12 %, CSAT 4.2."""
    means = draw_truth(demo).values.mean()
    published = {"R4": 65, "S1": 85, "S2": 72, "S3": 95, "S4": 12}
    assert means[list(published)].sub(pd.Series(published)).abs().max() < 1
    assert means["E1"] == pytest.approx(4.2, abs=0.02)


def test_two_platforms_have_unfair_terms(demo):
    """Exactly the planted ones stay under 100 in C3, and the truth names them."""
    truth = draw_truth(demo)
    assert set(truth.values.index[truth.values["C3"] < 100]) == set(truth.plan.unfair)
    assert len(truth.plan.unfair) == 2


def test_another_seed_plants_elsewhere(demo):
    """A second seed moves scores and planted things to other platforms."""
    second = demo.model_copy(update={"simulation": demo.simulation.model_copy(update={"seed": 7})})
    first, other = draw_truth(demo), draw_truth(second)
    assert first.plan != other.plan
    assert not np.allclose(first.dimensions, other.dimensions)


def test_values_score_the_points_they_were_drawn_from(demo):
    """Points to value and back is the identity for every scale of the edition, both directions included."""
    points = np.array([5.0, 50.0, 89.0, 90.0])
    for indicator in demo.indicators.values():
        goalposts = indicator.goalposts
        np.testing.assert_allclose(points_of(value_of(points, goalposts), goalposts), points)


def test_an_unreachable_score_moves_the_others():
    """One indicator at its bound leaves the weighted mean where it was asked to be."""
    raw, weights = np.array([[99.0, 60.0, 60.0]]), np.array([[50.0, 25.0, 25.0]])
    found = balanced(raw, weights, np.array([80.0]), np.zeros((1, 3)), np.array([[85.0, 100.0, 100.0]]))
    np.testing.assert_allclose(found, [[85.0, 75.0, 75.0]], atol=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_any_seed_draws_a_world_that_can_occur(demo, seed):
    """No platform needs a bot that solves more than is solved, or answers faster than its people are there."""
    edition = demo.model_copy(update={"simulation": demo.simulation.model_copy(update={"seed": seed})})
    truth = draw_truth(edition)
    chances = chances_of(truth, year_of(edition))
    sold = truth.category_share > 0
    for chance in (chances.first_contact, chances.fast_if_soon, *chances.simple.values()):
        assert (chance[sold] > 0.001).all()
        assert (chance[sold] < 0.999).all()


def test_an_edition_without_appliances_has_no_repairs(mini):
    """Where no category knows repairs, their indicator has no truth and the others make up the dimension."""
    fresh = tuple(c for c in mini.categories if c.id == "fresh")
    entities = tuple(e.model_copy(update={"categories": ("fresh",)}) for e in mini.entities)
    edition = mini.model_copy(update={"categories": fresh, "entities": entities})
    world = simulate(edition)
    assert all(values["S2"] is None for values in world.truth["values"].values())
    assert "repair" not in set(world.frames["tickets"]["service"])
    assert set(world.frames["platform_reports"]["item"]).isdisjoint({"onsite_repair"})
