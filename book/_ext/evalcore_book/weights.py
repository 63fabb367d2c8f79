"""The directive `{weights}`: sliders for the reader's own weights, made by `weights.js`; without scripts a word."""

import json
import shutil
from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from evalcore_book.published import words

DATA = "_reader/weights.js"
"""Below the sources and below the site: the page's data, as a script that sets one variable."""
SAID = "weights_"


class reader_weights(nodes.General, nodes.Element):
    """An empty box that knows where its data lie and what to say."""


class WeightsDirective(SphinxDirective):
    """The box, or a word that there is nothing to weigh where the data are withheld."""

    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        say = words(self.env)
        self.env.note_dependency(str(Path(self.env.srcdir, DATA)))
        if not Path(self.env.srcdir, DATA).is_file():
            return [nodes.paragraph("", say["withheld"])]
        told = {key.removeprefix(SAID): text for key, text in say.items() if key.startswith(SAID)}
        return [reader_weights("", words=json.dumps(told, ensure_ascii=False), lang=self.config.evalcore_lang)]


def _visit(writer: HTML5Translator, node: reader_weights) -> None:
    page = writer.builder.get_target_uri(writer.builder.current_docname)
    told = {"source": relative_uri(page, DATA), "words": node["words"], "lang": node["lang"]}
    data = " ".join(f'data-{key}="{escape(value)}"' for key, value in told.items())
    writer.body.append(f'<div class="reader-weights" {data}><p>{escape(json.loads(node["words"])["script"])}</p></div>')


def _copy(app: Sphinx, failure: Exception | None) -> None:
    source = Path(app.srcdir, DATA)
    if not failure and app.builder.format == "html" and source.is_file():
        Path(app.outdir, DATA).parent.mkdir(exist_ok=True)
        shutil.copyfile(source, Path(app.outdir, DATA))


def setup(app: Sphinx) -> None:
    """Register the directive and bring its data to the site."""
    app.add_directive("weights", WeightsDirective)
    app.add_node(reader_weights, html=(_visit, lambda _writer, _node: None))
    app.connect("build-finished", _copy)
