"""The role `` {num}`<dotted id>` ``: a published number, as it is displayed in the book's language."""

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from evalcore_book.published import NotPublishedError, number_text

logger = logging.getLogger(__name__)

LINE = 24
"""Characters that stay on one line, a number with its unit; longer texts are names and sentences, and wrap."""


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
        classes = ["num", "sentence"] if len(text) > LINE else ["num"]
        return [nodes.inline(self.rawtext, text, classes=classes)], []
