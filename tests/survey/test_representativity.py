"""R-indicator: one where all answer alike, by hand where two groups do not."""

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.survey.representativity import r_indicator


def cells(answered: list[int]) -> pd.DataFrame:
    """Two groups of 1,000 invited each."""
    return pd.DataFrame({"age": ["young", "old"], "invited": [1000, 1000], "answered": answered})


def test_equal_propensities_are_fully_representative() -> None:
    """Four of ten answer in each group: nothing varies."""
    found = r_indicator(cells([400, 400]), np.random.default_rng(1))
    assert found.value == pytest.approx(1, abs=1e-6)
    assert found.rate == 0.4


def test_two_groups_by_hand() -> None:
    """Propensities 0.6 and 0.2 spread by 0.2 around 0.4: R = 1 - 2 x 0.2, inside its interval."""
    found = r_indicator(cells([600, 200]), np.random.default_rng(1))
    assert found.value == pytest.approx(0.6, abs=1e-3)
    assert found.lower < found.value < found.upper
    assert found.upper - found.lower == pytest.approx(4 * np.sqrt((0.6 * 0.4 + 0.2 * 0.8) / 1000), rel=0.25)


def test_more_answers_than_invitations_are_refused() -> None:
    """Somebody counted wrong."""
    with pytest.raises(EvalcoreError, match="1200 answers of 1000 invited"):
        r_indicator(cells([1200, 10]), np.random.default_rng(1))
