"""Values of modelled parts: posterior draws averaged over cells, in plain numpy; what is not modelled as before."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.indicators import indicator_values

SOLVED = {"statistic": "share", "count": [{"column": "solved", "is": True}]}
KEYS = ["indicator", "part", "entity", "category", "period"]
DRAWS = 2000


@pytest.fixture
def edition(edition_with: Callable[..., Edition]) -> Edition:
    """Two shares of one survey; X also from a second measure that blends in with a fifth."""
    rule = {"rule": "blend", "share": 20, "measure": {"source": "survey", **SOLVED}}
    return edition_with({"X": SOLVED, "Y": SOLVED}, {"X": [rule]})


@pytest.fixture
def cells(cells_of: Callable) -> pd.DataFrame:
    """X in two quarters with 10 and 30 rows, its second source with 20, Y beside it."""
    return cells_of(
        [
            ("X", 0, "A", "fresh", "Q1", 5, 10),
            ("X", 0, "A", "fresh", "Q2", 6, 30),
            ("X", 1, "A", "fresh", "Q1", 10, 20),
            ("Y", 0, "A", "fresh", "Q1", 40, 60),
        ]
    )


@pytest.fixture
def modelled(cells: pd.DataFrame) -> xr.DataArray:
    """Draws of the main part of X, in another order than the cells."""
    rows = cells[(cells["indicator"] == "X") & (cells["part"] == 0)].iloc[::-1]
    draws = np.random.default_rng(3).beta(4, 6, (len(rows), DRAWS))
    return xr.DataArray(draws, dims=("cell", "draw"), coords={key: ("cell", rows[key].to_numpy()) for key in KEYS})


def of_x(values: xr.Dataset, name: str, group: str = "all") -> np.ndarray:
    """One variable of X at shop A."""
    return values[name].sel(entity="A", indicator="X", group=group).to_numpy()


def test_modelled_cells_are_averaged_by_their_weight_and_combined(
    cells: pd.DataFrame, modelled: xr.DataArray, edition: Edition
) -> None:
    """The year of X: (30 Q2 + 10 Q1) / 40 of each draw, four fifths of it, beside the second source's share."""
    values = indicator_values(cells, edition, modelled=modelled)
    q2, q1 = modelled.to_numpy()
    second = indicator_values(cells[cells["part"] == 1].assign(part=0), edition)  # the same rows, another stream
    expected = 100 * 0.8 * (0.75 * q2 + 0.25 * q1)
    rest = of_x(values, "draws") - expected
    assert rest.mean() == pytest.approx(0.2 * of_x(second, "draws").mean(), abs=4 * rest.std() * np.sqrt(2 / DRAWS))
    assert abs(np.corrcoef(rest, expected)[0, 1]) < 4 / np.sqrt(DRAWS)


def test_the_point_of_a_modelled_value_is_the_mean_of_its_draws(
    cells: pd.DataFrame, modelled: xr.DataArray, edition: Edition
) -> None:
    """By quarter: Q2's own draws, blended with nothing as no visit took place."""
    values = indicator_values(cells, edition, "period", modelled)
    np.testing.assert_allclose(of_x(values, "draws", "Q2"), 100 * modelled.to_numpy()[0])
    assert of_x(values, "value", "Q2") == pytest.approx(100 * modelled.to_numpy()[0].mean())
    assert of_x(values, "n", "Q2") == 30


def test_what_no_model_covers_is_as_without_models(
    cells: pd.DataFrame, modelled: xr.DataArray, edition: Edition
) -> None:
    """Y has the same draws, to the bit."""
    found = [indicator_values(cells, edition, modelled=m)["draws"].sel(indicator="Y") for m in (modelled, None)]
    np.testing.assert_array_equal(*found)


def test_left_out_cells_need_no_new_fit(cells: pd.DataFrame, modelled: xr.DataArray, edition: Edition) -> None:
    """Without the first quarter X is what it is in the second."""
    left = cells[cells["period"] == "Q2"].reset_index(drop=True)
    np.testing.assert_allclose(
        of_x(indicator_values(left, edition, modelled=modelled), "draws"), 100 * modelled.to_numpy()[0]
    )


def test_small_cells_stay_hidden_though_the_model_has_a_value(
    cells: pd.DataFrame, modelled: xr.DataArray, edition: Edition
) -> None:
    """Ten answers of twenty that are asked for: no value, no draw, no count."""
    careful = edition.model_copy(update={"minimum_cell": 20})
    values = indicator_values(cells, careful, "period", modelled)
    assert of_x(values, "status", "Q1") == "suppressed"
    assert np.isnan(of_x(values, "value", "Q1"))
    assert np.isnan(of_x(values, "draws", "Q1")).all()
    assert of_x(values, "n", "Q1") == 0


def test_counts_that_the_model_has_not_seen_are_refused(
    cells: pd.DataFrame, modelled: xr.DataArray, edition: Edition
) -> None:
    """A posterior of other data is no posterior of these."""
    with pytest.raises(EvalcoreError, match="none for indicator X, entity A, category fresh, period Q1"):
        indicator_values(cells, edition, modelled=modelled[:1])
