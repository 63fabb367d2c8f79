"""Formulas without a network: MathJax's one file comes from a locked package, and only where a page has a formula."""

import shutil
from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx

PACKAGE = "sphinx-mathjax-offline"
SCRIPT = "mathjax/tex-svg.js"


def _copy_script(app: Sphinx, failure: Exception | None) -> None:
    formulas = app.env.get_domain("math").data["has_equations"].values() if app.env else []
    if failure or app.builder.format != "html" or not any(formulas):
        return
    source = Path(find_spec(PACKAGE).submodule_search_locations[0], "static", SCRIPT)
    target = Path(app.outdir, "_static", SCRIPT)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _only_where_needed(app: Sphinx, page: str, _template: str, context: dict, _doctree: object) -> None:
    """Take the script off pages that only have a formula on the pages below them, which Sphinx counts as theirs."""
    own = app.env.get_domain("math").data["has_equations"].get(page, False)
    if not own and app.builder.name != "singlehtml":
        context["script_files"][:] = [script for script in context["script_files"] if not _is_mathjax(script)]


def _is_mathjax(script: object) -> bool:
    body = getattr(script, "attributes", {}).get("body") or ""
    return str(getattr(script, "filename", script)).endswith(SCRIPT) or body.startswith("window.MathJax")


def setup(app: Sphinx) -> None:
    """Copy the script that `mathjax_path` in `_config.yml` names; keep it off pages that need none."""
    app.connect("build-finished", _copy_script)
    app.connect("html-page-context", _only_where_needed, priority=900)
