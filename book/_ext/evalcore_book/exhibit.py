"""The directive `{exhibit} <id>`: a figure or table, its caption, and how it was made."""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from evalcore_book.card import card_nodes, data_fold
from evalcore_book.published import NotPublishedError, exhibit_record, exhibit_table, localised, withheld_reason, words
from evalcore_book.table import table_node

logger = logging.getLogger(__name__)


class ExhibitDirective(SphinxDirective):
    """Show a published exhibit.

    The exhibit's id is also its label, so `` {numref}`<id>` `` points at it. An exhibit shown a second time
    needs the option `:repeat:`, which leaves the label with the first one.
    """

    required_arguments = 1
    option_spec: ClassVar = {"repeat": directives.flag}

    def run(self) -> list[nodes.Node]:
        id_ = self.arguments[0]
        try:
            return [self._exhibit(exhibit_record(self.env, id_))]
        except NotPublishedError as problem:
            logger.error("%s", problem, location=self.get_location(), type="evalcore", subtype="exhibit")
            return []

    def _exhibit(self, record: dict) -> nodes.container:
        kinds = {"figure": self._figure, "table": self._table, "absent": self._absent}
        if record["kind"] not in kinds:
            raise NotPublishedError(
                f"exhibit '{record['id']}' has unknown kind '{record['kind']}'; known: {list(kinds)}"
            )
        reason = withheld_reason(self.env, record["id"])
        if reason and self.config.evalcore_kind != "draft":
            return nodes.container("", self._withheld(record["id"], reason), classes=["exhibit", "exhibit-withheld"])
        warning = [self._reason("withheld_draft", reason)] if reason else []
        classes = ["exhibit", f"exhibit-{record['kind']}"]
        return nodes.container("", *warning, *kinds[record["kind"]](record), classes=classes)

    def _figure(self, record: dict) -> list[nodes.Node]:
        image = nodes.image(uri=f"/_exhibits/{record['id']}.svg", alt=self._say(record, "alt"))
        figure = nodes.figure("", image, nodes.caption("", self._say(record, "caption")))
        behind = data_fold(self.env, record["id"])
        return [self._labelled(figure, record["id"]), *card_nodes(self.env, record["id"], self), *behind]

    def _table(self, record: dict) -> list[nodes.Node]:
        content = exhibit_table(self.env, record["id"])
        table = table_node(content, self._say(record, "caption"))
        note = [nodes.paragraph("", content["note"], classes=["exhibit-note"])] if content.get("note") else []
        return [self._labelled(table, record["id"]), *note, *card_nodes(self.env, record["id"], self)]

    def _absent(self, record: dict) -> list[nodes.Node]:
        return [self._reason("absent", self._say(record, "reason"), "not-collected")]

    def _withheld(self, id_: str, reason: str) -> nodes.figure:
        """Return the reason in the exhibit's place: a figure, so that references to the exhibit still lead there."""
        caption = nodes.caption("", words(self.env)["withheld"])
        return self._labelled(nodes.figure("", self._reason("withheld", reason), caption), id_)

    def _reason(self, word: str, reason: str, kind: str = "withheld") -> nodes.admonition:
        return nodes.admonition("", nodes.title("", words(self.env)[word]), nodes.paragraph("", reason), classes=[kind])

    def _say(self, record: dict, key: str) -> str:
        return localised(record, key, self.config.evalcore_lang, f"exhibit '{record['id']}'")

    def _labelled(self, node: nodes.Element, id_: str) -> nodes.Element:
        self.set_source_info(node)
        if "repeat" not in self.options:
            node["names"].append(nodes.fully_normalize_name(id_))
            self.state.document.note_explicit_target(node, node)
        return node
