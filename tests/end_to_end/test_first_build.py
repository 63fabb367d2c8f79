"""What a finished report is like: said, shown, and not given away."""

import json
import re
from html import unescape

import pandas as pd

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@_+-]*")
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+")
PRIVATE = {
    "survey.csv": ["respondent_id", "ip", "device"],
    "mystery.csv": ["visit_id"],
    "tickets.parquet": ["ticket_id", "user_key"],
}
TEXT = {".json", ".csv", ".svg", ".html", ".ipynb", ".md", ".js", ".txt", ".yml", ".css", ".sha"}


def raw(built, name):
    """A raw file, as text where it is CSV."""
    path = built.root / "data" / "raw" / "demo-mini" / name
    return pd.read_parquet(path) if name.endswith("parquet") else pd.read_csv(path, encoding="utf-8-sig", dtype=str)


def texts_of(frame):
    """All texts of a table, a line each."""
    return "\n".join(map(str, frame.select_dtypes(["object", "string", "category"]).to_numpy().ravel()))


def outputs(built):
    """Path -> text of every file behind the ingest stage; tables as their values."""
    for path in sorted(built.build.rglob("*")):
        name = path.relative_to(built.build).as_posix()
        if path.suffix == ".parquet" and not name.startswith("ingest/"):
            yield name, texts_of(pd.read_parquet(path))
        elif path.suffix in TEXT:
            yield name, path.read_text("utf-8")


def shown(page):
    """What a reader sees of a page."""
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_every_page_says_that_the_data_are_simulated(built):
    """Nobody can open a page without being told."""
    pages = built.pages()
    assert len(pages) > 20
    assert [name for name, page in pages.items() if "Simulated data" not in shown(page)] == []


def test_nobody_is_given_away(built):
    """No id of a respondent, device, address, ticket or visit occurs behind the ingest stage, in any file."""
    private = {
        str(value) for name, columns in PRIVATE.items() for value in raw(built, name)[columns].to_numpy().ravel()
    }
    assert len(private) > 5000
    found = {name: sorted(given)[:3] for name, text in outputs(built) if (given := private & set(WORD.findall(text)))}
    assert found == {}


def test_no_table_keeps_a_private_column(built):
    """Behind the ingest stage there is no column for respondents, addresses, devices, tickets or shoppers."""
    private = {column for columns in PRIVATE.values() for column in columns} | {"shopper"}
    tables = [path for path in built.build.rglob("*.parquet") if path.parent.name != "ingest"]
    assert len(tables) > 10
    assert [path.name for path in tables if private & set(pd.read_parquet(path).columns)] == []


def test_no_telephone_number_or_address_is_left(built):
    """What respondents wrote into open answers about themselves occurs nowhere behind the ingest stage."""
    answers = raw(built, "survey.csv")
    written = texts_of(answers[[column for column in answers if column.startswith("open_")]])
    given = set(PHONE.findall(written)) | set(EMAIL.findall(written))
    assert len(given) > 5
    assert {name: text for name, text in outputs(built) for value in given if value in text} == {}


def test_no_file_of_the_site_names_a_folder_of_the_machine(built):
    """The site is read elsewhere: neither the checkout's path nor the home folder is in it."""
    assert [name for name, text in outputs(built) if name.startswith("site/") and str(built.root.parent) in text] == []


def test_zip_download_says_that_there_is_no_git(built):
    """Without a repository the record of an exhibit says so instead of naming a commit."""
    assert re.search(r"Last commit\W*no git", shown(built.pages()["composite.html"]))


def test_every_task_has_its_page_and_its_record(built):
    """Each executed notebook is a page of the appendix; its record names inputs, code and products."""
    tasks = {path.stem for path in (built.build / "notebooks").glob("*.ipynb")}
    assert {"10_ingest", "40_score", "60_entity-c"} <= tasks
    assert tasks == {path.stem for path in (built.build / "records").glob("*.json")}
    assert tasks == {path.stem for path in (built.site / "appendix").glob("*.html")}
    record = json.loads((built.build / "records" / "40_score.json").read_text("utf-8"))
    assert "indicators/cells.parquet" in record["fingerprint"]["inputs"]
    assert "src/evalcore/score/normalise.py" in record["fingerprint"]["code"]
    assert "score/ranking.parquet" in record["outputs"]


def test_every_exhibit_on_disk_is_on_a_page(built):
    """What is published is shown: no figure or table is made for nobody."""
    pages = "\n".join(built.pages().values())
    exhibits = {path.name for path in (built.build / "exhibits").iterdir()}
    assert {exhibit for exhibit in exhibits if f'id="{exhibit}"' not in pages} == set()
