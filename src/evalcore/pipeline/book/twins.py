"""The books of all languages are one book: the same pages, labels, exhibits, numbers and facts in each."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.pages import Page

CODE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$", re.DOTALL)
HEADING = re.compile(r"^(#+) +(.+)$", re.MULTILINE)
LETTERS = re.compile(r"[A-Za-z]{2,}(?:[ ,;:-]+[A-Za-z]{2,}){5,}")
"""Six Latin words in a row: a sentence nobody translated, not a name."""


def _places(pattern: str) -> Callable[[str], Iterable[str]]:
    return re.compile(pattern, re.MULTILINE).findall


HELD: dict[str, Callable[[str], Iterable[str]]] = {
    "exhibit": _places(r"^`{3,}\{exhibit\}[ ]+([a-z0-9-]+)"),
    "number": _places(r"\{num\}`([^`]+)`"),
    "label": _places(r"^\(([\w-]+)\)=$"),
    "reference": _places(r"\{(?:numref|ref|doc)\}`([^`]+)`"),
    "link": _places(r"\]\(([^)\s]*)\)"),
    "audit table": _places(r"^`{3,}\{audit\}[ ]+(\w+)"),
    "part for scripts": _places(r"^`{3,}\{(?!exhibit|audit|math|note)([a-z-]+)\}"),
}
"""What a page holds of each kind, in any language."""


def check_twins(books: Mapping[str, Iterable[Page]]) -> None:
    """Refuse books that differ in more than their words; the first language is the measure.

    Parameters
    ----------
    books
        Language -> rendered pages.

    Raises
    ------
    EvalcoreError
        Naming both files and what one has and the other lacks.
    """
    (first, pages), *others = books.items()
    measure = {page.name: page for page in pages}
    found = [line for lang, twins in others for line in _differences(first, measure, lang, twins)]
    if found:
        remedy = "translate what is missing, in the same order and with the same ids"
        raise EvalcoreError(say("the books differ", "\n    ".join(["", *found]), remedy=remedy))


def _differences(first: str, measure: Mapping[str, Page], lang: str, twins: Iterable[Page]) -> Iterator[str]:
    own = {page.name: page for page in twins}
    for name in sorted(measure.keys() ^ own.keys()):
        here, there = (first, lang) if name in measure else (lang, first)
        yield f"{_file(here, name)} has no translation {_file(there, name)}"
    for name in sorted(measure.keys() & own.keys()):
        for why in _different(measure[name], own[name], lang):
            yield f"{_file(first, name)} and {_file(lang, name)}: {why}"


def _different(page: Page, twin: Page, lang: str) -> Iterator[str]:
    if (page.part, page.order, page.needs) != (twin.part, twin.order, twin.needs):
        yield f"front matter: {page.part} {page.order:g} against {twin.part} {twin.order:g}"
    for kind, held in HELD.items():
        one, other = list(held(page.text)), list(held(twin.text))
        yield from _uneven(kind, Counter(one), Counter(other), lang)
        if kind == "exhibit" and Counter(one) == Counter(other) and one != other:
            yield f"the exhibits stand in another order: {', '.join(one)} against {', '.join(other)}"
    facts = [len(re.findall(r"\{fact\}`", text)) for text in (page.text, twin.text)]
    if facts[0] != facts[1]:
        yield f"{facts[0]} facts against {facts[1]}"
    levels = [[len(marks) for marks, _ in HEADING.findall(CODE.sub("", text))] for text in (page.text, twin.text)]
    if levels[0] != levels[1]:
        yield f"headings of levels {levels[0]} against {levels[1]}"
    if lang == "zh":
        yield from (f"'{line}' is not in Chinese" for line in _latin(twin.text))


def _uneven(kind: str, one: Counter, other: Counter, lang: str) -> Iterator[str]:
    yield from (f"{kind} '{id_}' is missing in '{lang}'" for id_ in sorted((one - other).elements()))
    yield from (f"{kind} '{id_}' stands in '{lang}' alone" for id_ in sorted((other - one).elements()))


def _latin(text: str) -> Iterator[str]:
    prose = re.sub(r"<span lang=\"en\">.*?</span>|\{[a-z]+\}(?=`)|\]\([^)]*\)|<[^>]*>", " ", CODE.sub(" ", text))
    yield from (found[0] for found in LETTERS.finditer(prose))


def _file(lang: str, name: str) -> str:
    return f"book/{lang}/_platform.md ({name})" if name.startswith("entities/") else f"book/{lang}/{name}.md"
