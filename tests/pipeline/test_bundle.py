"""The archive of all tables, the terms and the citation of a book."""

import io
import json
import zipfile

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.book.about import about, glossary
from evalcore.pipeline.book.bundle import figures_zip, tables_zip

NUMBER = {"value": 72.5, "unit": "points", "text": {"en": "72.5", "zh": "72.5"}}


@pytest.fixture
def build(tmp_path):
    """Two exhibits and two numbers, one of them withheld."""
    for name in ("ranking", "secret"):
        (tmp_path / "exhibits" / name).mkdir(parents=True)
        (tmp_path / "exhibits" / name / "data.csv").write_text("a,b\n1,2\n")
    hidden = NUMBER | {"withheld": {"en": "why"}, "text": {"en": "withheld", "zh": "暂不公布"}}
    (tmp_path / "numbers.json").write_text(json.dumps({"mean": NUMBER, "hidden": hidden}), "utf-8")
    return tmp_path


def test_archive_holds_shown_tables_and_numbers_only(build):
    """What is withheld is in no table and has no value among the numbers."""
    archive = zipfile.ZipFile(io.BytesIO(tables_zip(build, {"secret"})))
    assert archive.namelist() == ["tables/ranking.csv", "numbers.csv"]
    rows = archive.read("numbers.csv").decode("utf-8-sig").splitlines()
    assert rows[1:] == ["mean,72.5,points,72.5,72.5", "hidden,,points,withheld,暂不公布"]


def test_archive_of_figures_holds_the_pictures_of_the_book():
    """PNG files of exhibits and nothing else, as they are."""
    files = {"_exhibits/ranking.png": b"a picture", "_exhibits/ranking.csv": b"a,b", "_static/logo.png": b"a logo"}
    archive = zipfile.ZipFile(io.BytesIO(figures_zip(files)))
    assert archive.namelist() == ["figures/ranking.png"]
    assert archive.read("figures/ranking.png") == b"a picture"
    assert figures_zip(files) == figures_zip(files)


def test_archive_has_no_clock(build):
    """The same content gives the same bytes."""
    assert tables_zip(build, ()) == tables_zip(build, ())
    assert {i.date_time[0] for i in zipfile.ZipFile(io.BytesIO(tables_zip(build, ()))).infolist()} == {1980}


def test_date_is_the_month_of_the_version(root):
    """A calendar version names its month, in the page's language."""
    english, chinese = about(root, "en"), about(root, "zh")
    year, month, *_ = english["version"].split(".")
    assert english["date"].endswith(year)
    assert chinese["date"] == f"{year}年{int(month)}月"
    assert english["book_licence"].startswith("CC ")


def test_term_without_translation_stops_the_build(tmp_path):
    """Both languages explain the same terms."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book/glossary.yml").write_text(
        "- term: {en: Draw}\n  means: {en: One version., zh: 一种可能。}\n", "utf-8"
    )
    with pytest.raises(EvalcoreError, match=r"book/glossary.yml: an entry is not whole"):
        glossary(tmp_path)
