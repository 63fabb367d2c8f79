"""Sphinx's log, cut down to what a person has to mend."""

import re

from evalcore.pipeline.book.places import Places

COMPLAINT = re.compile(r"\b(WARNING|ERROR|CRITICAL|SEVERE)\b|Exception|^\w*Error\b")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
LAST = 5  # lines shown where Sphinx died without a warning


def complaints(log: str, places: Places) -> list[str]:
    """Return the warnings and errors, naming pages as the author knows them."""
    lines = [ANSI.sub("", line).strip() for line in log.splitlines()]
    found = [line for line in lines if COMPLAINT.search(line)]
    chosen = list(dict.fromkeys(found)) or [line for line in lines if line][-LAST:]
    return [_readable(line, places) for line in chosen]


def _readable(line: str, places: Places) -> str:
    line = line.replace(f"{places.source.as_posix()}/entities/", f"book/{places.lang}/_platform.md → entities/")
    line = line.replace(f"{places.source.as_posix()}/appendix/", "notebook appendix/")
    line = line.replace(f"{places.source.as_posix()}/", f"book/{places.lang}/")
    return line.replace(f"{places.root.as_posix()}/", "")
