"""The worlds the tests look at, drawn once."""

from pathlib import Path

import pytest
from simulated import resized

from evalcore.edition import Edition, load_edition
from evalcore.simulate import World, simulate

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def mini() -> Edition:
    """The miniature."""
    return load_edition("demo-mini", ROOT)


@pytest.fixture(scope="session")
def demo() -> Edition:
    """The demonstration edition at a tenth of its volume."""
    return resized(load_edition("demo-2025", ROOT), 0.1)


@pytest.fixture(scope="session")
def mini_world(mini: Edition) -> World:
    """The miniature's world."""
    return simulate(mini)


@pytest.fixture(scope="session")
def demo_world(demo: Edition) -> World:
    """The demonstration edition's world."""
    return simulate(demo)


@pytest.fixture(scope="session")
def maps() -> dict:
    """The one column map of the demonstration editions, as its file states it."""
    return {
        "demo-experts": {
            "columns": {
                "专家编号": "expert",
                "平台": "platform",
                "维度": "dimension",
                "轮次": "round",
                "评分": "score",
                "利益关联": "conflict",
            },
            "codes": {"round": {"盲评": "blind", "讨论后": "discussed"}, "conflict": {"是": "yes", "否": "no"}},
        }
    }
