"""A task that may publish a figure, a table and numbers."""

import json

import pytest
import yaml

from evalcore.io import Task
from evalcore.io.files import write_json

DECLARED = {
    "reads": ["score/ranking.parquet"],
    "exhibits": ["summary-scores", "composite-ranking", "entity-profile"],
    "numbers": True,
}
SOURCES = {
    "open": "task = Task.open()",
    "scores": 'publish.figure(task, "summary-scores", draw, frame, facts)',
    "table": 'publish.table(task, "composite-ranking", make, frame)',
    "profile": 'publish.figure(task, "entity-profile", draw, frame, facts)',
}


@pytest.fixture
def checkout(tmp_path, tiny):
    """A project with one notebook that publishes."""
    for folder in ("editions", "notebooks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "_config.yml").write_text("title: tiny\n")
    (tmp_path / "editions" / "tiny.yml").write_text(yaml.safe_dump(tiny, allow_unicode=True), "utf-8")
    cells = [
        {"cell_type": "code", "id": id_, "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for id_, source in SOURCES.items()
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"evalcore": DECLARED}, "cells": cells}
    (tmp_path / "notebooks" / "53_scores.ipynb").write_text(json.dumps(notebook))
    write_json(tmp_path / "build" / "tiny" / "score" / "ranking.parquet", "stands for a table")
    return tmp_path


@pytest.fixture
def task(checkout):
    """The notebook's task."""
    return Task.open("53_scores", "tiny", str(checkout))


@pytest.fixture
def shop_task(checkout):
    """The notebook's task for shop B."""
    return Task.open("53_scores", "tiny", str(checkout), "B")
