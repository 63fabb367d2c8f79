"""The second build and those after a change: what runs again, what stops, and what stays as it was."""

import re

import pytest

from checkouts import Checkout, finished


def ran(said):
    """How many tasks ran, and the names of those that did."""
    count = int(re.search(r"^(\d+) task\(s\) ran$", said, re.MULTILINE)[1])
    names = set(re.findall(r"^\[.*?\] (\S+) \d", said, re.MULTILINE))
    assert len(names) == count
    return names


def test_nothing_changed_nothing_runs(copied):
    """Building again in a checkout that was even moved meanwhile runs no task and changes no byte."""
    before = copied.hashes("exhibits", "numbers", "notebooks", "score", "site")
    assert ran(copied.evalcore("report", "demo-mini")) == set()
    assert copied.hashes("exhibits", "numbers", "notebooks", "score", "site") == before


def test_status_says_that_all_is_up_to_date(built):
    """And runs nothing."""
    said = built.evalcore("status", "demo-mini").splitlines()
    assert re.fullmatch(r"(\d+) of \1 tasks are up to date", said[-1])
    assert all(line.endswith(": up to date") for line in said[:-1])


@pytest.mark.slow
def test_changed_caption_reruns_only_its_notebook(copied):
    """The new caption is on the page; status names the words beforehand."""
    copied.replace("src/evalcore/words/en.yml", "caption: How probable each level is.", "caption: Chances of levels.")
    assert "53_composite: words of 'composite-levels' changed" in copied.evalcore("status", "demo-mini")
    assert ran(copied.evalcore("report", "demo-mini")) == {"53_composite"}
    assert "Chances of levels." in copied.pages()["composite.html"]


@pytest.mark.slow
def test_changed_prose_reruns_no_notebook(copied):
    """A page's text is not an input of any computation."""
    copied.replace("book/en/index.md", "## How sure we are", "## How certain that is")
    assert ran(copied.evalcore("report", "demo-mini")) == set()
    assert "How certain that is" in copied.pages()["index.html"]


@pytest.mark.slow
def test_lost_posterior_is_the_one_that_was_kept(copied):
    """Nothing is sampled again, the file is the same one as before, and nothing that was made from it runs."""
    lost = copied.build / "posterior" / "csat.nc"
    before = lost.read_bytes()
    lost.unlink()
    assert ran(copied.evalcore("report", "demo-mini")) == {"35_satisfaction"}
    assert lost.read_bytes() == before
    kept = {path.stat().st_ino for path in (copied.root / ".cache" / "kept").glob("*.nc")}
    assert lost.stat().st_ino in kept


def test_broken_notebook_stops_the_build_and_leaves_the_last_site(copied):
    """Notebook and cell are named; the site is the last good one, byte for byte."""
    before = copied.hashes("site")
    copied.replace("notebooks/53_composite.ipynb", "figures.draw_levels", "figures.draw_nothing")
    said = copied.evalcore("report", "demo-mini", code=1)
    assert "error: notebook 53_composite.ipynb, cell 'levels': AttributeError" in said
    assert copied.hashes("site") == before
    assert not (copied.build / "exhibits" / "composite-levels").exists()


@pytest.mark.slow
def test_changed_raw_file_is_refused_until_it_is_accepted(copied):
    """The message names the file, both hashes and the command; after it the change goes through."""
    copied.replace("data/raw/demo-mini/survey.csv", "P000002,10.", "P900002,10.")
    said = copied.evalcore("report", "demo-mini", code=1)
    assert "error: data/raw/demo-mini/SOURCES.yml: survey.csv: SHA-256 of the values is" in said
    assert "evalcore sources accept demo-mini" in said
    accepted = copied.evalcore("sources", "accept", "demo-mini")
    assert re.search(r"^survey.csv: [0-9a-f]{12} -> [0-9a-f]{12}$", accepted, re.MULTILINE)
    assert re.search(r"^1 of \d+ files changed", accepted, re.MULTILINE)
    names = ran(copied.evalcore("report", "demo-mini"))
    assert {"10_ingest", "20_clean"} <= names
    assert "40_score" not in names  # the renamed respondent's answers are the same


def rows_of_survey(checkout):
    """The lines of the survey."""
    return (checkout.root / "data/raw/demo-mini/survey.csv").read_bytes().decode("utf-8-sig").splitlines()


