"""Drivers and value as chapters: links by hand, costs, scenarios that follow their inputs, numbers and tables."""

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from evalcore.chapters.drivers import driver_numbers, graph_frame, held_fixed
from evalcore.chapters.value import costs_frame, inputs_frame, links_frame, value_numbers, with_published
from evalcore.drivers.associate import driver_frame
from evalcore.drivers.worth import balance, chance_of_return, scenario_draws, tornado_frame, worth_frame
from evalcore.edition.drivers import INPUTS
from evalcore.figures.drivers import draw_graph, draw_map, draw_shares, draw_tornado
from evalcore.figures.style import house_style
from evalcore.tables.drivers import make_costs, make_drivers, make_inputs, make_links, make_worth
from evalcore.words import Words

OURS = {"en": "ours", "zh": "本书假设"}
GIVEN = dict.fromkeys(INPUTS, (1.0, 2.0, 3.0)) | {"cost_bot": (0.1, 0.2, 0.3), "cost_return_shared": (0.1, 0.2, 0.3)}


def inputs(given):
    """Scenario inputs as an edition has them."""
    keys = ("low", "usual", "high")
    return [
        {"id": i, "name": {"en": i, "zh": i}, "unit": "count", "told": OURS, **dict(zip(keys, ends, strict=True))}
        for i, ends in given.items()
    ]


@pytest.fixture
def priced(tiny, edition_of):
    """Two drivers of satisfaction, one of them a flag, and scenarios."""
    drivers = {
        "source": "survey",
        "outcome": "satisfaction",
        "items": [
            {"column": "solved", "name": {"en": "solved", "zh": "解决"}},
            {"column": "seconds", "name": {"en": "haste", "zh": "匆忙"}, "better": "lower"},
        ],
        "adjust": ["age"],
        "groups": 20,
        "replicates": 50,
    }
    return edition_of(tiny | {"drivers": drivers, "scenarios": {"inputs": inputs(GIVEN), "replicates": 1000}})


@pytest.fixture
def answers():
    """600 answers; who was helped is more satisfied, the seconds mean nothing."""
    rng = np.random.default_rng(3)
    solved = rng.random(600) < 0.6
    level = np.clip(np.round(3 + 1.2 * solved + rng.normal(0, 1, 600)), 1, 5).astype(int)
    frame = {"satisfaction": level, "solved": solved, "seconds": rng.integers(60, 90, 600)}
    frame |= {"age": rng.choice(["young", "old"], 600), "entity": rng.choice(["A", "B"], 600), "category": "fresh"}
    return pd.DataFrame(frame)


def test_what_goes_with_satisfaction_has_the_share(answers, priced):
    """The first driver explains as much as a regression within age and entity; the second next to nothing."""
    found = driver_frame(answers, priced).set_index("driver")
    assert found.loc["solved", "share"] > 15
    assert found.loc["seconds", "share"] < 2
    assert (found["lower"] <= found["share"]).all()
    assert found.loc["solved", "odds_lower"] > 1
    assert found.loc["solved", "good"] == pytest.approx(100 * answers["solved"].mean())


def test_the_same_answers_give_the_same_bits(answers, priced):
    """Resampling and regression are seeded and deterministic."""
    pd.testing.assert_frame_equal(driver_frame(answers, priced), driver_frame(answers, priced), check_exact=True)


def test_the_return_is_what_is_earned_and_saved_over_what_is_spent():
    """2/10 x 2 % x 2 % x 2 = ... by hand for one set of inputs."""
    given = {"gain_points": 10, "repurchase_per_ten": 20, "repeat_share": 50, "margin": 10, "added_cost": 2}
    given |= {"contacts": 0.1, "bot_share": 50, "cost_human": 12, "cost_bot": 4, "returns": 0.1, "cost_return": 15}
    given |= {"cost_return_shared": 9, "compensation": 0.5, "points_share": 40, "points_saving": 25}
    found = balance(given)
    assert found["repurchases"] == pytest.approx(0.2 * 0.5 * 10)
    assert found["contacts"] == pytest.approx(0.1 * 0.5 * 8)
    assert found["returns"] == pytest.approx(0.6)
    assert found["points"] == pytest.approx(0.05)
    assert found["return"] == pytest.approx((1 + 0.4 + 0.6 + 0.05) / 2)


def test_draws_stay_in_the_range_of_the_edition_and_the_tornado_is_in_order(priced):
    """Every input within its ends; the widest bar is on top."""
    for id_, draws in scenario_draws(priced).items():
        assert GIVEN[id_][0] <= draws.min() <= draws.max() <= GIVEN[id_][2]
    width = (tornado_frame(priced)["at_high"] - tornado_frame(priced)["at_low"]).abs()
    assert width.is_monotonic_decreasing
    assert 0 <= chance_of_return(priced) <= 1


