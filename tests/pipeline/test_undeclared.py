"""Lineage is what was used: a notebook that opens, writes or publishes what it did not declare fails."""

import pytest

from evalcore.errors import EvalcoreError

MAKES = {"writes": ["ingest/survey.parquet"]}
READS = {"reads": ["raw/survey"], "sections": ["sources"]}


@pytest.fixture
def secret(project):
    """A project with tables nobody declares: among the raw data and outside the checkout."""
    for folder in (project.root / "data/raw/tiny", project.root.parent):
        (folder / "secret.csv").write_text("x\n1\n")
    return project


@pytest.mark.parametrize(
    ("cell", "opened"),
    [
        ('open(task.build / "score/count.parquet", "rb")', "score/count.parquet"),
        ('(task.root / "data/raw/tiny/secret.csv").read_text()', "data/raw/tiny/secret.csv"),
        ('(task.root / "editions/tiny.yml").read_bytes()', "editions/tiny.yml"),
        ('(task.root.parent / "secret.csv").read_text()', "secret.csv"),
        ("list(task.build.iterdir())", "build/tiny"),
    ],
    ids=["build", "raw", "edition", "outside", "folder"],
)
def test_file_opened_past_the_task_fails_the_notebook(secret, cell, opened):
    """By whatever way of Python: notebook, cell and file are named, and nothing is left."""
    secret.notebook("60_past", cell, **READS)
    with pytest.raises(EvalcoreError, match=rf"notebook 60_past: opens '.*{opened}' without declaring it") as failed:
        secret.run()
    assert "cell-1" in str(failed.value)
    assert "notebooks/60_past.ipynb" not in secret.files()


def test_ordinary_kernel_is_watched_as_well(secret):
    """The other engine runs notebooks in a process of its own."""
    secret.notebook("60_past", '(task.build / "score/count.parquet").read_bytes()', **READS)
    with pytest.raises(EvalcoreError, match=r"notebook 60_past: opens 'build/tiny/score/count.parquet' without"):
        secret.run(notebooks="kernel")


@pytest.mark.parametrize(
    "cell",
    [
        'import pandas as pd\npd.read_csv(task.build / "clean/secret.csv")',
        'import ibis\nibis.duckdb.connect().read_parquet(task.build / "score/count.parquet")',
        'import ibis\nibis.duckdb.connect("other.duckdb")',
        "import duckdb\nduckdb.sql(\"select * from 'score/count.parquet'\")",
        'import pyarrow.parquet as pq\npq.ParquetFile("score/count.parquet")',
        'import xarray\nxarray.open_dataset(filename_or_obj="posterior/csat.nc")',
        'from evalcore.io.manifest import read_raw\nread_raw(task.edition, "survey", task.root)',
    ],
)
def test_reader_called_past_the_task_is_refused_before_anything_runs(secret, cell):
    """Libraries that open files without Python are held to task.path by the notebook's source."""
    secret.notebook("60_past", cell, **READS)
    with pytest.raises(EvalcoreError, match=r"notebook 60_past.ipynb, cell 'cell-1', line 2: .* reads past the task"):
        secret.plan()


def test_declared_file_is_read_by_any_library(project):
    """task.path hands it out to readers that Python does not see."""
    project.notebook("10_maker", 'task.write("ingest/survey.parquet", task.raw("survey"))', **MAKES, **READS)
    cell = 'import ibis\nibis.duckdb.connect().read_parquet(task.path("ingest/survey.parquet")).count().execute()'
    project.notebook("60_any", cell, reads=["ingest/survey.parquet"])
    assert project.run() == ["10_maker", "60_any"]


@pytest.mark.parametrize("place", ["data/raw/tiny/survey.csv", "editions/tiny.yml"])
def test_file_written_past_the_task_fails_the_notebook_and_stays_as_it_was(secret, place):
    """Products of others, raw data and editions are not a notebook's to write."""
    before = (secret.root / place).read_bytes()
    secret.notebook("60_past", f'(task.root / "{place}").write_bytes(b"mine")', **READS)
    with pytest.raises(EvalcoreError, match=f"notebook 60_past: writes '{place}' without declaring it"):
        secret.run()
    assert (secret.root / place).read_bytes() == before


def test_exhibit_without_a_record_fails_the_notebook(project):
    """A folder filled by hand is no published exhibit."""
    cell = 'path = task.build / "exhibits/summary-scores/x"\npath.parent.mkdir(parents=1)\npath.write_text("<svg/>")'
    project.notebook("60_own", cell, exhibits=["summary-scores"])
    with pytest.raises(EvalcoreError, match=r"notebook 60_own.ipynb: exhibits/summary-scores has no record of 60_own"):
        project.run()
    assert project.files() == {}


def test_numbers_without_a_record_fail_the_notebook(project):
    """Numbers name the task that published them."""
    cell = 'task.numbers_file.parent.mkdir()\ntask.numbers_file.write_text(\'{"x": {"value": 1}}\')'
    project.notebook("60_own", cell, numbers=True)
    with pytest.raises(EvalcoreError, match=r"notebook 60_own.ipynb: number x has no record of 60_own"):
        project.run()


def test_folder_of_parts_is_read_and_written_as_declared(project):
    """Its parts come with it; a part of a table that was not declared does not."""
    make = 'import pandas as pd\nrows = [pd.DataFrame({"x": [1]})] * 2\n'
    put = 'print(len(list(task.written(rows, "clean/parts.parquet"))))'
    project.notebook("20_parts", make, put, writes=["clean/parts.parquet"])
    project.notebook(
        "30_whole", 'print(sum(map(len, task.parts("clean/parts.parquet"))))', reads=["clean/parts.parquet"]
    )
    assert project.run() == ["20_parts", "30_whole"]
    assert {"clean/parts.parquet/part-00000.parquet", "clean/parts.parquet/part-00001.parquet"} <= set(project.files())
    project.notebook("40_past", 'list((task.build / "clean/parts.parquet").iterdir())', reads=[])
    with pytest.raises(EvalcoreError, match=r"opens 'build/tiny/clean/parts.parquet' without declaring it"):
        project.run()
