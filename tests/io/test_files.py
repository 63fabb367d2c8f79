"""Writing: whole or not at all, only what changed, nothing that a spreadsheet would run."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.io.files import inert_text, write_bytes, write_csv, write_json, write_parquet

FRAME = pd.DataFrame({"name": ["a", None], "value": [-1.2, 3.0]})
WRITERS = [
    (write_bytes, b"abc"),
    (write_json, {"a": "中文"}),
    (write_parquet, FRAME),
    (write_csv, FRAME),
]


@pytest.mark.parametrize(("write", "content"), WRITERS, ids=lambda given: getattr(given, "__name__", ""))
def test_equal_content_is_not_written_again(tmp_path, write, content):
    """A file keeps its time where its content stays, so that nothing behind it wakes up."""
    write(tmp_path / "new" / "file", content)
    before = (tmp_path / "new" / "file").stat()
    write(tmp_path / "new" / "file", content)
    after = (tmp_path / "new" / "file").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_other_content_is_written(tmp_path):
    """The file then holds the new content, and nothing lies beside it."""
    write_bytes(tmp_path / "file", b"old")
    write_bytes(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_file_is_whole_or_as_it_was(tmp_path, monkeypatch):
    """When writing fails, on a full disk say, the old content is still there and no scrap is left."""
    write_bytes(tmp_path / "file", b"old")

    def half(path: Path, content: bytes) -> int:
        path.open("wb", buffering=0).close()
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="No space left"):
        write_bytes(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_json_is_readable_utf_8(tmp_path):
    """Chinese stands as Chinese, keys in the order given."""
    write_json(tmp_path / "x.json", {"b": "中文", "a": 1})
    text = (tmp_path / "x.json").read_text("utf-8")
    assert "中文" in text
    assert list(json.loads(text)) == ["b", "a"]


def test_parquet_comes_back_as_it_was(tmp_path):
    """Values, missing ones and types survive."""
    write_parquet(tmp_path / "x.parquet", FRAME)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "x.parquet"), FRAME)


@pytest.mark.parametrize("text", ["=cmd()", "+1+1", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-2+3", "-1.2.3"])
def test_formula_becomes_text(text):
    """A spreadsheet shows it, with an apostrophe before it, instead of running it."""
    assert inert_text(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-1.2", "+3", "−1.2", "Platform A", "a=b", "", "'=x", None, -1.2, 5])
def test_numbers_and_plain_texts_stay(value):
    """-1.2 stays a number, a true minus sign and everything that begins with a letter stay too."""
    assert inert_text(value) == value


@given(st.text())
def test_no_text_begins_as_a_formula(text):
    """Whatever comes from data: what is written begins harmlessly, or is a number."""
    written = str(inert_text(text))
    assert written[:1] not in tuple("=@\t\r＝＠") or not written
    if written[:1] in tuple("+-＋－"):
        float(written)


def test_csv_is_inert_and_keeps_its_numbers(tmp_path):
    """Texts are guarded in every text column, categories included; columns of numbers are as they were."""
    frame = pd.DataFrame({"text": ["=x", None], "code": pd.Categorical(["@y", "z"]), "value": [-1.2, 2.0]})
    write_csv(tmp_path / "x.csv", frame)
    assert (tmp_path / "x.csv").read_text("utf-8") == "text,code,value\n'=x,'@y,-1.2\n,z,2.0\n"


def test_csv_without_rows_keeps_its_header(tmp_path):
    """An empty table still says what it would hold."""
    write_csv(tmp_path / "x.csv", FRAME.head(0))
    assert (tmp_path / "x.csv").read_text("utf-8") == "name,value\n"
