"""Chapters 1 and 4: the headline, the composite in parts, its order and its groups."""

from collections.abc import Callable

import pandas as pd
import pytest

from evalcore.chapters import composite, summary
from evalcore.edition import Edition
from evalcore.errors import EvalcoreError


@pytest.fixture
def headline(ranking: pd.DataFrame, dimensions: pd.DataFrame, edition: Edition) -> dict:
    """Values of the summary's numbers, names in English."""
    found = summary.summary_numbers(ranking, dimensions, edition)
    return {key: getattr(number.value, "en", number.value) for key, number in found.items()}


def test_the_headline_counts_the_rated_alone(headline: dict) -> None:
    """Mean, extremes and their owners are those of C, A and B."""
    assert headline["summary.entities"] == 3
    assert headline["summary.mean"] == pytest.approx((91 + 84 + 65) / 3)
    assert (headline["summary.range_low"], headline["summary.range_high"]) == (65, 91)
    assert (headline["summary.first"], headline["summary.last"]) == ("C", "B")
    assert (headline["summary.first_chance"], headline["summary.last_chance"]) == (pytest.approx(90), 100)


def test_dimensions_are_compared_by_the_mean_of_the_rated(headline: dict) -> None:
    """R: (93 + 55 + 95) / 3 = 81; E: (75 + 80 + 85) / 3 = 80; D is not rated."""
    assert (headline["summary.strongest"], headline["summary.weakest"]) == ("response", "experience")
    assert headline["summary.strongest_score"] == pytest.approx(81)
    assert headline["summary.weakest_score"] == pytest.approx(80)


def test_qualified_reach_the_second_level(headline: dict) -> None:
    """91 and 84 reach 70, 65 does not."""
    assert (headline["summary.qualified"], headline["summary.level_bound"]) == (2, 70)


def test_one_level_is_one_all_reach(ranking: pd.DataFrame, dimensions: pd.DataFrame, tiny_edition: Edition) -> None:
    """An edition with a single level from 0: everybody rated reaches it."""
    rated = ranking[ranking["entity"].isin(["A", "B"])]
    found = summary.summary_numbers(rated, dimensions, tiny_edition)
    assert (found["summary.qualified"].value, found["summary.level_bound"].value) == (2, 0)


def test_a_headline_without_anybody_rated_is_refused(
    ranking: pd.DataFrame, dimensions: pd.DataFrame, edition: Edition
) -> None:
    """There is no first of none; the message says what limits a rating."""
    with pytest.raises(EvalcoreError, match=r"nobody is rated[\s\S]*20 %"):
        summary.summary_numbers(ranking.assign(rated=False), dimensions, edition)


@pytest.mark.parametrize("frame", [composite.scores_frame, composite.parts_frame])
def test_the_not_rated_have_no_place_beside_the_rated(ranking: pd.DataFrame, frame: Callable) -> None:
    """Best first, D left out."""
    assert frame(ranking)["entity"].to_list() == ["C", "A", "B"]


def test_parts_add_up(ranking: pd.DataFrame) -> None:
    """Base, bonus and experts make the score."""
    found = composite.parts_frame(ranking)
    assert (found[["base", "bonus", "expert"]].sum(axis=1) == found["low"]).all()


def test_level_probabilities_have_a_column_per_level(ranking: pd.DataFrame, edition: Edition) -> None:
    """In rising order, named as in the edition."""
    found = composite.levels_frame(ranking, edition)
    assert found.columns.to_list() == ["entity", "below", "good", "best"]
    assert found.set_index("entity").loc["C"].to_list() == [0.0, 0.2, 0.8]


def test_pairs_follow_the_ranking(ranking: pd.DataFrame, ahead: pd.DataFrame) -> None:
    """C, A, B; D is not rated and has no pairs."""
    found = composite.ahead_in_order(ahead, ranking)
    pairs = list(zip(found["entity"], found["other"], strict=True))
    assert pairs == [("C", "A"), ("C", "B"), ("A", "C"), ("A", "B"), ("B", "C"), ("B", "A")]


def test_a_grid_is_complete_and_in_order(ranking: pd.DataFrame) -> None:
    """What C lacks is missing in its place: the columns of a heat map keep their order."""
    frame = pd.DataFrame({"entity": ["B", "C", "B"], "group": ["x", "y", "y"], "low": [1.0, 2.0, 3.0]})
    found = composite.in_order(frame, ranking, "group", ["x", "unused", "y"])
    assert found["entity"].to_list() == ["C", "C", "B", "B"]
    assert found["group"].to_list() == ["x", "y", "x", "y"]
    assert found["low"].isna().to_list() == [True, False, False, False]


def test_groups_are_unweighted_means_of_the_rated(
    ranking: pd.DataFrame, dimensions: pd.DataFrame, edition: Edition
) -> None:
    """All: C, A, B. Big: A and B. Small: C alone, as D is not rated. Nobody is of the rare type."""
    found = composite.groups_frame(ranking, dimensions, edition)
    assert found[["kind", "label", "entities"]].to_numpy().tolist() == [
        ["", "all", 3], ["sizes", "big", 2], ["sizes", "small", 1], ["types", "mixed", 2], ["types", "single", 1],
    ]  # fmt: skip
    assert found.loc[1, ["R", "E", "composite"]].to_list() == pytest.approx([74, 77.5, 74.5])
