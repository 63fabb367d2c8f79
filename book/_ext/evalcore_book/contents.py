"""The contents beside a page: what unfolds has a name for those who do not see its arrow; the theme gives none."""

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from evalcore_book.published import words


def _name_arrows(app: Sphinx, _page: str, _template: str, context: dict, _doctree: object) -> None:
    made = context.get("generate_toctree_html")
    if made is None:
        return

    def named(*args: object, **options: object) -> object:
        contents = made(*args, **options)
        if isinstance(contents, BeautifulSoup):
            for arrow in contents.find_all("summary"):
                arrow["aria-label"] = words(app.env)["notebooks"]
        return contents

    context["generate_toctree_html"] = named


def setup(app: Sphinx) -> None:
    """Run after the theme gave the page what draws its contents."""
    app.connect("html-page-context", _name_arrows, priority=900)
