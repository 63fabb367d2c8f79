"""Declarations: what a notebook says it reads, writes and uses."""

import json

import pytest

from evalcore.errors import EvalcoreError
from evalcore.provenance.cells import publishing_cell, read_notebook
from evalcore.provenance.declarations import expand, read_declaration


def put(folder, declared, *sources, ids=None):
    """A notebook on disk."""
    cells = [
        {"cell_type": "code", "id": f"c{k}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for k, source in enumerate(sources)
    ]
    path = folder / "10_some.ipynb"
    path.write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"evalcore": declared}, "cells": cells})
    )
    return path


def test_declaration_is_read_as_it_stands(tmp_path):
    """Lists become tuples; what is not said is empty."""
    declared = read_declaration(put(tmp_path, {"reads": ["raw/survey"], "sections": ["seed"], "numbers": True}))
    assert (declared.reads, declared.writes, declared.sections) == (("raw/survey",), (), ("seed",))
    assert declared.numbers
    assert declared.foreach is None


def test_unknown_key_is_refused(tmp_path):
    """A misspelt key would declare nothing, silently."""
    with pytest.raises(EvalcoreError, match=r"ipynb: metadata evalcore: read: unknown key .*\n  allowed: reads, w"):
        read_declaration(put(tmp_path, {"read": ["raw/survey"]}))


def test_value_of_another_type_is_refused(tmp_path):
    """The key is named."""
    with pytest.raises(EvalcoreError, match=r"10_some.ipynb: metadata evalcore: reads: .*raw/survey"):
        read_declaration(put(tmp_path, {"reads": "raw/survey"}))


def test_unknown_section_is_refused(tmp_path):
    """The message lists the sections there are."""
    with pytest.raises(EvalcoreError, match=r"10_some.ipynb: sections: unknown: weights\n  allowed: .*weighting"):
        read_declaration(put(tmp_path, {"sections": ["seed", "weights"]}))


def test_source_and_item_are_filled_in(tiny_edition):
    """`{source}` gives a path per source, `{item}` the item in lower case, each path once."""
    paths = expand(("clean/{source}.parquet", "score/{item}.parquet", "score/{item}.parquet"), tiny_edition, "A")
    assert paths == ["clean/survey.parquet", "score/a.parquet"]


def test_optional_read_is_left_out_without_its_source(tiny_edition):
    """A path ending in ? stands for a source the edition may lack."""
    assert expand(("clean/survey.parquet?", "clean/experts.parquet?"), tiny_edition, None) == ["clean/survey.parquet"]


def test_publishing_cell_names_the_exhibit(tmp_path):
    """The one code cell with the id in quotes."""
    path = put(tmp_path, {}, "x = 1", 'publish.figure(task, "summary-scores", draw, frame)')
    assert publishing_cell(path, "summary-scores") == "c1"


@pytest.mark.parametrize(("sources", "count"), [(["x = 1"], 0), (['a("summary-scores")', 'b("summary-scores")'], 2)])
def test_exhibit_is_published_in_exactly_one_cell(tmp_path, sources, count):
    """Else its record could not lead to the cell."""
    with pytest.raises(EvalcoreError, match=f"'summary-scores' is named in {count} cells"):
        publishing_cell(put(tmp_path, {}, *sources), "summary-scores")


@pytest.mark.parametrize("text", ["", "<<<<<<< HEAD\n{}", "[]", "{}", '{"cells": 3}'])
def test_damaged_notebook_is_refused_by_name(tmp_path, text):
    """After a merge gone wrong the message names the file, not a line of a library."""
    (tmp_path / "10_some.ipynb").write_text(text)
    with pytest.raises(EvalcoreError, match=r"notebook 10_some.ipynb: is not a notebook"):
        read_notebook(tmp_path / "10_some.ipynb")


@pytest.mark.parametrize(("given", "told"), [([None, "b"], "1"), (["a", "b", "a"], "1, 3")])
def test_cells_without_ids_of_their_own_are_refused(tmp_path, given, told):
    """nbformat would invent other ids at every reading, and the task would always be stale."""
    path = put(tmp_path, {}, *("x = 1" for _ in given))
    document = json.loads(path.read_text())
    for cell, id_ in zip(document["cells"], given, strict=True):
        cell["id"] = id_
    path.write_text(json.dumps(document))
    with pytest.raises(EvalcoreError, match=rf"cell\(s\) without an id of their own, counted from the top: {told}\n"):
        read_notebook(path)
