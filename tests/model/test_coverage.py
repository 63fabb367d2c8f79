"""Fits of worlds drawn from the prior: the truth lies among the draws as often as it should."""

import numpy as np
import pytest

from evalcore.chapters.believed import covered, mean_and_error
from evalcore.model.calibrate import CALIBRATIONS

pytestmark = pytest.mark.slow
WORLDS = 24


@pytest.fixture(scope="module")
def found():
    """Two dozen worlds as modelled, a dozen misspecified; other ones than the committed calibration draws."""
    return CALIBRATIONS["ordinal"](WORLDS, 7, 2, lambda line: None)


@pytest.mark.parametrize("nominal", [0.5, 0.89])
def test_intervals_hold_the_truth_as_often_as_they_promise(found, nominal):
    """Over all quantities; four standard errors over worlds leave room for chance."""
    ranks = found["kinds"]["as_modelled"]["ranks"]
    mean, error = mean_and_error(covered(ranks, sorted(ranks), [nominal])[:, 0])
    assert mean == pytest.approx(nominal, abs=4 * error)


def test_true_values_are_neither_too_high_nor_too_low(found):
    """Ranks of the mean levels average one half."""
    ranks = found["kinds"]["as_modelled"]["ranks"]["mean_level"]
    mean, error = mean_and_error(np.array(ranks).mean(axis=1))
    assert mean == pytest.approx(0.5, abs=4 * error)


def test_worlds_that_break_the_assumptions_are_told_apart(found):
    """Half as many of them, and only what stays true in them is ranked."""
    broken = found["kinds"]["misspecified"]
    assert set(broken["ranks"]) == {"mean_level"}
    assert len(broken["ranks"]["mean_level"]) == WORLDS // 2
