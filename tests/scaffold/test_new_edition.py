"""A new edition holds what must change and nothing else; `check` leads from there to a finished one."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from shops import ROWS, raw, swap

from evalcore.edition import load_edition
from evalcore.errors import EvalcoreError
from evalcore.io.manifest import accept
from evalcore.scaffold import check, new_edition, write_templates


def test_the_new_edition_differs_from_the_old_one_in_its_year_only(place: Path):
    """Years in names, dates and seeds move; framework, columns and rules are those of the old edition."""
    new_edition("shops-2026", "shops-2025", place)
    old, new = load_edition("shops-2025", place), load_edition("shops-2026", place)
    assert (new.year, new.periods[1].last) == (2026, date(2026, 6, 30))
    assert new.previous.edition == "shops-2025"
    same = ("framework", "entities", "sources", "segments", "weighting", "model")
    assert {key: getattr(new, key) for key in same} == {key: getattr(old, key) for key in same}


def test_last_years_quarters_are_not_this_years(place: Path):
    """The line is there, empty and marked: a person names the quarters of the new year."""
    swap(place / "editions" / "shops-2025.yml", "seed: 1\n", "seed: 1\nquarters: [shops-2025-q1]\n")
    new_edition("shops-2026", "shops-2025", place)
    assert load_edition("shops-2026", place).quarters == ()
    assert any("quarters: []" in line for line in check("shops-2026", place))


def test_a_leap_day_moves_to_the_last_of_february(place: Path):
    """A period that ended on 29 February 2028 ends on the 28th in 2029."""
    path = place / "editions" / "shops-2025.yml"
    swap(path, "year: 2025", "year: 2028")
    swap(path, "last: 2025-03-31", "last: 2028-02-29")
    swap(path, "first: 2025-01-01", "first: 2028-01-01")
    swap(path, "first: 2025-04-01, last: 2025-06-30", "first: 2028-03-01, last: 2028-06-30")
    new_edition("shops-2029", "shops-2025", place)
    assert load_edition("shops-2029", place).periods[0].last == date(2029, 2, 28)


def test_a_year_that_is_there_is_not_written_over(place: Path):
    """Neither the edition nor its SOURCES.yml is replaced."""
    new_edition("shops-2026", "shops-2025", place)
    before = (place / "editions" / "shops-2026.yml").read_bytes()
    with pytest.raises(EvalcoreError, match=r"editions/shops-2026\.yml: is already there"):
        new_edition("shops-2026", "shops-2025", place)
    assert (place / "editions" / "shops-2026.yml").read_bytes() == before


def test_nothing_is_made_from_a_broken_edition(place: Path):
    """The mistake of the old edition is named, and no file is left behind."""
    swap(place / "editions" / "shops-2025.yml", "weight: 60", "weight: 61")
    with pytest.raises(EvalcoreError, match="add up to 101"):
        new_edition("shops-2026", "shops-2025", place)
    assert not (place / "editions" / "shops-2026.yml").exists()
    assert not (place / "data" / "raw" / "shops-2026").exists()


def test_check_leads_from_a_new_edition_to_a_finished_one(place: Path):
    """Marks, then what SOURCES.yml leaves open, then the file, then its acceptance; last year's results at the end."""
    new_edition("shops-2026", "shops-2025", place)
    found = check("shops-2026", place)
    assert [what for line in found if (what := re.search(r"line \d+|\.date|\.obtained|file is missing", line))]
    assert any("survey.csv: the file is missing" in line for line in found)

    raw(place, "shops-2026", ROWS.replace("2025-", "2026-"))
    edition, sources = (place / "editions" / "shops-2026.yml", place / "data" / "raw" / "shops-2026" / "SOURCES.yml")
    edition.write_text(edition.read_text(encoding="utf-8").replace("  # edit", ""), encoding="utf-8")
    sources.write_text(sources.read_text(encoding="utf-8").replace("'?'", "asked"), encoding="utf-8")
    assert [line.split("\n")[0] for line in check("shops-2026", place)[1:]] == [
        "data/results/shops-2025.json: is missing: nothing to compare with"
    ]
    assert "none was accepted yet" in check("shops-2026", place)[0]
    accept(load_edition("shops-2026", place), place)
    assert len(check("shops-2026", place)) == 1
    assert check("shops-2025", place) == []


def test_check_names_row_and_column_of_a_value_that_does_not_fit(place: Path):
    """A rating of 9 is found before anything is built."""
    raw(place, "shops-2025", ROWS.replace("old,4,no", "old,9,no"))
    (found,) = check("shops-2025", place)
    assert "column satisfaction, row 3" in found


def test_check_says_what_is_wrong_with_an_edition_that_cannot_be_read(place: Path):
    """The first thing to mend is the edition itself."""
    swap(place / "editions" / "shops-2025.yml", "seed: 1\n", "sede: 1\n")
    (found,) = check("shops-2025", place)
    assert "unknown key" in found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_has_the_columns_of_the_contract(place: Path, kind: str):
    """CSV has the header alone; Excel has a code book with a line per column."""
    edition = load_edition("shops-2025", place)
    (path,) = write_templates(edition, place / "templates", kind)
    columns = list(edition.sources["survey"].columns)
    if kind == "csv":
        assert path.read_text(encoding="utf-8") == ",".join(columns) + "\n"
        return
    book = load_workbook(path)
    assert [[cell.value for cell in row] for row in book["survey"].iter_rows()] == [columns]
    lines = {row[0]: row for row in book["code book"].iter_rows(values_only=True)}
    assert lines["satisfaction"][1:4] == ("rating", None, "1 to 5")
    assert lines["age"][3] == "young, old"


def test_lists_of_an_edition_can_be_added_to_and_chosen_from(place: Path):
    """`add` appends, `only` chooses and orders, so that one newcomer costs one line."""
    new_edition("shops-2026", "shops-2025", place)
    path = place / "editions" / "shops-2026.yml"
    more = (
        "only: {entities: [C, A]}\nadd:\n  entities:\n    - {id: C, name: {en: Shop C, zh: 丙}, categories: [fresh]}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert [entity.id for entity in load_edition("shops-2026", place).entities] == ["C", "A"]
