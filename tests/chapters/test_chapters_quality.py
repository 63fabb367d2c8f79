"""Chapter 3: volumes, cleaning rules and the cost of weights."""

import pandas as pd
import pytest

from evalcore.chapters import quality


@pytest.fixture
def waterfall() -> pd.DataFrame:
    """1,000 answers of which two rules remove 100 and 30; 50 tickets that all stay."""
    rows = [
        ("survey", "raw", 0, 1000), ("survey", "s-period", 100, 900), ("survey", "s-fast", 30, 870),
        ("survey", "valid", 0, 870), ("tickets", "raw", 0, 50), ("tickets", "valid", 0, 50),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["source", "step", "removed", "left"])


@pytest.fixture
def weights() -> pd.DataFrame:
    """Weights 3, 1, 1, 1 in millionths, scaled to mean one."""
    micro = [2_000_000, 666_667, 666_667, 666_666]
    return pd.DataFrame({"source": "survey", "row": range(4), "weight_micro": micro})


def test_rules_stand_in_the_order_of_application(waterfall: pd.DataFrame) -> None:
    """Each with what it removed of how many raw rows; sources without rules have no row."""
    assert quality.rules_frame(waterfall).to_dict("list") == {
        "source": ["survey", "survey"], "step": ["s-period", "s-fast"], "removed": [100, 30], "raw": [1000, 1000],
    }  # fmt: skip


def test_volumes_stand_beside_their_origin(waterfall: pd.DataFrame) -> None:
    """Raw and valid rows of each source, as whole numbers."""
    origins = pd.DataFrame({"source": ["survey", "tickets"], "obtained": "asked", "licence": "CC0", "sha256": "a" * 64})
    found = quality.sources_frame(waterfall, origins)
    assert found[["source", "rows", "valid"]].to_numpy().tolist() == [["survey", 1000, 870], ["tickets", 50, 50]]


def test_weights_cost_what_kish_says(weights: pd.DataFrame) -> None:
    """Design effect 4 / 3: four answers are worth three."""
    found = quality.weights_frame(weights).iloc[0]
    assert found[["n", "effective", "deff"]].to_list() == pytest.approx([4, 3, 4 / 3], rel=1e-5)
    assert found[["smallest", "largest"]].to_list() == pytest.approx([2 / 3, 2], rel=1e-5)


def test_without_weights_the_table_is_empty(weights: pd.DataFrame) -> None:
    """Nothing is weighted, nothing is lost."""
    assert quality.weights_frame(weights.iloc[:0]).empty


def test_quality_numbers_by_hand(waterfall: pd.DataFrame, weights: pd.DataFrame) -> None:
    """13 % of the answers were set aside."""
    found = {key: number.value for key, number in quality.quality_numbers(waterfall, weights).items()}
    assert (found["data.survey.raw"], found["data.survey.valid"]) == (1000, 870)
    assert found["data.survey.removed_share"] == pytest.approx(13)
    assert found["data.tickets.removed_share"] == 0
    left = waterfall.groupby("step")["left"].sum()
    assert (found["data.total.raw"], found["data.total.valid"]) == (left["raw"], left["valid"])
    assert found["data.sources"] == waterfall["source"].nunique() > 1
    assert (found["data.survey.design_effect"], found["data.survey.effective"]) == (pytest.approx(4 / 3, rel=1e-5), 3)
