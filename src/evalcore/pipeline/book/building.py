"""Build the book with Jupyter Book, and publish it only when there was nothing to complain about."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from evalcore.audit import Lineage
from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.assembly import assemble
from evalcore.pipeline.book.fingerprint import fingerprint
from evalcore.pipeline.book.log import complaints
from evalcore.pipeline.book.pages import render_pages
from evalcore.pipeline.book.places import Places
from evalcore.pipeline.book.shared import holds, share
from evalcore.pipeline.book.swap import discard, recover, swap
from evalcore.pipeline.book.twins import check_twins
from evalcore.words import LANGUAGES

# --all: a warm build forgets the warnings of pages it does not read again, and would pass in spite of them.
OPTIONS = ("-W", "-n", "--keep-going", "--all")
SHOWN = 20
BUILDER = """
import os, threading
def end_with_parent():
    os.read(0, 1)
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
from jupyter_book.cli.main import main
main()
"""
"""Jupyter Book, ended when its standard input does: a killed build leaves nobody writing pages."""


def build(edition: Any, root: Path, lineage: Lineage, kind: str = "", languages: tuple[str, ...] = LANGUAGES) -> Path:
    """Assemble and build the edition's book in all languages; return the first page of the first one.

    `kind` is "" for the site proper, "draft", or "failed" for one that may not be published. The caller holds the
    edition's lock. A book that did not change since its last success is not built; none is published before all are.

    Raises
    ------
    EvalcoreError
        Naming the pages that were complained about. The last good site is untouched, the failed one lies in
        `site.failed/<lang>` with the whole log in `build.log`.
    """
    books = [Places(Path(root).resolve(), edition.name, lang) for lang in languages]
    check_twins({places.lang: render_pages(edition, places) for places in books})
    for places in books:
        recover(places.site(kind))
        assemble(edition, places.root, places.lang, lineage, kind)
    first, *others = books
    made = _run_jupyter_book([places for places in books if not _current(places, kind)])
    common = made.get(first, first.site(kind))
    orphans = [p for p in others if p not in made and not holds(common, p.site(kind), first.lang)]
    made |= _run_jupyter_book(orphans)
    for places in others:
        if places in made:
            share(made[places], common, first.lang)
    for places, html in made.items():
        _publish(places, html, kind)
    return first.site(kind) / "index.html"


def _current(places: Places, kind: str) -> bool:
    mark = mark_path(places, kind)
    there = mark.is_file() and (places.site(kind) / "index.html").is_file()
    return there and mark.read_text() == fingerprint(places)


def _publish(places: Places, html: Path, kind: str) -> None:
    mark = mark_path(places, kind)
    mark.unlink(missing_ok=True)
    swap(html, places.site(kind))
    mark.write_text(fingerprint(places))
    if not kind:
        discard(places.site("failed"))


def mark_path(places: Places, kind: str) -> Path:
    """Where the fingerprint of the last successful build is kept."""
    return places.source.with_name(".".join(filter(None, (places.lang, kind, "sha"))))


def _run_jupyter_book(books: Sequence[Places]) -> dict[Places, Path]:
    """Run Jupyter Book on the assembled sources of all languages at once and return the folders of the pages."""
    with ExitStack() as stack:
        leash = stack.enter_context(_leash())
        logs = {places: stack.enter_context(TemporaryFile("w+", encoding="utf-8")) for places in books}
        running = {places: _start(places, leash, log) for places, log in logs.items()}
        for places, process in running.items():
            if process.wait():
                logs[places].seek(0)
                raise _failure(logs[places].read(), _html(places), places)
    return {places: _html(places) for places in books}


def _start(places: Places, leash: int, log: IO[str]) -> subprocess.Popen:
    shutil.rmtree(places.out, ignore_errors=True)  # else a page that was dropped stays
    places.out.mkdir(parents=True)
    config = ("--config", str(places.source / "_config.yml"), "--path-output", str(places.out))
    command = [sys.executable, "-c", BUILDER, "build", str(places.source), *config, *OPTIONS]
    environment = os.environ | {"NO_COLOR": "1", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "0"}
    return subprocess.Popen(
        command, cwd=places.root, env=environment, stdin=leash, stdout=log, stderr=subprocess.STDOUT
    )


def _html(places: Places) -> Path:
    return places.out / "_build" / "html"


@contextmanager
def _leash() -> Iterator[int]:
    """A pipe to read from that ends when the block does, or the process."""
    leash, held = os.pipe()
    try:
        yield leash
    finally:
        os.close(leash)
        os.close(held)


def _failure(log: str, html: Path, places: Places) -> EvalcoreError:
    failed = places.site("failed")
    html.mkdir(parents=True, exist_ok=True)
    (html / "build.log").write_text(log, "utf-8")
    swap(html, failed)
    lines = complaints(log, places)
    more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    where = (failed / "build.log").relative_to(places.root).as_posix()
    return EvalcoreError(
        say(
            f"book '{places.edition}' ({places.lang})",
            "\n    ".join(["Sphinx complained:", *lines[:SHOWN], *more]),
            remedy=f"correct these pages; the site is the last good one, the whole log is {where}",
        )
    )
