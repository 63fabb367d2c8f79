"""The role `` {num}`<dotted id>` ``: a published number, as it is displayed in the book's language."""

from unicodedata import east_asian_width

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from evalcore_book.audit import NUMBERS, number_anchor
from evalcore_book.links import site_link
from evalcore_book.published import NotPublishedError, number_text

logger = logging.getLogger(__name__)

LINE, UNIT = 24, 2
"""Letters that stay on one line, a number with its unit, and Chinese ones among them; longer texts wrap."""


class NumberRole(SphinxRole):
    """Write the number's text; an unknown id stops the build."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            text, withheld = number_text(self.env, self.text)
        except NotPublishedError as problem:
            logger.error("%s", problem, location=self.get_location(), type="evalcore", subtype="number")
            return [], []
        if withheld:
            return [nodes.abbreviation(self.rawtext, text, explanation=withheld, classes=["num", "withheld"])], []
        classes = ["num", "sentence"] if _wraps(text) else ["num"]
        return [nodes.inline(self.rawtext, text, classes=classes, evalcore_number=self.text)], []


def _wraps(text: str) -> bool:
    """Whether the text is a name or a sentence; Chinese ones break between any two characters."""
    return len(text) > LINE or sum(east_asian_width(letter) == "W" for letter in text) > UNIT


def _link(app: Sphinx, doctree: nodes.document) -> None:
    """Let each number in the prose lead to its row of the audit index; not in headings, which the contents repeat."""
    if NUMBERS not in app.env.found_docs:
        return
    for node in [n for n in doctree.findall(nodes.inline) if "evalcore_number" in n]:
        if "sentence" not in node["classes"] and not _inside(node, nodes.title, nodes.reference, addnodes.pending_xref):
            link = site_link("", "", page=NUMBERS, anchor=number_anchor(node["evalcore_number"]), classes=["num-link"])
            node.replace_self(link)
            link += node


def _inside(node: nodes.Node, *kinds: type[nodes.Node]) -> bool:
    while node := node.parent:
        if isinstance(node, kinds):
            return True
    return False


def setup(app: Sphinx) -> None:
    """Link the numbers of a page as soon as it is read."""
    app.connect("doctree-read", _link)
