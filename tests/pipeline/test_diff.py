"""Two editions compared: every kind of difference, both ways; what is signed, void or wanting; nothing stale."""

import copy
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from projects import ENTRY, HEADER, ROWS, Project, new_project

from evalcore.edition import load_edition
from evalcore.edition.load import read_yaml
from evalcore.errors import EvalcoreError
from evalcore.pipeline.diff import compare_editions, read_diff, require_signed, sign, write_diff
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.report import report
from evalcore.pipeline.status import status

TINY = read_yaml(Path(__file__).parents[1] / "tiny.yml")
EVIL = "<script>alert(1)</script>"
COUNT = (
    ROWS
    + 'rows["satisfaction"] = rows["satisfaction"].astype(int)\n'
    + 'shops = rows.groupby("shop", as_index=False).agg(n=("solved", "size"), mean=("satisfaction", "mean"))\n'
    + 'task.write("score/count.parquet", shops)'
)
REPORT = (
    "from evalcore import publish\nfrom evalcore.edition import Text\nfrom evalcore.words import Number\n"
    "from evalcore.tables.framework import make_sources\nimport pandas as pd\n"
    'shops = task.read("score/count.parquet")\n'
    'mean, best = shops["mean"].mean(), shops.loc[shops["mean"].idxmax(), "shop"]\n'
    'found = {"mean": Number(float(mean), "points", 2, (mean - 0.2, mean + 0.2)), "shops": Number(len(shops)),\n'
    '         "said": Text(en=f"Shop {best} is best.", zh=f"商店{best}最好。")}\n'
    'found["said"] = Number(found["said"], "text")\n'
    'found |= {f"only.{task.edition.year}": Number(1)}\n'
    "print(publish.numbers(task, found))\n"
    'seen = {"source": ["survey"], "rows": [len(rows := task.read("ingest/survey.parquet"))], "valid": [len(rows)]}\n'
    'seen |= {"obtained": ["asked"], "licence": ["none"], "sha256": ["0" * 64]}\n'
    'print(publish.table(task, "quality-sources", make_sources, pd.DataFrame(seen)))'
)
PAGE = {
    "en": "# Shops\n\nOne paragraph for {{ edition.year }}.\n\nAnother that stays.\n",
    "zh": "# 商店\n\n不变的一段。\n",
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A checkout with two built editions, `tiny` and `later`; do not change it."""
    old = new_project(tmp_path_factory.mktemp("both"), copy.deepcopy(TINY), root)
    ingest = 'task.write("ingest/survey.parquet", task.raw("survey"))'
    made = ["ingest/survey.parquet"]
    old.notebook("10_ingest", ingest, reads=["raw/survey"], writes=made, sections=["sources"])
    old.notebook("20_count", COUNT, reads=made, writes=["score/count.parquet"])
    read = {"reads": ["score/count.parquet", *made], "sections": ["year", "sources"]}
    old.notebook("30_report", REPORT, exhibits=["quality-sources"], numbers=True, **read)
    for lang, text in PAGE.items():
        (old.root / "book" / lang).mkdir(parents=True)
        (old.root / "book" / lang / "index.md").write_text(text, encoding="utf-8")
    for name in ("CITATION.cff", "book/glossary.yml"):
        shutil.copy(root / name, old.root / name)
    old.run()
    build_later(old.root)
    return old.root


def build_later(root: Path) -> None:
    """The edition after it: one floor raised, one answer more, a better shop B."""
    content = {"extends": "tiny", "year": 2026, "title": {"en": f"Two shops {EVIL}", "zh": "两家商店"}}
    content |= {"previous": {"edition": "tiny"}, "framework": copy.deepcopy(TINY["framework"])}
    content["framework"]["dimensions"][0]["indicators"][0]["goalposts"]["floor"] = 30
    later = Project(root, content, "later")
    later.write_edition()
    folder = root / "data" / "raw" / "later"
    folder.mkdir()
    (folder / "SOURCES.yml").write_text(yaml.safe_dump({"survey.csv": ENTRY}, allow_unicode=True))
    more = "r5,B,fresh,2025-05-08 10:00:00,old,5,no,91,,\n"
    later.write_answers(HEADER.replace("old,2,no,91", "old,5,no,91") + more)
    later.run()


@pytest.fixture
def new(both: Path, tmp_path: Path) -> Project:
    """The later edition in a copy of its own, to be changed at will."""
    shutil.copytree(both, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy", {}, "later")


def compared(new: Project):
    """The difference of the two editions."""
    return compare_editions(load_edition("tiny", new.root), new.edition, new.root)


def items_of(new: Project) -> dict:
    """Item id -> item."""
    return {item.id: item for item in compared(new).items}


def test_changed_choice_is_told_with_both_values(new):
    """The floor of an indicator, with what it means for a comparison of years."""
    item = items_of(new)["choices/framework.dimensions.R.indicators.R1"]
    assert item.detail["changed"] == {"goalposts.floor": [20, 30]}
    assert item.detail["indicator"]["kind"] == "goalposts"


def test_source_is_told_by_hash_rows_and_columns(new):
    """Four answers and five; the same columns."""
    detail = items_of(new)["sources/survey"].detail
    assert detail["before"]["sha256"] != detail["after"]["sha256"]
    assert detail["columns_added"] == detail["columns_removed"] == []


def test_number_beyond_the_tolerance_is_told_with_its_interval(new):
    """Means by hand: (4.5 + 2.5) / 2 and (4.5 + 13/3) / 2; the second lies outside the interval of the first."""
    item = items_of(new)["numbers/mean"]
    assert item.detail["before"]["value"] == pytest.approx(3.5)
    assert item.detail["after"]["value"] == pytest.approx((4.5 + 13 / 3) / 2)
    assert item.size == pytest.approx(((4.5 + 13 / 3) / 2 - 3.5) / 0.1)
    assert item.detail["outside"] is True
    assert "numbers/shops" not in items_of(new)


def test_numbers_that_came_or_went_are_told_in_both_directions(new):
    """Each edition publishes one number that the other has not."""
    found = items_of(new)
    assert found["numbers/only.2025"].verdict == "removed"
    assert found["numbers/only.2026"].verdict == "added"


def test_tolerance_is_the_editions_choice(new):
    """With a tolerance of a whole point the mean does not differ."""
    path = new.root / "editions" / "later.yml"
    path.write_text(path.read_text("utf-8") + "review: {points: 1}\n", encoding="utf-8")
    assert "numbers/mean" not in items_of(new)


def test_table_is_compared_value_by_value(new):
    """Of four values of two shops two changed, both of B; most the number of answers."""
    values = items_of(new)["tables/score/count"].detail["cells"]
    assert (values["compared"], values["changed"]) == (4, 2)
    assert values["largest"] == {"row": "B", "column": "mean", "before": 2.5, "after": pytest.approx(13 / 3)}


def test_exhibit_whose_data_changed_is_told(new):
    """Rows and valid rows of one source."""
    detail = items_of(new)["exhibits/quality-sources"].detail
    assert set(detail["files"]) == {"data.csv", "en.json", "zh.json"}
    assert detail["cells"]["changed"] == 2


def test_words_of_pages_are_told_one_by_one(new):
    """Of the English page the year; the Chinese page is the same."""
    words = items_of(new)["pages/index"].detail["words"]
    assert list(words) == ["en"]
    pieces = [tuple(piece) for paragraph in words["en"] for piece in paragraph]
    assert ("out", "2025") in pieces
    assert ("in", "2026") in pieces


def test_editions_that_are_alike_do_not_differ(new):
    """A copy under another name: no item of any kind."""
    for place in ("data/raw", "build"):
        shutil.copytree(new.root / place / "tiny", new.root / place / "twin")
    shutil.copy(new.root / "editions/tiny.yml", new.root / "editions/twin.yml")
    twin = Project(new.root, {}, "twin")
    twin.run()
    assert compare_editions(load_edition("tiny", new.root), twin.edition, new.root).items == []


def test_page_is_whole_escaped_and_runs_nothing(new):
    """No script, no address outside the page, and a title from the edition that stays text."""
    page = write_diff(compared(new), new.root)
    html = page.read_text("utf-8")
    assert page == new.root / "build/diff/tiny..later/index.html"
    assert EVIL not in html
    assert "&lt;script&gt;alert(1)" in html
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*', html) == []
    assert "<del>2025</del><ins>2026</ins>" in html
    data = json.loads(page.with_name("diff.json").read_text("utf-8"))
    assert {item["id"] for item in data["items"]} == {item.id for item in compared(new).items}


def test_same_builds_give_the_same_bytes(new):
    """No clock, no order by chance."""
    first = {p.name: p.read_bytes() for p in write_diff(compared(new), new.root).parent.iterdir()}
    assert first == {p.name: p.read_bytes() for p in write_diff(compared(new), new.root).parent.iterdir()}


def test_edition_that_was_never_built_is_refused_and_leaves_nothing(new):
    """Its name and what to do; what was written before stays."""
    shutil.rmtree(new.build)
    with pytest.raises(EvalcoreError, match=r"build/later: was not built\n  what to do: `evalcore report later` first"):
        compared(new)
    assert not (new.root / "build/diff").exists()


def test_half_built_edition_is_refused(new):
    """One task has not run: it is named."""
    (new.build / "records" / "30_report.json").unlink()
    with pytest.raises(EvalcoreError, match=r"build/later: 1 task\(s\) are stale: 30_report \(never run\)"):
        compared(new)


def test_missing_raw_data_of_the_former_year_are_named(new):
    """Nobody can say any more what it was made from: the comparison says which file is gone."""
    (new.root / "data/raw/tiny/survey.csv").unlink()
    with pytest.raises(EvalcoreError, match=r"build/tiny: 3 .* stale: 10_ingest \(input raw/survey is gone\)"):
        compared(new)


def test_edition_is_not_compared_with_itself(new):
    """There would be nothing to find, and a slip of the pen to hide."""
    with pytest.raises(EvalcoreError, match="both editions are later"):
        compare_editions(new.edition, new.edition, new.root)


def test_page_that_cannot_be_written_leaves_the_former_one(new, monkeypatch):
    """Both files are swapped in together."""
    page = write_diff(compared(new), new.root)
    before = page.read_bytes()

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr("evalcore.pipeline.diff.write.render_diff", broken)
    with pytest.raises(OSError, match="disk full"):
        write_diff(compared(new), new.root)
    assert page.read_bytes() == before
    assert sorted(path.name for path in (new.root / "build").glob("diff*")) == ["diff"]


def signed(new: Project, *names: str) -> list[str]:
    """Sign items as a reviewer does: after the comparison was written."""
    write_diff(compared(new), new.root)
    return sign(read_diff("tiny", "later", new.root), list(names), ("A. Reviewer", date(2026, 1, 2), "seen"), new.root)


def test_final_report_names_what_is_unsigned(new):
    """Every item above the threshold of its kind, and what to do."""
    found = compared(new)
    with pytest.raises(EvalcoreError) as refused:
        require_signed(found, "PAGE")
    told = str(refused.value)
    assert "numbers/only.2026" in told
    assert "choices/framework.dimensions.R.indicators.R1" in told
    assert "numbers/mean" not in told  # it moved by 9 tolerances, 50 are allowed
    assert 'look at PAGE, then `evalcore sign later ITEM --by NAME --remark "..."`' in told


def test_signed_items_let_the_report_be_final(new):
    """With who, when and what was said of each."""
    names = signed(new, *[item.id for item in compared(new).unsigned()])
    require_signed(compared(new), "PAGE")
    kept = yaml.safe_load((new.root / "editions/later.signoff.yml").read_text("utf-8"))
    assert kept["former"] == "tiny"
    assert set(kept["items"]) == set(names)
    own = kept["items"]["numbers/only.2026"]
    assert (own["by"], own["date"], own["remark"]) == ("A. Reviewer", date(2026, 1, 2), "seen")
    assert "signed by A. Reviewer, 2026-01-02: seen" in write_diff(compared(new), new.root).read_text("utf-8")


def test_sign_off_is_void_once_its_item_changed(new):
    """The floor is raised further: the sign-off is named with its reviewer, the others hold."""
    signed(new, "*")
    path = new.root / "editions" / "later.yml"
    path.write_text(path.read_text("utf-8").replace("floor: 30", "floor: 35"), encoding="utf-8")
    found = compared(new)
    assert found.void() == ["choices/framework.dimensions.R.indicators.R1"]
    with pytest.raises(EvalcoreError, match=r"sign-off by A\. Reviewer of 2026-01-02 is void"):
        require_signed(found, "PAGE")


def test_sign_off_of_a_difference_that_is_gone_is_void(new):
    """The floor is what it was: there is nothing left that was signed."""
    signed(new, "*")
    path = new.root / "editions" / "later.yml"
    path.write_text(path.read_text("utf-8").replace("floor: 30", "floor: 20"), encoding="utf-8")
    assert compared(new).gone() == ["choices/framework.dimensions.R.indicators.R1"]


def test_sign_off_makes_nothing_stale(new):
    """Neither the first one nor a changed one; it is no edition either."""
    before = status(new.edition, new.root)
    signed(new, "numbers/*")
    assert status(new.edition, new.root) == before == {task: [] for task in before}
    signed(new, "choices/*")
    assert status(new.edition, new.root) == before


def test_item_nobody_knows_cannot_be_signed(new):
    """A slip of the pen is no signature."""
    with pytest.raises(EvalcoreError, match="no item is called 'numbers/maen'"):
        signed(new, "numbers/maen")
    assert not (new.root / "editions/later.signoff.yml").exists()


def test_signature_needs_a_name(new):
    """An empty one is refused, and nothing is written."""
    write_diff(compared(new), new.root)
    with pytest.raises(EvalcoreError, match=r"later\.signoff\.yml: items\.numbers/mean: by"):
        sign(read_diff("tiny", "later", new.root), ["numbers/mean"], (" ", date(2026, 1, 2), ""), new.root)
    assert not (new.root / "editions/later.signoff.yml").exists()


def test_damaged_sign_off_is_named(new):
    """A hash that is none."""
    (new.root / "editions/later.signoff.yml").write_text(
        "former: tiny\nitems: {a: {sha256: x, by: N, date: 2026-01-02}}\n"
    )
    with pytest.raises(EvalcoreError, match=r"later\.signoff\.yml: items\.a\.sha256"):
        compared(new)


@pytest.fixture
def books(monkeypatch) -> list[str]:
    """Editions whose book was asked for, in place of building it."""
    asked: list[str] = []

    def build(edition, root, lineage, kind):
        asked.append(edition.name)
        return root / "build" / edition.name / "site" / "index.html"

    monkeypatch.setattr("evalcore.pipeline.book.build", build)
    return asked


def test_final_report_builds_no_book_while_something_is_unsigned(new, books):
    """The last site stays; the comparison is there to be looked at, and then to be signed."""
    with pytest.raises(EvalcoreError, match=r"later is not final: (.|\n)*build/diff/tiny\.\.later/index\.html"):
        report(new.edition, new.root, Machinery(), new.told.append, final=True)
    assert books == []
    names = ["choices/*", "sources/*", "numbers/*", "exhibits/*", "pages/*"]
    sign(read_diff("tiny", "later", new.root), names, ("N", date(2026, 1, 2), ""), new.root)
    report(new.edition, new.root, Machinery(), new.told.append, final=True)
    assert books == ["later"]
    assert new.told[-2:] == ["0 task(s) ran", "build/diff/tiny..later/index.html: all that has to be signed is signed"]


def test_first_edition_has_nothing_to_sign(new, books):
    """There is no year before: the report is final as it is, and says so."""
    first = Project(new.root, {}, "tiny")
    report(first.edition, first.root, Machinery(), first.told.append, final=True)
    assert books == ["tiny"]
    assert first.told[-1] == "there is no year before: nothing to sign"
