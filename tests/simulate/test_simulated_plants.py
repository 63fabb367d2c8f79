"""What is planted shows in the data, at the platform the truth names and nowhere else."""

import numpy as np
import pandas as pd
import pytest
from simulated import resized

from evalcore.simulate import simulate
from evalcore.simulate.chances import chances_of
from evalcore.simulate.contacts import WAVE
from evalcore.simulate.plants import PINNED
from evalcore.simulate.scale import points_of
from evalcore.simulate.truth import draw_truth
from evalcore.simulate.waits import expected_waits
from evalcore.simulate.year import year_of

SECOND_SEED = 5


@pytest.fixture(scope="module", params=["first", "second"])
def world(request, demo, demo_world):
    """The demonstration world under its own seed and under another."""
    return demo_world if request.param == "first" else simulate(resized(demo, 0.1, seed=SECOND_SEED))


def _at(world, finding):
    return world.truth["planted"]["findings"][finding]


def _hours(frame, start, end):
    return (frame[end] - frame[start]).dt.total_seconds() / 3600


def _reported(world, item):
    frame = world.frames["platform_reports"]
    sums = frame[frame["item"] == item].groupby("platform")[["numerator", "denominator"]].sum()
    return sums["numerator"] / sums["denominator"]


def test_the_wait_inside_one_bot_is_not_reported(world):
    """It reports about 5 minutes; of its users whom the bot passed on, about 60 % waited over 10."""
    planted, survey = _at(world, "slow_bot"), world.frames["survey"]
    passed_on = survey[(survey["platform"] == planted) & survey["bot_handled"].eq(False) & survey["waited_min"].notna()]
    assert 3 < _reported(world, "mean_response_min")[planted] < 7
    assert (passed_on["waited_min"] > 10).mean() == pytest.approx(0.6, abs=0.15)


@pytest.mark.parametrize("begin", ["opened_at", "human_asked_at"])
def test_reported_means_agree_with_the_tickets(world, begin):
    """Within 4 standard errors from the first message on; at the planted one only from the queue on."""
    tickets = world.frames["tickets"]
    minutes = _hours(tickets, begin, "human_answered_at") * 60
    kept = minutes.notna() & (minutes > 0) & (minutes < 1440)
    found = minutes[kept].groupby(tickets["platform"][kept]).agg(["mean", "sem"])
    distance = (found["mean"] - _reported(world, "mean_response_min")) / found["sem"]
    planted = distance.pop(_at(world, "slow_bot"))
    if begin == "opened_at":
        assert distance.abs().max() < 4
        assert planted > distance.max()
    else:
        assert abs(planted) < 4


def test_one_bot_is_said_to_solve_nearly_everything(world):
    """It claims 95 % in 5 seconds; its tickets say half, and 40 % of its users waited over half an hour after it."""
    planted, survey, tickets = _at(world, "boastful_bot"), world.frames["survey"], world.frames["tickets"]
    met = survey[(survey["platform"] == planted) & survey["bot_handled"].notna()]
    begun = tickets[(tickets["platform"] == planted) & tickets["bot_first"]]
    assert _reported(world, "bot_solved")[planted] == pytest.approx(0.95, abs=0.002)
    assert _reported(world, "bot_response_s")[planted] == pytest.approx(5, abs=0.1)
    assert begun["bot_solved"].mean() < 0.6
    long = met["bot_handled"].eq(False) & (met["waited_min"] > 30).fillna(False)
    assert long.mean() == pytest.approx(0.4, abs=0.06)


def test_refunds_are_recorded_late_in_one_month_and_arrive_as_ever(world):
    """At one platform 48 h by its own system and 120 in one month; by the receipts nothing happened."""
    tickets = world.frames["tickets"].dropna(subset=["refunded_at"])
    right = (tickets["refunded_at"] > tickets["refund_approved_at"]) & (tickets["opened_at"].dt.year == 2025)
    tickets = tickets[right]
    there = tickets["platform"] == _at(world, "late_records")
    late = there & (tickets["refunded_at"].dt.strftime("%Y-%m") == _at(world, "incident"))
    recorded = _hours(tickets, "refund_approved_at", "refund_recorded_at")
    assert recorded[there & ~late].mean() == pytest.approx(48, abs=1)
    assert recorded[late].mean() == pytest.approx(120, abs=4)
    assert recorded[~there].groupby(tickets["platform"]).mean().max() < 40
    real = _hours(tickets[there], "refund_approved_at", "refunded_at").groupby(late[there]).agg(["mean", "sem"])
    assert abs(real["mean"].diff().iloc[-1]) < 4 * np.hypot(*real["sem"])


def test_one_platform_has_twice_the_agents_and_a_satisfaction_in_the_middle(world):
    """Two times the mean of the others, and satisfaction near the published mean of 4.2."""
    agents, planted = _reported(world, "agents"), _at(world, "many_agents")
    assert agents[planted] / agents.drop(planted).mean() == pytest.approx(2, abs=0.05)
    values = pd.Series({p: v["E1"] for p, v in world.truth["values"].items()})
    assert 4 <= values.rank()[planted] <= 12


