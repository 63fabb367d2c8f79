"""Read what the pipeline published, and tell Sphinx which page depends on which file."""

import difflib
import json
import re
from functools import lru_cache
from pathlib import Path

import yaml
from sphinx.environment import BuildEnvironment

EXHIBIT_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


class NotPublishedError(Exception):
    """A page asks for an exhibit or a number that is not there."""


def exhibit_record(env: BuildEnvironment, id_: str) -> dict:
    """Return the record of an exhibit, or say which ids there are."""
    folder = exhibits_folder(env)
    known = sorted(path.parent.name for path in folder.glob("*/record.json"))
    if not EXHIBIT_ID.fullmatch(id_) or id_ not in known:
        raise NotPublishedError(f"unknown exhibit '{id_}'{_closest(id_, known, 'exhibits')}")
    return read(env, folder / id_ / "record.json")


def withheld_reason(env: BuildEnvironment, id_: str) -> str | None:
    """Return why an exhibit is withheld, in the book's language; None where it is not."""
    path = _build_folder(env) / "withheld.json"
    reason = read(env, path)["exhibits"].get(id_) if path.is_file() else None
    return reason and reason[env.config.evalcore_lang]


def exhibit_table(env: BuildEnvironment, id_: str) -> dict:
    """Return columns, rows and note of a table in the book's language."""
    return read(env, exhibits_folder(env) / id_ / f"{env.config.evalcore_lang}.json")


def number_text(env: BuildEnvironment, id_: str) -> tuple[str, str | None]:
    """Return a number as it is displayed in the book's language, and why it is withheld, None where it is not."""
    numbers = read(env, _build_folder(env) / "numbers.json")
    if id_ not in numbers:
        raise NotPublishedError(f"unknown number '{id_}'{_closest(id_, sorted(numbers), 'numbers')}")
    reason = numbers[id_].get("withheld", {}).get(env.config.evalcore_lang)
    return localised(numbers[id_], "text", env.config.evalcore_lang, f"number '{id_}'"), reason


def localised(item: dict, key: str, lang: str, what: str) -> str:
    """Return `item[key]` in one language; a missing translation is an error, never an empty caption."""
    text = (item.get(key) or {}).get(lang)
    if not text:
        raise NotPublishedError(f"{what} has no '{key}' in '{lang}'")
    return text


def words(env: BuildEnvironment) -> dict[str, str]:
    """Return the fixed words around exhibits in the book's language."""
    return _words()[env.config.evalcore_lang]


def read(env: BuildEnvironment, path: Path) -> dict:
    """Read JSON and note the file as a dependency of the current page."""
    env.note_dependency(str(path))
    try:
        return _parse(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as problem:
        raise NotPublishedError(f"cannot read {path.relative_to(_build_folder(env))}: {problem}") from problem


def exhibits_folder(env: BuildEnvironment) -> Path:
    return _build_folder(env) / "exhibits"


def _build_folder(env: BuildEnvironment) -> Path:
    return Path(env.srcdir, env.config.evalcore_build).resolve()


@lru_cache(maxsize=4)
def _parse(path: Path, _modified: int) -> dict:
    return json.loads(path.read_text("utf-8"))


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))


def _closest(id_: str, known: list[str], what: str) -> str:
    close = difflib.get_close_matches(id_, known, n=3)
    if close:
        return f"; did you mean {' or '.join(repr(name) for name in close)}?"
    return f"; none of the {len(known)} published {what} is called anything like it"
