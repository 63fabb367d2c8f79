"""Values and their status: measured, unreported or inapplicable, by year, category and period."""

import copy
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.edition import Edition
from evalcore.indicators import indicator_values

SOLVED = {"statistic": "share", "count": [{"column": "solved", "is": True}]}


@pytest.fixture
def edition(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """Shop A sells fresh food and home goods, B only fresh food; B has no R1; fresh food has no E1 and adds F1."""
    content = copy.deepcopy(tiny)
    content["entities"][0]["categories"] = ["fresh", "home"]
    content["entities"][1] |= {"inapplicable": ["R1"]}
    extra = content["framework"]["dimensions"][0]["indicators"][0] | {"id": "F1", "weight": 50}
    content["categories"] = [
        content["categories"][0] | {"inapplicable": ["E1"], "adds": {"R": [extra]}},
        {"id": "home", "name": {"en": "home", "zh": "家居"}},
    ]
    return edition_of(content)


@pytest.fixture
def cells(cells_of: Callable) -> pd.DataFrame:
    """Shop A everywhere, shop B in fresh food of the first quarter only."""
    return cells_of(
        [
            *[(i, 0, "A", c, q, 3, 4) for i in ("R1", "F1") for c in ("fresh", "home") for q in ("Q1", "Q2")],
            ("E1", 0, "A", "home", "Q1", 16, 4),
            *[(i, 0, "B", "fresh", "Q1", 1, 4) for i in ("R1", "E1")],
        ]
    )


def status(values: xr.Dataset, entity: str, group: str = "all") -> dict[str, str]:
    """Status by indicator."""
    return values["status"].sel(entity=entity, group=group).to_series().to_dict()


def test_every_entity_group_and_indicator_has_a_place(edition: Edition, cells: pd.DataFrame) -> None:
    """Labels come from the edition, not from the data."""
    values = indicator_values(cells, edition, "period")
    assert values["value"].dims == ("entity", "group", "indicator")
    assert [values[name].to_numpy().tolist() for name in values["value"].dims] == [
        ["A", "B"], ["Q1", "Q2"], ["R1", "E1", "F1"],
    ]  # fmt: skip


def test_values_are_in_the_unit_of_the_indicator(edition: Edition, cells: pd.DataFrame) -> None:
    """3 of 4 solved are 75 percent; a mean of 16 / 4 is 4 points; rows counted are those of the main measure."""
    values = indicator_values(cells, edition).sel(entity="A", group="all")
    assert values["value"].sel(indicator=["R1", "E1"]).to_numpy().tolist() == [75, 4]
    assert values["n"].sel(indicator=["R1", "E1"]).to_numpy().tolist() == [16, 4]


def test_what_cannot_apply_is_inapplicable_even_with_data(edition: Edition, cells: pd.DataFrame) -> None:
    """B is excused from R1 by the edition; indicators of a category do not apply to the whole."""
    assert status(indicator_values(cells, edition), "B") == {
        "R1": "inapplicable", "E1": "measured", "F1": "inapplicable",
    }  # fmt: skip


def test_what_applies_and_has_no_data_is_unreported(edition: Edition, cells: pd.DataFrame) -> None:
    """B rates nothing in the second quarter: E1 applies there and is missing."""
    values = indicator_values(cells, edition, "period")
    assert status(values, "B", "Q2")["E1"] == "unreported"
    assert np.isnan(values["value"].sel(entity="B", group="Q2", indicator="E1").item())
    assert np.isnan(values["draws"].sel(entity="B", group="Q2", indicator="E1")).all()


def test_a_category_has_its_own_indicators(edition: Edition, cells: pd.DataFrame) -> None:
    """Fresh food adds F1 and leaves E1 out; home goods do the reverse."""
    values = indicator_values(cells, edition, "category")
    assert status(values, "A", "fresh") == {"R1": "measured", "E1": "inapplicable", "F1": "measured"}
    assert status(values, "A", "home") == {"R1": "measured", "E1": "measured", "F1": "inapplicable"}


def test_a_category_that_is_not_sold_is_inapplicable_as_a_whole(edition: Edition, cells: pd.DataFrame) -> None:
    """B sells no home goods."""
    assert set(status(indicator_values(cells, edition, "category"), "B", "home").values()) == {"inapplicable"}
