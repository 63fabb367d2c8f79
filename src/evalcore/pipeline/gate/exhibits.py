"""What a published exhibit must be like before a page shows it."""

import json
from collections.abc import Iterator
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.gate.markup import unsafe_svg

LANGUAGES = ("en", "zh")
FILES = {
    "figure": ("en.svg", "zh.svg", "data.csv"),
    "table": ("en.json", "zh.json", "data.csv"),
    "absent": (),
}
WORDS = {"figure": ("caption", "alt"), "table": ("caption", "alt"), "absent": ("reason",)}
RECORD_KEYS = ("task", "notebook", "cell", "function")


def check_exhibits(build_dir: Path) -> None:
    """Refuse published exhibits without record, files, captions or alternative text in both languages.

    Raises
    ------
    EvalcoreError
        Naming the exhibit and what it lacks.
    """
    folders = sorted(path for path in (build_dir / "exhibits").glob("*") if path.is_dir())
    for folder in folders:
        for found, allowed in _exhibit_problems(folder):
            remedy = "run its notebook again; if that does not help, correct its words or its drawing"
            raise EvalcoreError(say(f"exhibit {folder.name}", found, allowed, remedy))


def _exhibit_problems(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        record = json.loads((folder / "record.json").read_text("utf-8"))
    except (OSError, ValueError) as problem:
        yield f"record.json cannot be read: {problem}", "a record per exhibit"
        return
    kind = record.get("kind")
    if record.get("id") != folder.name or kind not in FILES:
        yield f"its record says id {record.get('id')!r}, kind {kind!r}", f"its folder's name; {', '.join(FILES)}"
        return
    missing = [name for name in FILES[kind] if not (folder / name).is_file()]
    missing += [key for key in RECORD_KEYS if kind != "absent" and key not in record]
    missing += [f"{key}.{lang}" for key in WORDS[kind] for lang in LANGUAGES if not (record.get(key) or {}).get(lang)]
    if missing:
        yield f"has no {', '.join(missing)}", "files, record and words in both languages"
        return
    for name in FILES[kind]:
        yield from _file_problems(folder / name)


def _file_problems(path: Path) -> Iterator[tuple[str, str]]:
    text = path.read_text("utf-8")
    if path.suffix == ".svg" and (found := unsafe_svg(text)):
        yield f"{path.name} is unsafe: {found}", "shapes and text only"
    if path.suffix == ".json":
        table = json.loads(text)
        widths = {len(row) for row in table["rows"]} - {len(table["columns"])}
        if widths:
            yield f"{path.name} has rows of {sorted(widths)} cells", f"{len(table['columns'])}, one per column"
