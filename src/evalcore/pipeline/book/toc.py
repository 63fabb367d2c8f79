"""The table of contents, from the pages' front matter and the notebooks there are."""

from collections.abc import Iterable, Mapping
from typing import Any

from evalcore.pipeline.book.pages import PARTS, Page


def table_of_contents(pages: Iterable[Page], notebooks: Iterable[str], captions: Mapping[str, str]) -> dict[str, Any]:
    """Return the content of `_toc.yml`; a part without pages is left out."""
    parts = [(captions[part], _chapters(pages, part)) for part in PARTS]
    parts.append((captions["appendix"], [name.removesuffix(".ipynb") for name in sorted(notebooks)]))
    return {
        "format": "jb-book",
        "root": "index",
        "parts": [{"caption": c, "chapters": [{"file": f} for f in files]} for c, files in parts if files],
    }


def _chapters(pages: Iterable[Page], part: str) -> list[str]:
    # Pages of one order keep the order they came in: entities that of the edition.
    return [page.name for page in sorted(pages, key=lambda page: page.order) if page.part == part]
