"""A lineage written by hand: two raw files, two stages, a figure, a number and a table of something else."""

import pytest

from evalcore.audit import Lineage
from evalcore.audit.nodes import Code, Committed, Exhibit, File, Published, Raw, Work, key
from evalcore.edition import Text


def raw(name: str) -> Raw:
    """A raw file."""
    return Raw(name, f"data/raw/tiny/{name}.csv", "a1", "a1", False, Text(en="w", zh="什"), "none", "2025", "asked")


def work(name: str, *calls: str, **inputs: str) -> Work:
    """A task that names one function per call, all in one cell."""
    functions = tuple(Code(call, "src/evalcore/some.py", 7, "make") for call in calls)
    notebook, made_from = f"notebooks/{name}.ipynb", {"requirements.lock": "e1"}
    return Work(name, notebook, {}, None, functions, inputs, {}, {"n": "c1"}, {"entity": "s1"}, {}, made_from, 1.5)


@pytest.fixture
def lineage(module_lineage: Lineage) -> Lineage:
    """A copy for one test, to be changed at will."""
    return Lineage(module_lineage.edition, dict(module_lineage.nodes), dict(module_lineage.parents))


@pytest.fixture(scope="module")
def module_lineage() -> Lineage:
    """survey -> 10_ingest -> counts -> 30_report -> shares (figure), report.share; tickets -> 20_wait -> waits."""
    draw = Code("evalcore.figures.draw", "src/evalcore/figures.py", 9, "draw")
    made = [
        (raw("survey"), ()),
        (raw("tickets"), ()),
        (Committed("data/raw/tiny/SOURCES.yml", "b1"), ()),
        (work("10_ingest", "evalcore.ingest.ingest"), ("raw:survey", "committed:data/raw/tiny/SOURCES.yml")),
        (File("score/counts.parquet", "f1", "10_ingest"), ("task:10_ingest",)),
        (work("30_report", "evalcore.io.task.Task", "evalcore.chapters.share"), ("file:score/counts.parquet",)),
        (Exhibit("shares", "x1", "30_report", "figure", "draw", draw, {"en": "Shares"}), ("task:30_report",)),
        (Published("report.share", 0.5, {"en": "50 %"}, "30_report", "numbers"), ("task:30_report",)),
        (work("20_wait", "evalcore.score.wait"), ("raw:tickets",)),
        (Exhibit("waits", "x2", "20_wait", "table", "make", draw, {"en": "Waits"}), ("task:20_wait",)),
    ]
    return Lineage("tiny", {key(node): node for node, _ in made}, {key(node): parents for node, parents in made})
