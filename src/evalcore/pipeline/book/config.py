"""The configuration of one book: the root's `_config.yml` and on top what edition and language decide."""

from html import escape
from pathlib import Path
from typing import Any

import yaml

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.book.places import EXTENSION, Places

LANGUAGES = {
    "en": {"language": "en"},
    "zh": {"language": "zh_CN", "numfig_format": {"figure": "图 %s", "table": "表 %s"}},
}


def book_config(edition: Any, places: Places, kind: str) -> dict[str, Any]:
    """Return the merged configuration, paths relative to the assembled sources."""
    title = _title(edition, places.lang)
    overlay = {
        "title": title,
        "html": {"announcement": _announcement(edition, places, kind)},
        "sphinx": {
            "local_extensions": {"evalcore_book": places.from_source(places.root / EXTENSION)},
            "config": {
                **LANGUAGES[places.lang],
                "html_theme_options": _theme(title, places.words()),
                "evalcore_lang": places.lang,
                "evalcore_build": places.from_source(places.build),
                "evalcore_kind": kind,
            },
        },
    }
    return _merge(_root_config(places.root / "_config.yml"), overlay)


def _theme(title: str, words: dict[str, str]) -> dict[str, Any]:
    return {"logo": {"text": title}, "toc_title": words["on_this_page"], "search_bar_text": words["search"]}


def _root_config(path: Path) -> dict[str, Any]:
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise EvalcoreError(say("_config.yml", f"cannot be read: {problem}", remedy="restore it from git")) from problem


def _title(edition: Any, lang: str) -> str:
    title, year = getattr(edition.title, lang), str(edition.year)
    # The theme writes the title as it is; angle brackets that only look like them cannot open a tag.
    return (title if year in title else f"{title} {year}").translate({ord("<"): "‹", ord(">"): "›"})


def _announcement(edition: Any, places: Places, kind: str) -> str:
    """Return the banner of every page as HTML, empty where there is nothing to say."""
    words = places.words()
    said = ([words[kind]] if kind else []) + [words["simulated"]] * edition.simulated
    said += [getattr(edition.notice, places.lang)] if edition.notice else []
    return " ".join(f"<span>{escape(text)}</span>" for text in said)


def _merge(base: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    both = {k: _merge(base[k], v) for k, v in overlay.items() if isinstance(v, dict) and isinstance(base.get(k), dict)}
    return base | overlay | both
