"""A result made anew in a clean folder, compared with the build or, where nothing was built, with the lock."""

import json
import shutil
from dataclasses import replace

import pytest

from evalcore.audit.lock import read_lock
from evalcore.errors import EvalcoreError
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.rerun import rerun
from evalcore.pipeline.verify import lock, verify


@pytest.fixture
def ran(small_project):
    """The small project after a build."""
    small_project.run()
    return small_project


def remade(project, id_):
    """What making something anew says."""
    return rerun(project.edition, id_, project.root, Machinery(), project.told.append)


def test_only_the_chain_runs_and_the_build_is_left_alone(ran):
    """Three of six tasks; files on the way and the number come out the same."""
    before, ran.told[:] = {path: path.stat().st_mtime_ns for path in ran.build.rglob("*")}, []
    found = remade(ran, "answers")
    assert found.lines == ("2 of 2 files on the way identical", "identical: number answers = 4")
    assert found.different == 0
    assert len([line for line in ran.told if " ... " in line]) == 3
    assert {path: path.stat().st_mtime_ns for path in ran.build.rglob("*")} == before


def test_tampered_result_is_not_what_is_made_anew(ran):
    """Value and file on the way are named."""
    path = ran.build / "numbers/30_report.json"
    path.write_text(path.read_text().replace('"value": 4', '"value": 5'))
    (ran.build / "score/count.parquet").write_bytes(b"mine")
    found = remade(ran, "answers")
    assert found.lines == (
        "different: score/count.parquet",
        "1 of 2 files on the way identical",
        "different: number answers = 4 is not the one in the build",
    )
    assert found.different == 2


def test_clone_without_a_build_compares_with_the_lock(ran):
    """The lock knows which task publishes the number."""
    lock(ran.edition, ran.root)
    shutil.rmtree(ran.build)
    assert remade(ran, "answers").lines == ("identical: number answers",)
    path = ran.root / "editions/tiny.lock.json"
    content = json.loads(path.read_text())
    content["numbers"]["answers"]["sha256"] = "0"
    path.write_text(json.dumps(content))
    assert remade(ran, "answers").lines == ("different: number answers is not the one in the lock",)


def test_unknown_result_is_refused(ran):
    """With the command that lists what there is."""
    with pytest.raises(EvalcoreError, match=r"no exhibit or number is called 'nothing'\n.*`evalcore audit tiny`"):
        remade(ran, "nothing")


def test_lock_holds_what_results_are_made_from_and_what_they_are(ran):
    """Sections with their entries; no folder of this machine, no commit."""
    path = lock(ran.edition, ran.root)
    found = read_lock("tiny", ran.root).sections
    assert found["numbers"]["answers"] | {"sha256": ""} == {"task": "30_report", "value": 4, "sha256": ""}
    assert {"ingest/survey.parquet", "score/count.parquet", "clean/alone.parquet"} <= set(found["files"])
    assert "notebooks/20_count.ipynb" in found["code"]
    assert set(found["raw"]) == {"survey"}
    assert set(found["committed"]) == {"data/raw/tiny/SOURCES.yml"}
    assert str(ran.root) not in path.read_text()


def test_two_builds_in_different_folders_lock_the_same(ran, tmp_path_factory):
    """Data, numbers and files on the way, bit for bit."""
    other = replace(ran, root=tmp_path_factory.mktemp("elsewhere") / "copy")
    shutil.copytree(ran.root, other.root, symlinks=True, ignore=shutil.ignore_patterns("build"))
    other.run()
    assert lock(other.edition, other.root).read_bytes() == lock(ran.edition, ran.root).read_bytes()


def test_verdict_names_the_first_stage_in_doubt(ran):
    """Of a changed count everything from the count on; the site that was never built is told too."""
    lock(ran.edition, ran.root)
    (ran.build / "score/count.parquet").write_bytes(b"mine")
    lines = verify(ran.edition, ran.root).lines()
    assert "from stage 20_count on" in lines
    assert any(line.startswith("tampered: files/score/count.parquet: not what 20_count made;") for line in lines)
