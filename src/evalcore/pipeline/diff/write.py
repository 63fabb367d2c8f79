"""The comparison as files: `build/diff/<former>..<edition>/`, replaced as a whole or not at all."""

import json
import shutil
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_bytes, write_json
from evalcore.pipeline.book.swap import discard, recover, swap
from evalcore.pipeline.diff.difference import Difference
from evalcore.pipeline.diff.page import render_diff

PAGE, DATA = "index.html", "diff.json"


def diff_folder(former: str, edition: str, root: Path) -> Path:
    """Where the comparison of two editions lies."""
    return root / "build" / "diff" / f"{former}..{edition}"


def write_diff(found: Difference, root: Path) -> Path:
    """Write page and JSON, and return the path of the page."""
    place = diff_folder(found.old.edition.name, found.new.edition.name, root)
    work = root / "build" / "diff.new" / place.name
    recover(place)
    shutil.rmtree(work, ignore_errors=True)
    try:
        write_json(work / DATA, found.as_json())
        write_bytes(work / PAGE, render_diff(found, root).encode())
        swap(work, place)
    finally:
        discard(work)
    return place / PAGE


def read_diff(former: str, edition: str, root: Path) -> dict:
    """The comparison as it was written.

    Raises
    ------
    EvalcoreError
        There is none, or it is damaged.
    """
    path = diff_folder(former, edition, root) / DATA
    remedy = f"`evalcore diff {former} {edition}`"
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise EvalcoreError(say(path.relative_to(root), "nothing was compared yet", remedy=remedy)) from None
    except ValueError as problem:
        raise EvalcoreError(say(path.relative_to(root), f"is damaged: {problem}", remedy=remedy)) from None
