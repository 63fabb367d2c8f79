"""The other language of a book: every page knows the same page there, which lies beside it in the site."""

from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

TAGS = {"en": "en", "zh": "zh-CN"}
ONCE = "code/"
"""Pages of source stand once and have no twin."""
NAMES = {"en": "English", "zh": "中文"}
"""A language calls itself by its own name, on every page the same."""


def _offer(app: Sphinx, page: str, _template: str, context: dict, _doctree: object) -> None:
    if app.builder.name != "html" or page.startswith(ONCE):
        return
    other = next(lang for lang in NAMES if lang != app.config.evalcore_lang)
    here = f"{app.config.evalcore_lang}/{app.builder.get_target_uri(page)}"
    href = relative_uri(here, f"{other}/{app.builder.get_target_uri(page)}")
    context["other_language"] = {"href": href, "tag": TAGS[other], "name": NAMES[other]}


def setup(app: Sphinx) -> None:
    """Give every page its counterpart."""
    app.connect("html-page-context", _offer)
