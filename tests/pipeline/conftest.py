"""A project of a few notebooks with a cell or two, on the tiny edition."""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import COUNT, HEADER, ROWS, Project, new_project


@pytest.fixture
def project(tmp_path: Path, tiny: dict, root: Path) -> Project:
    """A checkout with the tiny edition, its survey and no notebook."""
    return new_project(tmp_path, tiny, root)


@pytest.fixture
def small_project(project: Project) -> Project:
    """Five notebooks: ingest -> count -> report, one per shop, and one that reads nothing."""
    project.notebook(
        "10_ingest",
        'task.write("ingest/survey.parquet", task.raw("survey"))',
        reads=["raw/survey"],
        writes=["ingest/survey.parquet"],
        sections=["sources"],
    )
    project.notebook(
        "20_count",
        ROWS + COUNT + 'task.write("score/count.parquet", count)',
        reads=["ingest/survey.parquet"],
        writes=["score/count.parquet"],
    )
    project.notebook(
        "30_report",
        "from evalcore import publish\nfrom evalcore.words import Number\n"
        'rows = task.read("score/count.parquet")["rows"]\n'
        'print(publish.numbers(task, {"answers": Number(int(rows[0]))}))',
        reads=["score/count.parquet"],
        numbers=True,
    )
    project.notebook(
        "40_shop",
        ROWS + 'task.write(f"score/shop-{item.lower()}.parquet", rows[rows["shop"] == item])',
        reads=["ingest/survey.parquet"],
        writes=["score/shop-{item}.parquet"],
        foreach="entity",
    )
    project.notebook(
        "50_alone",
        'import pandas as pd\ntask.write("clean/alone.parquet", pd.DataFrame({"seed": [task.edition.seed]}))',
        writes=["clean/alone.parquet"],
        sections=["seed"],
    )
    return project


@pytest.fixture
def changed_answers() -> Callable[[str, str], str]:
    """The survey with one piece of text replaced by another."""
    return HEADER.replace