def test_one_platform_hides_an_empty_night_in_its_mean(world):
    """At night three in four wait over 5 minutes, by day hardly anybody does."""
    tickets = world.frames["tickets"]
    own = tickets[(tickets["platform"] == _at(world, "empty_night")) & tickets["asked_human"]]
    night = (own["opened_at"].dt.hour >= 22) | (own["opened_at"].dt.hour < 8)
    soon = _hours(own, "opened_at", "human_answered_at") * 60 <= 5
    assert soon[night].mean() < 0.4
    assert soon[~night].mean() > 0.9


@pytest.mark.parametrize("seed", [20252, 1, 2, 3])
def test_without_one_wave_the_last_would_lead_in_resolution(demo, seed):
    """The planted wave costs ten points of resolution; without its days the platform is ahead of all others."""
    truth = draw_truth(resized(demo, 0.1, seed=seed))
    chances, row = chances_of(truth, year_of(truth.edition)), truth.platforms.index(truth.plants.delivery_wave)
    weight = chances.weight[row].copy()
    weight[:, :, WAVE] = 0
    points = truth.points.loc[truth.plants.delivery_wave].copy()
    for indicator, chance in chances.simple.items():
        value = 100 * (chance[row] * weight).sum() / weight.sum()
        points[indicator] = float(points_of(value, demo.indicators[indicator].goalposts))
    weights = pd.Series({i.id: i.weight for i in demo.dimensions["S"].indicators})
    own = points[weights.index].dropna()
    without = np.average(own, weights=weights[own.index])
    assert without > truth.dimensions["S"].drop(truth.plants.delivery_wave).max()
    assert truth.dimensions["S"].rank()[truth.plants.delivery_wave] <= 3


def test_one_platform_closes_tickets_just_before_their_deadline(world):
    """In the last two hours before 24 it closes more than in the two before; the others do not."""
    tickets = world.frames["tickets"]
    age = _hours(tickets, "opened_at", "closed_at")
    early = (tickets["closed_at"] < tickets["resolved_at"]) | (
        tickets["closed_at"].notna() & tickets["resolved_at"].isna()
    )
    share = (age.between(22, 24) & early).groupby(tickets["platform"]).mean()
    planted = share.pop(_at(world, "gamed_clock"))
    assert planted > 0.05
    assert share.max() < 0.005


def test_angry_users_wait_longer_at_one_platform_only(world):
    """Its angry users are answered fast less often, by a margin no other platform has."""
    tickets = world.frames["tickets"]
    asked = tickets[tickets["asked_human"]]
    fast = _hours(asked, "opened_at", "human_answered_at") * 3600 <= 30
    keys = [asked["platform"], asked["scene"], asked["sentiment"] == "angry"]
    gap = fast.groupby(keys).mean().unstack().diff(axis=1)[True].groupby("platform").mean()
    assert gap.idxmin() == _at(world, "angry_last")
    assert gap.min() < -0.15
    assert gap.drop(gap.idxmin()).min() > -0.1


def test_findings_lie_at_different_platforms(demo):
    """With fifteen platforms none has two of them, and another seed chooses others."""
    places = [
        {k: v for k, v in draw_truth(resized(demo, 0.1, seed=seed)).plants.describe().items() if len(v) == 1}
        for seed in (20252, SECOND_SEED)
    ]
    assert all(len(set(place.values())) == len(place) == 8 for place in places)
    assert places[0] != places[1]


def test_the_miniature_gets_what_fits(mini, mini_world):
    """Three platforms: no second small one, so no boastful bot and no empty night; everything else is there."""
    findings = mini_world.truth["planted"]["findings"]
    assert {key for key, value in findings.items() if value is None} == {"boastful_bot", "empty_night"}


def test_pinned_points_are_kept(demo):
    """Planted findings fix a few points; the dimension scores stay what they were drawn as."""
    truth = draw_truth(demo)
    for finding, points in PINNED.items():
        own = truth.points.loc[getattr(truth.plants, finding)]
        np.testing.assert_allclose(own[list(points)].to_numpy(float), list(points.values()), atol=1e-6)


def test_the_queue_is_a_part_of_the_wait(demo):
    """Leaving out the bot shortens the mean of the slow one by a half or more, and changes no other."""
    truth = draw_truth(demo)
    waits = expected_waits(truth, chances_of(truth, year_of(demo)))
    ratio = pd.Series((waits.queue / waits.whole).mean(axis=1), index=truth.platforms)
    holding = [truth.plants.slow_bot, truth.plants.boastful_bot]
    assert ratio.drop(holding).eq(1).all()
    assert ratio[truth.plants.slow_bot] < 0.75
