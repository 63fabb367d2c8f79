"""Tables: as many cells as columns, numbers formatted, missing things named, in both languages."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.tables import framework, scores
from evalcore.tables.table import Table, format_judged
from evalcore.words import LANGUAGES, Words

NAN = np.nan
Make = Callable[[pd.DataFrame, Words], Table]


@pytest.fixture
def edition(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """The tiny edition with two sizes and a definition that is long enough to see."""
    label = {"id": "big", "name": {"en": "big", "zh": "大"}}
    return edition_of(tiny | {"sizes": [label], "entities": [e | {"size": "big"} for e in tiny["entities"]]})


@pytest.fixture
def words(edition: Edition) -> Callable[[str, str], Words]:
    """(Exhibit, language) -> its words."""
    return lambda exhibit, lang="en": Words(lang, exhibit, edition)


RANKING = pd.DataFrame(
    {
        "entity": ["A", "B"],
        "low": [88.25, 61.04],
        "high": [88.25, 73.96],
        "lower": [86.0, 59.0],
        "upper": [90.04, 63.0],
        "rank": pd.array([1, None], "Int64"),
        "rank_lower": pd.array([1, None], "Int64"),
        "rank_upper": pd.array([2, None], "Int64"),
        "level": ["below", None],
        "p_first": [0.956, NAN],
    }
)
PROFILE = pd.DataFrame(
    {
        "indicator": ["R1", "E1", "E1", "E1"],
        "value": [1234.56, NAN, NAN, 4.5],
        "lower": [1200.0, NAN, NAN, 4.5],
        "upper": [1300.0, NAN, NAN, 4.5],
        "baseline": [90.0, 4.5, 4.5, 4.5],
        "score": [95.04, NAN, NAN, 90.0],
        "median": [70.0, NAN, 80.0, 80.0],
        "n": [12345, 7, 0, 100],
        "status": ["measured", "suppressed", "unreported", "measured"],
    }
)
RULES = pd.DataFrame({"source": ["survey"], "step": ["s-fast"], "removed": [1234], "raw": [24_000]})
CASES: dict[str, tuple[Make, pd.DataFrame]] = {
    "composite-ranking": (scores.make_ranking, RANKING),
    "composite-groups": (
        scores.make_groups,
        pd.DataFrame({"kind": ["", "sizes"], "label": ["all", "big"], "entities": [2, 1], "R": [70.0, NAN],
                      "E": [60.04, 60.0], "composite": [66.0, 64.96]}),
    ),
    "indicator-attainment": (
        scores.make_attainment,
        pd.DataFrame({"indicator": ["R1"], "mean": [66.75], "smallest": [20.0], "largest": [97.0], "baseline": [90.0],
                      "attained": [2], "past": [1], "entities": [4]}),
    ),
    "entity-indicators": (scores.make_entity, PROFILE),
    "category-indicators": (
        scores.make_category_values,
        pd.DataFrame({"group": "fresh", "indicator": "R1", "entity": ["A", "B"], "value": [55.0, NAN], "n": [80, 7],
                      "status": ["measured", "suppressed"]}),
    ),
    "limits-unreported": (
        scores.make_unreported, pd.DataFrame({"entity": ["A"], "indicator": ["E1"], "weight": [12.34]}),
    ),
    "framework-indicators": (
        framework.make_indicators,
        pd.DataFrame({"indicator": ["R1"], "weight": [12.5], "floor": [-1_234_567.0], "baseline": [0.0],
                      "stretch": [NAN], "source": ["survey"], "clause": ["none"]}),
    ),
    "quality-sources": (
        framework.make_sources,
        pd.DataFrame({"source": ["survey"], "rows": [24_000], "valid": [21_172], "obtained": ["asked"],
                      "licence": ["CC0"], "sha256": ["0123456789abcdef"]}),
    ),
    "quality-rules": (framework.make_rules, RULES),
    "quality-weights": (
        framework.make_weights,
        pd.DataFrame({"source": ["survey"], "n": [4000], "effective": [3000.4], "deff": [4 / 3], "smallest": [2 / 3],
                      "largest": [2.0]}),
    ),
}  # fmt: skip
"""Exhibit -> its function and small data."""


@pytest.mark.parametrize("exhibit", CASES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_a_cell_for_every_column(exhibit: str, lang: str, words: Callable) -> None:
    """Text in each cell, and nowhere a trace of a missing number."""
    make, data = CASES[exhibit]
    table = make(data, words(exhibit, lang))
    assert {len(row) for row in table.rows} == {len(table.labels)} == {len(table.numeric)}
    assert len(table.rows) == len(data)
    texts = [cell for row in table.rows for cell in row] + list(table.labels)
    assert all(isinstance(text, str) and text for text in texts)
    assert not [text for text in texts if text.lower() in ("nan", "none", "<na>") or "nan" in text.split()]


@pytest.mark.parametrize("exhibit", ["category-indicators", "limits-unreported", "quality-rules", "quality-weights"])
def test_an_empty_table_says_that_there_is_nothing(exhibit: str, words: Callable) -> None:
    """One row of dashes, so that a reader sees that nothing is missing by mistake."""
    make, data = CASES[exhibit]
    table = make(data.iloc[:0], words(exhibit))
    assert table.rows == (("–",) * len(table.labels),)


def rows(exhibit: str, words: Words) -> list[tuple[str, ...]]:
    """Formatted rows of a case."""
    make, data = CASES[exhibit]
    return list(make(data, words).rows)


def test_ranking_by_hand(words: Callable) -> None:
    """One decimal, a range where something is unreported, and "not rated" instead of a rank."""
    assert rows("composite-ranking", words("composite-ranking")) == [
        ("Shop A", "1", "88.2", "86.0–90.0", "1–2", "below", "96 %"),
        ("Shop B", "not rated", "61.0–74.0", "59.0–63.0", "–", "–", "–"),
    ]


def test_a_sure_rank_is_one_number(words: Callable) -> None:
    """No interval from 1 to 1."""
    sure = RANKING.assign(rank_upper=RANKING["rank_lower"])
    assert scores.make_ranking(sure, words("composite-ranking")).rows[0][4] == "1"


def test_percents_follow_the_language(words: Callable) -> None:
    """96 % in English, 96% in Chinese, in every table."""
    assert rows("composite-ranking", words("composite-ranking", "zh"))[0][6] == "96%"
    assert rows("quality-rules", words("quality-rules", "zh"))[0][-1] == "5.14%"
    assert rows("limits-unreported", words("limits-unreported", "zh"))[0][-1] == "12.3%"


def test_entity_table_by_hand(words: Callable) -> None:
    """Thousands are separated; what is hidden or missing is named, and its number of rows is not printed."""
    assert rows("entity-indicators", words("entity-indicators")) == [
        ("R1 solved", "1,234.6 %", "1,200.0–1,300.0", "90.0 %", "95.0", "70.0", "12,345"),
        ("E1 satisfaction", "too few", "–", "4.5", "–", "–", "–"),
        ("E1 satisfaction", "not reported", "–", "4.5", "–", "80.0", "–"),
        ("E1 satisfaction", "4.5", "–", "4.5", "90.0", "80.0", "100"),
    ]


def test_category_table_hides_small_cells(words: Callable) -> None:
    """Neither the value nor how few there were."""
    found = rows("category-indicators", words("category-indicators"))
    assert [row[3:] for row in found] == [("55.0 %", "80"), ("too few", "–")]


def test_goalposts_and_weights_keep_their_decimals(words: Callable) -> None:
    """12.5 is not 12; a minus is a minus sign; what is not there is a dash."""
    assert rows("framework-indicators", words("framework-indicators"))[0] == (
        "R1 solved", "share solved", "12.5", "−1,234,567", "0", "–", "customer survey", "–",
    )  # fmt: skip


def test_groups_by_hand(words: Callable) -> None:
    """A group without a dimension has a dash there."""
    assert rows("composite-groups", words("composite-groups")) == [
        ("all", "2", "70.0", "60.0", "66.0"),
        ("big", "1", "–", "60.0", "65.0"),
    ]


def test_numbers_stand_to_the_right_and_names_are_headers(words: Callable) -> None:
    """As JSON for the book: alignment per column, the first columns as row headers."""
    make, data = CASES["category-indicators"]
    found = make(data, words("category-indicators")).as_json()
    assert [column["align"] for column in found["columns"]] == ["left"] * 3 + ["right"] * 2
    assert (found["stub"], found["note"]) == (3, None)
    assert found["rows"][0][0] == "fresh food"


def test_a_table_of_unequal_widths_is_refused() -> None:
    """A mistake in a table function ends the notebook, not the page."""
    with pytest.raises(ValueError, match="unequal widths"):
        Table(("a", "b"), (("1",),), (False, True))


@pytest.mark.parametrize(
    ("share", "printed"),
    [(0.8, "80 %"), (0.7953, "79.5 %"), (0.7996, "79.96 %"), (0.949, "94.9 %"), (0.955, "96 %"), (0.5996, "59.96 %")],
)
def test_a_chance_beside_a_word_is_printed_on_its_side_of_the_limits(
    words: Callable, share: float, printed: str
) -> None:
    """ "Probably" begins at 80 %, "ahead" at 95, "tied" ends at 60: no chance below prints as the limit."""
    assert format_judged(share, words("composite-neighbours")) == printed