def test_rating_of_seven_is_refused_with_its_place(copied):
    """File, column, row, value, what is allowed and what to do; nothing half-written, the last site still there."""
    before = copied.hashes("site")
    row = rows_of_survey(copied)[9].split(",")
    row[rows_of_survey(copied)[0].split(",").index("csat")] = "7"
    copied.replace("data/raw/demo-mini/survey.csv", rows_of_survey(copied)[9], ",".join(row))
    copied.evalcore("sources", "accept", "demo-mini")
    said = copied.evalcore("report", "demo-mini", code=1)
    assert "error: survey.csv, column csat, row 10: '7' (1 such value(s))" in said
    assert "allowed: at most 5" in said
    assert "what to do: correct the value, or set such rows aside" in said
    assert "Traceback" not in said
    assert copied.hashes("site") == before
    assert [path for path in copied.build.rglob("*") if path.suffix == ".tmp"] == []
    assert not (copied.build / "ingest" / "survey.parquet").exists()


@pytest.mark.slow
def test_missing_page_reference_keeps_the_site(copied):
    """A number that nobody publishes stops the book, is named with its page, and the failed site lies beside."""
    before = copied.hashes("site")
    for page, heading in (("book/en/index.md", "## How sure we are"), ("book/zh/index.md", "## 结论有多可靠")):
        copied.replace(page, heading, f"{heading} {{num}}`nobody.publishes`")
    said = copied.evalcore("report", "demo-mini", code=1)
    assert "nobody.publishes" in said
    assert "index.md" in said
    assert copied.hashes("site") == before
    assert (copied.build / "site.failed" / "en" / "build.log").is_file()


@pytest.mark.slow
def test_missing_translation_keeps_the_site(copied):
    """What one language says and the other does not stops the build, with both files named."""
    before = copied.hashes("site")
    copied.replace("book/zh/composite.md", "{num}`summary.mean`", "")
    said = copied.evalcore("report", "demo-mini", code=1)
    assert "book/en/composite.md and book/zh/composite.md: number 'summary.mean' is missing in 'zh'" in said
    assert copied.hashes("site") == before


@pytest.mark.parametrize("name", ["demo-2077", "../demo-mini"])
def test_unknown_edition_names_the_known_ones(built, name):
    """No name leads out of editions/, and a slip of the pen shows what there is."""
    said = built.evalcore("report", name, code=1)
    assert f"error: edition: '{name}' is not known" in said
    assert "demo-2025, demo-mini" in said


def test_file_name_cannot_leave_its_folder(copied):
    """A source's file is a plain name beside its SOURCES.yml."""
    copied.replace("editions/demo-2025.yml", "file: survey.csv", "file: ../demo-2025/survey.csv")
    said = copied.evalcore("status", "demo-mini", code=1)
    assert "error: demo-mini.yml extending demo-2025.yml: sources.survey.file" in said
    assert "../demo-2025/survey.csv" in said


def test_code_of_another_checkout_is_refused(copied, root):
    """What ran would not be what the records say."""
    other = Checkout(root)
    process = other.start("status", "demo-mini", folder=copied.root)
    assert "which is another checkout's" in finished(process, 1)


@pytest.mark.slow
def test_two_editions_can_be_built_at_once(twins, built):
    """Each ends with its own site; the miniature's results are those it had before."""
    said = {edition: (twins.root.parent / f"{edition}.said").read_text("utf-8") for edition in ("twin", "demo-mini")}
    assert {e: text.splitlines()[0] for e, text in said.items()} == {e: f"build/{e}/site/en/index.html" for e in said}
    assert len(ran(said["twin"])) == len(ran(said["demo-mini"])) > 15
    kinds = ("score", "exhibits", "numbers", "notebooks")
    assert twins.hashes(*kinds) == built.hashes(*kinds)


@pytest.mark.slow
def test_script_in_a_name_stays_text(twins):
    """No page of the twin holds the name as markup, in whatever figure, table, heading or sentence it stands."""
    files = [path for path in (twins.root / "build/twin/site").rglob("*") if path.suffix in (".html", ".svg")]
    live = re.compile(r"<script>alert|<img src=x|onerror=alert\(1\)>", re.IGNORECASE)
    assert [path.name for path in files if live.search(path.read_text("utf-8"))] == []
    assert any("&lt;script&gt;alert(1)" in path.read_text("utf-8") for path in files)


@pytest.mark.slow
def test_name_changes_no_score(twins):
    """The edition with the other name has the same scores, to the byte; what is kept for next year holds its name."""
    folders = [twins.root / "build" / edition / "score" for edition in ("twin", "demo-mini")]
    first, second = ({path.name: path.read_bytes() for path in folder.glob("*.parquet")} for folder in folders)
    assert first == second
