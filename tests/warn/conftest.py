"""An edition that watches two topics of a log of cases, and logs made by hand."""

import copy
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition

LOG = {
    "name": {"en": "log", "zh": "记录"},
    "perspective": "objective",
    "file": "log.csv",
    "when": "opened",
    "columns": {
        "shop": {"type": "entity"},
        "topic": {"type": "code", "allowed": ["goods", "money"]},
        "opened": {"type": "timestamp"},
        "paid": {"type": "timestamp", "blank": True},
        "recorded": {"type": "timestamp", "blank": True},
    },
    "derive": {
        "paid_h": {"kind": "duration", "start": "opened", "end": "paid", "unit": "hours"},
        "recorded_h": {"kind": "duration", "start": "opened", "end": "recorded", "unit": "hours"},
    },
}
WARNING = {
    "source": "log",
    "topic": "topic",
    "topics": [{"id": id_, "name": {"en": id_, "zh": id_}} for id_ in ("goods", "money")],
    "levels": [
        {"id": id_, "name": {"en": id_, "zh": id_}, "react_h": hours} for id_, hours in (("red", 1), ("blue", 24))
    ],
    "rules": [
        {
            "id": "volume", "name": {"en": "volume", "zh": "数量"}, "topics": ["all"], "against": "usual",
            "limits": {"blue": 2, "red": 4}, "promotion": 5, "since": date(2025, 1, 1),
        },
        {
            "id": "late", "name": {"en": "late", "zh": "迟"}, "against": "usual", "limits": {"red": 2},
            "duration": {"hours": "recorded_h", "recorded": "recorded", "witness": "paid_h", "days": 1},
            "since": date(2025, 1, 1),
        },
    ],
    "baseline": {"chance": {"red": 1e-6, "blue": 1e-3}, "promotion": {"load": 4, "spread": 0.25}},
    "fewest_cases": 5,
}  # fmt: skip


@pytest.fixture
def watching(tiny: dict) -> dict:
    """Content of the tiny edition with the log and its early warning, to be changed at will."""
    tiny["sources"] = tiny["sources"] | {"log": copy.deepcopy(LOG)}
    return tiny | {"warning": copy.deepcopy(WARNING)}


@pytest.fixture
def edition(watching: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """The edition of that content."""
    return edition_of(watching)


@pytest.fixture
def days(edition: Edition) -> pd.DatetimeIndex:
    """Its days."""
    return pd.date_range(edition.periods[0].first, edition.periods[-1].last)


@pytest.fixture
def steady(days: pd.DatetimeIndex) -> pd.DataFrame:
    """About fifty cases of each topic a day at shop A, drawn once."""
    rng = np.random.default_rng(3)
    counts = {topic: rng.poisson(50, len(days)) for topic in ("goods", "money")}
    counts["all"] = counts["goods"] + counts["money"]
    return pd.concat([pd.DataFrame({"entity": "A", "topic": t, "day": days, "n": n}) for t, n in counts.items()])
