"""Columns: missing, extra, doubled and renamed ones, and the map that takes over other people's names."""

from collections.abc import Callable

import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.ingest.columns import ColumnMap

Read = Callable[..., pd.DataFrame]
Refuse = Callable[..., str]


def test_missing_column_is_refused(refusal: Refuse, survey_text: str) -> None:
    """The message names the column, the file and what to do."""
    lines = [",".join(line.split(",")[:-1]) for line in survey_text.splitlines()]
    message = refusal("\n".join(lines))
    assert "survey.csv: column(s) missing: comment" in message
    assert "editions/maps/" in message


def test_renamed_column_is_refused_with_its_candidate(refusal: Refuse, survey_text: str) -> None:
    """What is missing and what is not expected stand side by side."""
    message = refusal(survey_text.replace("satisfaction", "csat", 1))
    assert "column(s) missing: satisfaction; not expected: csat" in message


def test_renamed_column_is_taken_over_by_the_map(read: Read, survey_text: str) -> None:
    """One line in editions/maps/ takes over another name."""
    frame = read(
        survey_text.replace("satisfaction", "满意度", 1), mapping=ColumnMap(columns={"满意度": "satisfaction"})
    )
    assert frame["satisfaction"].to_list() == [5, 4, 3, 1]


def test_extra_column_is_refused(refusal: Refuse, survey_text: str) -> None:
    """A column nobody declared may hold anything, private data included."""
    message = refusal("\n".join(f"{line},x" for line in survey_text.splitlines()))
    assert "survey.csv: column(s) not in the contract: x" in message
    assert "remove or declare them in the edition" in message


def test_extra_column_without_a_name_is_refused(refusal: Refuse, survey_text: str) -> None:
    """A comma at the end of every line makes a column."""
    assert "column(s) not in the contract: (no name)" in refusal("\n".join(f"{x}," for x in survey_text.splitlines()))


def test_other_columns_may_be_ignored_on_purpose(
    read: Read, survey_text: str, tiny: dict, edition_of: Callable[[dict], Edition]
) -> None:
    """A source may declare that it takes part of a wide file; the rest is not read."""
    tiny["sources"]["survey"]["ignore_other_columns"] = True
    frame = read("\n".join(f"{line},x" for line in survey_text.splitlines()), edition_of(tiny))
    assert "x" not in frame


def test_doubled_column_is_refused(refusal: Refuse, survey_text: str) -> None:
    """Two columns of one name are two opinions."""
    message = refusal(survey_text.replace("paid", "seconds", 1))
    assert "survey.csv: column(s) given twice: seconds" in message
    assert "keep one of them" in message


def test_map_that_sends_two_columns_to_one_is_refused(refusal: Refuse, survey_text: str) -> None:
    """A map cannot decide which of two columns counts."""
    mapping = ColumnMap(columns={"csat": "satisfaction", "csat_2": "satisfaction"})
    message = refusal(survey_text.replace("satisfaction", "csat", 1), mapping=mapping)
    assert "survey.csv: column map: column(s) given twice: satisfaction" in message


def test_map_onto_a_column_that_is_there_is_refused(refusal: Refuse, survey_text: str) -> None:
    """The file's own column of that name would be the second."""
    message = refusal(survey_text, mapping=ColumnMap(columns={"paid": "seconds"}))
    assert "survey.csv: after the column map: column(s) given twice: seconds" in message


@pytest.mark.parametrize("mapping", [ColumnMap(columns={"x": "satisfacton"}), ColumnMap(codes={"satisfacton": {}})])
def test_map_to_an_unknown_column_is_refused(refusal: Refuse, survey_text: str, mapping: ColumnMap) -> None:
    """A misspelt line of a map would do nothing, silently."""
    message = refusal(survey_text, mapping=mapping)
    assert "survey.csv: column map: no such column: satisfacton" in message
    assert "allowed: respondent, shop" in message


def test_order_of_columns_does_not_matter(read: Read, survey_text: str) -> None:
    """Columns are known by name; the frame has them in the order of the edition."""
    cells = [line.split(",") for line in survey_text.splitlines()]
    turned = "\n".join(",".join(line[::-1]) for line in cells)
    pd.testing.assert_frame_equal(read(turned), read(survey_text))
