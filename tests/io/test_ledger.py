"""Ledgers are read as long as their chain holds."""

import json

import pytest

from evalcore.edition.sources import Source
from evalcore.errors import EvalcoreError
from evalcore.io.raw import read_file
from evalcore.provenance.chain import chained

SOURCE = Source.model_validate(
    {
        "name": {"en": "ledger", "zh": "台账"},
        "perspective": "objective",
        "file": "ledger.jsonl",
        "wider": True,
        "columns": {"entry": {"type": "count"}, "note": {"type": "text", "blank": True}},
    }
)
ENTRIES = [{"entry": 1, "note": "通知"}, {"entry": 2, "note": None}]


@pytest.fixture
def path(tmp_path):
    """A ledger of two entries."""
    file = tmp_path / "ledger.jsonl"
    file.write_text("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in chained(ENTRIES)), encoding="utf-8")
    return file


def test_entries_come_as_text_without_their_links(path):
    """As from any text file: the contract gives types, a missing value is empty."""
    frame = read_file(path, SOURCE)
    assert frame.to_dict("list") == {"entry": ["1", "2"], "note": ["通知", ""]}


def test_a_changed_entry_is_refused_with_its_line(path):
    """Nothing is read of a ledger whose past was changed."""
    path.write_text(path.read_text("utf-8").replace("通知", "撤销"), encoding="utf-8")
    with pytest.raises(EvalcoreError, match=r"ledger\.jsonl, line 1: its hash does not follow"):
        read_file(path, SOURCE)


@pytest.mark.parametrize("line", ["{", "[1, 2]", "3"])
def test_a_line_that_is_no_entry_is_refused(path, line):
    """Every line holds one entry."""
    path.write_text(path.read_text("utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(EvalcoreError, match=r"ledger\.jsonl, line 3: no JSON object"):
        read_file(path, SOURCE)
