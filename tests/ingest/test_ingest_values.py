"""Values: what a person would have to guess is refused with file, row, column, value and remedy."""

from collections.abc import Callable

import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.ingest.columns import ColumnMap
from evalcore.io.files import write_csv

Read = Callable[..., pd.DataFrame]
Refuse = Callable[..., str]


def test_rows_keep_their_order_types_and_row_numbers(read: Read, survey_text: str) -> None:
    """Text becomes values; the header is row 1 and blanks are missing."""
    frame = read(survey_text)
    assert frame["row"].to_list() == [2, 3, 4, 5]
    assert frame["satisfaction"].to_list() == [5, 4, 3, 1]
    assert frame["solved"].to_list() == [True, False, True, False]
    assert frame["paid"].isna().to_list() == [False, True, False, False]
    assert frame["paid"].dropna().to_list() == [12.5, -1.2, 1000.0]
    assert frame["submitted_at"][1] == pd.Timestamp("2025-03-31 23:59:59")
    assert frame["goods"].isna().to_list() == [False, False, True, False]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",young,5,", ",young,7,", ["column satisfaction, row 2: '7' (1 such value(s))", "at most 5", "`outside`"]),
        (",young,5,", ",young,0,", ["column satisfaction, row 2: '0'", "at least 1"]),
        (
            ",young,5,",
            ",young,５,",
            ["column satisfaction, row 2: '５' (full-width digits", "a whole number such as 5"],
        ),
        (",young,5,", ",young,good,", ["column satisfaction, row 2: 'good' (not in the expected form"]),
        (",young,5,", ",young,4.5,", ["column satisfaction, row 2: '4.5'", "a whole number"]),
        (",young,5,", ",young,,", ["column satisfaction, row 2: no value", "a value in every row", "`blank: true`"]),
        (
            ",300,-1.2,",
            ',300,"1,234",',
            ["column paid, row 4: '1,234' (thousands separators", "a number such as 1234.5"],
        ),
        (",300,-1.2,", ",300,1 234.5,", ["column paid, row 4: '1 234.5' (thousands separators"]),
        (",300,-1.2,", ",300,１２，５,", ["column paid, row 4: '１２，５' (full-width digits"]),
        (",300,-1.2,", ",300,2025-03-11,", ["column paid, row 4: '2025-03-11' (a date"]),
        (",300,-1.2,", ",300,nan,", ["column paid, row 4: 'nan'"]),
        (",300,", ",-300,", ["column seconds, row 4: '-300'", "at least 0"]),
        (",300,", ",five minutes,", ["column seconds, row 4: 'five minutes'"]),
        ("2025-04-01 00:00:00", "45748", ["column submitted_at, row 4: '45748' (perhaps an Excel day number"]),
        ("2025-04-01 00:00:00", "01/04/2025", ["column submitted_at, row 4: '01/04/2025' (a date in another notation"]),
        ("2025-04-01 00:00:00", "2025年4月1日", ["row 4: '2025年4月1日' (a date in another notation"]),
        ("2025-04-01 00:00:00", "2025-02-30", ["column submitted_at, row 4: '2025-02-30'", "a date that exists"]),
        ("r3,B,,2025", "r3,Z,,2025", ["column shop, row 4: 'Z'", "one of A, B", "add what is missing to the edition"]),
        (",fresh,2025-06", ",frehs,2025-06", ["column goods, row 5: 'frehs'", "one of fresh"]),
        (",young,3,yes", ",Young,3,yes", ["column age, row 4: 'Young'", "one of young, old"]),
        (",3,yes,", ",3,maybe,", ["column solved, row 4: 'maybe'", "yes or no"]),
        (
            "r3,B",
            "r1,B",
            ["column respondent, row 2: 'r1' occurs more than once (2 such value(s))", "remove the repeated"],
        ),
        ("r3,B", ",B", ["column respondent, row 4: no value"]),
    ],
)
def test_odd_value_is_refused(refusal: Refuse, survey_text: str, old: str, new: str, told: list[str]) -> None:
    """Nothing is guessed: the message says where the value stands, what it is, what is allowed and what to do."""
    assert old in survey_text
    message = refusal(survey_text.replace(old, new, 1))
    assert "survey.csv, column" in message
    assert "what to do:" in message
    for words in told:
        assert words in message


