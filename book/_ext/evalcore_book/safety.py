"""Where theme and search write a page's title as it is: escape it, since names in it come from data."""

from html import escape, unescape

from sphinx.application import Sphinx


def _escape_titles(_app: Sphinx, _page: str, _template: str, context: dict, _doctree: object) -> None:
    for key in ("pagetitle", "root_title", "page_description"):
        if context.get(key):
            context[key] = escape(context[key])


def _escape_search_titles(app: Sphinx) -> list:
    """Escape the headings of the search index, which Sphinx' own script puts into the page unescaped."""
    index = getattr(app.builder, "indexer", None)
    if index is not None and app.builder.search:
        for titles in index._all_titles.values():
            # Unescaped first: a warm build finds the titles it escaped the last time.
            titles[:] = [(escape(unescape(title)), id_) for title, id_ in titles]
    return []


def setup(app: Sphinx) -> None:
    """Run after the theme filled the page's context, and before the search index is written."""
    app.connect("html-page-context", _escape_titles, priority=900)
    app.connect("html-collect-pages", _escape_search_titles)
