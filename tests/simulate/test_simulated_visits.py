"""Checklists of the visits and disputed cases: what is planted is found from the visits alone, under two seeds."""

import numpy as np
import pytest
from simulated import resized

from evalcore.chapters import visits as chapter
from evalcore.simulate.cases import VERDICTS, draw_expert_cases
from evalcore.simulate.panel import draw_mystery
from evalcore.simulate.truth import draw_truth
from evalcore.simulate.visits import GIVEN_UP_MIN, draw_visits
from evalcore.streams import stream

SECOND_SEED = 5


@pytest.fixture(scope="module", params=["first", "second"])
def truth(request, demo):
    """The demonstration world under its own seed and under another."""
    return draw_truth(demo if request.param == "first" else resized(demo, 0.1, seed=SECOND_SEED))


@pytest.fixture(scope="module")
def visits(truth):
    """All visits, with the hours as the edition derives them."""
    frame = draw_visits(truth, stream(truth.edition.simulation.seed, "visits")).rename(columns={"platform": "entity"})
    hour = frame["visited_at"].dt.hour
    return frame.assign(night=(hour >= 22) | (hour < 8))


def test_visits_by_day_are_the_scored_ones(truth, visits):
    """Number, time, bot and wait of every scored visit; visits by night come on top."""
    scored = draw_mystery(truth, stream(truth.edition.simulation.seed, "mystery")).set_index("visit_id")
    same = visits[~visits["night"]].set_index("visit_id").loc[scored.index]
    for column in ("visited_at", "bot_solved", "minutes_to_human"):
        assert same[column].equals(scored[column])
    assert visits["visit_id"].is_unique


def test_the_bot_that_keeps_people_is_found(truth, visits):
    """No platform's loops stand out more clearly than those of the planted one."""
    shares = chapter.by_entity_frame("loop", visits, None, truth.edition)
    assert chapter.outstanding(shares, "visits")[0] == truth.plants.slow_bot


def test_the_empty_night_is_found(truth, visits):
    """No platform leaves visitors without a human at night more clearly than the planted one."""
    shares = chapter.by_entity_frame("nobody", visits, None, truth.edition, night=True)
    assert chapter.outstanding(shares, "visits")[0] == truth.plants.empty_night


def test_what_nobody_could_see_is_blank(visits):
    """Bot items without a bot, what an agent did without an agent, transfers that did not happen."""
    reached = visits["minutes_to_human"].notna()
    assert (visits["bot_loop"].notna() == visits["bot_solved"].notna()).all()
    assert (visits["deadline_told"].notna() == reached).all()
    assert (visits["transfer_dropped"].notna() == (visits["transfers"].fillna(0) > 0)).all()
    assert visits["minutes_to_human"].max() <= GIVEN_UP_MIN


def test_a_verdict_follows_the_votes(truth):
    """Most votes decide, sharing where they are level; who has an interest stands aside."""
    cases = draw_expert_cases(truth, stream(1, "cases"))
    votes = cases[[f"votes_{name}" for name in VERDICTS]].to_numpy()
    assert (votes.sum(axis=1) + cases["recused"] == 15).all()
    level = (votes == votes.max(axis=1, keepdims=True)).sum(axis=1) > 1
    most = np.array(VERDICTS)[votes.argmax(axis=1)]
    assert (cases["verdict"] == np.where(level, "shared", most)).all()
    assert (cases.loc[cases["recused"] > 0, "platform"] == truth.plan.conflict[1]).all()
