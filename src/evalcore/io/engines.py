"""Engines: what counts rows behind one Ibis interface, DuckDB on this machine or Spark on a cluster."""

import os
from collections.abc import Callable
from pathlib import Path

import ibis
from ibis.backends import BaseBackend

from evalcore.errors import EvalcoreError, say

ENGINE = "EVALCORE_ENGINE"
"""Variable that names the engine; the runner sets it in the process of each task."""
MEMORY = "3GB"
"""What DuckDB may take: with Python beside it a report stays below 4 GB, however many rows there are."""
SPARK = {"spark.sql.ansi.enabled": "true", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
"""Sums that overflow are errors; nothing is written over the lines of the report."""
SPARK_REMEDY = "run `make spark`, and install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless)"


def engine() -> BaseBackend:
    """A connection to the engine that `$EVALCORE_ENGINE` names, DuckDB where it names none."""
    name = os.environ.get(ENGINE, "duckdb")
    if name not in ENGINES:
        raise EvalcoreError(say(ENGINE, repr(name), ", ".join(ENGINES)))
    return ENGINES[name]()


def _spark() -> BaseBackend:
    """The session that `spark-submit` or `$SPARK_REMOTE` gives, else a local one."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EvalcoreError(say("--engine spark", f"{error}", remedy=SPARK_REMEDY)) from None
    try:
        session = SparkSession.builder.config(map=SPARK).getOrCreate()
    except PySparkRuntimeError as error:
        raise EvalcoreError(say("--engine spark", f"{error}", remedy=SPARK_REMEDY)) from None
    return ibis.pyspark.connect(session)


def _duckdb() -> BaseBackend:
    """What does not fit into the memory goes to a scratch folder, which disappears with the connection."""
    return ibis.duckdb.connect(memory_limit=MEMORY)


ENGINES: dict[str, Callable[[], BaseBackend]] = {"duckdb": _duckdb, "spark": _spark}
"""Name -> how to connect."""


def parquet(backend: BaseBackend, path: Path) -> ibis.Table:
    """A Parquet file, or a folder of parts as Spark and dask write them, as a table of the engine."""
    return backend.read_parquet(str(path / "*.parquet") if path.is_dir() else str(path))
