"""The book: what a page shows, what stops a build, and what an unchanged book costs."""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from matplotlib.image import imread

from evalcore.audit import Lineage
from evalcore.audit.nodes import Code, Exhibit, File, Published, Raw, Work, key
from evalcore.edition import Text
from evalcore.errors import EvalcoreError
from evalcore.pipeline.book import assemble, build
from evalcore.pipeline.book.building import BUILDER
from evalcore.pipeline.book.inert import inert
from evalcore.pipeline.book.swap import recover, swap
from evalcore.provenance.commits import last_commits

CHECKOUT = Path(__file__).parents[2]
EVIL = "<script>alert(1)</script>"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><rect width="80" height="10"/></svg>'
PAGES = {
    "index.md": """# Summary of {{ entities | length }} {{ edition.entity.many }}

The mean is {num}`composite.mean`, {num}`composite.best` leads; see {numref}`composite-rank`.

```{exhibit} composite-rank
```
""",
    "values.md": """---
evalcore: {part: findings, order: 20}
---
# Values

```{exhibit} composite-table
```

```{exhibit} night-gap
```
""",
    "first.md": """---
evalcore: {part: findings, order: 10}
---
# First in order

{num}`night.share`, and a formula: $x^2$.
""",
    "audit.md": """---
evalcore: {part: method, order: 10, needs: [audit]}
---
(audit)=
# Compliance audit

{num}`audit.share`
""",
    "audit-numbers.md": "---\nevalcore: {part: method, order: 20}\n---\n# Numbers\n\n```{audit} numbers\n```\n",
    "audit-sources.md": """---
evalcore: {part: method, order: 30}
---
# Sources

```{audit} sources
```

```{audit} code
```

```{tableofcontents}
```
""",
    "_platform.md": "# {{ name(entity) }}\n\nAll that is known of {{ name(entity) }}.\n",
}


EXHIBITS = (("composite-rank", "figure"), ("composite-table", "table"))
NUMBERS = {"composite.mean": "72.5", "composite.best": "Platform A", "night.share": "12 %"}


def text(en, zh="中文"):
    """Words in both languages."""
    return SimpleNamespace(en=en, zh=zh)


EDITION = SimpleNamespace(
    name="mini",
    year=2025,
    title=text("Small white paper"),
    simulated=True,
    notice=text("Ask before you quote."),
    entity=SimpleNamespace(one=text("platform"), many=text("platforms")),
    entities=(SimpleNamespace(id="A", name=text("Platform A")), SimpleNamespace(id="B", name=text(f"B {EVIL}"))),
    sources={"tickets": None},
    collected={"tickets"},
)


def put(path, content):
    """Write text, or anything else as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")


def record(id_, kind, **words):
    """The record of an exhibit drawn by one cell of one notebook."""
    return {
        "id": id_,
        "kind": kind,
        "task": "53_composite",
        "notebook": "notebooks/53_composite.ipynb",
        "cell": "rank",
        "function": {"name": "evalcore.figures.ranking.draw", "file": "src/evalcore/figures/ranking.py", "line": 2},
        "parameters": {"interval": 0.89},
        "inputs": [{"path": "score/composite.parquet", "sha256": "ab12" * 16}],
        **words,
    }


def number(shown):
    """A published number with its display text."""
    return {"value": None, "unit": "points", "digits": 1, "interval": None, "text": {"en": shown, "zh": shown}}


def code(id_, source, tags=(), outputs=()):
    """An executed code cell."""
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "id": id_,
        "metadata": metadata,
        "execution_count": 1,
        "source": source,
        "outputs": list(outputs),
    }


def notebook(root):
    """An executed notebook whose injected parameters name the machine's folder."""
    shown = {
        "output_type": "display_data",
        "metadata": {"image/svg+xml": {"alt": "one bar"}},
        "data": {"image/svg+xml": PICTURE},
    }
    cells = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# The composite"},
        code("parameters", "edition = ''", ["parameters"]),
        code("injected", f"edition = 'mini'\nroot = '{root}'", ["injected-parameters"]),
        code("rank", "draw(scores)", outputs=[shown]),
    ]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"papermill": {"start_time": "now"}}, "cells": cells}


