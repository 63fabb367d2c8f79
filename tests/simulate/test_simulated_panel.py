"""Experts and mystery shoppers judge around the truth, the planted ones apart."""

import numpy as np
import pandas as pd
import pytest

from evalcore.simulate.panel import FAVOUR, draw_experts
from evalcore.simulate.truth import draw_truth


def _scores(world, round_):
    frame = world.frames["experts"]
    return frame[(frame["round"] == round_) & ~frame["conflict"]]


def test_the_panel_centres_on_the_dimension_scores(demo_world):
    """Ten times the mean of both rounds lies within 4 standard errors of the true dimension score."""
    true = (
        pd.DataFrame(demo_world.truth["dimensions"]).T.rename_axis("platform").rename_axis(columns="dimension").stack()
    )
    for round_ in ("blind", "discussed"):
        groups = _scores(demo_world, round_).groupby(["platform", "dimension"])["score"].agg(["mean", "std", "size"])
        error = groups["std"] / np.sqrt(groups["size"])
        assert ((groups["mean"] - true[groups.index] / 10).abs() < 4 * error).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_panel_as_a_whole_has_no_luck_in_a_dimension(demo, seed):
    """But for rounding (4 standard errors of 225 judgements) and the one who favours a platform."""
    truth = draw_truth(demo)
    frame = draw_experts(truth, np.random.default_rng(seed))
    means = frame.groupby(["round", "dimension"])["score"].mean()
    favour = FAVOUR / (15 * 15)
    expected = truth.dimensions.mean() / 10 + favour
    assert (means.unstack("round").sub(expected, axis=0).abs() < 4 * np.sqrt(1 / 12 / 225)).all(axis=None)


def test_one_expert_is_severe_and_one_lenient(demo_world):
    """Blind, the planted two judge lowest and highest on average; talking brings the panel together."""
    means = _scores(demo_world, "blind").groupby("expert")["score"].mean()
    planted = demo_world.truth["planted"]["experts"]
    assert (means.idxmin(), means.idxmax()) == (planted["severe"], planted["lenient"])
    assert _scores(demo_world, "discussed").groupby("expert")["score"].mean().std() < means.std()


def test_one_expert_has_a_conflict_of_interest(demo_world):
    """It is declared for one platform, in every dimension and round, and the scores are generous."""
    frame = demo_world.frames["experts"]
    conflict = frame[frame["conflict"]]
    assert set(conflict[["expert", "platform"]].itertuples(index=False, name=None)) == {
        tuple(demo_world.truth["planted"]["experts"]["conflict"])
    }
    assert len(conflict) == 8
    others = frame[(frame["platform"] == conflict["platform"].iloc[0]) & ~frame["conflict"]]
    assert conflict["score"].mean() > others["score"].mean() + 0.7


def test_panel_sizes(mini_world, demo_world):
    """Fifteen experts, fifty shoppers, six hundred visits in the full edition and fewer in the miniature."""
    for world, visits in ((demo_world, 600), (mini_world, 120)):
        assert world.frames["experts"]["expert"].nunique() == 15
        assert world.frames["mystery"]["shopper"].nunique() == 50
        assert len(world.frames["mystery"]) == visits


def test_every_platform_is_visited_in_every_quarter(mini_world):
    """Ten visits a platform and quarter, so that monitoring has something to show."""
    frame = mini_world.frames["mystery"]
    counts = frame.groupby(["platform", frame["visited_at"].dt.quarter]).size()
    assert (counts == 10).all()
    assert len(counts) == 12


def test_mystery_visits_follow_the_same_truth(demo_world):
    """Shares of solving bots and of professional and kind agents lie within 4 standard errors, over all platforms."""
    frame = demo_world.frames["mystery"]
    values = pd.DataFrame(demo_world.truth["values"]).T / 100
    seen = {"R5": frame["bot_solved"], "E2": frame["professionalism"] >= 4, "E4": frame["attitude"] >= 4}
    for indicator, outcome in seen.items():
        known = outcome.dropna().astype(float)
        expected = frame.loc[known.index, "platform"].map(values[indicator])
        error = np.sqrt((expected * (1 - expected)).sum()) / len(known)
        assert abs(known.mean() - expected.mean()) < 4 * error
