"""Locks: written to be reviewed, compared entry by entry, and within Monte Carlo error on another type of machine."""

import json
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from evalcore.audit.compare import compare
from evalcore.audit.lock import SECTIONS, Lock, lock_path, read_lock, write_lock
from evalcore.audit.posteriors import posterior_summary
from evalcore.errors import EvalcoreError

TASKS = {("files", "posterior/csat.nc"): "35", ("exhibits", "x/data.csv"): "50", ("numbers", "x.mean"): "50"}
DRAWN = frozenset({"35", "50"})


@pytest.fixture
def lock():
    """A small lock: a raw file, a posterior, an exhibit and two numbers, one with an interval."""
    sections = {name: {} for name in SECTIONS} | {
        "raw": {"survey": "r1"},
        "files": {"posterior/csat.nc": "p1"},
        "exhibits": {"x/data.csv": "d1"},
        "numbers": {
            "x.mean": {"task": "50", "value": 70.0, "interval": [60.0, 80.0], "sha256": "n1"},
            "a.count": {"task": "10", "value": 4, "sha256": "n2"},
        },
        "posteriors": {"posterior/csat.nc": {"b mean": [0.5, 0.01, 400.0]}},
    }
    return Lock("tiny", "Linux x86_64 old", sections)


def changed(lock, machine="Linux x86_64 old", **sections):
    """The lock with some entries replaced."""
    found = {name: {**lock.sections[name], **entries} for name, entries in sections.items()}
    return replace(lock, machine=machine, sections={**lock.sections, **found})


def told(lock, present):
    """Verdict and place of each finding."""
    return [(f.verdict, f.what) for f in compare(lock, present, TASKS, DRAWN).findings]


def test_lock_is_read_as_it_was_written(lock, tmp_path):
    """One line per entry, sorted, so that a change is one line of a review."""
    path = write_lock(lock, tmp_path)
    assert read_lock("tiny", tmp_path) == lock
    lines = path.read_text("utf-8").splitlines()
    assert '  "survey": "r1"' in lines
    assert [line.split('"')[1] for line in lines if "sha256" in line] == ["a.count", "x.mean"]
    assert json.loads(path.read_text())["machine"] == "Linux x86_64 old"


@pytest.mark.parametrize("content", ["", "{}", '{"edition": "tiny", "machine": "m", "raw": 3}'])
def test_damaged_lock_is_refused(tmp_path, content):
    """With what to do."""
    path = lock_path("tiny", tmp_path)
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(EvalcoreError, match=r"editions/tiny.lock.json: is damaged"):
        read_lock("tiny", tmp_path)


def test_differing_missing_and_extra_entries_are_told(lock):
    """By section and name, numbers with both values; the rest counts as identical."""
    present = changed(lock, raw={"survey": "r2", "tickets": "t"}, numbers={"a.count": {"task": "10", "value": 5}})
    present.sections["exhibits"] = {}
    found = compare(lock, present, TASKS, DRAWN)
    assert [str(finding) for finding in found.findings] == [
        "missing: exhibits/x/data.csv: the lock has it, this tree has not (50)",
        "differs: numbers/a.count: 4 in the lock, 5 here",
        "differs: raw/survey: r1 in the lock, r2 here",
        "extra: raw/tickets: not in the lock",
    ]
    assert (found.identical, found.total) == (2, 6)


def test_on_the_same_machine_type_draws_are_identical_or_not(lock):
    """The last bit counts."""
    assert told(lock, changed(lock, files={"posterior/csat.nc": "p2"})) == [("differs", "files/posterior/csat.nc")]


def test_on_another_type_what_rests_on_agreeing_posteriors_passes(lock):
    """Means within 4 joint errors (0.014), numbers within 4 errors of their interval's spread (0.88)."""
    there = {"posterior/csat.nc": {"b mean": [0.55, 0.01, 400.0]}}
    number = {"x.mean": {"task": "50", "value": 70.8, "interval": [60.0, 80.0], "sha256": "n3"}}
    present = changed(lock, "Linux arm64 new", posteriors=there, numbers=number, exhibits={"x/data.csv": "d2"})
    found = compare(lock, present, TASKS, DRAWN)
    assert (found.findings, found.identical, found.within, found.judged) == ((), 3, 1, 1)


def test_on_another_type_what_lies_too_far_apart_is_told(lock):
    """A number beyond its error; a posterior beyond its own takes everything behind it along."""
    far = {"x.mean": {"task": "50", "value": 72.0, "interval": [60.0, 80.0], "sha256": "n3"}}
    assert told(lock, changed(lock, "Linux arm64 new", numbers=far)) == [("differs", "numbers/x.mean")]
    there = {"posterior/csat.nc": {"b mean": [0.6, 0.01, 400.0]}}
    present = changed(lock, "Linux arm64 new", posteriors=there, exhibits={"x/data.csv": "d2"})
    assert told(lock, present) == [("differs", "exhibits/x/data.csv"), ("differs", "posteriors/posterior/csat.nc")]


def test_on_another_type_what_rests_on_no_posterior_is_identical_or_not(lock):
    """Rounding is no excuse for a count."""
    present = changed(lock, "Linux arm64 new", numbers={"a.count": {"task": "10", "value": 5, "sha256": "n9"}})
    assert told(lock, present) == [("differs", "numbers/a.count")]


def test_summary_of_a_posterior_knows_its_error(tmp_path):
    """Independent draws: the error of the mean is sd / sqrt(draws), which the effective size finds."""
    rng = np.random.default_rng(5)
    draws = rng.normal(2.0, 3.0, (4, 500))
    posterior = xr.Dataset({"b": (("chain", "draw"), draws), "fixed": (("chain", "draw", "k"), np.ones((4, 500, 2)))})
    xr.DataTree.from_dict({"posterior": posterior}).to_netcdf(tmp_path / "fit.nc", engine="h5netcdf")
    found = posterior_summary(tmp_path / "fit.nc")
    mean, error, size = found["b mean"]
    assert mean == pytest.approx(draws.mean())
    assert error == pytest.approx(draws.std(ddof=1) / np.sqrt(size))
    assert 1400 < size < 2800
    assert found["fixed rms"][:2] == [1.0, 0.0]
