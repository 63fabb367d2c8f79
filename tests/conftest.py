"""What many tests start from: the project, the shared data, a miniature and a tiny edition."""

import copy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evalcore.edition import Edition, load_edition
from evalcore.edition.load import read_yaml
from evalcore.io.manifest import shared_data as place_of_shared_data

TINY = read_yaml(Path(__file__).with_name("tiny.yml"))


@pytest.fixture(autouse=True)
def no_figures_left() -> Iterator[None]:
    """Close what a test drew: matplotlib warns of many open figures, in whichever test comes last."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data(root: Path) -> Path:
    """The shared reference data; a test that needs them is skipped where they are absent."""
    place = place_of_shared_data(root)
    if not place.is_dir():
        pytest.skip("the shared reference data are absent: neither ../shared nor $EVALCORE_SHARED is a folder")
    return place


@pytest.fixture(scope="session")
def mini_edition(root: Path) -> Edition:
    """The miniature: three platforms, two categories, four quarters."""
    return load_edition("demo-mini", root)


@pytest.fixture
def tiny() -> dict:
    """Content of the tiny edition, to be changed at will."""
    return copy.deepcopy(TINY)


@pytest.fixture
def edition_of() -> Callable[[dict], Edition]:
    """Content -> the edition it makes, without files."""
    return lambda content: Edition.model_validate({**content, "name": "tiny"})


@pytest.fixture
def tiny_edition(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """Two shops, two quarters, one survey."""
    return edition_of(tiny)
