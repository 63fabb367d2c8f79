"""Folders of Parquet parts: read in pieces, written whole or not at all."""

from pathlib import Path

import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.io import parts
from evalcore.io.manifest import accept, read_raw, read_raw_parts
from evalcore.io.parts import read_parts, write_parts

FRAMES = [pd.DataFrame({"x": [1, 2], "y": ["a", None]}), pd.DataFrame({"x": [3], "y": ["c"]})]


def consume(path: Path, *frames: pd.DataFrame) -> list[pd.DataFrame]:
    """Write some frames and return what was handed on."""
    return list(write_parts((path,), frames))


def test_single_piece_is_a_file(tmp_path):
    """As every table of a small edition; a folder of an earlier run goes."""
    path = tmp_path / "t.parquet"
    consume(path, *FRAMES)
    assert consume(path, FRAMES[0]) == [FRAMES[0]]
    pd.testing.assert_frame_equal(pd.read_parquet(path), FRAMES[0])
    assert list(tmp_path.iterdir()) == [path]


def test_several_pieces_are_a_folder_that_reads_as_one_table(tmp_path):
    """In their order, whatever reads it; a file or more parts of an earlier run go."""
    path = tmp_path / "t.parquet"
    consume(path, *FRAMES, *FRAMES)
    consume(path, FRAMES[0])
    consume(path, *FRAMES)
    assert sorted(part.name for part in path.iterdir()) == ["part-00000.parquet", "part-00001.parquet"]
    pd.testing.assert_frame_equal(pd.read_parquet(path), pd.concat(FRAMES, ignore_index=True))
    for found, frame in zip(read_parts(path), FRAMES, strict=True):
        pd.testing.assert_frame_equal(found, frame)


def test_large_part_is_read_in_pieces(tmp_path, monkeypatch):
    """However the parts were cut, so many rows are in memory at once."""
    monkeypatch.setattr(parts, "ROWS", 2)
    path = tmp_path / "t.parquet"
    consume(path, pd.concat([FRAMES[0]] * 2, ignore_index=True), FRAMES[1])
    assert [len(piece) for piece in read_parts(path)] == [2, 2, 1]


def test_two_tables_are_written_side_by_side(tmp_path):
    """What is kept and what is set aside."""
    paths = tmp_path / "valid.parquet", tmp_path / "aside.parquet"
    list(write_parts(paths, [(FRAMES[0], FRAMES[1]), (FRAMES[1], FRAMES[0])]))
    assert [len(pd.read_parquet(path)) for path in paths] == [3, 3]


def test_nothing_is_left_of_what_was_broken_off(tmp_path):
    """A refusal in the last part leaves no half of a table."""

    def broken():
        yield from FRAMES
        raise EvalcoreError("a bad row")

    with pytest.raises(EvalcoreError, match="a bad row"):
        list(write_parts((tmp_path / "t.parquet",), broken()))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def partitioned(tmp_path: Path, tiny: dict, edition_of) -> tuple[Edition, Path]:
    """The tiny edition with its survey as a folder of two parts, in a checkout."""
    tiny["sources"]["survey"]["file"] = "survey.parquet"
    folder = tmp_path / "data/raw/tiny"
    consume(folder / "survey.parquet", *FRAMES)
    entry = "what: {en: w, zh: 什}\n  licence: none\n  date: 2025-01-01\n  obtained: asked\n"
    (folder / "SOURCES.yml").write_text(f"survey.parquet:\n  {entry}", "utf-8")
    return edition_of(tiny), tmp_path


@pytest.mark.parametrize("generated", [False, True])
def test_raw_folder_is_recognised_by_its_content(partitioned, generated):
    """Accepted, then read as a whole or piece by piece; one changed value in one part is refused."""
    edition, root = partitioned
    sources = root / "data/raw/tiny/SOURCES.yml"
    sources.write_text(sources.read_text("utf-8") + f"  generated: {str(generated).lower()}\n", "utf-8")
    accept(edition, root)
    assert [len(piece) for piece in read_raw_parts(edition, "survey", root)] == [2, 1]
    assert len(read_raw(edition, "survey", root)) == 3
    FRAMES[1].assign(x=4).to_parquet(root / "data/raw/tiny/survey.parquet/part-00001.parquet")
    with pytest.raises(EvalcoreError, match=r"survey.parquet: SHA-256 of the (values|file) is"):
        list(read_raw_parts(edition, "survey", root))
    with pytest.raises(EvalcoreError, match=r"survey.parquet: SHA-256 of the (values|file) is"):
        read_raw(edition, "survey", root)