def test_an_input_that_is_missing_or_out_of_order_is_refused(priced, tiny, edition_of):
    """The error names the input."""
    short = {i: ends for i, ends in GIVEN.items() if i != "margin"}
    with pytest.raises(ValidationError, match="margin: each of"):
        edition_of(tiny | {"scenarios": {"inputs": inputs(short)}})
    with pytest.raises(ValidationError, match=r"input margin: low 3, usual 2, high 1 must rise"):
        edition_of(tiny | {"scenarios": {"inputs": inputs(GIVEN | {"margin": (3.0, 2.0, 1.0)})}})


@pytest.fixture
def parents():
    """400 parents: 80 % of the satisfied and 40 % of the others bought again."""
    csi = np.tile([4, 2], 200)
    bought = np.where(csi == 4, np.arange(400) % 10 < 8, np.arange(400) % 10 < 4)
    return pd.DataFrame({"csi": csi, "repurchased": bought, "gave_up": ~bought, "entity": "A"})


def test_links_compare_the_satisfied_with_the_others(parents, priced):
    """80 against 40 %, 40 points; a source that was not collected has no row."""
    found = links_frame({"maternal_survey": parents}, pd.DataFrame(), priced).set_index("link")
    assert found.loc["repurchase", ["low", "high", "effect"]].to_list() == pytest.approx([40, 80, 40])
    assert found.loc["ten_people", "lower"] < found.loc["ten_people", "effect"] < found.loc["ten_people", "upper"]
    assert "recommend" not in found.index
    assert links_frame({}, pd.DataFrame(), priced).empty


def test_recommending_is_compared_in_points_where_a_ratio_would_have_no_end(priced):
    """Half of the satisfied would recommend and nobody else: 50 points."""
    answers = pd.DataFrame({"csat": np.tile([5, 2], 100), "recommend": np.tile([10, 0, 5, 0], 50)})
    found = links_frame({"survey": answers}, pd.DataFrame(), priced).set_index("link")
    assert found.loc["recommend", ["low", "high", "effect"]].to_list() == pytest.approx([0, 50, 50])
    assert found.loc["recommend", "unit"] == "points"


def test_over_entities_the_growth_for_ten_points_is_that_of_a_line(priced):
    """Shares that grow by exactly 20 % for ten points."""
    score = [60.0, 65.0, 70.0, 80.0]
    rows = [(e, "buyers", 1e6) for e in "ABCD"]
    rows += [(e, "bought_again", 1e6 * 0.3 * 1.2 ** ((s - 60) / 10)) for e, s in zip("ABCD", score, strict=True)]
    accounts = pd.DataFrame(rows, columns=["entity", "item", "amount"])
    ranking = pd.DataFrame({"entity": list("ABCD"), "low": score, "rated": True})
    found = links_frame({"accounts": accounts}, ranking, priced).iloc[0]
    assert found["effect"] == pytest.approx(20)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_exhibits_and_numbers_are_made_in_both_languages(answers, parents, priced, lang):
    """Every figure draws and every table has its rows; without accounts the cost table is a row of dashes."""
    found, links = driver_frame(answers, priced), links_frame({"maternal_survey": parents}, pd.DataFrame(), priced)
    beside = with_published(links, {"D4-05": 78.5})
    told = {"en": "D4-05: 78.5", "zh": "D4-05：78.5"}[lang]
    assert make_links(beside, Words(lang, "value-links", priced)).rows[0][-1] == told
    assert len(make_drivers(found, Words(lang, "driver-table", priced)).rows) == 2
    assert len(make_costs(costs_frame(None), Words(lang, "value-costs", priced)).rows) == 1
    assert len(make_worth(worth_frame(priced), Words(lang, "value-worth", priced)).rows) == 6
    assert len(make_inputs(inputs_frame(priced), Words(lang, "value-inputs", priced)).rows) == len(INPUTS)
    with house_style():
        assert draw_shares(found, Words(lang, "driver-shares", priced)).axes
        assert draw_map(found, Words(lang, "driver-map", priced)).axes
        assert draw_graph(graph_frame(), Words(lang, "driver-graph", priced)).axes
        assert draw_tornado(tornado_frame(priced), Words(lang, "value-tornado", priced)).axes
    assert held_fixed(priced)["en"] == "age"
    assert driver_numbers(found, priced)["drivers.top_1"].value.en == "solved"
    assert value_numbers(links, costs_frame(None), priced)["value.cost_share"].value is None


def test_costs_are_shares_of_the_whole(priced):
    """30 of 40 for staff at one, 10 of 40 at the other; revenue 1,000 each."""
    rows = [(e, item, "all", v) for e, own in {"A": (30, 5, 3, 2), "B": (10, 10, 10, 10)}.items()
            for item, v in zip(("staff", "technology", "logistics", "compensation"), own, strict=True)]  # fmt: skip
    rows += [("A", "revenue", "all", 1000), ("B", "revenue", "all", 1000)]
    found = costs_frame(pd.DataFrame(rows, columns=["entity", "item", "area", "amount"])).set_index("item")
    assert found.loc["staff", ["share", "lowest", "highest"]].to_list() == pytest.approx([50, 25, 75])
    assert found["of_revenue"].sum() == pytest.approx(4)
