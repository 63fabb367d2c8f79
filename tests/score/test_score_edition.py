"""From cells to composites: dimensions, blends, bounds, applicability, categories and ranking, by hand."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalcore.edition import Edition
from evalcore.score import score_edition

Cells = Callable[[list[tuple]], pd.DataFrame]
LABELLED = {"name": {"en": "x", "zh": "某"}}


def row(frame: pd.DataFrame, **where: str) -> pd.Series:
    """The one row with these values."""
    found = frame[(frame[list(where)] == pd.Series(where)).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


def test_the_composite_is_the_weighted_mean_of_dimensions(edition_with: Callable, year: pd.DataFrame) -> None:
    """A: both at the baseline, 90. B: 45 points in R (weight 60), 45 in E (weight 40)."""
    ranking = score_edition(year, None, edition_with())["ranking"].set_index("entity")
    assert ranking["low"].to_dict() == pytest.approx({"A": 90, "B": 45})
    assert ranking["high"].to_dict() == pytest.approx({"A": 90, "B": 45})


def test_values_points_and_attainment_stand_side_by_side(edition_with: Callable, year: pd.DataFrame) -> None:
    """B solves 55 %: half way from the floor to the baseline, so 45 base points, no bonus, not attained."""
    found = row(score_edition(year, None, edition_with())["indicators"], entity="B", indicator="R1")
    assert found[["value", "base", "bonus", "score", "n"]].to_list() == pytest.approx([55, 45, 0, 45, 100])
    assert found[["attained", "status", "dimension"]].to_list() == [False, "measured", "R"]


def test_experts_take_their_share_of_each_dimension(
    edition_with: Callable, year: pd.DataFrame, panel_of: Callable
) -> None:
    """80 % of 90 and 20 % of 70 are 86; what is base and what is the experts' stays apart."""
    panel = panel_of({"A": 70.0, "B": 50.0})
    found = score_edition(year, panel, edition_with(expert_share=20))
    assert row(found["dimensions"], entity="A", dimension="R")["low"] == pytest.approx(86)
    assert row(found["dimensions"], entity="A", dimension="R")["indicators"] == pytest.approx(90)
    parts = row(found["ranking"], entity="A")[["base", "bonus", "expert", "low"]]
    assert parts.to_list() == pytest.approx([72, 0, 14, 86])


def test_without_scores_of_an_entity_its_indicators_count_alone(
    edition_with: Callable, year: pd.DataFrame, panel_of: Callable
) -> None:
    """Nobody reviewed B: its score is not mixed with nothing."""
    found = score_edition(year, panel_of({"A": 80.0}), edition_with(expert_share=20))
    assert row(found["ranking"], entity="B")["low"] == pytest.approx(45)


def test_what_was_not_reported_gives_bounds(edition_with: Callable, year: pd.DataFrame) -> None:
    """B without E1 (weight 40): 27 with it at 0, 67 with it perfect; 40 % of the weight is unreported."""
    cells = year[(year["entity"] != "B") | (year["indicator"] != "E1")]
    found = row(score_edition(cells, None, edition_with(unreported_limit=50))["ranking"], entity="B")
    assert found[["low", "high", "unreported"]].to_list() == pytest.approx([27, 67, 40])
    assert found["rank"] == 2


def test_the_lower_bound_is_ranked(edition_with: Callable, cells_of: Cells) -> None:
    """B hides R1: perfect it would lead with 94, but at 0 it is last. Hiding never helps."""
    cells = cells_of([("R1", "A", "all", "Q1", 60, 100), ("E1", "A", "all", "Q1", 360, 100)])
    hidden = cells_of([("E1", "B", "all", "Q1", 450, 100)])
    found = score_edition(pd.concat([cells, hidden]), None, edition_with(unreported_limit=60))["ranking"]
    assert found["entity"].to_list() == ["A", "B"]
    assert row(found, entity="B")["high"] > row(found, entity="A")["high"]


def test_too_much_unreported_is_not_rated(edition_with: Callable, year: pd.DataFrame) -> None:
    """40 % unreported with a limit of 20: no rank, no level, listed last; the other is first of one."""
    cells = year[(year["entity"] != "A") | (year["indicator"] != "E1")]
    found = score_edition(cells, None, edition_with())["ranking"].set_index("entity")
    assert found["rated"].to_dict() == {"B": True, "A": False}
    assert found["rank"].to_list() == [1, pd.NA]
    assert found["level"].isna().to_list() == [False, True]


