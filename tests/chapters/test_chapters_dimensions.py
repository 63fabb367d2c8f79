"""Chapters 2, 5 and the limitations: the framework printed, attainment, fast against solved, what is missing."""

from collections.abc import Callable

import pandas as pd
import pytest

from evalcore.chapters import dimensions as chapter
from evalcore.chapters import framework, limits
from evalcore.edition import Edition


@pytest.fixture
def numbers(ranking: pd.DataFrame, dimensions: pd.DataFrame, indicators: pd.DataFrame, edition: Edition) -> dict:
    """Values of the chapter's numbers."""
    found = chapter.dimension_numbers(ranking, dimensions, indicators, edition)
    return {key: number.value for key, number in found.items()}


def test_dimension_means_are_those_of_the_rated(numbers: dict) -> None:
    """R: 93, 55 and 95; E: 75, 80 and 85. The not rated D, whose 40s count what is missing as 0, stays out."""
    assert [numbers["dimension.R.mean"], numbers["dimension.E.mean"]] == pytest.approx([81, 80])


def test_attainment_counts_those_who_report(indicators: pd.DataFrame, edition: Edition) -> None:
    """R1: two of four attain. R2: not applicable to C. E1: suppressed and unreported values are in no mean."""
    found = chapter.attainment_frame(indicators, edition).set_index("indicator")
    assert found.index.to_list() == ["R1", "R2", "E1"]
    assert found.loc["R1", ["mean", "attained", "entities"]].to_list() == pytest.approx([66.75, 2, 4])
    assert found.loc["R2", ["mean", "smallest", "largest"]].to_list() == pytest.approx([130 / 3, 20, 90])
    assert found.loc["E1", ["mean", "attained", "entities", "baseline"]].to_list() == pytest.approx([4.275, 1, 2, 4.5])


def test_the_share_attained_is_of_all_measured_pairs(numbers: dict) -> None:
    """2 + 1 + 1 of 4 + 3 + 2 pairs; no indicator is attained by nobody."""
    assert numbers["attainment.share"] == pytest.approx(100 * 4 / 9)
    assert numbers["attainment.none"] == 0


def test_indicator_numbers_repeat_the_table(numbers: dict) -> None:
    """Mean, number attained and number measured."""
    found = [numbers[f"indicator.E1.{key}"] for key in ("mean", "attained", "entities")]
    assert found == pytest.approx([4.275, 1, 2])


def test_a_pooled_group_counts_nowhere_as_one(indicators: pd.DataFrame, edition: Edition) -> None:
    """With A pooled, R1 is 55, 97 and 20, and one of three attains."""
    entities = tuple(e.model_copy(update={"pooled": e.id == "A"}) for e in edition.entities)
    found = chapter.attainment_frame(indicators, edition.model_copy(update={"entities": entities})).set_index(
        "indicator"
    )
    assert found.loc["R1", "mean"] == pytest.approx((55 + 97 + 20) / 3)
    assert found.loc["R1", ["attained", "entities"]].tolist() == [1, 3]


