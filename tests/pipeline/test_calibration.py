"""Which changes of the model's source make a calibration stale."""

import json

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.gate.calibrated import check_calibration
from evalcore.provenance import calibration
from evalcore.provenance.calibration import model_source, sha256_code

CODE = '''"""Fit."""
from evalcore.model.design import cells

SCALE = 0.5
"""Of effects."""


def fit():
    return SCALE
'''
NAME = "data/calibration/ordinal.json"


@pytest.fixture
def source(project, monkeypatch):
    """A project with a source of its own: a fit, what it imports, and a gate that it does not import."""
    (project.root / "src").unlink()
    room = project.root / "src" / "evalcore" / "model"
    room.mkdir(parents=True)
    files = {"__init__": "", "sample": CODE, "design": "cells = 3\n", "gate": "from evalcore.model import sample\n"}
    for name, code in files.items():
        (room / f"{name}.py").write_text(code)
    (room.parent / "__init__.py").write_text("")
    monkeypatch.setattr(calibration, "STUDIES", {"ordinal": "evalcore.model.sample"})
    return room


@pytest.mark.parametrize(
    ("name", "old", "new", "stale"),
    [
        ("sample", "SCALE = 0.5", "SCALE = 0.6", True),
        ("design", "cells = 3", "cells = 4", True),
        ("sample", '"""Fit."""', '"""Fit the model."""', False),
        ("sample", '"""Of effects."""', '"""Of the main effects."""', False),
        ("sample", "    return SCALE", "    # what the caller asks for\n    return (SCALE)", False),
        ("gate", "sample", "sample, design", False),
    ],
)
def test_only_what_a_fit_computes_counts(source, name, old, new, stale):
    """A changed number or import is another model; comments, docstrings, layout and the gate's own code are not."""
    before = model_source("ordinal", source.parents[1])
    path = source / f"{name}.py"
    path.write_text(path.read_text().replace(old, new))
    assert (model_source("ordinal", source.parents[1]) != before) is stale


def test_a_function_of_only_words_still_has_a_hash(tmp_path):
    """A body that is nothing but its docstring is an empty one."""
    path = tmp_path / "empty.py"
    path.write_text('def nothing():\n    """Does nothing."""\n')
    words = sha256_code(path)
    path.write_text("def nothing():\n    pass\n")
    assert sha256_code(path) == words


@pytest.fixture
def reading(source, project):
    """The same with a notebook that reads the calibration, made with the present source."""
    project.notebook("64_believed", "1", reads=[NAME])
    made = {"source": model_source("ordinal", project.root / "src")}
    (project.root / NAME).parent.mkdir(parents=True)
    (project.root / NAME).write_text(json.dumps(made))
    return project


def test_fresh_calibration_passes(reading):
    """What was made with the present source is not complained about."""
    check_calibration(reading.plan(), reading.root)


def test_stale_calibration_is_refused_with_the_command(reading, source):
    """After a change of the model the message names file and command."""
    (source / "sample.py").write_text(CODE.replace("0.5", "0.7"))
    with pytest.raises(EvalcoreError, match=r"ordinal.json: is stale(.|\n)*evalcore calibrate ordinal"):
        check_calibration(reading.plan(), reading.root)


def test_missing_calibration_is_refused(reading):
    """A model that was never calibrated is none to be believed."""
    (reading.root / NAME).unlink()
    with pytest.raises(EvalcoreError, match="was never calibrated"):
        check_calibration(reading.plan(), reading.root)


def test_editions_that_show_no_calibration_do_not_need_one(source, project):
    """Where nothing reads it, a missing calibration stops nobody."""
    check_calibration(project.plan(), project.root)
