"""The last commit of each file that made a result, asked from git when it is shown; it is never part of a hash."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

NO_GIT, UNCOMMITTED = "no git", "uncommitted"


def last_commits(root: Path, files: Iterable[str]) -> dict[str, str]:
    """Return a short commit per file, `uncommitted` where it differs from it, `no git` outside a repository.

    Two calls answer for all files, so that an unchanged book is recognised quickly.
    """
    files = sorted(set(files))
    if not files:
        return {}
    status = _git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *files)
    if status is None:
        return dict.fromkeys(files, NO_GIT)
    changed = {entry[3:] for entry in status.split("\0") if entry}
    seen = _newest(_git(root, "log", "--format=%x00%h", "--name-only", "--relative", "--", *files) or "")
    return {file: UNCOMMITTED if file in changed else seen.get(file, UNCOMMITTED) for file in files}


def _newest(log: str) -> dict[str, str]:
    """Return file → commit from a log that names the newest commit first."""
    newest: dict[str, str] = {}
    for entry in log.split("\0")[1:]:
        commit, *files = entry.split()
        for file in files:
            newest.setdefault(file, commit)
    return newest


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
