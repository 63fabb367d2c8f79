"""From a file, a section or a function to what depends on it, in a project that really ran."""

import pytest

from evalcore.audit import read_lineage
from evalcore.audit.backwards import dependents, told
from evalcore.errors import EvalcoreError


@pytest.fixture
def ran(small_project):
    """The small project after a build."""
    small_project.run()
    return small_project


def found(project, name):
    """Kinds and ids of what depends on something."""
    lineage = read_lineage(project.edition, project.root)
    return {f"{node.kind}:{node.id}" for node in dependents(lineage, name, project.root)}


@pytest.mark.parametrize("name", ["data/raw/tiny/survey.csv", "raw:survey", "data/raw/tiny/SOURCES.yml"])
def test_raw_file_leads_to_all_that_rests_on_it(ran, name):
    """By its path or its name; the task that reads nothing does not depend on it."""
    reached = found(ran, name)
    assert {"number:answers", "file:score/shop-a.parquet", "task:10_ingest"} <= reached
    assert not any("50_alone" in name or "alone" in name for name in reached)


def test_section_leads_to_the_tasks_that_declare_it(ran):
    """And to what they made."""
    assert found(ran, "section:seed") == {"task:50_alone", "file:clean/alone.parquet", "file:notebooks/50_alone.ipynb"}


def test_notebook_leads_to_what_it_made(ran):
    """A file of code touches the tasks that hold it."""
    reached = {"task:30_report", "number:answers", "file:notebooks/30_report.ipynb"}
    assert found(ran, "notebooks/30_report.ipynb") == reached


def test_function_leads_only_to_what_can_reach_it(ran):
    """Numbers are published by one notebook, tables written by others."""
    assert found(ran, "evalcore.publish.numbers.numbers") == {"number:answers", "file:notebooks/30_report.ipynb"}
    assert "number:answers" in found(ran, "evalcore.io.files.write_parquet")


def test_unknown_function_is_refused(ran):
    """With what can be given."""
    with pytest.raises(EvalcoreError, match=r"no function, class or constant 'evalcore\.score\.nothing' in src/"):
        found(ran, "evalcore.score.nothing")


def test_what_nothing_depends_on_is_refused(ran):
    """A file that no task used is no answer of nothing."""
    with pytest.raises(EvalcoreError, match=r"nothing is called 'README\.md'"):
        found(ran, "README.md")


def test_answer_counts_by_kind(ran):
    """Exhibits and numbers first."""
    lineage = read_lineage(ran.edition, ran.root)
    assert told(dependents(lineage, "notebooks/30_report.ipynb", ran.root)) == [
        "0 exhibits: none",
        "1 numbers: answers",
        "1 files: notebooks/30_report.ipynb",
        "1 tasks: 30_report",
    ]