def test_refusal_counts_the_values_like_the_first(refusal: Refuse, survey_text: str) -> None:
    """The first row is named and the number of like values told, of that column only."""
    text = (
        survey_text.replace(",young,5,", ",young,9,")
        .replace(",old,4,", ",old,8,")
        .replace(",old,1,no,59", ",x,1,no,59")
    )
    assert "column satisfaction, row 2: '9' (2 such value(s))" in refusal(text)


def test_rule_of_kind_outside_lets_odd_ratings_pass_to_cleaning(
    read: Read, survey_text: str, tiny: dict, edition_of: Callable[[dict], Edition]
) -> None:
    """An edition may set ratings off the scale aside instead of refusing the file."""
    reason = {"en": "off the scale", "zh": "超出量表"}
    rule = {"id": "s-scale", "kind": "outside", "columns": ["satisfaction"], "reason": reason}
    tiny["sources"]["survey"]["rules"].append(rule)
    frame = read(survey_text.replace(",young,5,", ",young,7,", 1), edition_of(tiny))
    assert frame["satisfaction"][0] == 7


def test_platform_without_rows_is_refused(refusal: Refuse, survey_text: str) -> None:
    """A platform of the edition that the data do not know is no platform with nothing to report."""
    message = refusal(survey_text.replace(",B,", ",A,"))
    assert "survey.csv, column shop: no row for B, which the edition evaluates" in message
    assert "`absent_from: [survey]`" in message


def test_platform_declared_absent_may_have_no_rows(
    read: Read, survey_text: str, tiny: dict, edition_of: Callable[[dict], Edition]
) -> None:
    """An absence that was declared is no surprise."""
    tiny["entities"][1]["absent_from"] = ["survey"]
    assert set(read(survey_text.replace(",B,", ",A,"), edition_of(tiny))["shop"]) == {"A"}


def test_code_map_translates_and_blanks(read: Read, survey_text: str) -> None:
    """Codes of the map are translated, null makes them missing, others pass on."""
    text = (
        survey_text.replace(",A,", ",甲店,")
        .replace(",12.50,", ",k.A.,")
        .replace(",yes,", ", 是,")
        .replace(",no,", ",否,")
    )
    codes = {"shop": {"甲店": "A"}, "paid": {"k.A.": None}, "solved": {"是": "yes", "否": "no"}}
    frame = read(text, mapping=ColumnMap(codes=codes))
    assert frame["shop"].to_list() == ["A", "A", "B", "B"]
    assert frame["paid"].isna().to_list() == [True, True, False, False]
    assert frame["solved"].to_list() == [True, False, True, False]


def test_markup_in_an_answer_stays_plain_text(read: Read, survey_text: str) -> None:
    """`<script>` is nothing but characters; pages escape it when they show it."""
    frame = read(survey_text.replace("很好", "<script>alert(1)</script>"))
    assert frame["comment"][0] == "<script>alert(1)</script>"


def test_formula_in_an_answer_is_inert_in_a_csv_and_numbers_stay_numbers(
    read: Read, survey_text: str, tmp_path
) -> None:
    """A spreadsheet shows `=cmd()` and does not run it; -1.2 is a number, as text or not."""
    text = survey_text.replace("很好", "=cmd()|' /C calc'!A0").replace("太慢", "@SUM(A1)").replace("还行", "-1.2")
    frame = read(text)
    write_csv(tmp_path / "out.csv", frame[["paid", "comment"]])
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["paid,comment", "12.5,'=cmd()|' /C calc'!A0", ",'@SUM(A1)", "-1.2,", "1000.0,-1.2"]