def lineage(cell="rank"):
    """survey.csv -> 10_ingest -> composite.parquet -> 53_composite -> two exhibits and three numbers."""
    draw = Code("evalcore.figures.ranking.draw", "src/evalcore/figures/ranking.py", 2, cell)
    told = Text(en=f"answers {EVIL}", zh="答卷")
    made = [
        (Raw("survey", "data/raw/mini/survey.csv", "cd34" * 16, "cd34" * 16, False, told, "CC0", "2025", "ask us"), ()),
        (work("10_ingest", {"raw/survey": "cd34" * 16}), ("raw:survey",)),
        (File("score/composite.parquet", "ab12" * 16, "10_ingest"), ("task:10_ingest",)),
        (work("53_composite", {"score/composite.parquet": "ab12" * 16}, draw), ("file:score/composite.parquet",)),
        *((Exhibit(id_, "e1", "53_composite", kind, cell, draw, {}), ("task:53_composite",)) for id_, kind in EXHIBITS),
        (Exhibit("night-gap", "e1", "53_composite", "absent", "", None, {}), ("task:53_composite",)),
        *(
            (Published(i, 1, number(t)["text"], "53_composite", cell), ("task:53_composite",))
            for i, t in NUMBERS.items()
        ),
    ]
    return Lineage("mini", {key(node): node for node, _ in made}, {key(node): parents for node, parents in made})


def work(name, inputs, *functions):
    """A task of one notebook, drawn with a seed."""
    made_from = ({}, {}, {}, {}, {})  # outputs, code, sections, words, environment
    return Work(name, f"notebooks/{name}.ipynb", {"edition": "mini"}, 7, functions, inputs, *made_from, 1.0)


