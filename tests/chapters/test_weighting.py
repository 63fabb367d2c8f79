"""Weighting and modes: shares by hand, a planted effect of the mode, response against invitations."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.reliability import complete_answers, scales_frame
from evalcore.chapters.weighting import margins_frame, mode_frame, response, weighted_answers, weighting_numbers

COUNT = 6000


@pytest.fixture
def surveyed(tiny, edition_of):
    """The tiny edition with a mode; old people answer on paper."""
    tiny["sources"]["survey"]["columns"]["mode"] = {"type": "code", "allowed": ["push", "paper"]}
    tiny["model"] = {"source": "survey", "items": ["satisfaction"], "segments": ["age"]}
    return edition_of(tiny | {"quality": {"mode": "mode"}})


@pytest.fixture
def answers():
    """Old people rate one point lower; paper adds half a point; old people take paper four times as often."""
    rng = np.random.default_rng(8)
    old = rng.random(COUNT) < 0.3
    paper = rng.random(COUNT) < np.where(old, 0.8, 0.2)
    rating = 4 - old + 0.5 * paper + rng.normal(0, 0.5, COUNT)
    frame = pd.DataFrame({"satisfaction": rating, "age": np.where(old, "old", "young"), "entity": "A", "period": "Q1"})
    return frame.assign(mode=np.where(paper, "paper", "push"), weight=1.0, row=range(COUNT))


def test_margins_show_sample_weighted_and_population(surveyed, answers):
    """Weights that double the old: their share by division; the population is the edition's."""
    weights = pd.DataFrame({"source": "survey", "row": answers["row"], "weight_micro": 1_000_000})
    weights["weight_micro"] *= np.where(answers["age"] == "old", 2, 1)
    found = margins_frame(weighted_answers(answers, weights, "survey"), surveyed).set_index("value")
    old = (answers["age"] == "old").mean()
    assert found.loc["old", ["sample", "weighted", "population"]].to_list() == pytest.approx(
        [100 * old, 100 * 2 * old / (1 + old), 45]
    )


def test_the_adjusted_difference_is_the_planted_one(surveyed, answers):
    """Raw, paper looks worse because the old use it; adjusted it adds half a point, inside its interval."""
    found = mode_frame(answers, surveyed).set_index("mode")
    means = answers.groupby("mode")["satisfaction"].mean()
    assert found.loc["paper", "raw"] == pytest.approx(means["paper"] - means["push"])
    assert found.loc["paper", "lower"] < 0.5 < found.loc["paper", "upper"]
    assert found.loc["paper", "raw"] < found.loc["paper", "lower"]
    assert found.loc["push", ["raw", "adjusted"]].to_list() == [0, 0]


def test_without_a_mode_there_is_no_table(surveyed, answers):
    """How an answer came in was not collected."""
    assert mode_frame(
        answers, surveyed.model_copy(update={"quality": surveyed.quality.model_copy(update={"mode": None})})
    ).empty


def test_response_is_not_computable_without_invitations(surveyed, answers):
    """Nobody knows who was invited; the numbers then say nothing of it."""
    assert response(answers, None, surveyed) is None
    assert "weighting.r" not in weighting_numbers(margins_frame(answers, surveyed), None)


def test_response_relative_to_the_invited(surveyed, answers):
    """A third of each age answered: representative; of the young alone twice as many: less so."""
    counts = answers["age"].value_counts()
    invited = pd.DataFrame({"age": counts.index, "invited": 3 * counts.to_numpy()})
    assert response(answers, invited, surveyed).indicator.value == pytest.approx(1, abs=0.001)
    skewed = invited.assign(invited=np.where(invited["age"] == "old", 6, 3) * counts.to_numpy())
    found = response(answers, skewed, surveyed)
    asked, rates = skewed["invited"] / skewed["invited"].sum(), counts.to_numpy() / skewed["invited"]
    spread = np.sqrt((asked * (rates - (asked * rates).sum()) ** 2).sum())
    assert found.indicator.value == pytest.approx(1 - 2 * spread, abs=0.001)
    assert found.invited == skewed["invited"].sum()


def test_scales_of_few_complete_answers_are_left_out(tiny, edition_of):
    """Two people answered all items, three are asked for."""
    columns = {name: {"type": "rating", "levels": 5, "blank": True} for name in "ab"}
    tiny["sources"]["survey"]["columns"] |= columns
    scale = {"id": "s", "name": {"en": "scale", "zh": "量表"}, "source": "survey", "items": ["a", "b"]}
    edition = edition_of(tiny | {"quality": {"scales": [scale]}, "minimum_cell": 3, "minimum_valid": 3})
    answers = pd.DataFrame({"a": [1, 5, 3], "b": [2, 4, np.nan]})
    assert complete_answers({"survey": answers}, edition) == {}
    assert scales_frame({}).empty
