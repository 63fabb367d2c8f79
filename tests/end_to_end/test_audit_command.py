"""`evalcore audit` on a built tree: the chain of a result, making it anew, and the other way round."""

import random
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from checkouts import Checkout
from crates import issues

QUICK = "quality-waterfall"
"""A figure whose chain is ingest and cleaning alone."""


@pytest.fixture
def tree(built: Checkout, tmp_path: Path) -> Checkout:
    """A built tree to be tampered with."""
    return built.linked(tmp_path / "tree")


def test_chain_of_a_figure_reaches_the_raw_files(built):
    """From the figure over the function that drew it to path and SHA-256 of what was collected."""
    said = built.evalcore("audit", "demo-mini", "composite-ranks")
    assert said.startswith("figure composite-ranks  sha256 ")
    assert "drawn by evalcore.figures." in said
    assert "made by notebooks/40_score.ipynb" in said
    assert re.search(r"raw data/raw/demo-mini/tickets\.parquet\n.*sha256 [0-9a-f]{64}", said)


def test_figure_and_number_made_anew_are_those_of_the_build(tree):
    """Data and pictures byte by byte, the number as stored; a changed value and a changed picture are named."""
    said = tree.evalcore("audit", "demo-mini", QUICK, "--rerun")
    assert "different" not in said
    assert re.search(r"identical: data\.csv: (\d+) of \1 values as in the build", said)
    assert {"identical: en.svg", "identical: zh.svg"} <= set(said.splitlines())
    for name, old, new in (("data.csv", b"survey", b"curvey"), ("zh.svg", b"</svg>", b"</svg> ")):
        path = tree.build / "exhibits" / QUICK / name
        content = path.read_bytes().replace(old, new, 1)
        path.unlink()
        path.write_bytes(content)
    said = tree.evalcore("audit", "demo-mini", QUICK, "--rerun", code=1).splitlines()
    assert any(line.startswith("different: data.csv") for line in said)
    assert any(line.startswith("different: zh.svg") for line in said)
    assert "identical: en.svg" in said


def test_unknown_results_and_origins_are_refused_with_what_there_is(built):
    """Code 1, what is called alike, and no traceback."""
    said = built.evalcore("audit", "demo-mini", "composite-rank", code=1)
    assert "nothing is called 'composite-rank'\n  allowed: " in said
    assert "composite-ranks" in said
    assert "no exhibit or number is named" in built.evalcore("audit", "demo-mini", "--rerun", code=1)
    assert "no function, class or constant" in built.evalcore("audit", "demo-mini", "--from", "evalcore.x", code=1)


@pytest.mark.parametrize(
    ("origin", "reached", "spared"),
    [
        ("data/raw/demo-mini/survey.csv", "satisfaction-map", None),
        ("evalcore.figures.scores.draw_ranking", "summary-scores", "quality-waterfall"),
        ("src/evalcore/figures/scores.py", "summary-scores", "quality-waterfall"),
        ("section:robustness", "robustness-ranges", "quality-waterfall"),
    ],
)
def test_what_depends_on_a_file_a_function_or_a_section_is_listed(built, origin, reached, spared):
    """Counted by kind; what cannot be touched is not in the list."""
    exhibits = built.evalcore("audit", "demo-mini", "--from", origin).splitlines()[0]
    assert re.match(r"\d+ exhibits: ", exhibits)
    listed = set(exhibits.split(": ")[1].split(", "))
    assert reached in listed
    assert spared not in listed


def test_research_object_of_a_built_edition_meets_its_profile(tree):
    """The validator of the Workflow Run profile misses nothing that is required; every exhibit is in it."""
    folder = tree.root / tree.evalcore("crate", "demo-mini").strip()
    assert issues(folder, "REQUIRED") == set()
    shipped = {path.name for path in (folder / "exhibits").iterdir()}
    assert shipped == {path.name for path in (tree.build / "exhibits").iterdir()}


@pytest.mark.slow
def test_command_printed_in_a_card_remakes_the_figure_where_nothing_was_built(tree):
    """A clone with the lock and no build: any figure's own command, as the page prints it."""
    tree.evalcore("lock", "demo-mini")
    pages = "\n".join(tree.pages().values())
    printed = sorted(set(re.findall(r"evalcore audit demo-mini \S+ --rerun", unescape(re.sub(r"<[^>]+>", "", pages)))))
    assert len(printed) >= len(list((tree.build / "exhibits").iterdir()))
    shutil.rmtree(tree.build)
    _, *command = random.Random(7).choice(printed).split()
    said = tree.evalcore(*command)
    assert "different" not in said
    assert "identical: data.csv" in said