def test_the_limit_itself_is_still_rated(edition_with: Callable, year: pd.DataFrame) -> None:
    """More than the limit is not rated; exactly the limit is."""
    cells = year[(year["entity"] != "A") | (year["indicator"] != "E1")]
    assert score_edition(cells, None, edition_with(unreported_limit=40))["ranking"]["rated"].all()


def test_a_pooled_group_is_scored_and_not_ranked(edition_with: Callable, year: pd.DataFrame) -> None:
    """A, the better one, stands for several: B is first and alone in the order, A keeps its score."""
    frames = score_edition(year, None, edition_with([{"pooled": True}, {}]))
    pooled, single = (row(frames["ranking"], entity=entity) for entity in "AB")
    assert pooled["low"] > single["low"]
    assert (bool(pooled["rated"]), bool(single["rated"])) == (False, True)
    assert pooled[["rank", "p_first", "level"]].isna().all()
    assert (single["rank"], single["p_first"]) == (1, 1.0)
    assert frames["categories"]["rated"].all()


def test_one_entity_is_first_and_last(tiny: dict, edition_of: Callable, year: pd.DataFrame) -> None:
    """Alone: rank 1 for sure at both ends, no pair to compare, no NaN."""
    edition = edition_of(tiny | {"entities": tiny["entities"][:1]})
    frames = score_edition(year[year["entity"] == "A"].reset_index(drop=True), None, edition)
    alone = row(frames["ranking"], entity="A")
    assert alone[["rank", "rank_lower", "rank_upper", "p_first", "p_last"]].tolist() == [1, 1, 1, 1, 1]
    assert frames["ahead"].empty


def test_one_indicator_is_the_composite(tiny: dict, edition_of: Callable, year: pd.DataFrame) -> None:
    """A framework of one item: its points, whatever its dimension weighs."""
    tiny["framework"]["dimensions"] = [tiny["framework"]["dimensions"][0] | {"weight": 100}]
    frames = score_edition(year[year["indicator"] == "R1"].reset_index(drop=True), None, edition_of(tiny))
    assert row(frames["ranking"], entity="A")["low"] == pytest.approx(90)
    assert row(frames["ranking"], entity="B")["low"] == pytest.approx(45)


def test_an_indicator_nobody_reported_is_nobody_s_advantage(edition_with: Callable, year: pd.DataFrame) -> None:
    """E1 missing everywhere: 40 % unreported is beyond the limit, nobody is rated, and bounds say what could be."""
    ranking = score_edition(year[year["indicator"] == "R1"].reset_index(drop=True), None, edition_with())["ranking"]
    assert not ranking["rated"].any()
    assert ranking[["rank", "p_first"]].isna().all(axis=None)
    assert (ranking["high"] - ranking["low"]).to_numpy() == pytest.approx(40)


def test_all_equal_share_the_first_rank(edition_with: Callable, cells_of: Cells) -> None:
    """No range at all, on fixed goalposts: equal scores, not NaN."""
    rows = [(i, e, "fresh", "Q1", total, 100) for e in "AB" for i, total in (("R1", 90), ("E1", 450))]
    ranking = score_edition(cells_of(rows), None, edition_with())["ranking"]
    assert ranking["rank"].tolist() == [1, 1]
    assert ranking["low"].nunique() == 1


def test_what_does_not_apply_leaves_the_denominator(edition_with: Callable, year: pd.DataFrame) -> None:
    """B is excused from R1: E alone makes its score, nothing is unreported, and R has no row."""
    edition = edition_with(entities=[{}, {"inapplicable": ["R1"]}])
    found = score_edition(year, None, edition)
    assert row(found["ranking"], entity="B")[["low", "high", "unreported"]].to_list() == pytest.approx([45, 45, 0])
    dimensions = found["dimensions"]
    assert dimensions[dimensions["entity"] == "B"]["dimension"].to_list() == ["E"]


