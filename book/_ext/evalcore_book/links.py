"""Links into the site that no document stands behind: pages of source, rows of the audit index, pictures."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class site_link(nodes.Inline, nodes.TextElement):
    """A link to `page` (as docnames are written) and perhaps `anchor`, relative to where it stands."""


class picture_link(nodes.Inline, nodes.TextElement):
    """A download of a picture that a page shows already, so that the site holds it once: `uri` as the image's."""


def linked(text: str, page: str, anchor: str = "", code: bool = False) -> site_link:
    """Build a link; `code` sets its text as code."""
    return site_link("", "", nodes.literal("", text) if code else nodes.Text(text), page=page, anchor=anchor)


def _visit_site(writer: HTML5Translator, node: site_link) -> None:
    builder = writer.builder
    target = builder.get_relative_uri(builder.current_docname, node["page"])
    target += f"#{node['anchor']}" if node["anchor"] else ""
    writer.body.append(writer.starttag(node, "a", "", href=target, CLASS="reference internal"))


def _visit_picture(writer: HTML5Translator, node: picture_link) -> None:
    source = node["uri"].removeprefix("/")
    target = f"{writer.builder.imgpath}/{writer.builder.images.get(source, source)}"
    writer.body.append(writer.starttag(node, "a", "", href=target, download=source.rsplit("/", 1)[-1]))


def _depart(writer: HTML5Translator, _node: nodes.Element) -> None:
    writer.body.append("</a>")


def setup(app: Sphinx) -> None:
    """Register both for HTML."""
    app.add_node(site_link, html=(_visit_site, _depart))
    app.add_node(picture_link, html=(_visit_picture, _depart))
