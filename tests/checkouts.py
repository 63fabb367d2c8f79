"""A copy of the checkout, and the command line in it."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

GENERATED = shutil.ignore_patterns(".git", ".venv", ".cache", "build", "__pycache__", ".*_cache", ".hypothesis")


@dataclass(frozen=True)
class Checkout:
    """A checkout that is not a repository, and the command line in it."""

    root: Path
    edition: str = "demo-mini"

    @property
    def build(self) -> Path:
        """Everything generated for the edition."""
        return self.root / "build" / self.edition

    @property
    def site(self) -> Path:
        """The published pages."""
        return self.build / "site" / "en"

    def linked(self, target: Path) -> "Checkout":
        """A copy that shares the content of its files: to be tampered with by replacing files, never by writing."""
        shutil.copytree(self.root, target, copy_function=os.link)
        return replace(self, root=target)

    def start(self, *arguments: str, folder: str = ".", **variables: str) -> subprocess.Popen:
        """`evalcore ...` without git on the path, in a C locale, with the code of this checkout."""
        environment = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
        environment |= {"LC_ALL": "C", "PATH": str(Path(sys.executable).parent), "PYTHONPATH": str(self.root / "src")}
        environment |= variables
        command = [sys.executable, "-m", "evalcore", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        return subprocess.Popen(command, cwd=self.root / folder, env=environment, **pipes)

    def evalcore(self, *arguments: str, folder: str = ".", code: int = 0) -> str:
        """What the command says, on standard output and on standard error; it must end with `code`."""
        return finished(self.start(*arguments, folder=folder), code)

    def report(self, *options: str, code: int = 0) -> str:
        """What building the edition's report says."""
        return self.evalcore("report", self.edition, *options, code=code)

    def pages(self) -> dict[str, str]:
        """Every page of the site, by its path; the theme's own files are none."""
        found = {path.relative_to(self.site).as_posix(): path for path in self.site.rglob("*.html")}
        return {name: path.read_text("utf-8") for name, path in found.items() if not name.startswith("_static/")}

    def hashes(self, *folders: str) -> dict[str, str]:
        """SHA-256 of every file in some folders of the build."""
        files = [path for folder in folders for path in (self.build / folder).rglob("*") if path.is_file()]
        return {
            path.relative_to(self.build).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }

    def replace(self, name: str, old: str, new: str, times: int = 1) -> None:
        """Replace a piece of text in a file of the checkout."""
        path = self.root / name
        text = path.read_bytes().decode("utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_bytes(text.replace(old, new, times).encode("utf-8"))


def finished(process: subprocess.Popen, code: int = 0) -> str:
    """What a started command said, after it ended with `code`."""
    said = "".join(process.communicate(timeout=1500))
    assert process.returncode == code, said
    return said


def made_once(folder: Path, make: Callable[[], None]) -> None:
    """Fill a folder, unless another worker of this test run has; the others wait."""
    whole = folder.with_name(f"{folder.name}.whole")
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make()
            whole.touch()


def tracked(root: Path) -> list[str] | None:
    """Files that git tracks or would track; None where git cannot say."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, capture_output=True, check=False)
    return None if listing.returncode else [name for name in listing.stdout.decode().split("\0") if name]


def copy_checkout(root: Path, target: Path) -> None:
    """Copy what git tracks or would track; all that is not generated where git cannot say."""
    names = tracked(root)
    if names is None:
        shutil.copytree(root, target, ignore=GENERATED)
        return
    for name in names:
        if (root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, target / name)
