"""The same expressions on Spark: every integer is the one that DuckDB counts."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import ibis
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.indicators import indicator_cells
from evalcore.io.engines import ENGINE, SPARK_REMEDY, engine, parquet

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # py4j leaves its sockets open
]
MEASURES = {
    "share": {
        "statistic": "share",
        "among": [{"column": "satisfaction", "known": True}],
        "count": [{"column": "satisfaction", "in": [4, 5]}, {"column": "solved", "is": True}],
    },
    "blank": {"statistic": "share", "count": [{"column": "solved", "known": False}]},
    "mean": {"statistic": "mean", "column": "paid", "among": [{"column": "seconds", "at_most": 61}]},
    "ratio": {"statistic": "ratio", "numerator": "seconds", "denominator": "satisfaction"},
}


@pytest.fixture(scope="module")
def spark() -> Iterator[ibis.BaseBackend]:
    """A local session; skipped where Spark or Java is not installed."""
    pytest.importorskip("pyspark", reason=SPARK_REMEDY)
    if shutil.which("java") is None:
        pytest.skip(SPARK_REMEDY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENGINE, "spark")
        backend = engine()
    yield backend
    backend._session.stop()


@pytest.mark.parametrize("weighted", [True, False])
def test_spark_counts_what_duckdb_counts(
    edition_with: Callable,
    random_answers: Callable,
    random_weights: Callable,
    spark: ibis.BaseBackend,
    tmp_path: Path,
    weighted: bool,
) -> None:
    """Shares, means and ratios of 3,000 answers with gaps, in one file and in a folder of three parts."""
    edition: Edition = edition_with(MEASURES)
    survey, weights = random_answers(4, 3000), random_weights(4, 3000)
    (tmp_path / "parts.parquet").mkdir()
    for k in range(3):
        survey[k::3].to_parquet(tmp_path / "parts.parquet" / f"part-{k}.parquet", index=False)
    weights.to_parquet(tmp_path / "weights.parquet", index=False)

    def cells(backend: ibis.BaseBackend) -> pd.DataFrame:
        given = parquet(backend, tmp_path / "weights.parquet") if weighted else None
        return indicator_cells({"survey": parquet(backend, tmp_path / "parts.parquet")}, given, edition)

    pd.testing.assert_frame_equal(cells(spark), cells(ibis.duckdb.connect()), check_exact=True)
