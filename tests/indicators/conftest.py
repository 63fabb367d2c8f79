"""Editions with indicators of one's choice, answers as cleaned, and plain sums of them in pandas."""

import copy
from collections.abc import Callable
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.edition.load import read_yaml
from evalcore.indicators import indicator_cells

TINY = read_yaml(Path(__file__).parents[1] / "tiny.yml")
TYPES = {"solved": "boolean", "satisfaction": "Int64", "seconds": "Int64", "paid": "Float64"}
MICRO = 1_000_000


@pytest.fixture(scope="session")
def edition_with() -> Callable[..., Edition]:
    """Measures by indicator, and changes of the tiny edition -> the edition; indicators weigh the same."""

    def make(measures: dict[str, dict], combine: dict[str, list] | None = None, **changes: object) -> Edition:
        content = copy.deepcopy(TINY) | changes | {"name": "tiny"}
        dimension = content["framework"]["dimensions"][0] | {"weight": 100}
        template = dimension["indicators"][0] | {"weight": 100 / len(measures)}
        points = {"unit": "points", "goalposts": {"floor": 2, "baseline": 4, "stretch": 5}}
        dimension["indicators"] = [
            template
            | (points if measure["statistic"] == "mean" else {})
            | {"id": key, "measure": {"source": "survey", **measure}, "combine": (combine or {}).get(key, [])}
            for key, measure in measures.items()
        ]
        content["framework"] = content["framework"] | {"dimensions": [dimension]}
        return Edition.model_validate(content)

    return make


@pytest.fixture(scope="session")
def answers() -> Callable[..., pd.DataFrame]:
    """Rows of (entity, category, period, solved, satisfaction, seconds, paid) -> a cleaned survey."""

    def make(rows: list[tuple]) -> pd.DataFrame:
        frame = pd.DataFrame(rows, columns=["entity", "category", "period", *TYPES]).astype(TYPES)
        return frame.astype(dict.fromkeys(["entity", "category", "period"], "string")).assign(row=range(len(frame)))

    return make


@pytest.fixture(scope="session")
def random_answers(answers: Callable[..., pd.DataFrame]) -> Callable[[int, int], pd.DataFrame]:
    """(Seed, size) -> a cleaned survey with missing values everywhere."""

    def make(seed: int, size: int) -> pd.DataFrame:
        rng = np.random.default_rng(seed)

        def some(values: list) -> list:
            return [values[k] for k in rng.integers(len(values), size=size)]

        columns = (
            some(["A", "B"]), some(["fresh", "all"]), some(["Q1", "Q2"]), some([True, False, None]),
            some([1, 2, 3, 4, 5, None]), some([0, 61, 400, None]), some([0.0, 0.25, 12.5, 1e4, None]),
        )  # fmt: skip
        return answers(list(zip(*columns, strict=True)))

    return make


@pytest.fixture(scope="session")
def random_weights() -> Callable[[int, int], pd.DataFrame]:
    """(Seed, size) -> survey weights of about half of the rows, as the weights stage writes them."""

    def make(seed: int, size: int) -> pd.DataFrame:
        rng = np.random.default_rng(seed + 1)
        rows = np.flatnonzero(rng.random(size) < 0.5)
        micro = np.rint(rng.uniform(0.3, 3, len(rows)) * MICRO).astype("int64")
        return pd.DataFrame({"source": "survey", "row": rows.astype("int64"), "weight_micro": micro})

    return make


@pytest.fixture(scope="session")
def count() -> Callable[..., pd.DataFrame]:
    """Survey, edition and weights -> indicator cells."""

    def make(survey: pd.DataFrame, edition: Edition, weights: pd.DataFrame | None = None) -> pd.DataFrame:
        table = None if weights is None else ibis.memtable(weights)
        return indicator_cells({"survey": ibis.memtable(survey)}, table, edition)

    return make


@pytest.fixture(scope="session")
def cells_of() -> Callable[[list[tuple]], pd.DataFrame]:
    """Rows of (indicator, part, entity, category, period, hits, n) -> unweighted cells of shares."""

    def make(rows: list[tuple]) -> pd.DataFrame:
        keys = ["indicator", "part", "entity", "category", "period", "numerator", "denominator"]
        frame = pd.DataFrame(rows, columns=keys)
        return frame.assign(
            n=frame["denominator"], square=0, weight_square=frame["denominator"] * 1000**2,
            numerator=frame["numerator"] * MICRO, denominator=frame["denominator"] * MICRO,
        )  # fmt: skip

    return make
