"""A world that breaks the assumptions of our models keeps its truth: tails, unequal odds, drift."""

import numpy as np
import pandas as pd
import pytest
from simulated import answer_weights, counted, resized, valid_answers, valid_tickets

from evalcore.simulate import simulate
from evalcore.simulate.link import link_of
from evalcore.simulate.truth import draw_truth

STANDARD_ERRORS = 4
THRESHOLDS = (2, 3, 4, 5)


@pytest.fixture(scope="module")
def strange(demo):
    """The demonstration edition as a misspecified world, small."""
    return resized(demo, 0.05, world="misspecified")


@pytest.fixture(scope="module")
def strange_world(strange):
    """Its sources."""
    return simulate(strange)


def test_survey_indicators_are_recovered(strange, strange_world):
    """Weighted means per platform lie within 4 standard errors of the truth, whatever the shape of the answers."""
    frame = valid_answers(strange_world.frames["survey"])
    weights = pd.Series(answer_weights(frame, strange.weighting.margins), index=frame.index)
    answers = {"E1": frame["csat"].astype(float), "E3": 100.0 * ~frame["material_twice"]}
    for platform, rows in frame.groupby("platform").groups.items():
        for indicator, values in answers.items():
            w, x, true = weights[rows], values[rows], strange_world.truth["values"][platform][indicator]
            error = np.sqrt((w**2 * (x - true) ** 2).sum()) / w.sum()
            assert abs(np.average(x, weights=w) - true) < STANDARD_ERRORS * error, (platform, indicator)


def test_ticket_indicators_are_recovered(strange_world):
    """Shares per platform lie within 4 standard errors of the truth."""
    frame = valid_tickets(strange_world.frames["tickets"])
    for indicator, (among, meets) in counted(frame).items():
        counts = meets.fillna(False).astype(float)[among].groupby(frame["platform"][among]).agg(["mean", "size"])
        true = pd.Series({p: v[indicator] for p, v in strange_world.truth["values"].items()}).dropna() / 100
        error = (counts["mean"] - true) / np.sqrt(true * (1 - true) / counts["size"])
        assert error.abs().max() < STANDARD_ERRORS, indicator


def test_odds_are_not_proportional(demo_world, strange_world):
    """The log odds of two groups of platforms differ by threshold there, and hardly in the modelled world."""

    def bend(world):
        csat = valid_answers(world.frames["survey"])[["platform", "csat"]]
        above = pd.DataFrame({k: (csat["csat"] >= k).groupby(csat["platform"]).mean() for k in THRESHOLDS})
        logits = np.log(above / (1 - above))
        return (logits[5] - logits[2]).std()

    assert bend(strange_world) > 2 * bend(demo_world)


def test_respondents_become_stricter(demo_world, strange_world):
    """Satisfaction falls from the first quarter to the last; in the modelled world it does not."""

    def fall(world):
        frame = world.frames["survey"]
        return frame.groupby(frame["submitted_at"].dt.quarter)["csat"].mean().loc[[1, 4]].diff().iloc[-1]

    assert fall(strange_world) < -0.1
    assert fall(demo_world) > -0.02


def test_tails_are_heavy(strange, demo):
    """Far out a draw is more probable than under the logistic curve our models assume."""
    heavy, usual = link_of(draw_truth(strange)), link_of(draw_truth(demo))
    assert 1 - heavy.above(8.0) > 3 * (1 - usual.above(8.0))
    assert np.ptp(heavy.scale) > 0.5
    assert np.ptp(usual.scale) == 0