def test_an_indicator_nobody_reports_is_not_available(
    ranking: pd.DataFrame, dimensions: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> None:
    """A page may still name it: the number is there and says so, in both languages."""
    without = indicators[indicators["indicator"] != "E1"]
    found = chapter.dimension_numbers(ranking, dimensions, without, edition)
    assert (found["indicator.E1.mean"].value, found["indicator.E1.entities"].value) == (None, 0)
    assert found["indicator.E1.mean"].text("en") == "not available"


def test_with_nothing_measured_no_share_is_attained(
    ranking: pd.DataFrame, dimensions: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> None:
    """Not available rather than a division by zero."""
    found = chapter.dimension_numbers(ranking, dimensions, indicators.assign(status="unreported"), edition)
    assert found["attainment.share"].value is None


def test_the_grid_of_scores_follows_ranking_and_framework(
    indicators: pd.DataFrame, ranking: pd.DataFrame, edition: Edition
) -> None:
    """C first although it lacks R2: the columns stay R1, R2, E1, and what is not shown is missing."""
    found = chapter.score_grid(indicators, ranking, edition)
    wide = found.pivot(index="entity", columns="indicator", values="score")
    assert found["indicator"].to_list() == ["R1", "R2", "E1"] * 4
    assert found["entity"].unique().tolist() == ["C", "A", "B", "D"]
    assert wide.loc["C"].isna().to_dict() == {"E1": False, "R1": False, "R2": True}
    assert wide.loc["B"].isna().to_dict() == {"E1": True, "R1": False, "R2": False}


def test_fast_against_solved_needs_both(dimensions: pd.DataFrame, indicators: pd.DataFrame) -> None:
    """Response points beside the value of E1; without a shown value there is no point."""
    found = chapter.speed_frame(dimensions, indicators, "R", "E1")
    assert found.to_dict("list") == {"entity": ["A", "C"], "response": [93, 95], "resolution": [4.05, 4.5]}


def test_effective_weights_multiply_down_the_tree(edition: Edition) -> None:
    """R weighs 60: R1 has 75 % of it and R2 25 %; without experts all of it."""
    found = framework.framework_frame(edition).set_index("indicator")
    assert found["effective"].to_dict() == pytest.approx({"R1": 45, "R2": 15, "E1": 40})
    assert found["effective"].sum() == pytest.approx(100)


def test_experts_take_their_share_of_every_weight(tiny: dict, edition_of: Callable[[dict], Edition]) -> None:
    """With 20 % for the experts the indicators keep 80."""
    tiny["framework"]["expert_share"] = 20
    found = framework.framework_frame(edition_of(tiny))
    assert found["effective"].to_list() == pytest.approx([48, 32])


def test_framework_numbers_repeat_the_edition(edition: Edition) -> None:
    """Counts and settings are read, not typed."""
    found = {key: number.value for key, number in framework.framework_numbers(edition).items()}
    assert found == {
        "framework.dimensions": 2, "framework.indicators": 3, "framework.expert_share": 0,
        "framework.unreported_limit": 20, "framework.minimum_cell": 1, "framework.interval": 89.0,
        "framework.draws": 2000,
    }  # fmt: skip


def test_limitations_list_what_was_not_reported(indicators: pd.DataFrame, edition: Edition) -> None:
    """Only D's E1, with its weight in the whole; suppressed and inapplicable items were reported or do not apply."""
    found = limits.unreported_frame(indicators, edition)
    assert found.to_dict("list") == {"entity": ["D"], "indicator": ["E1"], "weight": [40.0]}


def test_weights_are_printed_as_the_edition_has_them(tiny: dict, edition_of: Callable[[dict], Edition]) -> None:
    """Three times 33.3 are rescaled to 100 for scoring and stay 33.3 in the table."""
    first = tiny["framework"]["dimensions"][0]["indicators"][0] | {"weight": 33.3}
    tiny["framework"]["dimensions"][0]["indicators"] = [first | {"id": f"R{k}"} for k in range(3)]
    found = framework.framework_frame(edition_of(tiny))
    assert found["weight"].to_list() == [33.3, 33.3, 33.3, 100]
    assert found["effective"].sum() == pytest.approx(100)


def test_values_lowered_by_a_second_source_are_named(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """By indicator, with all to whom it happened; or that it happened to nobody."""
    found = pd.DataFrame({"indicator": ["R2", "R2", "R1"], "entity": ["A", "B", "C"]})
    monkeypatch.setattr(chapter, "lowered", lambda cells, edition: found if len(cells) else found.head(0))
    said = [chapter.lowered_numbers(cells, edition)["attainment.lowered"] for cells in (found, found.head(0))]
    first, second = edition.indicators["R1"].name.en, edition.indicators["R2"].name.en
    assert said[0].text("en") == f"{second}: A and B; {first}: C"
    assert (said[1].text("en"), said[1].text("zh")) == ("nobody's", "无")
