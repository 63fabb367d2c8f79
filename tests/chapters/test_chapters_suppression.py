"""What chapters publish never shows a value of a cell with fewer persons than the edition's minimum."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters import categories, dimensions, entity
from evalcore.edition import Edition
from evalcore.score import score_edition

MICRO = 1_000_000
NUMBERS = ["value", "lower", "upper", "score"]
PRIVATE = {"respondent", "ip", "device", "row"}


@pytest.fixture
def careful(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """Twelve shops with three indicators, two of which fresh food weighs anew; nothing below 30 persons."""
    first = tiny["framework"]["dimensions"][0]["indicators"][0] | {"weight": 50}
    tiny["framework"]["dimensions"][0]["indicators"] = [first, first | {"id": "R2"}]
    shop = tiny["entities"][0]
    tiny["entities"] = [shop | {"id": f"e{k}"} for k in range(12)]
    fresh = tiny["categories"][0] | {"multiply": {"R1": 2, "E1": 2}}
    return edition_of(tiny | {"minimum_cell": 30, "categories": [fresh]})


@pytest.fixture
def cells(careful: Edition) -> pd.DataFrame:
    """Between 5 and 60 persons behind each value; every value is another number."""
    rng = np.random.default_rng(8)
    rows = []
    for k, shop in enumerate(careful.entities):
        for j, indicator in enumerate(("R1", "R2", "E1")):
            n = int(rng.integers(5, 61))
            value = (4.6 if indicator == "E1" else 0.95) - 0.001 * (3 * k + j)
            rows.append((indicator, 0, shop.id, "fresh", "Q1", round(value * n * MICRO), n))
    frame = pd.DataFrame(rows, columns=["indicator", "part", "entity", "category", "period", "numerator", "n"])
    return frame.assign(
        denominator=frame["n"] * MICRO, square=25 * frame["n"] * MICRO, weight_square=frame["n"] * 1000**2
    )


@pytest.fixture
def small(cells: pd.DataFrame) -> set[tuple[str, str]]:
    """Entity and indicator of the cells that must not be shown."""
    few = cells[cells["n"] < 30]
    assert 5 < len(few) < 31
    return set(zip(few["entity"], few["indicator"], strict=True))


@pytest.fixture
def published(careful: Edition, cells: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every frame with values of single indicators that a chapter hands to a figure or table."""
    frames = score_edition(cells, None, careful)
    year, ranking = frames["indicators"], frames["ranking"]
    profiles = [entity.profile_frame(year, e.id, careful).assign(entity=e.id) for e in careful.entities]
    return {
        "profile": pd.concat(profiles, ignore_index=True),
        "grid": dimensions.score_grid(year, ranking, careful),
        "category": categories.own_indicators(frames["category_indicators"], careful),
        "categories": categories.category_grid(frames["categories"], ranking, careful),
        "attainment": dimensions.attainment_frame(year, careful),
    }


@pytest.mark.parametrize("name", ["profile", "grid", "category"])
def test_no_number_of_a_small_cell_is_published(published: dict, small: set, name: str) -> None:
    """Exactly the small cells are blank, in the year and in categories."""
    frame = published[name]
    pairs = pd.Series(list(zip(frame["entity"], frame["indicator"], strict=True)), index=frame.index)
    numbers = frame[[column for column in NUMBERS if column in frame]]
    assert numbers[pairs.isin(small)].isna().all(axis=None)
    assert numbers[~pairs.isin(small)].notna().all(axis=None)


def test_category_scores_stand_without_their_small_cells(published: dict) -> None:
    """A small cell leaves the denominator: the category still has a score, made of the other indicators."""
    assert published["categories"]["low"].notna().all()


def test_means_and_extremes_leave_small_cells_out(published: dict, cells: pd.DataFrame) -> None:
    """The mean over the others by plain pandas."""
    shown = cells[cells["n"] >= 30].assign(value=lambda f: f["numerator"] / f["denominator"])
    expected = shown[shown["indicator"] == "R1"]["value"] * 100
    found = published["attainment"].set_index("indicator").loc["R1"]
    assert found[["mean", "smallest", "largest"]].to_list() == pytest.approx(
        [expected.mean(), expected.min(), expected.max()]
    )
    assert found["entities"] == len(expected)


def test_medians_leave_small_cells_out(published: dict, small: set) -> None:
    """A hidden score does not shine through the median of all."""
    frame = published["profile"]
    shown = frame[frame["status"] == "measured"].groupby("indicator")["score"].median()
    assert frame.drop_duplicates("indicator").set_index("indicator")["median"].to_dict() == pytest.approx(
        shown.to_dict()
    )


def test_published_frames_have_no_column_about_persons(published: dict) -> None:
    """Names of columns that end at the cleaning stage occur in none."""
    assert not PRIVATE & {column for frame in published.values() for column in frame.columns}
