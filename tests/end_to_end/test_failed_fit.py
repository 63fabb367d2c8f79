"""A model made to fail: it is stopped, what rests on it is withheld, and the last good site stays."""

import json
import re
import shutil
from html import unescape

import pytest

from checkouts import Checkout, made_once
from evalcore.edition import load_edition
from evalcore.pipeline.plan import make_plan

pytestmark = pytest.mark.slow
FED, STARVED = "tune: 1000, taken: 4000", "draws: 400, taken: 400, tune: 100"
"""Four hundred draws cannot be worth more than four hundred: the effective draws of some parameter are too few."""


@pytest.fixture(scope="module")
def failed(built, shared_folder):
    """A built checkout whose edition then asks for too few draws; what the command said, and the site before."""
    folder = shared_folder / "failed"
    checkout = Checkout(folder / "copy")

    def build():
        shutil.copytree(built.root, checkout.root)
        checkout.replace("editions/demo-mini.yml", FED, STARVED)
        (folder / "said").write_text(checkout.evalcore("report", "demo-mini", code=1), "utf-8")

    made_once(folder, build)
    return checkout, (folder / "said").read_text("utf-8"), built.hashes("site")


def pages_of(checkout, kind):
    """Every page of a failed or draft site, as a reader sees it."""
    site = checkout.build / f"site.{kind}" / "en"
    found = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    pages = {name: text for name, text in found.items() if not name.startswith(("_static/", "_modules/"))}
    return {name: unescape(re.sub(r"<[^>]+>", "", text)) for name, text in pages.items()}


def test_build_ends_with_the_fit_its_reason_and_what_to_do(failed):
    """Not zero, and in words: which fit, which check, where the failed site lies."""
    _, said, _ = failed
    assert re.search(r"error: \d+ fit\(s\) failed their checks", said)
    assert "effective draws" in said
    assert "build/demo-mini/site.failed/en/index.html" in said


def test_last_good_site_keeps_every_byte(failed):
    """The published site is the one before."""
    checkout, _, before = failed
    assert checkout.hashes("site") == before


def test_reason_stands_in_the_place_of_every_exhibit_that_rests_on_it(failed):
    """By lineage: the posterior's exhibits are replaced, their pictures and data are not in the site."""
    checkout, _, _ = failed
    withheld = json.loads((checkout.build / "withheld.json").read_text("utf-8"))
    assert "composite-ranks" in withheld["exhibits"]
    page = pages_of(checkout, "failed")["composite.html"]
    assert "which failed its checks" in page
    site = checkout.build / "site.failed" / "en"
    files = [path for id_ in withheld["exhibits"] for path in site.rglob(f"{id_}.*")]
    assert [path.name for path in files if "code" not in path.parts] == []  # a module may be called as an exhibit


def test_what_does_not_rest_on_it_is_shown(failed):
    """Cleaning and framework are as good as before, and the chapter on the models shows what failed."""
    checkout, _, _ = failed
    exhibits = json.loads((checkout.build / "withheld.json").read_text("utf-8"))["exhibits"]
    assert {"quality-waterfall", "believed-fits", "believed-levels"} & set(exhibits) == set()
    assert "failed" in pages_of(checkout, "failed")["believed.html"]


def test_no_number_that_rests_on_it_is_left(failed):
    """Numbers of withheld tasks have neither value nor interval, only the word."""
    checkout, _, _ = failed
    numbers = json.loads((checkout.build / "numbers.json").read_text("utf-8")).values()
    tasks = json.loads((checkout.build / "withheld.json").read_text("utf-8"))["tasks"]
    own = [number for number in numbers if number["record"] in tasks]
    assert len(own) > 10
    assert {(n["value"], n["interval"], n["text"]["en"]) for n in own} == {(None, None, "withheld")}


def test_every_task_behind_the_fit_is_withheld(failed):
    """Followed by hand through what the tasks read, from the posteriors on; the judge hands nothing on."""
    checkout, _, _ = failed
    tasks = json.loads((checkout.build / "withheld.json").read_text("utf-8"))["tasks"]
    judged = [checkout.build / "checks" / name for name in ("verdicts.json", "maternal.json")]
    verdicts = [verdict for path in judged for verdict in json.loads(path.read_text("utf-8"))]
    tainted, expected = {v["file"] for v in verdicts if not v["passed"]}, set()
    plan = make_plan(load_edition("demo-mini", checkout.root), checkout.root)
    for _ in plan:
        for task in plan:
            if tainted & set(task.inputs) and not task.declaration.judges:
                expected.add(task.name)
                tainted |= set(task.products)
    assert set(tasks) == expected
    assert "40_score" in expected


@pytest.mark.parametrize("command", ["crate", "results"])
def test_nothing_withheld_is_passed_on(failed, command):
    """Neither packed nor kept for next year: each command names the fit that stands in its way."""
    checkout, _, _ = failed
    said = checkout.evalcore(command, "demo-mini", code=1)
    assert re.search(r"edition demo-mini: \d+ tasks are withheld: It rests on the fit '", said)


def test_draft_shows_it_with_the_reason_and_a_mark_on_every_page(failed, tmp_path):
    """A draft of the same edition ends well, runs nothing again, and says on every page what it is."""
    (checkout, _, before), copy = failed, tmp_path / "copy"
    shutil.copytree(checkout.root, copy)
    checkout = Checkout(copy)
    said = checkout.evalcore("report", "demo-mini", "--draft")
    assert "0 task(s) ran" in said
    pages = pages_of(checkout, "draft")
    assert len(pages) > 20
    assert [name for name, text in pages.items() if "Draft: not for publication." not in text] == []
    assert "Would be withheld" in pages["composite.html"]
    assert checkout.hashes("site") == before
