"""One hash over everything a built book depends on, so that an unchanged one is not built again."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from evalcore.pipeline.book.places import Places

TOOLS = ("jupyter-book", "sphinx", "myst-nb", "sphinx-book-theme", "pydata-sphinx-theme", "docutils")


def fingerprint(places: Places) -> str:
    """Return the SHA-256 of assembled sources, published files, Sphinx extension and tools."""
    total = hashlib.sha256(" ".join(f"{tool} {version(tool)}" for tool in TOOLS).encode())
    for path in _inputs(places):
        total.update(path.relative_to(places.root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _inputs(places: Places) -> Iterator[Path]:
    yield from sorted(path for path in places.source.rglob("*") if path.is_file())
    yield from sorted((places.build / "exhibits").glob("*/*.json"))
    yield from (path for name in ("numbers.json", "withheld.json") if (path := places.build / name).is_file())
    yield from sorted(path for path in places.extension.iterdir() if path.suffix in (".py", ".yml"))
