"""The same edition built twice, in another folder and as on another processor."""

import shutil

import pytest

from checkouts import Checkout, finished

pytestmark = pytest.mark.slow
OLDER = {"OPENBLAS_CORETYPE": "Nehalem"}
"""BLAS computes as on a processor without wide instructions, which is told apart as another type of machine."""


def test_two_clean_builds_in_different_folders_are_identical(built: Checkout, copied: Checkout) -> None:
    """Raw data drawn, models fitted and everything made anew: data, pictures, numbers and posteriors, bit for bit."""
    lock = copied.root / copied.evalcore("lock", "demo-mini").strip()
    before = lock.read_bytes()
    for generated in ("build", ".cache"):
        shutil.rmtree(copied.root / generated)
    (copied.root / "data/raw/demo-mini/tickets.parquet").unlink()
    copied.evalcore("report", "demo-mini")
    copied.evalcore("lock", "demo-mini")
    assert lock.read_bytes() == before


def test_build_as_on_another_processor_agrees_with_the_lock(copied: Checkout) -> None:
    """What rests on no posterior is identical, the rest within Monte Carlo error; the rule is said."""
    copied.evalcore("lock", "demo-mini")
    shutil.rmtree(copied.build)
    finished(copied.start("report", "demo-mini", **OLDER))
    *_, counted, rule = finished(copied.start("verify", "demo-mini", **OLDER)).splitlines()
    assert counted.startswith("demo-mini: ")
    assert "here " in rule
    assert "BLAS as Nehalem" in rule
