"""Light worlds: a dozen shops, four counted indicators, two categories; two years of counts."""

import copy

import numpy as np
import pandas as pd

from evalcore.compare import Results, collect
from evalcore.edition import Edition

SHOPS, INDICATORS, CATEGORIES = [f"S{k:02d}" for k in range(12)], ["R1", "R2", "S1", "S2"], ["fresh", "other"]


def edition_of(tiny: dict, year: int = 2025, weights: dict | None = None, **changes: object) -> Edition:
    """The tiny edition with the shops; `weights` of the indicators decide which there are."""
    content = copy.deepcopy(tiny)
    template = content["framework"]["dimensions"][0]["indicators"][0]
    weights = weights or {"R1": 60, "R2": 40, "S1": 50, "S2": 50}
    content["framework"]["dimensions"] = [
        {
            "id": dimension,
            "name": {"en": dimension, "zh": dimension},
            "weight": 50,
            "indicators": [{**template, "id": i, "weight": w} for i, w in weights.items() if i[0] == dimension],
        }
        for dimension in "RS"
    ]
    name = {"en": "s", "zh": "s"}
    content["entities"] = [{"id": s, "name": {"en": f"Shop {s}", "zh": s}, "categories": ["fresh"]} for s in SHOPS]
    content["categories"] = [{"id": c, "name": name} for c in CATEGORIES]
    content |= {"year": year, "model": {"draws": 400}, "name": f"shops-{year}", **changes}
    return Edition.model_validate(content)


def counted(edition: Edition, rates: np.ndarray, rows: np.ndarray, rng: np.random.Generator | None) -> Results:
    """Results of a year; `rates`, `rows` (shop, indicator, category); without a generator counts are expected ones."""
    hits = np.rint(rates * rows) if rng is None else rng.binomial(rows.astype(int), rates)
    index = pd.MultiIndex.from_product([SHOPS, INDICATORS, CATEGORIES], names=["entity", "indicator", "category"])
    frame = pd.DataFrame({"hits": hits.ravel(), "n": rows.ravel()}, index=index).reset_index()
    frame = frame[frame["indicator"].isin(list(edition.indicators)) & (frame["n"] > 0)]
    micro = 1_000_000
    cells = frame.assign(
        part=0,
        period="Q1",
        numerator=(frame["hits"] * micro).astype("int64"),
        denominator=(frame["n"] * micro).astype("int64"),
        square=0,
        weight_square=(frame["n"] * micro).astype("int64"),
        n=frame["n"].astype("int64"),
    )
    return collect(cells, None, None, {}, edition)