@pytest.fixture
def two_categories(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """R has R1 and R2 (50 each); fresh food weighs R2 threefold, adds F1 (weight 100) to R and leaves E1 out."""
    first = tiny["framework"]["dimensions"][0]["indicators"][0] | {"weight": 50}
    tiny["framework"]["dimensions"][0]["indicators"] = [first, first | {"id": "R2"}]
    fresh = tiny["categories"][0] | {
        "multiply": {"R2": 3}, "adds": {"R": [first | {"id": "F1", "weight": 100}]}, "inapplicable": ["E1"],
    }  # fmt: skip
    home = {"id": "home", "name": {"en": "home", "zh": "家居"}}
    entities = [entity | {"categories": ["fresh", "home"]} for entity in tiny["entities"]]
    return edition_of(tiny | {"categories": [fresh, home], "entities": entities})


def test_categories_have_their_own_weights_and_indicators(two_categories: Edition, cells_of: Cells) -> None:
    """Fresh: (50 x 90 + 3 x 50 x 45 + 100 x 0) / 300 = 37.5. Home: R (90 + 45) / 2 with 60, E 90 with 40: 76.5."""
    cells = cells_of(
        [
            row
            for category in ("fresh", "home")
            for row in [
                ("R1", "A", category, "Q1", 90, 100), ("R2", "A", category, "Q1", 55, 100),
                ("F1", "A", category, "Q1", 20, 100), ("E1", "A", category, "Q1", 450, 100),
            ]
        ]
    )  # fmt: skip
    found = score_edition(cells, None, two_categories)["categories"]
    assert row(found, entity="A", group="fresh")["low"] == pytest.approx(37.5)
    assert row(found, entity="A", group="home")["low"] == pytest.approx(76.5)


def test_indicators_of_a_category_do_not_enter_the_whole(two_categories: Edition, cells_of: Cells) -> None:
    """F1 is terrible, and the composite of the year does not know it."""
    good = [(i, "A", "home", "Q1", 90, 100) for i in ("R1", "R2")] + [("E1", "A", "home", "Q1", 450, 100)]
    bad = [("F1", "A", "fresh", "Q1", 0, 100)]
    found = score_edition(cells_of(good + bad), None, two_categories)["ranking"]
    assert row(found, entity="A")["low"] == pytest.approx(90)


def test_base_bonus_and_experts_add_up(edition_with: Callable, cells_of: Cells, panel_of: Callable) -> None:
    """In every row of year, category and period, bonus points included."""
    totals = {("A", "R1"): 97, ("A", "E1"): 470, ("B", "R1"): 60, ("B", "E1"): 400}
    cells = cells_of([(i, e, "fresh", q, total, 100) for (e, i), total in totals.items() for q in ("Q1", "Q2")])
    found = score_edition(cells, panel_of({"A": 80.0, "B": 30.0}), edition_with(expert_share=20))
    for name in ("ranking", "categories", "periods"):
        frame = found[name]
        np.testing.assert_allclose(frame["base"] + frame["bonus"] + frame["expert"], frame["low"])
        assert (frame[frame["entity"] == "A"]["bonus"] > 0).all()


def test_intervals_hold_the_score_and_come_from_the_draws(edition_with: Callable, year: pd.DataFrame) -> None:
    """R1 of B: Beta(55, 45) in percent; its 89 % quantiles within 4 standard errors of 2,000 draws."""
    found = row(score_edition(year, None, edition_with())["indicators"], entity="B", indicator="R1")
    truth = stats.beta(55, 45)
    for bound, tail in (("lower", 0.055), ("upper", 0.945)):
        quantile = truth.ppf(tail)
        error = np.sqrt(tail * (1 - tail) / 2000) / truth.pdf(quantile)
        assert found[bound] == pytest.approx(100 * quantile, abs=400 * error)


def test_the_ranking_lists_levels_with_probabilities(edition_with: Callable, year: pd.DataFrame) -> None:
    """B with 45 points is in the lowest level for sure; each row of probabilities adds up to one."""
    found = score_edition(year, None, edition_with())["ranking"].set_index("entity")
    assert found.loc["B", ["level", "p_below"]].to_list() == ["below", 1.0]
    np.testing.assert_allclose(found[["p_below", "p_good", "p_best"]].sum(axis=1), 1)


def test_pairs_are_listed_both_ways(edition_with: Callable, year: pd.DataFrame) -> None:
    """A is ahead of B in every draw, B of A in none; nobody is compared with itself."""
    found = score_edition(year, None, edition_with())["ahead"]
    assert found.to_dict("list") == {"entity": ["A", "B"], "other": ["B", "A"], "probability": [1.0, 0.0]}
