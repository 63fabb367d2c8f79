"""One build of the miniature in a copy of the checkout, shared by all tests of this folder.

The copy lies where trouble is likely: a folder with a blank and Chinese characters, no git, a plain C locale, the
command given in a subfolder. Tests that change something work in copies of that copy.
"""

import shutil
from pathlib import Path

import pytest
from checkouts import Checkout, copy_checkout


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The miniature from nothing to a site; do not change it."""
    checkout = Checkout(tmp_path_factory.mktemp("somebody's") / "售后 white paper")
    copy_checkout(root, checkout.root)
    said = checkout.evalcore("report", "demo-mini", folder="notebooks")
    assert said.splitlines()[0] == "build/demo-mini/site/en/index.html"
    return checkout


@pytest.fixture
def copied(built: Checkout, tmp_path: Path) -> Checkout:
    """A built checkout to be changed at will."""
    shutil.copytree(built.root, tmp_path / "copy")
    return Checkout(tmp_path / "copy")
