"""Fingerprints: what a task depends on, and how a difference is told in plain words."""

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.record import differences, fingerprint, reasons, record_path


def put(project, name, content=b"1"):
    """A file of the build."""
    path = project.build / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def reader(project):
    """A project whose one task reads a table and publishes an exhibit."""
    project.notebook(
        "20_reader", "1", reads=["ingest/survey.parquet"], exhibits=["summary-scores"], sections=["seed", "periods"]
    )
    project.notebook("10_maker", "1", writes=["ingest/survey.parquet"])
    put(project, "ingest/survey.parquet")
    return project


def print_of(project, name="20_reader"):
    """The fingerprint of a task now."""
    return fingerprint(project.task(name), project.edition, project.root)


def test_equal_projects_do_not_differ(reader):
    """Nothing changed, nothing to tell."""
    assert differences(print_of(reader), print_of(reader)) == []


def test_changed_and_removed_inputs_are_told(reader):
    """A removed input counts as a change."""
    before = print_of(reader)
    put(reader, "ingest/survey.parquet", b"2")
    assert differences(before, print_of(reader)) == ["input ingest/survey.parquet changed"]
    (reader.build / "ingest/survey.parquet").unlink()
    assert differences(before, print_of(reader)) == ["input ingest/survey.parquet is gone"]


def test_input_no_longer_declared_is_told(reader):
    """Reading less than before is a change of inputs as well as of the notebook."""
    before = print_of(reader)
    reader.notebook("20_reader", "1", exhibits=["summary-scores"], sections=["seed", "periods"])
    assert differences(before, print_of(reader)) == [
        "input ingest/survey.parquet is gone",
        "code notebooks/20_reader.ipynb changed",
    ]


def test_declared_section_is_told_and_others_are_not(reader):
    """A task depends on the sections it declares, not on the whole edition."""
    before = print_of(reader)
    reader.content |= {"seed": 2, "minimum_cell": 7}
    reader.write_edition()
    assert differences(before, print_of(reader)) == ["edition section 'seed' changed"]


def test_new_code_is_told_by_file(reader):
    """An import more is a file more."""
    before = print_of(reader)
    reader.notebook(
        "20_reader",
        "from evalcore.streams import stream",
        reads=["ingest/survey.parquet"],
        exhibits=["summary-scores"],
        sections=["seed", "periods"],
    )
    told = differences(before, print_of(reader))
    assert told == ["code notebooks/20_reader.ipynb changed", "code src/evalcore/streams.py is new"]


def test_words_of_its_exhibits_are_told(reader, monkeypatch):
    """A caption belongs to the tasks that publish the exhibit, and to no other."""
    before = [print_of(reader), print_of(reader, "10_maker")]
    monkeypatch.setattr("evalcore.pipeline.record.exhibit_words", lambda name, lang: {"caption": "new"})
    assert differences(before[0], print_of(reader)) == ["words of 'summary-scores' changed"]
    assert differences(before[1], print_of(reader, "10_maker")) == []


def test_environment_is_told(reader):
    """Another lock is another environment."""
    before = print_of(reader)
    (reader.root / "requirements.lock").write_text("nothing==2\n")
    assert differences(before, print_of(reader)) == ["environment requirements.lock changed"]


def test_column_map_and_manifest_belong_to_tasks_that_read_raw_data(project):
    """Accepting another content or mapping a column concerns ingest only."""
    project.content["sources"]["survey"]["map"] = "theirs"
    project.write_edition()
    project.notebook("10_ingest", "1", reads=["raw/survey"], writes=["ingest/survey.parquet"])
    project.notebook("20_reader", "1", reads=["ingest/survey.parquet"])
    before = [print_of(project, "10_ingest"), print_of(project)]
    path = project.root / "editions" / "maps" / "theirs.yml"
    path.parent.mkdir()
    path.write_text("columns: {}\n")
    manifest = project.root / "data/raw/tiny/SOURCES.yml"
    manifest.write_text(manifest.read_text() + "# looked at\n")
    assert differences(before[0], print_of(project, "10_ingest")) == [
        "input data/raw/tiny/SOURCES.yml changed",
        "input editions/maps/theirs.yml is new",
    ]
    assert differences(before[1], print_of(project)) == []


def test_task_that_never_ran_says_so(reader):
    """Without a record there is nothing to compare with."""
    task = reader.task("20_reader")
    assert reasons(task, print_of(reader), reader.build) == ["never run"]
    put(reader, record_path(task, reader.build).relative_to(reader.build), b"{half")
    assert reasons(task, print_of(reader), reader.build) == ["never run"]


def test_magic_is_refused_with_notebook_and_cell(project):
    """What is not Python has no import closure; the message names cell and line."""
    project.notebook("10_magic", "x = 1\n%time x")
    with pytest.raises(EvalcoreError, match=r"10_magic.ipynb, cell 'cell-1', line 2: is not Python") as refused:
        print_of(project, "10_magic")
    assert "magics" in str(refused.value)
