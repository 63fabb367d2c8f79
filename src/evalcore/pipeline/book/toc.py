"""The table of contents, from the pages' front matter and the notebooks there are."""

from collections.abc import Iterable, Mapping
from typing import Any

from evalcore.pipeline.book.pages import PARTS, Page


def table_of_contents(pages: Iterable[Page], notebooks: Iterable[str], captions: Mapping[str, str]) -> dict[str, Any]:
    """Return the content of `_toc.yml`; a part without pages is left out.

    Notebooks stand below the last page of all, which lists them; the sidebar does not: there are dozens.
    """
    parts = [(captions[part], [{"file": name} for name in _chapters(pages, part)]) for part in PARTS]
    parts = [{"caption": caption, "chapters": chapters} for caption, chapters in parts if chapters]
    below = [{"file": name.removesuffix(".ipynb")} for name in sorted(notebooks)]
    if below:
        parts[-1]["chapters"][-1]["sections"] = below
    return {"format": "jb-book", "root": "index", "parts": parts}


def _chapters(pages: Iterable[Page], part: str) -> list[str]:
    # Pages of one order keep the order they came in: entities that of the edition.
    return [page.name for page in sorted(pages, key=lambda page: page.order) if page.part == part]
