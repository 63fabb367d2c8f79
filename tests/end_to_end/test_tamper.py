"""Tampering with a built tree, each kind caught by name through the command line; nothing is repaired on the way."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from checkouts import Checkout, made_once


@pytest.fixture(scope="session")
def locked(built: Checkout, shared_folder: Path) -> Checkout:
    """The miniature's built copy with its lock; do not change it."""
    folder = shared_folder / "locked"
    checkout = Checkout(folder / "copy")

    def lock() -> None:
        shutil.copytree(built.root, checkout.root)
        assert checkout.evalcore("lock", "demo-mini") == "editions/demo-mini.lock.json\n"

    made_once(folder, lock)
    return checkout


@pytest.fixture
def tree(locked: Checkout, tmp_path: Path) -> Checkout:
    """A locked tree to be tampered with."""
    return locked.linked(tmp_path / "tree")


def put(tree: Checkout, name: str, content: bytes) -> None:
    """Replace a file of the tree."""
    path = tree.root / name
    path.unlink()
    path.write_bytes(content)


def edit(tree: Checkout, name: str, old: str, new: str) -> None:
    """Replace a piece of text in a file of the tree."""
    text = (tree.root / name).read_text("utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    put(tree, name, text.replace(old, new, 1).encode())


def test_untouched_tree_is_identical(tree):
    """Everything agrees, the rule is said, the code is 0."""
    *_, counted, rule = tree.evalcore("verify", "demo-mini").splitlines()
    same, total = counted.removeprefix("demo-mini: ").removesuffix(" identical").split(" of ")
    assert same == total
    assert int(total) > 300
    assert rule.startswith("rule: everything identical")


def test_byte_of_a_raw_file(tree):
    """The task that read it is named, and everything from there on is in doubt."""
    content = (tree.root / "data/raw/demo-mini/compliance.csv").read_bytes()
    put(tree, "data/raw/demo-mini/compliance.csv", content[:-3] + bytes([content[-3] ^ 1]) + content[-2:])
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "tampered: raw/compliance: compliance.csv is not the file that was read (10_ingest)\n" in said
    assert "from stage 10_ingest on\n" in said


def test_shortened_ledger(tree):
    """What is left is still a chain; its last hash is not the lock's, also after the file was accepted."""
    ledger = "data/raw/demo-mini/ledger.jsonl"
    put(tree, ledger, b"".join((tree.root / ledger).read_bytes().splitlines(keepends=True)[:-1]))
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "tampered: raw/ledger: ledger.jsonl is not the file that was read (10_ingest)\n" in said
    assert "differs: ledger/ledger: " in said
    tree.evalcore("sources", "accept", "demo-mini")
    assert "differs: ledger/ledger: " in tree.evalcore("verify", "demo-mini", code=1)


def test_value_of_an_intermediate_file(tree):
    """The file and the task that made it."""
    path = tree.build / "score/ranking.parquet"
    ranking = pd.read_parquet(path)
    ranking.loc[0, "low"] += 1
    path.unlink()
    ranking.to_parquet(path)
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "tampered: files/score/ranking.parquet: not what 40_score made;" in said
    assert "from stage 40_score on\n" in said


def test_executed_notebook_edited_by_hand(tree):
    """The notebook as it ran is a product like any other."""
    edit(tree, "build/demo-mini/notebooks/50_summary.ipynb", "numbers published", "numbers invented")
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "tampered: notebooks/50_summary.ipynb: not what 50_summary made (50_summary)\n" in said
    assert "stale: site/en/appendix/50_summary.html: the executed notebook changed since it was built\n" in said


def test_picture_replaced(tree):
    """The exhibit's file, its task and the pages that show it."""
    edit(tree, "build/demo-mini/exhibits/summary-scores/en.svg", "</svg>", "<!-- nicer --></svg>")
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "tampered: exhibits/summary-scores/en.svg: not what 50_summary made;" in said
    assert "stale: site/en/index.html: shows summary-scores.svg as before the last run\n" in said


def test_number_replaced(tree):
    """In the task's file and in what pages read."""
    edit(tree, "build/demo-mini/numbers/50_summary.json", '"unit": "', '"unit": "x')
    edit(tree, "build/demo-mini/numbers.json", '"digits": 1', '"digits": 2')
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "not what 50_summary made;" in said
    assert "tampered: numbers.json " in said


def test_changed_function_with_unchanged_outputs(tree):
    """Results that this code did not make are stale, whatever they look like."""
    edit(tree, "src/evalcore/score/aggregate.py", "def geometric(", "def other():\n    pass\n\n\ndef geometric(")
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "differs: code/src/evalcore/score/aggregate.py:" in said
    assert "stale: src/evalcore/score/aggregate.py: changed since " in said
    assert "tampered" not in said


def test_changed_lock_entry(tree):
    """What was promised is not what is there."""
    edit(tree, "editions/demo-mini.lock.json", '"summary-scores/data.csv": "', '"summary-scores/data.csv": "0')
    said = tree.evalcore("verify", "demo-mini", code=1).splitlines()
    assert said[0].startswith("differs: exhibits/summary-scores/data.csv: 0")
    assert said[1] == "from stage 50_summary on"
    assert len(said) == 4


def test_entry_added_to_and_dropped_from_the_lock(tree):
    """Missing is what only the lock has, extra what only the tree has."""
    edit(tree, "editions/demo-mini.lock.json", '"summary-scores/data.csv"', '"summary-scores/other.csv"')
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "missing: exhibits/summary-scores/other.csv: the lock has it, this tree has not" in said
    assert "extra: exhibits/summary-scores/data.csv: not in the lock" in said


@pytest.mark.slow
def test_page_that_is_older_than_its_results(tree):
    """A rerun whose book failed leaves the last good site: its pages are told as stale."""
    caption = "words/en.yml"
    edit(tree, f"src/evalcore/{caption}", "summary-scores:\n    caption: ", "summary-scores:\n    caption: Again. ")
    for lang, heading in (("en", "## How sure we are"), ("zh", "## 结论有多可靠")):
        edit(tree, f"book/{lang}/index.md", heading, f"{{num}}`summary.nothing`\n\n{heading}")
    assert "unknown number 'summary.nothing'" in tree.evalcore("report", "demo-mini", code=1)
    for lang in ("en", "zh"):
        edit(tree, f"book/{lang}/index.md", "{num}`summary.nothing`\n\n", "")
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "stale: site/en" in said


def test_edition_edited_after_the_build(tree):
    """The section, and the tasks that use it."""
    edit(tree, "editions/demo-mini.yml", "\nseed:", "\nseed: 7 #")
    said = tree.evalcore("verify", "demo-mini", code=1)
    assert "differs: choices/seed:" in said
    assert "stale: sections seed: changed since " in said


def test_number_typed_into_prose(tree):
    """Page, line and number; a build refuses it as well."""
    edit(tree, "book/en/composite.md", "## Levels\n", "## Levels\n\nThe mean is 71.5 points.\n")
    said = tree.evalcore("verify", "demo-mini", code=1)
    line = (tree.root / "book/en/composite.md").read_text("utf-8").split("The mean is 71.5")[0].count("\n") + 1
    assert f"typed: book/en/composite.md, line {line}: the number '71.5' stands in the prose without" in said
    assert f"book/en/composite.md, line {line}: '71.5'" in tree.evalcore("report", "demo-mini", code=1)


def test_lock_is_refused_while_something_is_stale(tree):
    """A lock says what sources make, so that what they did not make is not locked."""
    (tree.build / "records/50_summary.json").unlink()
    assert "task(s) are stale: 50_summary" in tree.evalcore("lock", "demo-mini", code=1)


def test_verify_asks_for_a_lock(tree):
    """Without one there is nothing to compare with, and the command that writes it is told."""
    (tree.root / "editions/demo-mini.lock.json").unlink()
    assert "there is no lock\n  what to do: `evalcore lock demo-mini`" in tree.evalcore("verify", "demo-mini", code=1)
