"""Print a sheet twice: once to learn on which page each heading stands, once with these pages in the contents."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright
from pylopdf_fonts_zh_cn import sans_path
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.about import about
from evalcore.pipeline.book.places import Places
from evalcore.pipeline.paper.characters import searchable, twins
from evalcore.pipeline.paper.sheet import sheet

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
MARGIN = {"top": "20mm", "bottom": "22mm", "left": "20mm", "right": "20mm"}
FOOTER = (
    '<div style="font-size:7.5pt;color:#53636c;width:100%;padding:0 20mm;display:flex;justify-content:space-between;'
    'font-family:sans-serif"><span>{title}</span><span class="pageNumber"></span></div>'
)
READY = "() => !window.MathJax || (window.MathJax.startup && window.MathJax.startup.promise)"


def write_pdf(edition: Any, root: Path, lang: str, kind: str = "") -> Path:
    """Write `build/<edition>/pdf/<edition>-<lang>.pdf` from the built site and return its path.

    Tagged, with bookmarks, language, title and author; without a clock, so that the same site on the same machine
    gives the same bytes.

    Raises
    ------
    EvalcoreError
        Where there is no site of the language, or no Chromium.
    """
    places = Places(Path(root).resolve(), edition.name, lang)
    site = places.site(kind)
    if not (site / "index.html").is_file():
        raise EvalcoreError(say(f"site/{lang}", "is not built", remedy=f"run `evalcore report {edition.name}` first"))
    title, chapters = getattr(edition.title, lang), _chapters(places)
    target = places.build / "pdf" / f"{edition.name}-{lang}.pdf"
    target.parent.mkdir(exist_ok=True)
    with _printer() as page, tempfile.TemporaryDirectory() as folder:
        draft, whole = Path(folder, "draft.pdf"), Path(folder, "whole.pdf")
        _print(page, sheet(title, chapters, places, site, {}), title, draft)
        numbers = _pages(PdfReader(draft))
        _print(page, sheet(title, chapters, places, site, numbers), title, whole)
        _settle(whole, target, {"/Title": title, "/Author": about(places.root, lang)["authors"]}, lang)
    return target


def _chapters(places: Places) -> list[str]:
    contents = yaml.safe_load((places.source / "_toc.yml").read_text("utf-8"))
    return [contents["root"], *(c["file"] for part in contents["parts"] for c in part["chapters"])]


@contextmanager
def _printer() -> Iterator[Page]:
    """Chromium with the locked Chinese font, whatever fonts the machine has."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise EvalcoreError(say("chromium", "is not installed", remedy="apt-get install -y chromium, or any Chromium"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        fonts = Path(folder, "fonts.conf")
        fonts.write_text(_font_configuration(folder), "utf-8")
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"], env=environment)
        yield browser.new_page()
        browser.close()


def _font_configuration(cache: str) -> str:
    return (
        '<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{escape(str(sans_path().parent))}</dir><cachedir>{escape(cache)}</cachedir></fontconfig>"
    )


def _print(page: Page, html: str, title: str, target: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(html)
        file.flush()
        page.goto(Path(file.name).as_uri(), wait_until="load")
        page.evaluate(READY)
        page.pdf(
            path=target,
            format="A4",
            margin=MARGIN,
            tagged=True,
            outline=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER.format(title=escape(title)),
        )


def _pages(printed: PdfReader) -> dict[str, int]:
    """Anchor -> number of the page it stands on, from the named destinations that Chromium writes for links."""
    return {
        name.lstrip("/"): printed.get_destination_page_number(found) + 1
        for name, found in printed.named_destinations.items()
    }


def _settle(printed: Path, target: Path, told: dict[str, str], lang: str) -> None:
    """Write metadata, language and the characters that were meant, and take out the clock."""
    writer = PdfWriter(clone_from=str(printed))
    searchable(writer, twins(sans_path()))
    writer.pdf_header = "%PDF-1.7"  # tags came with 1.4, pypdf says 1.3
    writer.metadata = None
    writer.add_metadata({**told, "/Producer": "Chromium, pypdf", "/Creator": "evalcore"})
    writer.root_object[NameObject("/Lang")] = TextStringObject({"en": "en", "zh": "zh-CN"}[lang])
    new = target.with_suffix(".pdf.tmp")
    writer.write(str(new))
    new.replace(target)
