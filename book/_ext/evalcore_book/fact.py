"""The role `` {fact}`30 seconds (evaluation-system.md, R1)` ``: a number that no computation gives, with its source."""

import re

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from evalcore_book.published import words

logger = logging.getLogger(__name__)

FACT = re.compile(r"(?P<text>[^(（]+?)\s*[(（](?P<source>[^)）]+)[)）]")  # Chinese brackets as well


class FactRole(SphinxRole):
    """Write the text; its source is said by a tooltip, and in print behind it. Without a source the build stops."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return an abbreviation whose explanation is the source."""
        found = FACT.fullmatch(self.text.strip())
        if found is None:
            text = "fact '%s' names no source; write {fact}`text (source)`"
            logger.error(text, self.text, location=self.get_location(), type="evalcore", subtype="fact")
            return [], []
        source = words(self.env)["source"].format(source=found["source"])
        return [nodes.abbreviation(self.rawtext, found["text"], explanation=source, classes=["fact"])], []
