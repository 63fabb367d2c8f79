"""The house: rooms import in one direction, and only the shell touches files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "evalcore"
TIERS = (
    ("errors",),
    ("edition", "streams"),
    ("words", "schema"),
    ("ingest",),
    ("clean",),
    ("indicators",),
    ("model",),
    ("score", "calibrate"),
    ("survey", "robust", "compare", "drivers", "warn", "texts"),
    ("grammar",),
    ("chapters",),
    ("figures", "tables"),
    ("provenance",),
    ("io",),
    ("publish",),
    ("audit", "scaffold"),
    ("pipeline", "simulate"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""Rooms from left to right; a room imports only from those to its left."""
PLACE = {room: place for place, tier in enumerate(TIERS) for room in tier}
CORE = frozenset(room for tier in TIERS[: PLACE["figures"]] for room in tier)
SHELL = frozenset({"papermill", "nbformat", "nbclient", "sphinx", "jupyter_book", "matplotlib", "seaborn", "typer"})
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]
TOUCHES = re.compile(
    "open|(read|write)_(text|bytes)|(read|to)_(csv|excel|parquet|json|pickle|feather)|savefig|unlink|mkdir|rmdir|rmtree|"
    "touch|r?glob|iterdir|listdir|scandir"
)
"""Names of functions that read, write or look for files."""
MAY_TOUCH = (
    "io",
    "publish",
    "provenance",
    "audit",
    "scaffold",
    "pipeline",
    "edition/load.py",
    "words/words.py",
    "simulate/write.py",
    "simulate/reviews/wordings.py",
)


def room_of(path: Path) -> str:
    """The room a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Dotted names a file imports, lazy imports included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "evalcore":
            yield from (f"evalcore.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def named(paths: list[Path]) -> list:
    """Files as parameters of a test, called by their path."""
    return [pytest.param(path, id=path.relative_to(PACKAGE).as_posix()) for path in paths]


def test_every_room_has_its_place():
    """A new room is put somewhere between left and right, on purpose."""
    assert {room_of(path) for path in FILES} <= set(PLACE)


@pytest.mark.parametrize("path", named(FILES))
def test_imports_point_to_the_left(path):
    """A room imports from rooms to its left and from itself; relative imports would hide from the import closure."""
    rooms = {name.split(".")[1] for name in imports_of(path) if name.startswith("evalcore.")} - {room_of(path)}
    assert {room for room in rooms if PLACE[room] >= PLACE[room_of(path)]} == set()
    assert [name for name in imports_of(path) if name.startswith(".")] == []


def test_nothing_but_the_command_line_imports_the_simulator():
    """What draws the demonstration world cannot get into a result."""
    importing = {room_of(path) for path in FILES if any(n.startswith("evalcore.simulate") for n in imports_of(path))}
    assert importing <= {"simulate", "cli"}


@pytest.mark.parametrize("path", named([path for path in FILES if room_of(path) in CORE]))
def test_core_knows_no_notebooks_pages_or_pictures(path):
    """Computation runs without papermill, Sphinx, matplotlib and the like."""
    assert {name.split(".")[0] for name in imports_of(path)} & SHELL == set()


def test_only_the_shell_touches_files():
    """Stage folders take frames and return new ones; only the listed places open, write or look for files."""
    calls = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno} {called_name(node)}"
        for path in FILES
        if not path.relative_to(PACKAGE).as_posix().startswith(MAY_TOUCH)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and TOUCHES.fullmatch(called_name(node))
    ]
    assert calls == []


def called_name(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def test_no_room_is_a_drawer_for_everything():
    """Folders tell the story: no utils, no helpers, no common."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert [path for path in PACKAGE.rglob("*") if path.stem in drawers] == []


@pytest.mark.parametrize("path", named(FILES))
def test_files_stay_small(path):
    """One idea per file: about 150 lines, never 300."""
    assert len(path.read_text("utf-8").splitlines()) < 300
