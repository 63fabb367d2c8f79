"""A new edition from an old one: only what must change is written, and marked until a person has looked at it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from evalcore.edition import Edition, load_edition
from evalcore.edition.load import read_yaml
from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_bytes
from evalcore.io.manifest import raw_folder, read_manifest

MARK = "# edit"
"""Ends a line of an edition that waits for a person; who has looked at the line removes the mark."""
OPEN = "?"
"""A value of SOURCES.yml that waits for a person."""
ASKED = {"date": "the day its provider dates it", "obtained": "where and how to get it again"}
"""What such a value is."""
DATED = ("title", "notice", "question", "disclosure")
"""Texts that may name the year."""


def new_edition(new: str, old: str, root: Path, year: int | None = None) -> list[Path]:
    """Write editions/<new>.yml, which extends the old edition, and data/raw/<new>/SOURCES.yml.

    Parameters
    ----------
    new, old : str
        Names of editions; the year is `year`, the one in the new name, or the one after the old edition's.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    EvalcoreError
        The new edition is already there, its name is none, or the old one is broken.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", new):
        raise EvalcoreError(say("edition", f"'{new}' is no name", "letters, digits, hyphens, a letter first"))
    edition_file, sources_file = root / "editions" / f"{new}.yml", raw_folder(new, root) / "SOURCES.yml"
    for path in (edition_file, sources_file):
        if path.exists():
            remedy = "choose another name, or go on with that one (`evalcore check` says what is left)"
            raise EvalcoreError(say(path.relative_to(root), "is already there", remedy=remedy))
    edition = load_edition(old, root)
    entries = read_manifest(edition, root)
    year = year or _year_in(new) or edition.year + 1
    write_bytes(sources_file, _sources(edition, entries, new, year).encode())
    write_bytes(edition_file, _edition(edition, new, year).encode())
    return [edition_file, sources_file]


def _year_in(name: str) -> int | None:
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", name)
    return int(found[0]) if found else None


def _edition(old: Edition, new: str, year: int) -> str:
    """The new edition's file: a line per change, marked where a person has to look."""

    def moved(value: object) -> object:
        return renewed(value, old.year, year)

    kept = old.model_dump(mode="json", by_alias=True, exclude_none=True)
    lines = [
        f"# Made by `evalcore new-edition {new} --from {old.name}`. All that is not here is as in {old.name}.",
        f'# Lines that end in "{MARK}" wait for a person: correct the line and remove the mark.',
        "# Who takes part: `add: {entities: [...]}` and `only: {entities: [ids]}`; who merged or was renamed:",
        "# `previous: {entities: {new id: [old ids]}}`.",
        f"extends: {old.name}",
        f"previous: {_flow({'edition': old.name} | _forgotten(old))}",
        f"year: {year}",
        f"seed: {_seed(old, year)}",
    ]
    changed = _changed({key: kept[key] for key in DATED if key in kept}, moved)
    lines += [_line(key, value) for key, value in changed.items()]
    lines += ["simulation: null"] if old.simulated else []
    lines += [f"quarters: []  {MARK}"] if old.quarters else []
    for key in ("periods", "promotions"):
        lines += [f"{key}:"] * bool(kept.get(key))
        lines += [f"  - {_flow(moved(item))}  {MARK}" for item in kept.get(key, ())]
    return "\n".join([*lines, *_source_lines(old, new, year)]) + "\n"


def _changed(texts: dict, moved: Callable[[object], object]) -> dict:
    """Of nested texts those that name the year; a text in two languages stays whole."""
    named = {key: value for key, value in texts.items() if moved(value) != value}
    whole = {key for key, value in named.items() if isinstance(value, str) or "zh" in value}
    return {key: moved(value) if key in whole else _changed(value, moved) for key, value in named.items()}


def _forgotten(old: Edition) -> dict[str, None]:
    """What the old edition said of the year before it holds for that pair of years only."""
    return {key: None for key in ("entities", "redefined") if old.previous and getattr(old.previous, key)}


def _source_lines(old: Edition, new: str, year: int) -> list[str]:
    """A source has a line where its file or its map has another name this year."""
    lines = ["sources:"]
    for name, source in old.sources.items():
        file = renewed(source.file, old.year, year)
        change = {"file": file} if file != source.file else {}
        if source.map is not None:
            own = sum(s.map is not None for s in old.sources.values()) == 1
            change["map"] = new if own else f"{new}-{name}"
        lines += [f"  {name}: {_flow(change)}  {MARK}"] if change else []
    return lines if len(lines) > 1 else []


def _sources(old: Edition, entries: dict, new: str, year: int) -> str:
    """SOURCES.yml: each expected file with its contract as a comment; what only a person knows is a question mark."""
    head = [
        f"# What each raw file of {new} is and where it comes from; a person replaces every {OPEN!r}.",
        "# Contracts:",
    ]
    body = {}
    for name, source in old.sources.items():
        columns = ", ".join(f"{column} ({spec.type})" for column, spec in source.columns.items())
        head.append(f"#   {name}: {columns}")
        entry = entries[source.file]
        body[renewed(source.file, old.year, year)] = {
            "what": renewed(entry.what.model_dump(), old.year, year),
            "licence": entry.licence,
            "date": OPEN,
            "obtained": OPEN,
            **({"folder": entry.folder} if entry.folder else {}),
        }
    return "\n".join(head) + "\n" + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=110)


def renewed(value: object, old: int, new: int) -> object:
    """A value with the new year in place of the old one, in texts, dates and ids, at every depth."""
    if isinstance(value, dict):
        return {key: renewed(item, old, new) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [renewed(item, old, new) for item in value]
    if not isinstance(value, str):
        return value
    text = re.sub(rf"(?<!\d){old}(?!\d)", str(new), value)
    return f"{new}-02-28" if text == f"{new}-02-29" and not _leap(new) else text


def _leap(year: int) -> bool:
    return (date(year, 3, 1) - date(year, 2, 28)).days == 2


def _seed(old: Edition, year: int) -> int:
    text = str(old.seed)
    return int(text.replace(str(old.year), str(year))) if str(old.year) in text else old.seed + 1


def _line(key: str, value: object) -> str:
    return f"{key}: {_flow(value)}"


def _flow(value: object) -> str:
    """One line of YAML; dates stay dates."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000).strip()
    return re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", text)


def marked_lines(name: str, root: Path) -> list[str]:
    """Lines of the edition, and keys of SOURCES.yml, that still wait for a person."""
    path = root / "editions" / f"{name}.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [
        say(
            f"editions/{path.name}, line {n}", f"`{line.removesuffix(MARK).strip()}`", remedy=f"look, and remove {MARK}"
        )
        for n, line in enumerate(lines, start=1)
        if line.endswith(MARK)
    ]
    sources = raw_folder(name, root) / "SOURCES.yml"
    entries = read_yaml(sources) if sources.is_file() else {}
    return found + [
        say(f"{sources.relative_to(root)}: {file}.{key}", f"'{OPEN}'", ASKED.get(key), "say it")
        for file, entry in entries.items()
        for key, value in (entry.items() if isinstance(entry, dict) else ())
        if value == OPEN
    ]
