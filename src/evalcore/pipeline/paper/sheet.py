"""One long page out of the pages of a site: contents in front, links inside it, nothing that paper cannot do."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from evalcore.pipeline.book.places import Places

DROPPED = (
    "a.headerlink",
    "button",
    "script",
    ".weights-controls",
    ".toctree-wrapper",
    "details.record",
    ".reader-weights",
    ".ways",
)
"""What only makes sense on a screen; the cards' files and hashes stand in the site."""
LISTINGS = ("audit-numbers", "audit-sources", "appendix/", "code/")
"""Pages for looking up, not for reading through: they stay in the site."""
LEVELS = ("h1", "h2")
"""Headings that the contents list."""


def sheet(title: str, chapters: Iterable[str], places: Places, site: Path, numbers: Mapping[str, int]) -> str:
    """Return the HTML of the whole book.

    Parameters
    ----------
    chapters
        Docnames in reading order.
    site
        The built pages of the language.
    numbers
        Anchor of a heading -> its page; empty in the first pass, the contents then hold a blank of the same width.
    """
    kept = [name for name in chapters if not name.startswith(LISTINGS) and (site / f"{name}.html").is_file()]
    found = {name: BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser") for name in kept}
    articles = {name: _article(name, soup, set(kept)) for name, soup in found.items()}
    first = next(iter(found.values()))
    formulas = [soup for soup in found.values() if soup.select_one(".math")]
    words = places.words()
    said = first.select_one(".bd-header-announcement")
    notice = f"<p class='paper-notice'>{said.get_text(' ', strip=True)}</p>" if said else ""
    contents = "".join(_entry(*heading, numbers) for a in articles.values() for heading in _headings(a))
    cover = f"<header class='paper-cover'><h1 class='paper-title'>{escape(title)}</h1>{notice}</header>"
    listed = (
        f"<nav class='paper-contents' aria-label='{words['contents']}'><h2>{words['contents']}</h2><ol>{contents}</ol>"
    )
    body = f"{cover}{listed}</nav>{''.join(map(str, articles.values()))}"
    head = f"<meta charset='utf-8'><base href='{site.as_uri()}/'><title>{escape(title)}</title>{_head(first, formulas)}"
    return (
        f"<!doctype html><html lang='{first.html['lang']}' data-theme='light'><head>{head}</head>"
        f"<body class='paper'><main class='bd-article'>{body}</main></body></html>"
    )


def _head(page: BeautifulSoup, formulas: list[BeautifulSoup]) -> str:
    styles = "".join(str(link) for link in page.select("link[rel=stylesheet]"))
    mathjax = formulas[0].find_all("script", string=lambda s: s and "window.MathJax" in s) if formulas else []
    loaded = [tag for soup in formulas[:1] for tag in soup.select("script[src*=mathjax]")]
    return styles + "".join(str(tag) for tag in [*mathjax, *loaded])


def _article(name: str, soup: BeautifulSoup, kept: set[str]) -> Tag:
    article = soup.select_one("article")
    for found in article.select(", ".join(DROPPED)):
        found.decompose()
    for element in article.select("[id]"):
        element["id"] = anchor(name, element["id"])
    for link in article.select("a[href]"):
        _relink(link, name, kept)
    for image in article.select("img[src]"):
        image["src"] = posixpath.normpath(posixpath.join(posixpath.dirname(name), image["src"]))
    article.attrs = {"class": ["chapter"], "id": anchor(name)}
    article.name = "section"
    return article


def _relink(link: Tag, name: str, kept: set[str]) -> None:
    """Let a link lead inside the sheet; one that leads out of it becomes its text."""
    target, _, place = link["href"].partition("#")
    page = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)).removesuffix(".html") if target else name
    if target.startswith(("http:", "https:")):
        return
    if page in kept and "download" not in link.attrs:
        link["href"] = f"#{anchor(page, place)}"
    else:
        link.unwrap()


def anchor(page: str, place: str = "") -> str:
    """Return where a page, or a place in it, is found in the sheet."""
    return f"{page.replace('/', '-')}--{place}" if place else page.replace("/", "-")


def _headings(article: Tag) -> Iterator[tuple[str, str, str]]:
    """Yield level, text and anchor of each heading the contents list; a heading's anchor is its section's."""
    for heading in article.find_all(LEVELS):
        home = heading.find_parent("section", id=True)
        yield heading.name, heading.get_text(" ", strip=True), home["id"]


def _entry(level: str, text: str, place: str, numbers: Mapping[str, int]) -> str:
    page = numbers.get(place, "")
    return f'<li class="level-{level[1]}"><a href="#{place}"><span>{escape(text)}</span><b>{page}</b></a></li>'
