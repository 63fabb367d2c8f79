"""Maternal and infant goods, and the five dimensions: shares, means and names held against plain pandas."""

from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest
import xarray as xr

from evalcore.chapters import maternal, pairs, servqual
from evalcore.edition import load_edition
from evalcore.simulate import simulate
from evalcore.simulate.maternal.groups import SHARES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def edition():
    """The demonstration edition at a twentieth of its volume, showing groups of ten."""
    loaded = load_edition("demo-2025", ROOT)
    small = loaded.simulation.model_copy(update={"volume": 0.05})
    return loaded.model_copy(update={"simulation": small, "minimum_cell": 10})


@pytest.fixture(scope="module")
def world(edition):
    """Only what these chapters read."""
    kept = {name: edition.sources[name] for name in ("maternal_survey", "policies")}
    return simulate(edition.model_copy(update={"sources": kept})).frames


@pytest.fixture(scope="module")
def answers(world):
    """Answers of the survey."""
    return world["maternal_survey"]


@pytest.fixture(scope="module")
def means():
    """Draws of the groups: head stores at 75, brand at 66, others at 62, each with spread 1."""
    rng = np.random.default_rng(1)
    centre = {("store", "head"): 75, ("store", "brand"): 66, ("store", "small-mid"): 62, ("children", "first"): 66}
    draws = np.stack([c + rng.normal(0, 1, 400) for c in centre.values()], axis=1)
    factor, code = zip(*centre, strict=True)
    coords = {"factor": ("row", list(factor)), "code": ("row", list(code)), "n": ("row", [100, 80, 60, 9])}
    return xr.Dataset({"alike": (("draw", "row"), draws), "own": (("draw", "row"), draws)}, coords)


def test_groups_carry_plain_means_and_small_ones_are_left_out(means, answers, edition):
    """The plain mean is 20 times the mean level; nine answers are too few; stores stand in their order."""
    found = maternal.groups_frame(means, answers, edition)
    assert list(found["code"]) == ["head", "brand", "small-mid"]
    plain = 20 * answers.loc[answers["store"] == "brand", "csi"].mean()
    assert found.set_index("code").loc["brand", "plain"] == pytest.approx(plain)
    assert (found["lower"] < found["alike"]).all()


def test_an_order_of_stores_is_stated_only_as_far_as_it_is_clear(means, answers, edition):
    """Clear steps give the order; the same draws for all give none."""
    groups = maternal.groups_frame(means, answers, edition)
    assert "each step of it is clear" in maternal.stores_sentence(means, groups, edition).en
    same = means.assign(alike=means["alike"].copy(data=np.random.default_rng(2).normal(size=(400, 4))))
    assert "cannot be told apart" in maternal.stores_sentence(same, groups, edition).en


def test_problem_shares_are_of_those_who_had_one(means, answers, edition):
    """Shares add up to 100; each is what plain counting gives; the commonest stands first."""
    found = maternal.problems_frame(answers, maternal.groups_frame(means, answers, edition), edition)
    had = answers.loc[answers["problem"] != "none", "problem"]
    assert found["share"].sum() == pytest.approx(100)
    assert dict(zip(found["problem"], found["n"], strict=True)) == had.value_counts().to_dict()
    assert found["share"].is_monotonic_decreasing


def test_weights_of_needs_count_three_two_one(answers, edition):
    """Every stage's points are those of three named needs, and add up to 100 percent."""
    found = maternal.needs_frame(answers, edition)
    np.testing.assert_allclose(found.groupby("stage")["weight"].sum(), 100)
    own = answers[answers["stage"] == "1-3"]
    points = sum(k * (own[c] == "quick_repair").sum() for c, k in maternal.PLACES) / (6 * len(own))
    row = found[(found["stage"] == "1-3") & (found["need"] == "quick_repair")]
    assert row["weight"].item() == pytest.approx(100 * points)


