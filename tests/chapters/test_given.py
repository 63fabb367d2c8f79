"""The robustness chapter of an index of given values, on four made-up towns."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters import given as chapter
from evalcore.edition import Edition
from evalcore.edition.load import read_yaml
from evalcore.score import score_panel

SMALL = {"replicates": 400, "normalisations": ["own", "percentile_rank"], "aggregations": ["own", "copeland"]}


@pytest.fixture
def content(root: Path) -> dict:
    """The made-up index of the scoring tests, varied a little."""
    return read_yaml(root / "tests" / "score" / "index.yml") | {"robustness": SMALL}


def opened(content: dict, edition_of: Callable[[dict], Edition]) -> tuple[chapter.Given, Edition]:
    """P leads in everything, S trails in everything, Q and R each lead in two."""
    rows = [("P", 9, 1, 9, 9), ("Q", 6, 4, 3, 3), ("R", 3, 6, 6, 7), ("S", 1, 9, 1, 1)]
    table = pd.DataFrame(rows, columns=["entity", "a", "b", "c", "d"]).assign(
        period="year", row=range(4), region="north"
    )
    table["name"] = table["entity"]
    edition = edition_of(content)
    frames = score_panel({"towns": table}, edition)
    return chapter.given_of(frames["stages"], frames["scores"], edition), edition


def test_who_leads_everywhere_is_first_whatever_is_chosen(content: dict, edition_of: Callable):
    """P keeps rank 1 and S rank 4 in every replicate; Q and R change places."""
    given, edition = opened(content, edition_of)
    places = chapter.places_frame(given, edition).set_index("label")
    assert places.loc["P", ["best", "worst", "first"]].tolist() == [1, 1, 1]
    assert places.loc["S", ["all_low", "all_high"]].tolist() == [4, 4]
    assert places.loc["Q", ["best", "worst"]].tolist() == places.loc["R", ["best", "worst"]].tolist() == [2, 3]


def test_dominated_neighbours_cannot_be_swapped_by_weights(content: dict, edition_of: Callable):
    """The first and the last step are impossible, the middle one has a change."""
    swaps = chapter.swaps_frame(*opened(content, edition_of))
    assert swaps["change"].isna().tolist() == [True, False, True]
    assert swaps["proved"].all()


def test_an_index_that_is_no_sum_has_no_swaps_and_no_shares(content: dict, edition_of: Callable):
    """A geometric top: no linear program, no division of the variance, and yet main effects."""
    content["index"]["normalise"] = {"method": "percentile_rank"}
    content["index"]["tree"]["aggregate"] = "geometric"
    given, edition = opened(content, edition_of)
    effective = chapter.effective_frame(given, edition)
    assert chapter.swaps_frame(given, edition).empty
    assert effective["effective"].isna().all()
    assert effective["main"].between(0, 100).all()
    assert effective["nominal"].tolist() == pytest.approx([25] * 4)


def test_shares_of_the_variance_belong_to_the_choices_that_vary(content: dict, edition_of: Callable):
    """One row for each; nothing about data or experts, which do not exist here."""
    given, edition = opened(content, edition_of)
    choices = chapter.choices_frame(given, edition)
    assert choices["factor"].tolist() == ["weights", "normalisation", "aggregation"]
    numbers = chapter.given_numbers(
        chapter.places_frame(given, edition), choices, chapter.swaps_frame(given, edition), given, edition
    )
    assert numbers["given.impossible"].value == 2
    assert numbers["given.still"].value == 2


def test_methods_that_need_goalposts_cannot_be_varied_in_an_index(content: dict, edition_of: Callable):
    """Its indicators need not have any; the message lists what can."""
    content["robustness"] = SMALL | {"normalisations": ["baseline_bonus"]}
    with pytest.raises(ValueError, match=r"robustness\.normalisations: unknown baseline_bonus; known: minmax, own"):
        edition_of(content)


def test_an_indicator_that_stands_higher_in_the_tree_keeps_its_weight(content: dict, edition_of: Callable):
    """a under the top, the others one node deeper: nominal weights 1/2, 1/6, 1/6, 1/6, and the scores of the stage."""
    leaves = [{"indicator": id_} for id_ in "bcd"]
    deeper = {"id": "rest", "name": {"en": "rest", "zh": "其余"}, "indicators": leaves}
    content["index"]["tree"] = {
        "id": "top",
        "name": {"en": "top", "zh": "总"},
        "indicators": [{"indicator": "a"}],
        "nodes": [deeper],
    }
    given, edition = opened(content, edition_of)
    assert chapter.effective_frame(given, edition)["nominal"].tolist() == pytest.approx([50, 100 / 6, 100 / 6, 100 / 6])
    swaps = chapter.swaps_frame(given, edition)
    a, rest = np.array([8, 5, 2, 0]) / 8, np.array([3, 5 / 8 + 0.25 + 0.25, 3 / 8 + 5 / 8 + 0.75, 0]) / 3
    assert swaps["lead"].tolist() == pytest.approx(-100 * np.diff(np.sort((a + rest) / 2)[::-1]))
