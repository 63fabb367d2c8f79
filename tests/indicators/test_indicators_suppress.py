"""Hidden counts stay hidden: no sum that is published determines one."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evalcore.edition import Edition
from evalcore.indicators import indicator_values
from evalcore.indicators.suppress import protected

GROUPS = ["fresh", "apparel", "home", "other"]


@pytest.fixture(scope="module")
def edition(edition_with: Callable) -> Edition:
    """Three shops, four categories, one share of all answers and one of the solved; nothing below 30 persons."""
    measures = {
        "all": {"statistic": "share", "count": [{"column": "solved", "is": True}]},
        "some": {
            "statistic": "share",
            "among": [{"column": "solved", "is": True}],
            "count": [{"column": "satisfaction", "at_least": 4}],
        },
    }
    name = {"en": "x", "zh": "x"}
    categories = [{"id": group, "name": name} for group in GROUPS]
    shops = [{"id": shop, "name": name, "categories": GROUPS} for shop in "ABC"]
    return edition_with(measures, minimum_cell=30, categories=categories, entities=shops)


def values(cells_of: Callable, edition: Edition, counts: np.ndarray, indicator: str = "some", grain: str = "category"):
    """Values of one indicator from counts by shop and category, half of them hits; the other has enough everywhere."""
    other = "all" if indicator == "some" else "some"
    rows = [
        (indicator, 0, shop, group, "Q1", counts[i, j] // 2, counts[i, j])
        for i, shop in enumerate("ABC")
        for j, group in enumerate(GROUPS)
    ]
    rows += [(other, 0, shop, group, "Q1", 50, 100) for shop in "ABC" for group in GROUPS]
    cells = cells_of([row for row in rows if row[-1] > 0])
    return indicator_values(cells, edition, None if grain == "year" else grain).sel(indicator=indicator)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([40, 5, 90], [True, True, False]),  # the smallest other goes too
        ([90, 5, 90], [True, True, False]),  # of two equal ones the first
        ([40, 5, 6], [True, True, True]),  # 5 and 6 together would still be a small cell
        ([40, 15, 16], [False, True, True]),  # 15 and 16 are 31
        ([40, 50, 60], [False, False, False]),
        ([5, 0, 0], [True, False, False]),  # nobody else to hide it behind: the sum is hidden as well
    ],
)
def test_smallest_others_are_hidden_with_a_small_cell(counts, hidden):
    """Until two are hidden and have 30 together; cells of nobody hide nothing."""
    counts = np.array(counts)
    assert protected(counts, counts > 0, 30).tolist() == hidden


@given(st.lists(st.integers(0, 80), min_size=1, max_size=7))
@settings(max_examples=200, deadline=None)
def test_hidden_part_of_a_line_is_never_small(counts):
    """What is hidden sums to 30 at least and is no single cell, unless the whole line is small or one cell."""
    counts = np.array(counts)
    hidden = protected(counts, counts > 0, 30)
    assert hidden[(counts > 0) & (counts < 30)].all()
    if hidden.any() and not hidden[counts > 0].all():
        assert hidden.sum() > 1
        assert counts[hidden].sum() >= 30


def test_hidden_cells_have_neither_value_nor_count(edition: Edition, cells_of: Callable) -> None:
    """A: 5 in apparel; fresh, the next smallest, is hidden with it. B has enough everywhere."""
    found = values(cells_of, edition, np.array([[40, 5, 60, 70], [40, 50, 60, 70], [40, 50, 60, 70]]))
    assert found["status"].sel(entity="A").to_numpy().tolist() == ["suppressed", "suppressed", "measured", "measured"]
    assert (found["status"].sel(entity="B") == "measured").all()
    hidden = found["status"] == "suppressed"
    assert found["value"].where(hidden).isnull().all()
    assert (found["n"].where(hidden, 0) == 0).all()


def test_number_of_all_answers_does_not_give_away_one_shop(edition: Edition, cells_of: Callable) -> None:
    """Where everybody is counted the sum over shops is published: B, the next smallest, is hidden with A."""
    counts = np.array([[5, 0, 0, 0], [40, 50, 60, 70], [140, 150, 160, 170]])
    year = values(cells_of, edition, counts, "all", "year")["status"].to_numpy().ravel().tolist()
    assert year == ["suppressed", "suppressed", "measured"]
    by_category = values(cells_of, edition, counts, "all")["status"]
    assert (by_category.sel(entity="B") == "suppressed").all()
    assert (by_category.sel(entity="C") == "measured").all()


def test_sum_that_nobody_publishes_hides_no_second_shop(edition: Edition, cells_of: Callable) -> None:
    """The number of solved cases of all shops is in no table."""
    counts = np.array([[5, 0, 0, 0], [40, 50, 60, 70], [140, 150, 160, 170]])
    year = values(cells_of, edition, counts, "some", "year")["status"].to_numpy().ravel().tolist()
    assert year == ["suppressed", "measured", "measured"]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("indicator", ["all", "some"])
def test_no_small_count_is_determined_by_what_is_shown(edition, cells_of, seed, indicator):
    """Shown counts, shops' sums and the sum of all as equations: each small count could be another number too."""
    counts = np.random.default_rng(seed).choice([0, 3, 12, 35, 80, 200], size=(3, len(GROUPS)))
    year = values(cells_of, edition, counts, indicator, "year")
    shown = values(cells_of, edition, counts, indicator)
    equations, sums = [], []
    for i, j in np.ndindex(counts.shape):
        if shown["status"].to_numpy()[i, j] != "suppressed":
            equations.append(np.eye(counts.size)[i * len(GROUPS) + j])
            sums.append(int(shown["n"].to_numpy()[i, j]))
    for i in range(3):
        if year["status"].to_numpy()[i, 0] != "suppressed":
            equations.append(np.repeat(np.eye(3)[i], len(GROUPS)))
            sums.append(int(year["n"].to_numpy()[i, 0]))
    if indicator == "all":
        equations.append(np.ones(counts.size))
        sums.append(int(counts.sum()))
    for cell in np.flatnonzero((counts.ravel() > 0) & (counts.ravel() < 30)):
        least, most = (bound(sign, cell, np.array(equations), sums, counts.size) for sign in (1, -1))
        assert most - least >= 1


def bound(sign: int, cell: int, equations: np.ndarray, sums: list[int], size: int) -> float:
    """Least (1) or most (-1) that a cell can hold under the equations; infinite where they do not bind it."""
    given = {"A_eq": equations, "b_eq": sums} if sums else {}
    solved = linprog(sign * np.eye(size)[cell], **given)
    return sign * solved.fun if solved.status == 0 else -sign * np.inf