def test_need_named_in_one_place_only_counts(answers, edition):
    """A need that nobody names first or second has the points of its third places."""
    own = answers[answers["stage"] == "0-1"].copy()
    own[["need_first", "need_second", "need_third"]] = ["apology", "pickup", "pickup"]
    own.iloc[: len(own) // 2, own.columns.get_loc("need_third")] = "content"
    found = maternal.needs_frame(own, edition).set_index("need")["weight"]
    assert found["content"] == pytest.approx(100 * (len(own) // 2) / (6 * len(own)))


def test_pairs_ask_their_group_and_count_platforms(answers, world, edition):
    """Door service is asked of tier-1 cities; pickup counts platforms that sell the category; the rest is missing."""
    found = pairs.pairs_frame(answers, world["policies"], edition).set_index("pair")
    tier = answers[answers["city_tier"] == "tier-1"]
    assert found.loc["door", "got"] == pytest.approx(100 * tier["got_door"].mean())
    sells = world["policies"][world["policies"]["category"] == "maternal"]
    assert found.loc["pickup", "got"] == pytest.approx(100 * sells["free_pickup"].mean())
    assert found.loc["channel", ["got", "got_lower"]].isna().all()


def test_without_policies_promises_are_missing(answers, edition):
    """An edition that did not collect them shows what parents expect, and no promise."""
    found = pairs.pairs_frame(answers, None, edition)
    assert found.loc[found["census"], "got"].isna().all()
    assert found.loc[found["pair"] == "pickup", "expected"].notna().all()


def test_too_few_answers_give_no_result(answers, edition):
    """Five people: shares of paths without index, no needs, no scales, no surface, and nothing fails."""
    few, strict = answers.head(5), edition.model_copy(update={"minimum_cell": 30})
    assert maternal.paths_frame(few, strict)["index"].isna().all()
    assert maternal.needs_frame(few, strict).empty
    assert pairs.pairs_frame(few, None, strict)["expected"].isna().all()
    reliability, found = servqual.reliability_frame(few, strict), servqual.surfaces(few, strict)
    assert reliability.empty
    assert not found
    numbers = servqual.servqual_numbers(few, reliability, found, strict)
    assert numbers["servqual.alpha"].value is None
    assert servqual.weights_frame(few, servqual.dimensions_frame(few, strict)).empty


def test_dimensions_are_twenty_times_their_items(answers, edition):
    """Everybody, then each kind of store; perceived from two items, expected from one."""
    found = servqual.dimensions_frame(answers, edition).set_index(["dimension", "store"])
    own = answers[answers["store"] == "head"]
    items = own[["empathy_1", "empathy_2"]].astype(float).mean(axis=1)
    assert found.loc[("empathy", "head"), "perceived"] == pytest.approx(20 * items.mean())
    assert found.loc[("empathy", "all"), "expected"] == pytest.approx(20 * answers["expected_empathy"].mean())
    assert set(found.index.get_level_values("store")) == {"all", *SHARES["store"]}


def test_weights_of_dimensions_are_those_of_pingouin(answers, edition):
    """Percent of the explained variance, averaged over orders (Lindeman, Merenda and Gold)."""
    found = servqual.weights_frame(answers, servqual.dimensions_frame(answers, edition))
    x = pd.DataFrame({name: servqual.perceived(answers, name) for name in servqual.PERCEPTIONS})
    peer = pingouin.linear_regression(x, 20 * answers["csi"].astype(float), relimp=True).set_index("names")
    np.testing.assert_allclose(found["weight"], peer.loc[list(servqual.PERCEPTIONS), "relimp_perc"])
    np.testing.assert_allclose(found["r2"], peer["r2"].iloc[0])


def test_expectation_was_drawn_apart_and_adds_nothing(answers, edition):
    """In this world the gap explains less than perception alone, in every dimension."""
    found = servqual.surfaces_frame(servqual.surfaces(answers, edition))
    assert (found["gap"] < found["perceived"]).all()


def test_cells_of_the_joint_display_with_few_answers_are_blank(answers, edition):
    """Neither index nor number where fewer than ten answered."""
    found = servqual.joint_frame(answers, edition)
    assert (found["n"].dropna() >= 10).all()
    assert (found["n"].isna() == found["index"].isna()).all()
