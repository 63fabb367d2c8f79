"""Chapter 17: the page of one entity."""

import pandas as pd
import pytest

from evalcore.chapters.entity import entity_numbers, profile_frame
from evalcore.edition import Edition


def values(ranking: pd.DataFrame, indicators: pd.DataFrame, entity: str, edition: Edition) -> dict:
    """Values of the page's numbers, names in English."""
    found = entity_numbers(ranking, profile_frame(indicators, entity, edition), entity, edition)
    return {key: getattr(number.value, "en", number.value) for key, number in found.items()}


def test_the_profile_stands_beside_the_median_of_all(indicators: pd.DataFrame, edition: Edition) -> None:
    """R1 of 95, 45, 97 and 0: median 70; E1 of the two who show it; rows in the order of the framework."""
    found = profile_frame(indicators, "A", edition)
    assert found["indicator"].to_list() == ["R1", "R2", "E1"]
    assert found["score"].to_list() == [95, 90, 67.5]
    assert found["median"].to_list() == [70, 0, 78.75]
    assert found["baseline"].to_list() == [90, 90, 4.5]


def test_what_does_not_apply_has_no_row(indicators: pd.DataFrame, edition: Edition) -> None:
    """C has no R2."""
    assert profile_frame(indicators, "C", edition)["indicator"].to_list() == ["R1", "E1"]


def test_a_page_repeats_score_rank_and_level(ranking: pd.DataFrame, indicators: pd.DataFrame, edition: Edition) -> None:
    """As the ranking has them."""
    found = values(ranking, indicators, "A", edition)
    assert (found["score"], found["score_lower"], found["score_upper"], found["rank"]) == (84, 82, 86, 2)
    assert (found["rank_lower"], found["rank_upper"], found["level"]) == (1, 2, "good")


def test_a_page_counts_what_is_attained_of_what_is_measured(
    ranking: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> None:
    """A attains R1 and R2 of three; of B's three, one is hidden and none attained."""
    a, b = (values(ranking, indicators, entity, edition) for entity in "AB")
    assert (a["attained"], a["indicators"]) == (2, 3)
    assert (b["attained"], b["indicators"]) == (0, 2)


def test_the_weakest_costs_most_points(ranking: pd.DataFrame, indicators: pd.DataFrame, edition: Edition) -> None:
    """A: R1 5 x 45 %, R2 10 x 15 %, E1 32.5 x 40 %. B: R1 55 x 45 % costs more than R2 100 x 15 %."""
    assert values(ranking, indicators, "A", edition)["weakest"] == "satisfaction"
    assert values(ranking, indicators, "B", edition)["weakest"] == "solved"


def test_where_no_shown_gap_costs_anything_nothing_is_weakest(
    ranking: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> None:
    """Perfect throughout: not available, rather than the first in the list."""
    assert values(ranking, indicators.assign(score=100.0), "A", edition)["weakest"] is None


def test_the_not_rated_have_no_score_to_quote(
    ranking: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> None:
    """D: neither score nor rank nor level, but the share that is missing."""
    found = values(ranking, indicators, "D", edition)
    assert {found[key] for key in ("score", "score_lower", "score_high", "rank", "rank_upper", "level")} == {None}
    assert found["unreported"] == pytest.approx(35)


def test_a_pooled_group_has_a_score_and_no_rank(
    ranking: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> None:
    """Shown, not ranked: enough was reported, and yet it takes no place."""
    pooled = ranking.assign(rated=[True, True, False, False], rank=pd.array([1, 2, None, None], "Int64"))
    found = values(pooled, indicators, "B", edition)
    assert (found["score"], found["score_high"], found["rank"]) == (65, 70, None)
