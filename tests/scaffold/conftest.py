"""A checkout of its own with the tiny edition, its survey accepted."""

import shutil
from pathlib import Path

import pytest
from shops import ROWS, SOURCES, raw

from evalcore.edition import load_edition
from evalcore.io.manifest import accept


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A checkout whose edition `shops-2025` has nothing left to do."""
    (tmp_path / "editions" / "maps").mkdir(parents=True)
    (tmp_path / "_config.yml").touch()
    shutil.copy(Path(__file__).parents[1] / "tiny.yml", tmp_path / "editions" / "shops-2025.yml")
    raw(tmp_path, "shops-2025", ROWS)
    (tmp_path / "data" / "raw" / "shops-2025" / "SOURCES.yml").write_text(SOURCES, encoding="utf-8")
    accept(load_edition("shops-2025", tmp_path), tmp_path)
    return tmp_path
