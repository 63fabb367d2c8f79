"""Files: missing, empty, damaged or in two encodings, from CSV, Excel and Parquet."""

import copy
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest
from evalcore.io.raw import read_file

Read = Callable[..., pd.DataFrame]
Refuse = Callable[..., str]
Make = Callable[[dict], Edition]


@pytest.fixture
def excel(tiny: dict, edition_of: Make) -> Edition:
    """The tiny edition with its survey in Excel."""
    content = copy.deepcopy(tiny)
    content["sources"]["survey"] |= {"file": "survey.xlsx", "sheet": "answers"}
    return edition_of(content)


@pytest.fixture
def chinese(tiny: dict, edition_of: Make) -> Edition:
    """The tiny edition with its survey in GB18030."""
    content = copy.deepcopy(tiny)
    content["sources"]["survey"]["encoding"] = "gb18030"
    return edition_of(content)


def workbook(path: Path, survey_text: str, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> Path:
    """The survey as a workbook with real numbers and dates, after one change."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "answers"
    for line in survey_text.splitlines():
        sheet.append([_typed(value) for value in line.split(",")])
    change(sheet)
    book.save(path)
    return path


def _typed(value: str) -> object:
    for kind in (int, float, datetime.fromisoformat):
        try:
            return kind(value)
        except ValueError:
            continue
    return value or None


def test_missing_file_is_refused(tmp_path: Path, tiny_edition: Edition) -> None:
    """The message says where to look for how the file was obtained."""
    with pytest.raises(EvalcoreError, match=r"survey.csv: the file is missing\n.*`obtained` in SOURCES.yml"):
        read_file(tmp_path / "survey.csv", tiny_edition.sources["survey"])


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_empty_file_is_refused(refusal: Refuse, content: str) -> None:
    """Nothing is no table."""
    message = refusal(content)
    assert message.startswith("survey.csv: ")
    assert "the file is empty" in message


def test_file_of_a_header_only_is_refused(refusal: Refuse, survey_text: str) -> None:
    """A table without rows was cut off."""
    assert "survey.csv: the file has no rows" in refusal(survey_text.splitlines()[0])


def test_row_with_too_few_values_is_refused(refusal: Refuse, survey_text: str) -> None:
    """A file cut off in the middle of a row must not end in blanks."""
    message = refusal(survey_text[: survey_text.rindex(",1000")])
    assert "survey.csv, line 5: 8 value(s), the header has 10" in message


def test_row_with_too_many_values_is_refused(refusal: Refuse, survey_text: str) -> None:
    """An unquoted comma moves every value after it."""
    message = refusal(survey_text.replace("太慢", "太慢,真的"))
    assert "survey.csv, line 3: 11 value(s), the header has 10" in message
    assert "a comma inside a value needs quotes" in message


def test_quote_that_is_never_closed_is_refused(refusal: Refuse, survey_text: str) -> None:
    """It would swallow every row after it."""
    assert "survey.csv, line 5: unexpected end of data" in refusal(survey_text.replace("太慢", '"太慢'))


def test_quoted_line_breaks_and_commas_are_part_of_a_value(read: Read, survey_text: str) -> None:
    """An answer may run over several lines."""
    assert read(survey_text.replace("太慢", '"太慢，\n真的, ""慢"""'))["comment"][1] == '太慢，\n真的, "慢"'


def test_byte_order_mark_makes_no_difference(read: Read, survey_text: str) -> None:
    """UTF-8 with and without BOM are one content."""
    pd.testing.assert_frame_equal(read("\ufeff" + survey_text), read(survey_text))


def test_windows_line_ends_make_no_difference(read: Read, survey_text: str) -> None:
    """CRLF and LF are one content."""
    pd.testing.assert_frame_equal(read(survey_text.replace("\n", "\r\n")), read(survey_text))


def test_gb18030_is_read_as_declared(read: Read, survey_text: str, chinese: Edition) -> None:
    """The same text in either encoding is one content."""
    pd.testing.assert_frame_equal(read(survey_text.encode("gb18030"), chinese), read(survey_text))


def test_gb18030_line_in_a_utf8_file_is_refused(refusal: Refuse, survey_text: str) -> None:
    """Two exports pasted together are told apart by the line where they meet."""
    first, *others = survey_text.encode().splitlines(keepends=True)
    others[1] = others[1].decode().encode("gb18030")
    message = refusal(b"\xef\xbb\xbf" + first + b"".join(others))
    assert "survey.csv, line 3: is not utf-8, the file is declared as utf-8" in message
    assert "one encoding in the whole file" in message


def test_utf8_line_in_a_gb18030_file_is_refused(refusal: Refuse, survey_text: str, chinese: Edition) -> None:
    """GB18030 would read the line as other characters without complaint."""
    lines = survey_text.encode("gb18030").splitlines(keepends=True)
    lines[2] = lines[2].decode("gb18030").encode()
    message = refusal(b"".join(lines), edition=chinese)
    assert "survey.csv, line 3: is UTF-8, the file is declared as gb18030" in message


def test_short_gb18030_words_are_not_mistaken_for_utf8(read: Read, survey_text: str, chinese: Edition) -> None:
    """The bytes of 一 are a Cyrillic letter in UTF-8; the declaration counts."""
    frame = read(survey_text.replace("很好", "一").encode("gb18030"), chinese)
    assert frame["comment"][0] == "一"


def test_excel_numbers_and_dates_are_read_as_such(tmp_path: Path, survey_text: str, excel: Edition, read: Read) -> None:
    """A workbook with typed cells holds what the CSV holds."""
    path = workbook(tmp_path / "survey.xlsx", survey_text, lambda sheet: None)
    frame = ingest(read_file(path, excel.sources["survey"]), "survey", excel)
    pd.testing.assert_frame_equal(frame, read(survey_text))


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("I3", datetime(2025, 3, 5), "column paid, row 3: '2025-03-05 00:00:00' (a date in another notation"),
        ("F3", datetime(2025, 3, 5), "column satisfaction, row 3: '2025-03-05 00:00:00' (a date"),
        ("D3", 45721, "column submitted_at, row 3: '45721' (perhaps an Excel day number"),
        ("I3", "１２", "column paid, row 3: '１２' (full-width digits"),
        ("I3", "1,234", "column paid, row 3: '1,234' (thousands separators"),
        ("I3", "#N/A", "column paid, row 3: '#N/A'"),
        ("F3", 7, "column satisfaction, row 3: '7'"),
    ],
)
def test_odd_cell_of_a_workbook_is_refused(
    tmp_path: Path, survey_text: str, excel: Edition, cell: str, value: object, told: str
) -> None:
    """Excel turns ratings like 3/5 into dates; they are not turned back by guessing."""

    def enter(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet[cell].number_format = "General"
        sheet[cell] = value

    path = workbook(tmp_path / "survey.xlsx", survey_text, enter)
    with pytest.raises(EvalcoreError) as caught:
        ingest(read_file(path, excel.sources["survey"]), "survey", excel)
    assert f"survey.xlsx, {told}" in str(caught.value)


def test_missing_sheet_is_refused_with_those_there_are(tmp_path: Path, survey_text: str, excel: Edition) -> None:
    """A renamed sheet is named, not replaced by the first one."""
    path = workbook(tmp_path / "survey.xlsx", survey_text, lambda sheet: setattr(sheet, "title", "Sheet1"))
    with pytest.raises(EvalcoreError, match=r"survey.xlsx: no sheet 'answers'\n.*Sheet1"):
        read_file(path, excel.sources["survey"])


def test_empty_sheet_is_refused(tmp_path: Path, excel: Edition) -> None:
    """Nothing is no table."""
    path = workbook(tmp_path / "survey.xlsx", "", lambda sheet: None)
    with pytest.raises(EvalcoreError, match=r"survey.xlsx: the sheet is empty"):
        read_file(path, excel.sources["survey"])


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"PK\x03\x04 cut off"])
@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_damaged_file_is_refused(tmp_path: Path, tiny: dict, edition_of: Make, kind: str, content: bytes) -> None:
    """A file that is not what its name says is named, without a traceback of the library."""
    tiny["sources"]["survey"]["file"] = f"survey.{kind}"
    path = tmp_path / f"survey.{kind}"
    path.write_bytes(content)
    with pytest.raises(EvalcoreError, match=f"survey.{kind}: cannot be read as {kind}"):
        read_file(path, edition_of(tiny).sources["survey"])


def test_typed_parquet_is_taken_over(
    tmp_path: Path, survey_text: str, tiny: dict, edition_of: Make, read: Read
) -> None:
    """Columns that are typed already keep their values and pass the same contract."""
    typed = read(survey_text)
    tiny["sources"]["survey"]["file"] = "survey.parquet"
    edition = edition_of(tiny)
    typed.drop(columns="row").to_parquet(tmp_path / "survey.parquet")
    frame = ingest(read_file(tmp_path / "survey.parquet", edition.sources["survey"]), "survey", edition)
    pd.testing.assert_frame_equal(frame, typed)
