"""With what a report is built does not change what is built."""

import os
import shutil

import pytest

from checkouts import finished
from evalcore.io.engines import SPARK_REMEDY

pytestmark = pytest.mark.slow
RESULTS = ("indicators", "score", "exhibits", "numbers")


def test_report_counted_on_spark_is_the_report_counted_in_duckdb(copied):
    """A local Spark counts the miniature anew: cells, scores, exhibits and numbers are the same bytes."""
    pytest.importorskip("pyspark", reason=SPARK_REMEDY)
    if shutil.which("java") is None:
        pytest.skip(SPARK_REMEDY)
    before = copied.hashes(*RESULTS)
    (copied.build / "indicators" / "cells.parquet").unlink()
    said = finished(copied.start("report", "demo-mini", "--engine", "spark", PATH=os.environ["PATH"]))
    assert "1 task(s) ran" in said
    assert copied.hashes(*RESULTS) == before
