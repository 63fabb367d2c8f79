"""Four shops and the score frames of their year, made by hand."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from worlds import drawn, evidence, published, second

from evalcore.edition import Edition

NAN = np.nan
__all__ = ["drawn", "evidence", "published", "second"]
"""Fixtures of `worlds`, for all tests here."""


def label(id_: str) -> dict:
    """An item that has the same name everywhere."""
    return {"id": id_, "name": {"en": id_, "zh": id_}}


@pytest.fixture
def edition(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """Shops A to D of two sizes and two types; R1 and R2 in R, E1 in E; fresh food weighs R2 twice and adds F1."""
    first = tiny["framework"]["dimensions"][0]["indicators"][0]
    tiny["framework"]["dimensions"][0]["indicators"] = [first | {"weight": 75}, first | {"id": "R2", "weight": 25}]
    tiny["framework"]["levels"] = [label(i) | {"at_least": k} for i, k in (("below", 0), ("good", 70), ("best", 90))]
    groups = {"sizes": [label("big"), label("small")], "types": [label("mixed"), label("single"), label("rare")]}
    kinds = {"A": ("big", "mixed"), "B": ("big", "single"), "C": ("small", "mixed"), "D": ("small", "single")}
    entities = [
        label(f"{id_}") | {"size": size, "type": kind, "categories": ["fresh", "home"]}
        for id_, (size, kind) in kinds.items()
    ]
    fresh = tiny["categories"][0] | {"multiply": {"R2": 2}, "adds": {"R": [first | {"id": "F1", "weight": 100}]}}
    return edition_of(tiny | groups | {"entities": entities, "categories": [fresh, label("home")]})


@pytest.fixture
def ranking() -> pd.DataFrame:
    """C leads, A follows, B is third; D did not report enough."""
    return pd.DataFrame(
        {
            "entity": ["C", "A", "B", "D"],
            "low": [91.0, 84.0, 65.0, 40.0],
            "high": [91.0, 84.0, 70.0, 75.0],
            "lower": [90.0, 82.0, 63.0, 38.0],
            "upper": [92.0, 86.0, 67.0, 42.0],
            "base": [80.0, 75.0, 60.0, 40.0],
            "bonus": [3.0, 1.0, 0.0, 0.0],
            "expert": [8.0, 8.0, 5.0, 0.0],
            "unreported": [0.0, 0.0, 5.0, 35.0],
            "rated": [True, True, True, False],
            "rank": pd.array([1, 2, 3, None], "Int64"),
            "rank_lower": pd.array([1, 1, 3, None], "Int64"),
            "rank_upper": pd.array([2, 2, 3, None], "Int64"),
            "p_first": [0.9, 0.1, 0.0, NAN],
            "p_last": [0.0, 0.0, 1.0, NAN],
            "level": ["best", "good", "below", None],
            "p_below": [0.0, 0.0, 0.95, NAN],
            "p_good": [0.2, 1.0, 0.05, NAN],
            "p_best": [0.8, 0.0, 0.0, NAN],
        }
    )


@pytest.fixture
def dimensions() -> pd.DataFrame:
    """R and E of all four shops; D's are bounds."""
    scores = {"A": (93.0, 75.0), "B": (55.0, 80.0), "C": (95.0, 85.0), "D": (40.0, 40.0)}
    rows = [(e, "all", d, low) for e, own in scores.items() for d, low in zip("RE", own, strict=True)]
    frame = pd.DataFrame(rows, columns=["entity", "group", "dimension", "low"])
    return frame.assign(high=frame["low"], lower=frame["low"] - 1, upper=frame["low"] + 1)


@pytest.fixture
def ahead() -> pd.DataFrame:
    """C is ahead of A with 0.9, everybody of B for sure."""
    chance = {("C", "A"): 0.9, ("C", "B"): 1.0, ("A", "B"): 1.0, ("C", "D"): 1.0, ("A", "D"): 1.0, ("B", "D"): 0.6}
    rows = [(a, b, p) for (a, b), p in chance.items()] + [(b, a, 1 - p) for (a, b), p in chance.items()]
    return pd.DataFrame(rows, columns=["entity", "other", "probability"])


@pytest.fixture
def indicators() -> pd.DataFrame:
    """R1 of all; R2 not applicable to C; E1 suppressed for B and unreported by D."""
    rows = [
        ("A", "R1", 95.0, 95.0, 100, "measured", True),
        ("A", "R2", 90.0, 90.0, 100, "measured", True),
        ("A", "E1", 4.05, 67.5, 100, "measured", False),
        ("B", "R1", 55.0, 45.0, 80, "measured", False),
        ("B", "R2", 20.0, 0.0, 80, "measured", False),
        ("B", "E1", NAN, NAN, 7, "suppressed", False),
        ("C", "R1", 97.0, 97.0, 90, "measured", True),
        ("C", "E1", 4.5, 90.0, 90, "measured", True),
        ("D", "R1", 20.0, 0.0, 50, "measured", False),
        ("D", "R2", 20.0, 0.0, 50, "measured", False),
        ("D", "E1", NAN, NAN, 0, "unreported", False),
    ]
    columns = ["entity", "indicator", "value", "score", "n", "status", "attained"]
    frame = pd.DataFrame(rows, columns=columns).assign(group="all")
    homes = {"R1": "R", "R2": "R", "E1": "E"}
    return frame.assign(lower=frame["value"] - 1, upper=frame["value"] + 1, dimension=frame["indicator"].map(homes))
