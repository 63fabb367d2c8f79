"""Replace a folder by two renames, so that a half-written site is never seen."""

import shutil
from pathlib import Path


def swap(new: Path, place: Path) -> None:
    """Move `new` to `place`; what was there waits beside it meanwhile and is deleted afterwards.

    Both lie on one file system. If the second rename does not happen, `recover` brings the old folder back.
    """
    old = _waiting(place)
    for folder in (place.parent, old.parent):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    discard(old)


def discard(folder: Path) -> None:
    """Delete a folder, and the one above it where that is empty then."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.parent.is_dir() and not any(folder.parent.iterdir()):
        folder.parent.rmdir()


def recover(place: Path) -> None:
    """Undo a swap that was interrupted between its two renames."""
    old = _waiting(place)
    if old.exists() and not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        old.rename(place)


def _waiting(place: Path) -> Path:
    return place.parent.with_name(f"{place.parent.name}.old") / place.name
