"""A window of the browser that keeps every complaint, and which pages there are to look at."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(find_spec("axe_playwright_python").submodule_search_locations[0], "axe.min.js").read_text("utf-8")
WIDE, PHONE, ZOOMED = ({"width": w, "height": h} for w, h in ((1280, 900), (390, 844), (640, 450)))
"""A desk, a phone, and the desk at 200 % zoom."""


@dataclass
class Visit:
    """A page in the browser, and what went wrong while it was open."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def _listen(self, message: object) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _watch(self, request: object) -> None:
        if not request.url.startswith(("file:", "data:", "blob:", "http://localhost:")):
            self.outside.append(request.url)


def pages_of(site: Path) -> list[str]:
    """Every page of both books, relative to the site; the theme's own files are none."""
    found = sorted(path.relative_to(site) for path in site.rglob("*.html"))
    return [path.as_posix() for path in found if "_static" not in path.parts]
