"""From the built pages alone: every figure, table and number leads to its line of code and to its raw files."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from checkouts import Checkout

DEFINITION = re.compile(r"(?:def|class) (\w+)")


class Page(HTMLParser):
    """A page as a list of its ids, links and what it loads; `cards` holds the links of each card apart."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.ids, self.links, self.cards, self._card = path, set(), [], [], None
        self.loaded = set()
        self.text, self._line = {}, None
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Note what leads somewhere and what can be led to."""
        given = dict(attrs)
        self.ids |= {given["id"]} if "id" in given else set()
        self._line = given.get("id", self._line)
        self.loaded |= {given[name] for name in ("src", "data-source") if name in given}
        self.loaded |= {given["href"]} if tag == "link" else set()
        if tag == "details" and given.get("class") == "record":
            self._card = {"links": []}
            self.cards.append(self._card)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if self._card is not None:
            self._card["links"] += [given["href"]] if tag == "a" else []

    def handle_endtag(self, tag: str) -> None:
        """A card ends with its fold."""
        self._card = None if tag == "details" else self._card

    def handle_data(self, data: str) -> None:
        """Text since the last id."""
        self.text[self._line] = self.text.get(self._line, "") + data


@pytest.fixture(scope="module")
def site(built: Checkout) -> dict[Path, Page]:
    """Every page of the book, in all its languages."""
    pages = sorted((built.build / "site").rglob("*.html"))
    return {path: Page(path) for path in pages if "_static" not in path.parts}


def place(page: Page, link: str) -> tuple[Path, str]:
    """File and anchor that a link leads to."""
    parts = urlsplit(link)
    own = page.path if not parts.path else (page.path.parent / unquote(parts.path)).resolve()
    return own, unquote(parts.fragment)


def cards(site: dict[Path, Page]) -> list[tuple[Page, dict[str, list[str]]]]:
    """Every card with its page; the fold with a figure's data leads nowhere and is none."""
    return [(page, card) for page in site.values() for card in page.cards if card["links"]]


def is_broken(page: Page, link: str, site: dict[Path, Page]) -> bool:
    """Whether a link inside the site leads to no file, or to no such place in a page; others are not looked at."""
    if urlsplit(link).scheme or link == "#":
        return False
    file, anchor = place(page, link)
    return not file.is_file() or bool(anchor and file in site and anchor not in site[file].ids)


def test_every_link_of_every_page_leads_somewhere(site: dict[Path, Page]) -> None:
    """Files and anchors, of cards and of everything else."""
    assert sum(len(page.links) for page in site.values()) > 2000
    broken = {
        path.name: wrong
        for path, page in site.items()
        if (wrong := [x for x in page.links if is_broken(page, x, site)])
    }
    assert broken == {}


def test_every_page_finds_what_it_loads(site: dict[Path, Page]) -> None:
    """Styles, scripts and pictures are there; what both books have alike stands in the first one alone."""
    broken = {path.name: wrong for path, p in site.items() if (wrong := [x for x in p.loaded if is_broken(p, x, site)])}
    assert broken == {}
    book = next(path.parent for path in site if path.parts[-2:] == ("zh", "index.html"))
    alike = [f for f in book.rglob("*") if f.is_file() and _first(f, book).is_file() and _same(f, _first(f, book))]
    assert [path.name for path in alike if path.suffix != ".html"] == []


def _first(file: Path, book: Path) -> Path:
    return book.parent / "en" / file.relative_to(book)


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def test_every_exhibit_leads_in_two_clicks_to_the_line_that_drew_it(site: dict[Path, Page], built: Checkout) -> None:
    """Open the card, follow its function: the line there begins the function the card names."""
    exhibits = {path.name for path in (built.build / "exhibits").iterdir()}
    for book in (built.build / "site").iterdir():
        own = [(page, card) for page, card in cards(site) if book in page.path.parents]
        assert exhibits <= {id_ for page, _ in own for id_ in page.ids}
        assert len(own) >= len(exhibits)
    for page, card in cards(site):
        [code] = [link for link in card["links"] if "code/src/" in link]
        file, anchor = place(page, code)
        name = file.as_posix().rsplit("/code/", 1)[1].removesuffix(".html")
        source = (built.root / f"{name}.py").read_text("utf-8").splitlines()
        line = int(anchor.removeprefix("line-"))
        named = DEFINITION.match(source[line - 1])
        assert named, (page.path.name, code, source[line - 1])
        assert named[0] in site[file].text[anchor]


def test_every_exhibit_leads_in_two_clicks_to_path_and_hash_of_its_raw_files(
    site: dict[Path, Page], built: Checkout
) -> None:
    """The link leads to the hash of the file and to how it can be obtained."""
    collected = [(page, [x for x in card["links"] if "#raw-" in x]) for page, card in cards(site)]
    assert sum(bool(raw) for _, raw in collected) > len(collected) / 2  # the framework's rest on the edition alone
    for page, raw in collected:
        for link in raw:
            file, anchor = place(page, link)
            told = site[file].text[anchor]
            path = built.root / re.search(r"data/raw/\S+?\.(?:csv|xlsx|parquet|jsonl)", told)[0]
            assert f"SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}" in told


def test_every_number_leads_to_its_row_of_the_audit_index(site: dict[Path, Page], built: Checkout) -> None:
    """And the row to its cell and its functions."""
    index = built.site / "audit-numbers.html"
    rows = {link for page in site.values() for link in page.links if "audit-numbers.html#num-" in link}
    assert len(rows) > 50
    assert {unquote(link.split("#")[1]) for link in rows} <= site[index].ids
    links = site[index].links
    assert any("#cell-" in link for link in links)
    assert any("code/src/" in link for link in links)


def test_every_exhibit_and_number_has_a_complete_chain(built: Checkout) -> None:
    """The command that lists them says how many."""
    same, total = re.search(r"(\d+) of (\d+) have a complete chain", built.evalcore("audit", "demo-mini")).groups()
    assert same == total
    assert int(total) > 200
