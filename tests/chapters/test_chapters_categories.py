"""Chapter 7: scores per category and the indicators a category has of its own."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters import categories as chapter
from evalcore.edition import Edition

NAN = np.nan


@pytest.fixture
def categories() -> pd.DataFrame:
    """Fresh food: B 70, C withheld, D not rated. Home: A 80 and B 60."""
    rows = [
        ("B", "fresh", 70.0, True), ("C", "fresh", NAN, True), ("D", "fresh", 10.0, False),
        ("A", "home", 80.0, True), ("B", "home", 60.0, True),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["entity", "group", "low", "rated"])
    return frame.assign(lower=frame["low"] - 1, upper=frame["low"] + 1)


def test_the_grid_keeps_the_order_of_the_edition(
    categories: pd.DataFrame, ranking: pd.DataFrame, edition: Edition
) -> None:
    """Fresh food before home although C, the first, has nothing to show in either."""
    found = chapter.category_grid(categories, ranking, edition)
    assert found["entity"].to_list() == ["C", "C", "A", "A", "B", "B", "D", "D"]
    assert found["group"].to_list() == ["fresh", "home"] * 4
    np.testing.assert_array_equal(found["low"], [NAN, NAN, NAN, 80, 70, 60, NAN, NAN])


def test_the_not_rated_have_no_category_score(
    categories: pd.DataFrame, ranking: pd.DataFrame, edition: Edition
) -> None:
    """D reported too little in fresh food: its lower bound of 10 would be read as a score."""
    found = chapter.category_grid(categories, ranking, edition).set_index(["entity", "group"])
    assert found.loc[("D", "fresh"), ["low", "lower", "upper"]].isna().all()


def test_means_of_categories_are_over_those_shown(categories: pd.DataFrame, edition: Edition) -> None:
    """Fresh: B alone. Home: A and B."""
    found = {key: number.value for key, number in chapter.category_numbers(categories, edition).items()}
    assert found == {
        "category.fresh.mean": 70, "category.fresh.entities": 1, "category.home.mean": 70, "category.home.entities": 2,
    }  # fmt: skip


def test_a_category_without_anything_to_show_has_no_mean(categories: pd.DataFrame, edition: Edition) -> None:
    """Not available, and nobody counted."""
    found = chapter.category_numbers(categories[categories["group"] == "home"], edition)
    assert (found["category.fresh.mean"].value, found["category.fresh.entities"].value) == (None, 0)


@pytest.fixture
def by_category(indicators: pd.DataFrame) -> pd.DataFrame:
    """The year's indicators in both categories, and F1 in fresh food."""
    home = indicators.assign(group="home")
    added = indicators[indicators["indicator"] == "R1"].assign(indicator="F1")
    return pd.concat([home, indicators.assign(group="fresh"), added.assign(group="fresh")], ignore_index=True)


def test_own_indicators_are_those_added_or_reweighted(by_category: pd.DataFrame, edition: Edition) -> None:
    """Fresh food adds F1 and doubles R2; home goods have nothing of their own."""
    found = chapter.own_indicators(by_category, edition)
    assert set(zip(found["group"], found["indicator"], strict=True)) == {("fresh", "F1"), ("fresh", "R2")}
    assert found["entity"].to_list() == ["A", "B", "C", "D", "A", "B", "D"]


def test_without_special_indicators_the_table_is_empty(by_category: pd.DataFrame, tiny_edition: Edition) -> None:
    """No error, and the columns are there."""
    found = chapter.own_indicators(by_category, tiny_edition)
    assert found.empty
    assert found.columns.to_list() == ["group", "indicator", "entity", "value", "n", "status"]
