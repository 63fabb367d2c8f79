"""A quarter of the miniature whole, from fewer sources to a book, and the two editions compared."""

import json
import shutil

import pandas as pd
import pytest

from checkouts import Checkout, made_once

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def quarter(built, shared_folder):
    """The third quarter, built in a copy of the miniature's checkout."""
    folder = shared_folder / "quarter"
    checkout = Checkout(folder / "copy")

    def build() -> None:
        shutil.copytree(built.root, checkout.root)
        checkout.evalcore("report", "demo-mini-q3")

    made_once(folder, build)
    return checkout


def rows(checkout, edition):
    """Cells of stored results as a frame."""
    stored = json.loads((checkout.root / "data/results" / f"{edition}.json").read_text("utf-8"))["cells"]
    names, *lines = [json.loads(line) for line in stored]
    return pd.DataFrame(lines, columns=names).set_index(["indicator", "part", "entity", "category"])


def test_chapters_of_sources_no_quarter_collects_say_so(quarter):
    """Experts, visits and audit: the page is there and names what was not collected."""
    site = quarter.root / "build/demo-mini-q3/site/en"
    for page in ("experts.html", "visits.html"):
        assert "not-collected" in (site / page).read_text("utf-8")
    assert "not-collected" not in (site / "composite.html").read_text("utf-8")


def test_results_kept_in_git_are_those_of_the_build(quarter):
    """Counts are the same; values that rest on a posterior lie within its Monte Carlo error on any machine."""
    before = rows(quarter, "demo-mini-q3")
    quarter.evalcore("results", "demo-mini-q3")
    after = rows(quarter, "demo-mini-q3")
    counts = ["numerator", "denominator", "square", "weight_square", "n"]
    pd.testing.assert_frame_equal(before[counts], after[counts])
    apart = (before["value"] - after["value"]).abs()
    assert (apart <= 0.3 * after["sd"] + 1e-9).all()  # 4 errors of two runs of 400 effective draws


def test_year_shows_what_its_quarters_published(built):
    """Three platforms, four quarters as kept in git, and the year in two columns."""
    data = pd.read_csv(built.build / "exhibits/quarters-scores/data.csv")
    assert list(data.columns) == ["entity", "Q1", "Q2", "Q3", "Q4", "monitored", "year"]
    assert data.notna().all(axis=None)
    ranking = pd.read_parquet(built.build / "score/ranking.parquet").set_index("entity")["low"]
    assert data.set_index("entity")["year"].to_dict() == pytest.approx(ranking.to_dict(), abs=0.05)


def test_comparison_of_twins_finds_the_name_and_no_score(twins):
    """Their one difference is a name that is a script: it is a choice, in texts and exhibits, and stays text."""
    twins.evalcore("diff", "demo-mini", "twin")
    folder = twins.root / "build/diff/demo-mini..twin"
    items = {item["id"]: item for item in json.loads((folder / "diff.json").read_text("utf-8"))["items"]}
    assert [id_ for id_ in items if id_.startswith(("choices/", "numbers/", "tables/"))] == ["choices/entities.C"]
    assert any(id_.startswith("exhibits/") for id_ in items)
    assert "<script" not in (folder / "index.html").read_text("utf-8")


def test_final_report_waits_for_signatures(twins, tmp_path):
    """With the miniature as its year before, the twin is refused; signed, it is published, and nothing was stale."""
    shutil.copytree(twins.root, tmp_path / "copy")
    twins = Checkout(tmp_path / "copy")
    path = twins.root / "editions/twin.yml"
    path.write_text(path.read_text("utf-8").replace("previous: null", "previous: {edition: demo-mini}"), "utf-8")
    said = twins.evalcore("report", "twin", "--final", code=1)
    assert "choices/entities.C" in said
    assert "evalcore sign twin ITEM --by NAME" in said
    assert "signed choices/entities.C" in twins.evalcore("sign", "twin", "*", "--by", "A. Reviewer")
    said = twins.evalcore("report", "twin", "--final")
    assert "all that has to be signed is signed" in said
    assert "0 task(s) ran" in said
