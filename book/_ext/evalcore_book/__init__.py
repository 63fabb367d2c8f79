"""Sphinx extension of the book: `{exhibit}` and `{num}` show what the pipeline published, and nothing else.

It reads `exhibits/<id>/` and `numbers.json` below the folder `evalcore_build` (relative to the sources), how they came
about from `_trail/`, `_trail.json` and `_code/` in the sources, and takes the words around them from `words.yml`.
"""

from sphinx.application import Sphinx

from evalcore_book import (
    anchors,
    card,
    csp,
    fact,
    hanzi,
    headercell,
    language,
    links,
    mathjax,
    number,
    safety,
    slim,
    source,
    weights,
)
from evalcore_book.audit import AuditDirective
from evalcore_book.exhibit import ExhibitDirective


def setup(app: Sphinx) -> dict:
    """Register directive, role, nodes and events."""
    app.add_config_value("evalcore_build", ".", "env", str)
    app.add_config_value("evalcore_lang", "en", "env", str)
    app.add_config_value("evalcore_kind", "", "env", str)
    app.add_directive("exhibit", ExhibitDirective)
    app.add_directive("audit", AuditDirective)
    app.add_role("num", number.NumberRole())
    app.add_role("fact", fact.FactRole())
    html = (csp, headercell, language, links, mathjax, safety, slim, source)
    for part in (anchors, card, hanzi, number, weights, *html):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
