"""One build of the miniature in a copy of the checkout, shared by all tests of this folder and all workers.

The copy lies where trouble is likely: a folder with a blank and Chinese characters, no git, a plain C locale, the
command given in a subfolder. Tests that change something work in copies of that copy.
"""

import shutil
from pathlib import Path

import pytest

from checkouts import Checkout, copy_checkout, finished, made_once

FEW = """extends: demo-mini
quarters: []
drivers: null
warning: null
process: null
remedies: null
only: {sources: [tickets]}
"""
TWIN = '{en: "P<script>alert(1)</script>", zh: "平台<img src=x onerror=alert(1)>"}'


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this test run see."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def built(root: Path, shared_folder: Path) -> Checkout:
    """The miniature from nothing to a site; do not change it."""
    folder = shared_folder / "somebody's reports"
    checkout = Checkout(folder / "售后 white paper")

    def build() -> None:
        copy_checkout(root, checkout.root)
        said = checkout.evalcore("report", "demo-mini", folder="notebooks")
        assert said.splitlines()[0] == "build/demo-mini/site/en/index.html"

    made_once(folder, build)
    return checkout


@pytest.fixture(scope="session")
def twins(built: Checkout, shared_folder: Path) -> Checkout:
    """A second edition, one of whose platforms is called a script, built while the miniature is built anew."""
    folder = shared_folder / "twins"
    checkout = Checkout(folder / "copy")

    def build() -> None:
        shutil.copytree(built.root, checkout.root)
        shutil.copytree(checkout.root / "data/raw/demo-mini", checkout.root / "data/raw/twin")
        mini = (checkout.root / "editions/demo-mini.yml").read_text("utf-8")
        (checkout.root / "editions/twin.yml").write_text(mini.replace("{en: Platform C, zh: 平台C}", TWIN), "utf-8")
        shutil.rmtree(checkout.build / "records")
        processes = {edition: checkout.start("report", edition) for edition in ("twin", "demo-mini")}
        for edition, process in processes.items():
            (folder / f"{edition}.said").write_text(finished(process), "utf-8")

    made_once(folder, build)
    return checkout


@pytest.fixture(scope="session")
def few(built: Checkout, shared_folder: Path) -> Checkout:
    """The miniature with one of its sources and a third of its chapters, built; do not change it."""
    folder = shared_folder / "one source"
    checkout = Checkout(folder / "copy", "few")

    def build() -> None:
        shutil.copytree(built.root, checkout.root, ignore=shutil.ignore_patterns("build"))
        (checkout.root / "editions/few.yml").write_text(FEW, "utf-8")
        raw = checkout.root / "data" / "raw"
        (raw / "few").mkdir()
        for name in ("SOURCES.yml", "tickets.parquet"):
            shutil.copy2(raw / "demo-mini" / name, raw / "few" / name)
        checkout.report()

    made_once(folder, build)
    return checkout


@pytest.fixture
def copied_few(few: Checkout, tmp_path: Path) -> Checkout:
    """A built checkout of the edition with one source, to be changed at will."""
    shutil.copytree(few.root, tmp_path / "copy")
    return Checkout(tmp_path / "copy", few.edition)


@pytest.fixture
def copied(built: Checkout, tmp_path: Path) -> Checkout:
    """A built checkout to be changed at will."""
    shutil.copytree(built.root, tmp_path / "copy")
    return Checkout(tmp_path / "copy")
