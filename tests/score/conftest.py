"""Hand-made cells, reviews and editions for scoring."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.edition import Edition, Framework
from evalcore.edition.load import read_yaml

MICRO = 1_000_000
LEVELS = [
    {"id": "below", "name": {"en": "below", "zh": "未达标"}, "at_least": 0},
    {"id": "good", "name": {"en": "good", "zh": "达标"}, "at_least": 70},
    {"id": "best", "name": {"en": "best", "zh": "优秀"}, "at_least": 90},
]


@pytest.fixture(scope="session")
def tiny_framework(root: Path) -> Framework:
    """Levels from 0, 70 and 90 points."""
    content = read_yaml(root / "tests" / "tiny.yml")["framework"]
    return Framework.model_validate(content | {"levels": LEVELS})


@pytest.fixture
def cells_of() -> Callable[[list[tuple]], pd.DataFrame]:
    """Rows of (indicator, entity, category, period, sum of values, n) -> unweighted cells, as if every row agreed."""

    def make(rows: list[tuple]) -> pd.DataFrame:
        keys = ["indicator", "entity", "category", "period", "total", "n"]
        frame = pd.DataFrame(rows, columns=keys).assign(part=0)
        square = (frame["total"] ** 2 / frame["n"] * MICRO).round()
        sums = {"numerator": frame["total"] * MICRO, "denominator": frame["n"] * MICRO, "square": square}
        whole = frame.assign(**sums, weight_square=frame["n"] * 1000**2).drop(columns="total")
        return whole.astype(dict.fromkeys([*sums, "weight_square", "n"], "int64"))

    return make


@pytest.fixture
def year(cells_of: Callable) -> pd.DataFrame:
    """Shop A: 90 % solved, satisfaction 4.5 (both at the baseline). Shop B: 55 % solved, satisfaction 3.6."""
    rows = [("R1", "A", 90, 100), ("E1", "A", 450, 100), ("R1", "B", 55, 100), ("E1", "B", 360, 100)]
    return cells_of([(i, entity, "fresh", "Q1", total, n) for i, entity, total, n in rows])


@pytest.fixture
def edition_with(tiny: dict, edition_of: Callable[[dict], Edition]) -> Callable[..., Edition]:
    """Changes of the framework -> the tiny edition with levels from 0, 70 and 90 points."""

    def make(entities: list[dict] | None = None, **framework: object) -> Edition:
        content = tiny | {"framework": tiny["framework"] | {"levels": LEVELS} | framework}
        content["entities"] = [a | b for a, b in zip(tiny["entities"], entities or [{}, {}], strict=True)]
        return edition_of(content)

    return make


@pytest.fixture
def panel_of(tiny_edition: Edition) -> Callable[[dict[str, float | list[float]]], xr.DataArray]:
    """Entity -> draws of its score, the same in both dimensions; a single number in every draw of the edition."""

    def make(scores: dict[str, float | list[float]]) -> xr.DataArray:
        every = tiny_edition.model.draws
        draws = np.stack([np.full(every, own) if np.isscalar(own) else own for own in scores.values()], axis=-1)
        both = np.repeat(draws[..., None], 2, axis=-1)
        return xr.DataArray(both, {"entity": list(scores), "dimension": ["R", "E"]}, ("draw", "entity", "dimension"))

    return make
