"""A task reads, writes and uses what its notebook declares, and nothing else."""

import json

import pandas as pd
import pytest
import yaml

from evalcore.errors import EvalcoreError
from evalcore.io import Task
from evalcore.io.files import write_parquet

DECLARED = {
    "reads": ["raw/survey", "ingest/survey.parquet", "clean/experts.parquet?"],
    "writes": ["score/counts.parquet", "score/one-{item}.parquet"],
    "sections": ["seed", "sources"],
}
TABLE = pd.DataFrame({"x": [1, 2]})


@pytest.fixture
def checkout(tmp_path, tiny):
    """A project with the tiny edition and one notebook."""
    for folder in ("editions", "notebooks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_config.yml").write_text("title: tiny\n")
    (tmp_path / "editions" / "tiny.yml").write_text(yaml.safe_dump(tiny, allow_unicode=True), "utf-8")
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"evalcore": DECLARED}, "cells": []}
    (tmp_path / "notebooks" / "20_counts.ipynb").write_text(json.dumps(notebook))
    write_parquet(tmp_path / "build" / "tiny" / "ingest" / "survey.parquet", TABLE)
    return tmp_path


@pytest.fixture
def task(checkout):
    """The task of the notebook for shop A, as papermill opens it."""
    return Task.open("20_counts", "tiny", str(checkout), "A", ["raw/survey", "ingest/survey.parquet"])


def test_declared_table_is_read_and_written(task):
    """What goes in comes out."""
    task.write("score/counts.parquet", task.read("ingest/survey.parquet"))
    assert task.build == task.root / "build" / "tiny"
    pd.testing.assert_frame_equal(pd.read_parquet(task.build / "score" / "counts.parquet"), TABLE)


def test_item_is_filled_into_outputs(task):
    """A repeated notebook writes a file per item, in lower case."""
    task.write("score/one-a.parquet", TABLE)
    assert task.name == "20_counts-a"
    with pytest.raises(EvalcoreError, match=r"notebook 20_counts: writes 'score/one-b.parquet' without declaring it"):
        task.write("score/one-b.parquet", TABLE)


@pytest.mark.parametrize("name", ["clean/survey.parquet", "../tiny/ingest/survey.parquet", "clean/experts.parquet"])
def test_undeclared_read_is_refused(task, name):
    """A path, a detour to a declared one, or an optional one that this edition does not have."""
    with pytest.raises(
        EvalcoreError, match=r"notebook 20_counts: reads '.*' without declaring it\n.*\n.*add it to `reads`"
    ):
        task.read(name)
    with pytest.raises(EvalcoreError, match="without declaring it"):
        task.path(name)


def test_undeclared_write_is_refused_and_leaves_nothing(task):
    """The message lists what is declared."""
    with pytest.raises(EvalcoreError, match=r"writes 'score/other.parquet' .*\n  allowed: score/counts.parquet"):
        task.write("score/other.parquet", TABLE)
    assert not (task.build / "score").exists()


def test_undeclared_section_is_refused(task):
    """Lineage is what was used: reading another section of the edition names the notebook and the section."""
    assert task.edition.seed == 1
    with pytest.raises(EvalcoreError, match="notebook 20_counts: uses section 'weighting' of the edition without"):
        _ = task.edition.weighting


def test_name_and_noun_are_always_there(task):
    """What every exhibit may need does not have to be declared."""
    assert (task.edition.name, task.edition.entity.one.en) == ("tiny", "shop")


@pytest.mark.parametrize("ask", [lambda t: t.raw("survey"), lambda t: t.column_map("survey"), lambda t: t.origins()])
def test_raw_data_and_what_belongs_to_them_need_a_declaration(checkout, ask):
    """Raw files, column maps and SOURCES.yml are inputs of those that declare the source."""
    with pytest.raises(EvalcoreError, match="reads 'raw/survey' without declaring it"):
        ask(Task.open("20_counts", "tiny", str(checkout), "A", ["ingest/survey.parquet"]))


def test_inputs_follow_from_the_declaration_for_a_person(checkout):
    """Who runs a notebook alone gives no inputs; optional ones that the edition lacks are left out."""
    task = Task.open("20_counts", "tiny", str(checkout), "A")
    assert task.inputs == ("raw/survey", "ingest/survey.parquet")
    assert not task.has("clean/experts.parquet")


@pytest.mark.parametrize("place", ["", "notebooks", "build/tiny"])
def test_root_may_be_any_folder_of_the_checkout(checkout, place):
    """papermill may be started anywhere in it: the root is the nearest folder above with _config.yml."""
    assert Task.open("20_counts", "tiny", str(checkout / place), "A").root == checkout


def test_folder_outside_any_checkout_is_refused(tmp_path):
    """The message says what a checkout is."""
    with pytest.raises(EvalcoreError, match=r"is not inside a checkout\n  allowed: a folder with _config.yml"):
        Task.open("20_counts", "tiny", str(tmp_path))


@pytest.mark.parametrize("name", ["nowhere", "../editions/tiny", "..", "tiny.yml", ""])
def test_unknown_edition_is_refused_and_the_known_ones_are_named(checkout, name):
    """No name leads out of the editions folder."""
    with pytest.raises(EvalcoreError, match=r"edition: '.*' is not known\n  allowed: tiny"):
        Task.open("20_counts", name, str(checkout))


def test_numbers_of_an_earlier_run_are_gone(checkout):
    """Opening a task removes its numbers, so that none is left that this run does not publish."""
    old = checkout / "build" / "tiny" / "numbers" / "20_counts-a.json"
    old.parent.mkdir()
    old.write_text("{}")
    Task.open("20_counts", "tiny", str(checkout), "A")
    assert not old.exists()
