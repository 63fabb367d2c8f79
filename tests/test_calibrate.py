"""Fits of worlds drawn from the prior: the truth lies among the draws as often as it should, in every study."""

import numpy as np
import pytest

from evalcore.calibrate import CALIBRATIONS, calibrate
from evalcore.calibrate.experts import as_modelled as panels
from evalcore.calibrate.worlds import zero_sum
from evalcore.chapters.believed import HEADLINES, covered, mean_and_error
from evalcore.provenance.calibration import STUDIES

WORLDS = 24
SEED = 7
"""Other worlds than those of the committed calibrations."""


@pytest.fixture(scope="module", params=CALIBRATIONS)
def study(request):
    """The name of a study, and two dozen worlds as modelled and a dozen misspecified ones."""
    return request.param, calibrate(request.param, CALIBRATIONS[request.param], WORLDS, SEED, 2, lambda line: None)


@pytest.mark.slow
@pytest.mark.parametrize("nominal", [0.5, 0.89])
def test_intervals_hold_the_truth_as_often_as_they_promise(study, nominal):
    """Over all quantities; four standard errors over worlds leave room for chance."""
    ranks = study[1]["kinds"]["as_modelled"]["ranks"]
    mean, error = mean_and_error(covered(ranks, sorted(ranks), [nominal])[:, 0])
    assert mean == pytest.approx(nominal, abs=4 * error)


@pytest.mark.slow
def test_true_values_are_neither_too_high_nor_too_low(study):
    """Ranks of what the report is about average one half."""
    ranks = study[1]["kinds"]["as_modelled"]["ranks"][HEADLINES[study[0]]]
    mean, error = mean_and_error(np.array(ranks).mean(axis=1))
    assert mean == pytest.approx(0.5, abs=4 * error)


@pytest.mark.slow
def test_worlds_that_break_the_assumptions_are_told_apart(study):
    """Half as many of them, and only what stays true in them is ranked."""
    broken = study[1]["kinds"]["misspecified"]["ranks"]
    assert HEADLINES[study[0]] in broken
    assert len(broken) < len(study[1]["kinds"]["as_modelled"]["ranks"])
    assert len(broken[HEADLINES[study[0]]]) == WORLDS // 2


def test_every_study_has_a_source_and_a_headline():
    """What is calibrated, hashed and told of are the same three."""
    assert set(CALIBRATIONS) == set(STUDIES) == set(HEADLINES)


def test_effects_add_up_to_zero_along_every_axis():
    """By hand: rows and columns of [[1, 2], [5, 2]] less their means."""
    np.testing.assert_allclose(zero_sum(np.array([[1.0, 2.0], [5.0, 2.0]])), [[-1.0, 1.0], [1.0, -1.0]])


def test_panels_keep_to_their_scale():
    """Every score lies in 1 to 10 and nearly a fifth of them is missing; the declared friends are the diagonal."""
    for world in panels(3, np.random.default_rng(3)):
        assert world.data["score"].between(1, 10).all()
        assert 150 < len(world.data) < 240
        friends = world.data[world.data["conflict"]]
        assert (friends["expert"].str[-1] == friends["entity"].str[-1]).all()
