"""A content security policy on every page: nothing but the site's own files, and the theme's inline scripts by hash.

Scripts inside a page's own content get no hash; the gate lets none through, and here one stops the build.
"""

import base64
import hashlib
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
HANDLER = re.compile(r"""\son\w+=(?:"([^"]*)"|'([^']*)')""")
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
DATA = re.compile(r"""type=["'](?!module|text/javascript)""")
HEAD = re.compile(r"<head[^>]*>")
OWN_CONTENT = re.compile(r"<article.*</article>", re.DOTALL)


def policy(html: str) -> str:
    """Return the policy under which a page's own inline scripts and handlers run, and nothing else does."""
    outside = OWN_CONTENT.sub("", html)
    scripts = sorted({_hash(body) for kind, body in SCRIPT.findall(outside) if not DATA.search(kind)})
    handlers = sorted({_hash(a or b) for tag in TAG.findall(outside) for a, b in HANDLER.findall(tag)})
    allowed = [*scripts, *(["'unsafe-hashes'", *handlers] if handlers else [])]
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *allowed]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _protect(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    for path in sorted(Path(app.outdir).rglob("*.html")):
        html = path.read_text("utf-8")
        inside = OWN_CONTENT.search(html)
        if inside and any(not DATA.search(kind) for kind, _ in SCRIPT.findall(inside[0])):
            logger.warning("%s: a script in the page's content", path.relative_to(app.outdir), type="evalcore")
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
        if "Content-Security-Policy" not in html and HEAD.search(html):
            path.write_text(HEAD.sub(lambda head, meta=meta: f"{head[0]}\n{meta}", html, count=1), "utf-8")


def setup(app: Sphinx) -> None:
    """Run after every page is written, the last of all."""
    app.connect("build-finished", _protect, priority=950)
