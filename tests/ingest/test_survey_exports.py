"""Exports of survey platforms: several rows of names, GB18030, answers in words, durations in words."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest
from evalcore.ingest.columns import ColumnMap
from evalcore.io.raw import read_file

NAMES = {
    "序号": "respondent",
    "1、您在哪家商店购物？": "shop",
    "2、商品": "goods",
    "提交答卷时间": "submitted_at",
    "3、您的年龄": "age",
    "4、评价 / 满意度": "satisfaction",
    "4、评价 / 是否解决": "solved",
    "所用时间": "seconds",
    "5、花费": "paid",
    "6、意见": "comment",
}
CODES = {
    "shop": {"甲店": "A", "乙店": "B"},
    "goods": {"生鲜": "fresh"},
    "age": {"30岁以下": "young", "30岁及以上": "old"},
    "satisfaction": {"非常满意": "5", "满意": "4", "一般": "3", "不满意": "2", "非常不满意": "1"},
    "solved": {"是": "yes", "否": "no"},
}
UPPER = [
    "序号",
    "1、您在哪家商店购物？",
    "2、商品",
    "提交答卷时间",
    "3、您的年龄",
    "4、评价",
    "",
    "所用时间",
    "5、花费",
    "6、意见",
]
LOWER = ["", "", "", "", "", "满意度", "是否解决", "", "", ""]
ANSWERS = [
    ["1", "甲店", "生鲜", "2025-01-02 10:00:00", "30岁以下", "非常满意", "是", "3分25秒", "12.5", "很好"],
    ["2", "乙店", "生鲜", "2025-05-02 10:00:00", "30岁及以上", "一般", "否", "205秒", "", ""],
    ["3", "乙店", "", "2025-05-03 10:00:00", "30岁以下", "满意", "是", "1小时2分3秒", "", "慢"],
]


def exported(tiny: dict, edition_of, **source: object) -> Edition:
    """The tiny edition, its survey an export whose time needed is a duration."""
    tiny["sources"]["survey"] |= source
    tiny["sources"]["survey"]["columns"]["seconds"]["duration"] = True
    return edition_of(tiny)


def test_a_csv_in_gb18030_with_answers_in_words_is_read(tmp_path: Path, tiny: dict, edition_of):
    """As 问卷星 exports: one row of names with the questions' numbers, the words that were ticked, seconds in words."""
    edition = exported(tiny, edition_of, encoding="gb18030")
    names = [*UPPER[:5], "4、评价 / 满意度", "4、评价 / 是否解决", *UPPER[7:]]
    path = tmp_path / "survey.csv"
    path.write_bytes("\n".join(",".join(row) for row in [names, *ANSWERS]).encode("gb18030"))
    frame = ingest(read_file(path, edition.sources["survey"]), "survey", edition, ColumnMap(columns=NAMES, codes=CODES))
    assert list(frame["seconds"]) == [205, 205, 3723]
    assert list(frame["satisfaction"]) == [5, 3, 4]
    assert list(frame["shop"]) == ["A", "B", "B"]
    assert list(frame["row"]) == [2, 3, 4]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """As 腾讯问卷 exports: an Excel file with two rows of names, a question above its parts in merged cells."""
    made = Workbook()
    for row in (UPPER, LOWER, *ANSWERS):
        made.active.append([value or None for value in row])
    made.active.merge_cells("F1:G1")
    made.save(tmp_path / "survey.xlsx")
    return tmp_path / "survey.xlsx"


def test_two_rows_of_names_become_one(book: Path, tiny: dict, edition_of):
    """A question's name stands before that of each of its parts."""
    edition = exported(tiny, edition_of, file="survey.xlsx", header_rows=2)
    raw = read_file(book, edition.sources["survey"])
    assert list(raw.columns) == list(NAMES)
    frame = ingest(raw, "survey", edition, ColumnMap(columns=NAMES, codes=CODES))
    assert list(frame["solved"]) == [True, False, True]
    assert list(frame["row"]) == [3, 4, 5]


def test_a_mistake_below_two_rows_of_names_is_found_in_its_row(book: Path, tiny: dict, edition_of):
    """An answer that the map does not know is named with the row a spreadsheet shows."""
    edition = exported(tiny, edition_of, file="survey.xlsx", header_rows=2)
    codes = CODES | {"satisfaction": {"非常满意": "5", "满意": "4"}}
    with pytest.raises(EvalcoreError, match=r"column satisfaction, row 4\n?.*'一般'"):
        ingest(read_file(book, edition.sources["survey"]), "survey", edition, ColumnMap(columns=NAMES, codes=codes))


def test_a_duration_that_is_none_is_refused(tmp_path: Path, tiny: dict, edition_of):
    """About five minutes are no number of seconds."""
    edition = exported(tiny, edition_of)
    rows = [[*ANSWERS[0][:7], "约5分钟", *ANSWERS[0][8:]], *ANSWERS[1:]]
    names = [*UPPER[:5], "4、评价 / 满意度", "4、评价 / 是否解决", *UPPER[7:]]
    path = tmp_path / "survey.csv"
    path.write_text("\n".join(",".join(row) for row in [names, *rows]), encoding="utf-8")
    with pytest.raises(EvalcoreError, match="约5分钟"):
        ingest(read_file(path, edition.sources["survey"]), "survey", edition, ColumnMap(columns=NAMES, codes=CODES))
