"""What the books of all languages have in common stands once, in the first: style, scripts, data for download."""

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

LINK = re.compile(r'(?<=\s)((?:href|src|data-source)=")([^":?#]+)')


def share(book: Path, first: Path, folder: str) -> None:
    """Take out of a later book what the first has byte for byte at the same place, and point its pages there.

    Parameters
    ----------
    book, first
        Built pages of the later and of the first book.
    folder
        The first book's folder as it will lie beside the later one's.
    """
    twins = {name for name in _files(book) if _same(book / name, first / name)}
    for page in book.rglob("*.html"):
        home = page.parent.relative_to(book).as_posix()
        text = page.read_text("utf-8")
        page.write_text(LINK.sub(lambda link, home=home: link[1] + _place(link[2], home, twins, folder), text), "utf-8")
    for name in twins:
        (book / name).unlink()
    for folder in sorted((path for path in book.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def holds(first: Path, book: Path, folder: str) -> bool:
    """Whether the first book has everything that the pages of a published later one look for in its folder."""
    there = os.path.normpath(book.parent / folder)
    for page in book.rglob("*.html"):
        places = {os.path.normpath(page.parent / link) for _, link in LINK.findall(page.read_text("utf-8"))}
        if not all((first / os.path.relpath(p, there)).is_file() for p in places if p.startswith(f"{there}{os.sep}")):
            return False
    return True


def _files(book: Path) -> Iterator[str]:
    return (path.relative_to(book).as_posix() for path in book.rglob("*") if path.is_file() and path.suffix != ".html")


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _place(link: str, home: str, twins: set[str], folder: str) -> str:
    target = posixpath.normpath(posixpath.join(home, link))
    return posixpath.relpath(posixpath.join("..", folder, target), home) if target in twins else link