def make_checkout(root):
    """A checkout with one edition's stages done: a figure, a table, something absent, four numbers, a notebook."""
    shutil.copy(CHECKOUT / "_config.yml", root)
    for name in ("_ext", "_static", "_templates"):
        shutil.copytree(CHECKOUT / "book" / name, root / "book" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, page in PAGES.items():
        put(root / "book/en" / name, page)
    build_dir = root / "build/mini"
    exhibits = build_dir / "exhibits"
    words = {"caption": {"en": "Rank and interval", "zh": "排名"}, "alt": {"en": "A leads, B follows", "zh": "甲先"}}
    put(exhibits / "composite-rank/record.json", record("composite-rank", "figure", **words))
    put(exhibits / "composite-rank/en.svg", PICTURE)
    put(exhibits / "composite-rank/data.csv", "platform,score\nA,72.5\n")
    words["caption"] = {"en": f"Values {EVIL}", "zh": "数值"}
    put(exhibits / "composite-table/record.json", record("composite-table", "table", **words))
    columns = [{"label": "Platform", "align": "left"}, {"label": "Score", "align": "right"}]
    table = {"columns": columns, "rows": [["A", "72.5"], [EVIL, "70.1"]], "stub": 1, "note": "Of 100 points."}
    put(exhibits / "composite-table/en.json", table)
    put(exhibits / "composite-table/data.csv", "platform,score\nA,72.5\n")
    put(exhibits / "night-gap/record.json", record("night-gap", "absent", reason={"en": "Nobody asked.", "zh": "无"}))
    put(build_dir / "numbers.json", {id_: number(shown) for id_, shown in NUMBERS.items()})
    put(root / "src/evalcore/figures/ranking.py", f'"""Ranks {EVIL}."""\ndef draw(data): ...\n')
    put(build_dir / "notebooks/53_composite.ipynb", notebook(root))
    put(build_dir / "notebooks/60_platform-B.ipynb", notebook(root))
    put(build_dir / "records/60_platform-B.json", {"item": "B"})


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout whose book was built once; tests that change something work on a copy."""
    root = tmp_path_factory.mktemp("checkout")
    make_checkout(root)
    build(EDITION, root, lineage(), languages=("en",))
    return root


@pytest.fixture
def copied(checkout, tmp_path):
    """A built checkout to change."""
    return Path(shutil.copytree(checkout, tmp_path / "copy"))


@pytest.fixture
def unbuilt(tmp_path):
    """A checkout without a book."""
    make_checkout(tmp_path)
    return tmp_path


def page(root, name):
    """The HTML of a published page."""
    return (root / "build/mini/site/en" / f"{name}.html").read_text("utf-8")


def article(root, name):
    """The page's own part as text, without tags."""
    inside = re.search(r"<article.*?</article>", page(root, name), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def hashes(folder):
    """SHA-256 of every file."""
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_first_page_shows_numbers_and_captioned_figure(checkout):
    """Numbers stand in the prose as published, the figure has its number, caption and alternative text."""
    shown = article(checkout, "index")
    assert "The mean is 72.5 , Platform A leads; see Figure 1 ." in shown
    assert "Figure 1 Rank and interval" in shown
    assert re.search(r'<img alt="A leads, B follows" src="_images/composite-rank.svg"', page(checkout, "index"))


def test_table_has_caption_note_and_scoped_headers(checkout):
    """A table says which headers head columns and which rows, and sets its figures to the right."""
    html = page(checkout, "values")
    assert '<th scope="col">Platform</th>' in html
    assert '<th class="text-right" scope="col">Score</th>' in html
    assert '<th scope="row">A</th>' in html
    assert '<td class="text-right">72.5</td>' in html
    assert "Of 100 points." in article(checkout, "values")


def test_absent_exhibit_says_why(checkout):
    """What was not collected is said in the exhibit's place, with the reason."""
    assert "Not collected Nobody asked." in article(checkout, "values")


def test_card_names_code_inputs_raw_files_and_command(checkout):
    """The card tells function and line, seed, commit, inputs and raw files with SHA-256, and how to remake it."""
    html, shown = page(checkout, "index"), article(checkout, "index")
    assert '<details class="record"><summary>How this figure was made</summary>' in html
    assert "evalcore.figures.ranking.draw · src/evalcore/figures/ranking.py:2" in shown
    assert "seed = 7" in shown
    assert f'title="SHA-256 {"ab12" * 16}">ab12ab12ab12</abbr>' in html
    assert "<code>cd34cd34cd34</code>" in html
    assert "Last commit no git" in shown
    assert "evalcore audit mini composite-rank --rerun" in shown


def test_card_leads_to_cell_code_raw_file_and_downloads(checkout):
    """Each link of a card leads to a page or file that exists, at the anchor it names."""
    site, html = checkout / "build/mini/site/en", page(checkout, "index")
    card = re.search(r'<details class="record".*?</details>', html, re.DOTALL)[0]
    links = re.findall(r'href="([^"#]+)(?:#([^"]+))?"', card)
    assert [target.rsplit("/", 1)[-1] for target, _ in links] == [
        "ranking.html", "53_composite.html", "audit-sources.html", "composite-rank.csv", "composite-rank.svg",
    ]  # fmt: skip
    for target, anchor in links:
        assert (site / target).is_file(), target
        assert not anchor or f'id="{anchor}"' in (site / target).read_text("utf-8"), anchor


def test_figure_has_its_data_as_a_table(checkout):
    """Behind a figure its CSV is folded as a table with headers of columns and rows."""
    folded = re.findall(r'<details class="record".*?</details>', page(checkout, "index"), re.DOTALL)[1]
    assert re.search(r'<th[^>]* scope="col"[^>]*>platform</th>', folded)
    assert re.search(r'<th[^>]* scope="row">A</th>\s*<td>72.5</td>', folded)


def test_downloaded_picture_shows_the_figure(checkout):
    """The PNG is the SVG twice as large: 90 x 20 pixels become 180 x 40, the bar on white."""
    with zipfile.ZipFile(checkout / "build/mini/book-src/en/_files/figures.zip") as archive:
        pixels = imread(io.BytesIO(archive.read("figures/composite-rank.png")))
    assert pixels.shape[:2] == (40, 180)
    assert pixels[10, 66, :3].tolist() == [0, 0, 0]
    assert pixels[33, 173, :3].tolist() == [1, 1, 1]


def test_number_in_the_prose_leads_to_its_row_of_the_audit_index(checkout):
    """A number is a link to its row, which names its value, where it is shown, its cell and its raw files."""
    link = r'<a class="[^"]*" href="audit-numbers.html#num-composite.mean"><span class="num">72.5</span></a>'
    assert re.search(link, page(checkout, "index"))
    within = r'<tr[^>]*>(?:(?!</tr>).)* id="num-composite.mean".*?</tr>'
    row = re.search(within, page(checkout, "audit-numbers"), re.DOTALL)[0]
    for told in ("72.5", 'href="index.html"', "53_composite.html#cell-rank", "audit-sources.html#raw-survey"):
        assert told in row


def test_audit_index_leads_forward_from_raw_files_and_functions(checkout):
    """A raw file tells how to obtain it, its whole SHA-256 and what rests on it; so does a function."""
    shown = article(checkout, "audit-sources")
    assert f"data/raw/mini/survey.csv answers {EVIL} ask us · CC0 · 2025 SHA-256 {'cd34' * 16}" in shown
    assert "Exhibits 3 · numbers 3 composite-rank, composite-table, night-gap" in shown
    assert "figures.ranking.draw src/evalcore/figures/ranking.py:2 Exhibits 2 · numbers 0" in shown


def test_every_page_has_a_policy_that_allows_its_own_scripts_only(checkout):
    """Each page's policy names the hash of each inline script outside its content, and nothing from elsewhere."""
    for path in sorted((checkout / "build/mini/site/en").rglob("*.html")):
        html = path.read_text("utf-8")
        if "_static" in path.parts:
            continue
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', html)[1]
        assert "default-src 'none'" in policy
        assert "http" not in policy.replace("https://", "http")
        for script in re.findall(r"<script>(.*?)</script>", html, re.DOTALL):
            assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy


def test_notebook_pages_hide_parameters_and_machine_paths(checkout):
    """A notebook's page has its picture's alternative text, but neither parameters nor the machine's folders."""
    html = page(checkout, "appendix/53_composite")
    assert "draw" in article(checkout, "appendix/53_composite")
    assert 'alt="one bar"' in html
    assert "edition" not in article(checkout, "appendix/53_composite")
    site = checkout / "build/mini/site/en"
    assert not [path for path in site.rglob("*") if path.is_file() and str(checkout).encode() in path.read_bytes()]


def test_contents_follow_parts_and_order(checkout):
    """Parts and pages come in the book's order, entities in the edition's; notebooks are listed on the last page."""
    toc = yaml.safe_load((checkout / "build/mini/book-src/en/_toc.yml").read_text())
    assert [(part["caption"], [c["file"] for c in part["chapters"]]) for part in toc["parts"]] == [
        ("Findings", ["first", "values"]),
        ("Each platform", ["entities/A", "entities/B"]),
        ("Method and limits", ["audit", "audit-numbers", "audit-sources"]),
    ]
    notebooks = toc["parts"][-1]["chapters"][-1]["sections"]
    assert [notebook["file"] for notebook in notebooks] == ["appendix/53_composite", "appendix/60_platform-B"]
    sidebar = re.search(r'<nav class="bd-links.*?</nav>', page(checkout, "index"), re.DOTALL)[0]
    assert "audit-sources.html" in sidebar
    assert "appendix/" not in sidebar
    assert 'href="appendix/60_platform-B.html"' in page(checkout, "audit-sources")
    assert f"The composite: B {EVIL}" in article(checkout, "appendix/60_platform-B")


def test_every_page_says_what_kind_of_edition_it_is(checkout):
    """The notice and the word that the data are simulated stand on every page."""
    pages = [p for p in (checkout / "build/mini/site/en").rglob("*.html") if "_static" not in p.parts]
    assert len(pages) == 12  # ten of the contents, the search, one of source
    for path in pages:
        assert "Simulated data" in path.read_text("utf-8"), path
        assert "Ask before you quote." in path.read_text("utf-8"), path


def test_page_without_its_source_is_replaced_by_a_word_about_it(checkout):
    """A chapter whose source was not collected keeps heading and place, and says what is missing."""
    assert "Compliance audit" in article(checkout, "audit")
    assert "has no data of this kind: audit." in article(checkout, "audit")


def test_scripts_in_data_stay_text(checkout):
    """A script in a name, a cell or a caption is shown as text on every page and in the search index."""
    site = checkout / "build/mini/site/en"
    for path in (*site.rglob("*.html"), site / "searchindex.js"):
        assert "<script>alert" not in path.read_text("utf-8"), path
    for name in ("entities/B", "values"):
        assert EVIL in article(checkout, name)


def test_nothing_is_loaded_from_outside(checkout):
    """No page asks another machine for a script, style, font or picture."""
    site = checkout / "build/mini/site/en"
    loads = re.compile(r"<(?:script|img|iframe|source)[^>]+src=\"(?:https?:)?//|<link[^>]+href=\"(?:https?:)?//")
    for path in site.rglob("*.html"):
        assert not loads.search(path.read_text("utf-8")), path
    for path in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", path.read_text("utf-8")), path


def test_formulas_bring_their_script_only_to_their_page(checkout):
    """MathJax comes from the site itself, and only on the page with a formula."""
    assert (checkout / "build/mini/site/en/_static/mathjax/tex-svg.js").is_file()
    assert "tex-svg.js" in page(checkout, "first")
    assert "tex-svg.js" not in page(checkout, "index")


def test_unchanged_book_is_not_built_again(checkout, monkeypatch):
    """Where nothing changed, Jupyter Book is not run."""
    monkeypatch.setattr("evalcore.pipeline.book.building._start", lambda *given: pytest.fail("it ran"))
    assert build(EDITION, checkout, lineage(), languages=("en",)) == checkout / "build/mini/site/en/index.html"


def test_failed_build_names_pages_and_ids_and_leaves_the_last_site(copied):
    """Unknown exhibits, numbers and cells are named with their pages; the last good site keeps every byte."""
    page_with_errors = "# Values\n\n{num}`composite.meen`\n\n```{exhibit} composite-rnk\n```\n"
    put(copied / "book/en/values.md", "---\nevalcore: {part: findings, order: 20}\n---\n" + page_with_errors)
    before = hashes(copied / "build/mini/site")
    with pytest.raises(EvalcoreError) as failure:
        build(EDITION, copied, lineage(cell="gone"), languages=("en",))
    message = str(failure.value)
    assert re.search(r"book/en/values.md:6: .*unknown number 'composite.meen'; did you mean 'composite.mean'", message)
    assert re.search(r"book/en/values.md:8: .*unknown exhibit 'composite-rnk'; did you mean 'composite-rank'", message)
    assert re.search(r"book/en/index.md:5: .*'composite-rank': its record names the cell '.*#cell-gone'", message)
    assert hashes(copied / "build/mini/site") == before
    assert (copied / "build/mini/site.failed/en/build.log").is_file()


def test_changed_number_is_on_the_page_after_the_next_build(copied):
    """A rebuild shows the new number, drops pages that are gone, and clears away the failed site."""
    put(copied / "build/mini/site.failed/en/index.html", "old failure")
    numbers = copied / "build/mini/numbers.json"
    numbers.write_text(numbers.read_text().replace("72.5", "73.1"))
    (copied / "book/en/first.md").unlink()
    build(EDITION, copied, lineage(), languages=("en",))
    assert "The mean is 73.1" in article(copied, "index")
    assert not (copied / "build/mini/site/en/first.html").exists()
    assert not (copied / "build/mini/site.failed").exists()


def test_assembly_touches_only_what_changed(unbuilt):
    """A second assembly leaves unchanged files alone and deletes those of a page that is gone."""
    source = assemble(EDITION, unbuilt, "en", lineage())
    times = {path: path.stat().st_mtime_ns for path in source.rglob("*") if path.is_file()}
    put(unbuilt / "book/en/values.md", PAGES["values.md"] + "\nOne more sentence.\n")
    (unbuilt / "book/en/first.md").unlink()
    assemble(EDITION, unbuilt, "en", lineage())
    after = {path: path.stat().st_mtime_ns for path in source.rglob("*") if path.is_file()}
    assert {path.name for path in times if times[path] != after.get(path)} == {
        *("values.md", "first.md", "_toc.yml", "_trail.json")  # the audit index says where a number is shown
    }


def test_undefined_name_in_a_page_is_an_error_with_its_line(unbuilt):
    """A name that Jinja does not know stops the assembly before anything is written, naming page and line."""
    put(unbuilt / "book/en/values.md", PAGES["values.md"] + "\n{{ editon.year }}\n")
    with pytest.raises(EvalcoreError, match=r"book/en/values.md, line 12: 'editon' is undefined"):
        assemble(EDITION, unbuilt, "en", lineage())
    assert not (unbuilt / "build/mini/book-src").exists()


@pytest.mark.parametrize("front", ["evalcore: {part: findigs}", "evalcore: {part: findings, ordr: 3}", "title: x"])
def test_front_matter_is_checked(unbuilt, front):
    """A misspelt part or key, or a page without a part, is refused with what is allowed."""
    put(unbuilt / "book/en/values.md", f"---\n{front}\n---\n# Values\n")
    with pytest.raises(EvalcoreError, match=r"book/en/values.md: front matter.*\n.*allowed: .*(findings|order)"):
        assemble(EDITION, unbuilt, "en", lineage())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_names_never_become_markup(name):
    """Whatever a name is, Markdown shows its very signs and no tag."""
    html = MarkdownIt().enable("table").render(f"x {inert(name)}")
    assert unescape(html.removeprefix("<p>").removesuffix("</p>\n")).split() == f"x {name}".split()


def test_interrupted_swap_is_undone(tmp_path):
    """When the second rename did not happen, the old site comes back."""
    put(tmp_path / "site.old/en/index.html", "the last good one")
    recover(tmp_path / "site/en")
    assert (tmp_path / "site/en/index.html").read_text() == "the last good one"
    put(tmp_path / "new/index.html", "a newer one")
    swap(tmp_path / "new", tmp_path / "site/en")
    assert (tmp_path / "site/en/index.html").read_text() == "a newer one"
    assert not (tmp_path / "site.old").exists()


def git(root, *arguments):
    """Run git as somebody."""
    subprocess.run(["git", "-C", root, "-c", "user.name=x", "-c", "user.email=x", *arguments], check=True)


def test_commit_is_the_last_that_touched_the_file(tmp_path):
    """A committed file has its own last commit, a changed or new one is uncommitted, and a zip has no git."""
    files = ["src/a.py", "src/b.py", "src/c.py", "src/new.py"]
    assert last_commits(tmp_path, files) == dict.fromkeys(files, "no git")
    git(tmp_path, "init", "-q")
    for name in files[:3]:
        put(tmp_path / name, "1")
        git(tmp_path, "add", name)
        git(tmp_path, "commit", "-q", "-m", name)
    put(tmp_path / "src/c.py", "changed")
    put(tmp_path / "src/new.py", "1")
    log = subprocess.run(["git", "-C", tmp_path, "log", "--format=%s %h"], capture_output=True, text=True, check=True)
    commits = dict(line.split() for line in log.stdout.splitlines())
    assert last_commits(tmp_path, files) == {
        "src/a.py": commits["src/a.py"],
        "src/b.py": commits["src/b.py"],
        "src/c.py": "uncommitted",
        "src/new.py": "uncommitted",
    }


@pytest.fixture
def with_a_failed_fit(unbuilt):
    """A checkout in which a figure, a number and a notebook rest on a failed fit."""
    build_dir, why = unbuilt / "build/mini", {"en": "It rests on the fit 'csat'.", "zh": "依赖模型"}
    put(build_dir / "withheld.json", {"exhibits": {"composite-rank": why}, "tasks": {"53_composite": why}})
    numbers = json.loads((build_dir / "numbers.json").read_text("utf-8"))
    numbers["composite.mean"]["withheld"] = why
    put(build_dir / "numbers.json", numbers)
    put(build_dir / "site/en/index.html", "the last good one")
    return unbuilt


def test_withheld_exhibit_is_replaced_by_its_reason(with_a_failed_fit):
    """In the exhibit's place stands the reason, references lead there, picture, data and outputs are nowhere."""
    root = with_a_failed_fit
    assert build(EDITION, root, lineage(), "failed", ("en",)) == root / "build/mini/site.failed/en/index.html"
    html = (root / "build/mini/site.failed/en/index.html").read_text("utf-8")
    assert "It rests on the fit 'csat'." in unescape(html)
    assert re.search(r'<abbr class="num withheld" title="It rests on the fit[^"]+">72.5</abbr>', html)
    assert 'see <a href="#composite-rank">Figure 1<' in html
    assert "Rank and interval" not in html
    site = root / "build/mini/site.failed/en"
    assert [path for path in site.rglob("composite-rank.*")] == []
    notebook_page = (site / "appendix/53_composite.html").read_text("utf-8")
    assert "draw" in notebook_page
    assert 'alt="one bar"' not in notebook_page


def test_failed_and_draft_pages_say_so_and_leave_the_site_alone(with_a_failed_fit):
    """Every page of either is marked; the last good site keeps every byte; a draft shows the figure and the reason."""
    root = with_a_failed_fit
    marks = {"failed": "Not published: a model failed its checks", "draft": "Draft: not for publication."}
    for kind, said in marks.items():
        site = build(EDITION, root, lineage(), kind, ("en",)).parent
        pages = [path for path in site.rglob("*.html") if "_static" not in path.parts]
        assert len(pages) == 12
        assert [path for path in pages if said not in path.read_text("utf-8")] == []
    assert (root / "build/mini/site/en/index.html").read_text() == "the last good one"
    draft = (root / "build/mini/site.draft/en/index.html").read_text("utf-8")
    assert "Would be withheld" in draft
    assert "Rank and interval" in draft


def test_builder_ends_with_the_build_that_started_it(tmp_path):
    """When the runner is killed its end of the pipe closes, and the process that writes pages is gone."""
    package = tmp_path / "jupyter_book" / "cli"
    package.mkdir(parents=True)
    (package / "main.py").write_text("import time\nmain = lambda: time.sleep(600)\n")
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER], env=os.environ | {"PYTHONPATH": str(tmp_path)}, stdin=subprocess.PIPE
    )
    builder.stdin.close()
    assert builder.wait(timeout=120) == 1
