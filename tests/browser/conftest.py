"""The built miniature in Debian's Chromium: from disk and from a server, with everything it complains about kept."""

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from window import WIDE, Visit

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need the browser, and a word about it where there is none."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium: apt-get update && apt-get install -y chromium"))


@pytest.fixture(scope="session")
def site() -> Path:
    """Both books of the miniature; EVALCORE_SITE names a built one."""
    if given := os.environ.get("EVALCORE_SITE"):
        return Path(given).resolve()
    subprocess.run([sys.executable, "-m", "evalcore", "report", "demo-mini"], cwd=ROOT, check=True)
    return ROOT / "build" / "demo-mini" / "site"


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The site on a port of this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    served = ThreadingHTTPServer(("localhost", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://localhost:{served.server_port}"
    served.shutdown()
    served.server_close()


@pytest.fixture(params=["file", "http"])
def base(request: pytest.FixtureRequest, site: Path, server: str) -> str:
    """Where the site begins: on disk, and on a server."""
    return site.as_uri() if request.param == "file" else server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def visiting(browser: Browser) -> Callable[..., Iterator[Visit]]:
    """A fresh window, by default wide and light; every complaint is kept, and nothing fades while it is looked at."""

    @contextmanager
    def visit(scheme: str = "light", size: dict = WIDE) -> Iterator[Visit]:
        context: BrowserContext = browser.new_context(color_scheme=scheme, viewport=size, reduced_motion="reduce")
        try:
            yield Visit(context.new_page())
        finally:
            context.close()

    return visit


@pytest.fixture
def visit(visiting: Callable[..., Iterator[Visit]]) -> Iterator[Visit]:
    """One wide, light window."""
    with visiting() as opened:
        yield opened
