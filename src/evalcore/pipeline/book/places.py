"""Where everything of one book lies: one edition in one language."""

import os
from dataclasses import dataclass
from pathlib import Path

import yaml

EXTENSION = Path("book/_ext")


@dataclass(frozen=True)
class Places:
    """Folders of the book of `edition` in `lang`, below the checkout's `root`."""

    root: Path
    edition: str
    lang: str

    @property
    def pages(self) -> Path:
        """Pages as authors write them; never written to."""
        return self.root / "book" / self.lang

    @property
    def extension(self) -> Path:
        """The local Sphinx extension."""
        return self.root / EXTENSION / "evalcore_book"

    @property
    def build(self) -> Path:
        """Everything generated for the edition."""
        return self.root / "build" / self.edition

    @property
    def source(self) -> Path:
        """The assembled sources."""
        return self.build / "book-src" / self.lang

    @property
    def out(self) -> Path:
        """Where Sphinx works, emptied before every build."""
        return self.build / "book-out" / self.lang

    def site(self, kind: str = "") -> Path:
        """Return the published site, or with a kind one beside it: `failed` or `draft`."""
        return self.build / f"site{'.' * bool(kind)}{kind}" / self.lang

    def from_source(self, path: Path) -> str:
        """Return a path as the assembled sources see it, so that no page or file names the machine's folders."""
        return Path(os.path.relpath(path, self.source)).as_posix()

    def words(self) -> dict[str, str]:
        """Return the book's fixed words in its language."""
        return yaml.safe_load((self.extension / "words.yml").read_text("utf-8"))[self.lang]
