"""Expert scores: means and draws of the panel's posterior in the edition's order."""

from collections.abc import Callable

import numpy as np
import xarray as xr

from evalcore.edition import Edition
from evalcore.score.experts import expert_scores


def test_the_value_is_the_mean_of_the_draws(panel_of: Callable, tiny_edition: Edition) -> None:
    """Draws 60, 70 and 80 of A, 40, 50 and 60 of B."""
    found = expert_scores(panel_of({"A": [60, 70, 80], "B": [40, 50, 60]}), tiny_edition)
    assert found["value"].sel(dimension="R").to_numpy().tolist() == [70, 50]
    assert found["draws"].sel(entity="A", dimension="E").to_numpy().tolist() == [60, 70, 80]


def test_the_order_is_the_editions(panel_of: Callable, tiny_edition: Edition) -> None:
    """However the panel's members are sorted."""
    turned = panel_of({"B": [40, 50], "A": [60, 70]}).isel(dimension=[1, 0])
    straight = panel_of({"A": [60, 70], "B": [40, 50]})
    xr.testing.assert_identical(expert_scores(turned, tiny_edition), expert_scores(straight, tiny_edition))


def test_an_entity_nobody_scored_is_missing(panel_of: Callable, tiny_edition: Edition) -> None:
    """Missing, not zero, in the value and in every draw; so is a dimension with a hole."""
    found = expert_scores(panel_of({"A": [60, 70]}), tiny_edition)
    assert np.isnan(found["value"].sel(entity="B")).all()
    assert np.isnan(found["draws"].sel(entity="B")).all()
    assert found["value"].sel(entity="A").notnull().all()
