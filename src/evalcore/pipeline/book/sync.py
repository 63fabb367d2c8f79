"""Make a folder hold exactly the wanted files, touching only what changed."""

from collections.abc import Mapping
from pathlib import Path

from evalcore.io.files import write_bytes


def sync(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files whose content differs and delete every other one.

    Sphinx reads a page again when its file is newer, so an unchanged file must keep its time.
    """
    for name, content in files.items():
        write_bytes(folder / name, content)
    _delete_others(folder, set(files))


def _delete_others(folder: Path, names: set[str]) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):  # children come before their folder
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in names:
            path.unlink()
