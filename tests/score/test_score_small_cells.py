"""Small cells: in the year and in categories a value with too few persons behind it is never in a frame."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.score import score_edition

HIDDEN = ["value", "lower", "upper", "score", "base", "bonus"]
Cells = Callable[[list[tuple]], pd.DataFrame]


@pytest.fixture
def careful(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """Three shops; nothing is shown below 30 persons."""
    shops = [*tiny["entities"], tiny["entities"][0] | {"id": "C", "categories": ["fresh"]}]
    return edition_of(tiny | {"minimum_cell": 30, "entities": shops})


@pytest.fixture
def cells(cells_of: Cells) -> pd.DataFrame:
    """29 persons answer E1 about A in fresh food, 30 about B, 31 about C; R1 is answered by 100."""
    rows = [("R1", e, "fresh", "Q1", 80, 100) for e in "ABC"]
    return cells_of([*rows, *(("E1", e, "fresh", "Q1", 100, n) for e, n in zip("ABC", (29, 30, 31), strict=True))])


@pytest.mark.parametrize("name", ["indicators", "category_indicators"])
def test_fewer_persons_than_the_minimum_are_not_shown(careful: Edition, cells: pd.DataFrame, name: str) -> None:
    """29 of at least 30, and B with it: the number of all answers is known, and 90 - 30 - 31 would be 29."""
    frame = score_edition(cells, None, careful)[name].set_index(["entity", "indicator"])
    for shop in "AB":
        small = frame.loc[shop, "E1"]
        assert small[HIDDEN].isna().all()
        assert small[["status", "attained", "n"]].to_list() == ["suppressed", False, 0]
    assert frame.loc["C", "E1"][HIDDEN].notna().all()
    assert frame.loc["C", "E1"]["status"] == "measured"


def test_a_score_takes_nothing_from_a_small_cell(careful: Edition, cells: pd.DataFrame) -> None:
    """A's score is that of R alone, so that no score can be solved for the value that is hidden."""
    other = cells.assign(numerator=cells["numerator"].where(cells["n"] != 29, 1))
    before, after = (score_edition(frame, None, careful) for frame in (cells, other))
    for name in ("dimensions", "ranking", "categories", "periods", "indicators"):
        pd.testing.assert_frame_equal(before[name], after[name])
    assert np.isfinite(before["ranking"]["low"]).all()


def test_cases_that_are_no_persons_are_shown(tiny: dict, edition_of: Callable, cells: pd.DataFrame) -> None:
    """A source without private columns has nobody to protect."""
    columns = {key: column for key, column in tiny["sources"]["survey"]["columns"].items() if key != "respondent"}
    sources = {"survey": tiny["sources"]["survey"] | {"columns": columns}}
    frame = score_edition(cells, None, edition_of(tiny | {"minimum_cell": 30, "sources": sources}))["indicators"]
    assert (frame["status"] == "measured").all()


def test_a_dimension_does_not_repeat_a_hidden_score(careful: Edition, cells: pd.DataFrame) -> None:
    """E has one indicator, E1; where that is suppressed the dimension's own indicator score must be too."""
    frame = score_edition(cells, None, careful)["dimensions"].set_index(["entity", "dimension"])
    assert "E" not in frame.loc["A"].index or np.isnan(frame.loc[("A", "E"), "indicators"])


def test_a_year_in_which_nobody_is_rated_has_no_ranks(tiny: dict, edition_of: Callable, cells: pd.DataFrame) -> None:
    """E1 (40 %) is missing everywhere: all rows are there, none has a rank."""
    frame = score_edition(cells[cells["indicator"] == "R1"], None, edition_of(tiny))["ranking"]
    assert frame["rank"].isna().all()
