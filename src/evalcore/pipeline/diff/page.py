"""The comparison as one page: no script, no other file, nothing from the network; what comes from data is escaped."""

import base64
from collections import Counter
from pathlib import Path
from typing import get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evalcore.edition.review import Kind
from evalcore.pipeline.diff.difference import Difference
from evalcore.pipeline.diff.items import Item
from evalcore.pipeline.diff.sides import Side
from evalcore.words import LANGUAGES
from evalcore.words.number import format_value

HERE = Path(__file__).parent
KINDS = {
    "choices": ("Framework and other choices", "values changed"),
    "sources": ("Sources", "percent of valid rows; 100 where columns came or went"),
    "numbers": ("Numbers", "tolerances"),
    "sentences": ("Generated sentences", "percent of words"),
    "tables": ("Tables", "percent of values"),
    "exhibits": ("Figures and tables of the book", "percent of values"),
    "pages": ("Pages", "percent of words"),
}
"""Kind -> its heading, and what its size counts."""


def render_diff(found: Difference, root: Path) -> str:
    """The page as HTML."""
    jinja = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    jinja.filters.update(shown=_shown, size=_size, short=lambda text: (text or "none")[:12])
    kinds = [(kind, *KINDS[kind], [item for item in found.items if item.kind == kind]) for kind in get_args(Kind)]
    return jinja.get_template("page.html.jinja").render(
        found=found,
        old=found.old.edition,
        new=found.new.edition,
        kinds=kinds,
        counts={kind: _counts(found, items) for kind, _, _, items in kinds},
        unsigned=found.unsigned(),
        pictures=lambda item: pictures(found, item),
        style=(HERE / "page.css").read_text("utf-8"),
    )


def _counts(found: Difference, items: list[Item]) -> dict[str, int]:
    verdicts, states = Counter(item.verdict for item in items), Counter(found.state(item) for item in items)
    wanted = sum(item.above(found.new.edition.review) for item in items)
    return {**{v: verdicts[v] for v in ("added", "removed", "changed")}, "to sign": wanted, "signed": states["signed"]}


def pictures(found: Difference, item: Item) -> list[tuple[str, str, str | None, dict | None]]:
    """(edition, caption, figure as a data address, cells of a table) of an exhibit in both editions.

    English, or Chinese where only that differs.
    """
    name = item.id.split("/", 1)[1]
    differs = [lang for lang in LANGUAGES if any(key.startswith(f"{lang}.") for key in item.detail["files"])]
    lang = (differs or LANGUAGES)[0]
    return [_picture(side, name, lang) for side in (found.old, found.new)]


def _picture(side: Side, name: str, lang: str) -> tuple[str, str, str | None, dict | None]:
    if name not in side.exhibits:
        return side.edition.name, "", None, None
    drawn = side.picture(name, lang)
    svg = f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}" if isinstance(drawn, bytes) else None
    return side.edition.name, side.caption(name, lang), svg, drawn if isinstance(drawn, dict) else None


def _shown(value: object) -> str:
    """A value of an edition or a number, as a person reads it."""
    if value is None or value in ((), [], {}):
        return "none"
    if isinstance(value, dict) and "text" in value:
        interval = value.get("interval")
        digits = value.get("digits", 0)
        told = f" ({' to '.join(format_value(v, digits) for v in interval)})" if interval else ""
        return f"{value['text']['en']}{told}"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items() if item is not None)
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    return format_value(value, 4).rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _size(size: float) -> str:
    return "" if size == float("inf") else f"{size:,.1f}".removesuffix(".0")
