"""Pooling: sums over what a grain does not distinguish; values of the whole where a source does not distinguish it."""

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.indicators.cells import SUMS
from evalcore.indicators.pool import pool

Make = Callable[[list[tuple]], pd.DataFrame]
YEAR = ("all", "year")


@pytest.fixture
def cells(cells_of: Make) -> pd.DataFrame:
    """X is counted by category and quarter, Y by quarter only, Z for the year only."""
    return cells_of(
        [
            ("X", 0, "A", "fresh", "Q1", 1, 10),
            ("X", 0, "A", "fresh", "Q2", 2, 20),
            ("X", 0, "A", "all", "Q1", 4, 40),
            ("X", 0, "B", "fresh", "Q1", 8, 80),
            ("Y", 0, "A", "all", "Q1", 3, 30),
            ("Y", 0, "A", "all", "Q2", 5, 50),
            ("Z", 0, "A", *YEAR, 7, 70),
        ]
    )


def hits(pooled: pd.DataFrame, indicator: str, entity: str = "A") -> dict[str, int]:
    """Hits by group, of one indicator and entity."""
    own = pooled[(pooled["indicator"] == indicator) & (pooled["entity"] == entity)]
    return dict(zip(own["group"], own["numerator"] // 1_000_000, strict=True))


def test_the_year_adds_up_categories_and_periods(cells: pd.DataFrame) -> None:
    """1 + 2 + 4 hits of 10 + 20 + 40: numerators and denominators are pooled, not values."""
    pooled = pool(cells)
    assert hits(pooled, "X") == {"all": 7}
    assert pooled.loc[pooled["entity"] == "B", "n"].to_list() == [80]


def test_a_category_adds_up_its_periods_alone(cells: pd.DataFrame) -> None:
    """Answers without a category count in the year and in no category."""
    assert hits(pool(cells, "category", ["fresh", "home"]), "X") == {"fresh": 3}


def test_a_period_adds_up_all_its_categories(cells: pd.DataFrame) -> None:
    """1 in fresh food and 4 without category in the first quarter."""
    assert hits(pool(cells, "period", ["Q1", "Q2"]), "X") == {"Q1": 5, "Q2": 2}


def test_a_source_without_categories_stands_in_each(cells: pd.DataFrame) -> None:
    """Y knows no categories: its value for the whole, 3 + 5, is carried into each of them."""
    assert hits(pool(cells, "category", ["fresh", "home"]), "Y") == {"fresh": 8, "home": 8}


def test_a_source_of_the_year_stands_in_each_period(cells: pd.DataFrame) -> None:
    """Z is collected once a year."""
    assert hits(pool(cells, "period", ["Q1", "Q2"]), "Z") == {"Q1": 7, "Q2": 7}


def test_periods_exist_even_where_no_source_distinguishes_them(cells: pd.DataFrame) -> None:
    """With yearly sources alone, each quarter still has the value of the year."""
    yearly = cells[cells["indicator"] == "Z"]
    assert hits(pool(yearly, "period", ["Q1", "Q2"]), "Z") == {"Q1": 7, "Q2": 7}


@settings(max_examples=12, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("XY"), st.integers(0, 1), st.sampled_from("AB"), st.sampled_from(["fresh", "home"]),
            st.sampled_from(["Q1", "Q2"]), st.integers(0, 9), st.integers(10, 99),
        ),
        min_size=1, unique_by=lambda row: row[:5],
    )
)  # fmt: skip
def test_every_grain_adds_up_to_the_year(cells_of: Make, rows: list[tuple]) -> None:
    """Where everything has category and period, categories and periods both sum to the pooled year."""
    cells, keys = cells_of(rows), ["indicator", "part", "entity"]
    year = pool(cells).set_index(keys)[SUMS]
    for grain, groups in (("category", ["fresh", "home"]), ("period", ["Q1", "Q2"])):
        pd.testing.assert_frame_equal(pool(cells, grain, groups).groupby(keys)[SUMS].sum(), year)
