"""Pages of `book/<lang>`: front matter, Jinja, and what stands in for a chapter whose source was not collected."""

import datetime
import re
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.about import MONTHS, about, glossary
from evalcore.pipeline.book.inert import finalizer, inert
from evalcore.pipeline.book.places import Places

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
HEADING = re.compile(r"^# .+\n?", re.MULTILINE)
PARTS = ("findings", "entities", "method")
KEYS = {"part", "order", "needs", "when"}
"""`needs`: without it the page says so; `when`: without it there is no page."""
ENTITY_PAGE = "_platform.md"


@dataclass(frozen=True)
class Page:
    """A rendered page: docname, text, its part of the book (None for the first page) and its place there."""

    name: str
    text: str
    part: str | None = None
    order: float = 0
    needs: tuple[str, ...] = field(default=())


def render_pages(edition: Any, places: Places) -> list[Page]:
    """Render every page of the language and one per entity, in the order of file names."""
    if not (places.pages / "index.md").is_file():
        raise EvalcoreError(say(f"book/{places.lang}/index.md", "is missing", remedy="every book needs a first page"))
    jinja = _environment(edition, places)
    paths = sorted(p for p in places.pages.rglob("*.md") if not p.name.startswith("_"))
    named = [(path, path.relative_to(places.pages).with_suffix("").as_posix()) for path in paths]
    pages = [_render(path, name, jinja, places) for path, name in named if _wanted(path, name, edition, places)]
    template = places.pages / ENTITY_PAGE
    for i, entity in enumerate(edition.entities if template.is_file() else ()):
        page = _render(template, f"entities/{entity.id}", jinja, places, entity=entity)
        pages.append(Page(page.name, page.text, "entities", i, page.needs))
    return pages


def _environment(edition: Any, places: Places) -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(places.pages),
        undefined=StrictUndefined,
        finalize=finalizer(places.lang),
        autoescape=False,  # Markdown, not HTML: the finalizer makes values inert in both
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.globals.update(
        edition=edition,
        lang=places.lang,
        collected=edition.collected,
        has=lambda name: _has(places.pages / f"{name}.md", name, edition, places),
        entities=edition.entities,
        name=lambda item: getattr(getattr(item, "name", item), places.lang),
        date=lambda day: _date(day, places.lang),
        about=about(places.root, places.lang),
        glossary=glossary(places.root),
    )
    jinja.filters["foreign"] = lambda text: Markup(_foreign(text, places.lang))
    return jinja


def _date(day: datetime.date, lang: str) -> str:
    # No name of a month from the locale: the machine's language is not the page's.
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _foreign(text: str, lang: str) -> str:
    """Mark words of the other language, so that a screen reader says them as such."""
    return f'<span lang="{"en" if lang == "zh" else "zh-CN"}">{inert(text)}</span>'


def _render(path: Path, name: str, jinja: Environment, places: Places, **context: Any) -> Page:
    label = path.relative_to(places.root).as_posix()
    front, body, lines = _split(path.read_text("utf-8"), label)
    place = _place(front.pop("evalcore", {}), label, name)
    missing = [need for need in place["needs"] if need not in jinja.globals["collected"]]
    if missing:
        body = _stand_in(body, missing, places)
    # Blank lines in place of the front matter keep line numbers of error messages true.
    head = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n" if front else "\n" * lines
    try:
        text = head + jinja.from_string(body).render(**context)
    except (TemplateError, EvalcoreError, AttributeError) as problem:
        line = f", line {_line(problem) + lines}" if _line(problem) else ""
        found = f"{problem}" + (f" (rendered as {name})" if context else "")
        raise EvalcoreError(
            say(f"{label}{line}", found, remedy="correct the page, or the edition it names")
        ) from problem
    return Page(name, text, place["part"], place["order"], tuple(place["needs"]))


def _line(problem: Exception) -> int | None:
    """Return the line of the template where rendering stopped."""
    frames = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == "<template>"]
    return getattr(problem, "lineno", None) or (frames[-1] if frames else None)


def _split(text: str, label: str) -> tuple[dict, str, int]:
    """Return front matter, body and the number of lines the front matter took."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text, 0
    try:
        front = yaml.safe_load(match[1]) or {}
    except yaml.YAMLError as problem:
        raise EvalcoreError(say(label, f"front matter is not YAML: {problem}")) from problem
    return front, text[match.end() :], match[0].count("\n")


def _place(given: dict, label: str, name: str) -> dict:
    unknown = set(given) - KEYS
    if unknown:
        raise EvalcoreError(say(label, f"front matter evalcore has {sorted(unknown)}", f"{sorted(KEYS)}"))
    place = {"part": None, "order": 0, "needs": [], "when": []} | given
    if name != "index" and not name.startswith("entities/") and place["part"] not in PARTS:
        raise EvalcoreError(say(label, f"front matter evalcore.part is {place['part']!r}", ", ".join(PARTS)))
    return place


def _wanted(path: Path, name: str, edition: Any, places: Places) -> bool:
    """Whether the edition has what a page is only there for."""
    return set(_placed(path, name, places)["when"]) <= edition.collected


def _has(path: Path, name: str, edition: Any, places: Places) -> bool:
    """Whether a page stands in this edition with its own content: for what other pages say of it."""
    place = _placed(path, name, places)
    return {*place["when"], *place["needs"]} <= edition.collected


def _placed(path: Path, name: str, places: Places) -> dict:
    """Where a page's front matter puts it, and what it is there for."""
    label = path.relative_to(places.root).as_posix()
    front, _, _ = _split(path.read_text("utf-8"), label)
    return _place(front.get("evalcore", {}), label, name)


def _stand_in(body: str, missing: list[str], places: Places) -> str:
    """Return labels and heading of a page, and in place of the rest that its sources were not collected."""
    heading = HEADING.search(body)
    kept = body[: heading.end()] if heading else ""
    words = places.words()
    text = words["absent_page"].format(sources=words["list"].join(words.get(f"need_{need}", need) for need in missing))
    return f"{kept}\n:::{{admonition}} {words['absent']}\n:class: not-collected\n{text}\n:::\n"
