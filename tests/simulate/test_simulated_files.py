"""Files are whole, deterministic, and in the form their edition declares."""

import json
import os

import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.simulate import simulate, write_world


@pytest.fixture(scope="module")
def written(mini, mini_world, maps, tmp_path_factory):
    """File name -> path of the miniature, written once."""
    root = tmp_path_factory.mktemp("project")
    return {path.name: path for path in write_world(mini_world, mini, root, maps)}


def test_every_source_and_the_truth_are_written(mini, written):
    """The files lie under data/raw/<edition>/ under the names the edition gives them, and no scratch file stays."""
    assert list(written) == [source.file for source in mini.sources.values()] + ["truth.json"]
    folder = written["truth.json"].parent
    assert folder.parts[-3:] == ("data", "raw", "demo-mini")
    assert sorted(os.listdir(folder)) == sorted(written)


def test_two_writings_are_equal_byte_by_byte(mini, maps, written, tmp_path):
    """Also the workbook, which usually remembers when it was written; and also without the other sources."""
    kept = {name: s for name, s in mini.sources.items() if name != "mystery"}
    partial = mini.model_copy(update={"sources": kept})
    for path in write_world(simulate(partial), partial, tmp_path, maps):
        assert path.read_bytes() == written[path.name].read_bytes()


def test_parquet_keeps_types(written, mini_world):
    """Tickets come back as they were drawn."""
    pd.testing.assert_frame_equal(pd.read_parquet(written["tickets.parquet"]), mini_world.frames["tickets"])


def test_the_survey_begins_with_a_byte_order_mark(written):
    """As spreadsheets write it; the other text files do without."""
    assert written["survey.csv"].read_bytes().startswith(b"\xef\xbb\xbfrespondent_id,")
    assert written["mystery.csv"].read_bytes().startswith(b"visit_id,")


def test_experts_come_under_the_names_of_their_secretary(written, mini_world):
    """GB18030, Chinese headers and codes: the map applied backwards."""
    frame = pd.read_csv(written["experts.csv"], encoding="gb18030")
    assert list(frame.columns) == ["专家编号", "平台", "维度", "轮次", "评分", "利益关联"]
    assert set(frame["轮次"]) == {"盲评", "讨论后"}
    assert set(frame["利益关联"]) == {"是", "否"}
    assert list(frame["评分"]) == list(mini_world.frames["experts"]["score"])


def test_reports_lie_in_the_named_sheet(mini, written, mini_world):
    """The workbook has the sheet the edition names, blanks where no category applies."""
    frame = pd.read_excel(written["platform_reports.xlsx"], sheet_name=mini.sources["platform_reports"].sheet)
    assert list(frame["numerator"]) == list(mini_world.frames["platform_reports"]["numerator"])
    assert frame.loc[frame["item"] == "channels", "category"].isna().all()


def test_the_truth_is_plain_json(written, mini_world):
    """What tests read is what was true."""
    assert json.loads(written["truth.json"].read_text(encoding="utf-8")) == mini_world.truth


def test_a_missing_map_is_named(mini, mini_world, tmp_path):
    """Without its map a source is not written under our names by mistake."""
    with pytest.raises(EvalcoreError, match="demo-experts"):
        write_world(mini_world, mini, tmp_path, {})


def test_a_failed_writing_leaves_the_old_file(mini, mini_world, maps, written, monkeypatch):
    """A file is replaced in one step or not at all, and nothing half-written stays beside it."""
    before = {name: path.read_bytes() for name, path in written.items()}

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("evalcore.simulate.write.os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_world(mini_world, mini, written["truth.json"].parents[3], maps)
    folder = written["truth.json"].parent
    assert {name: (folder / name).read_bytes() for name in os.listdir(folder)} == before
