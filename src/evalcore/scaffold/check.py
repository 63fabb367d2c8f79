"""What is missing or wrong in an edition before it can be built, in the order in which to mend it."""

from collections.abc import Iterator
from pathlib import Path

from evalcore.clean import clean
from evalcore.edition import Edition, load_edition
from evalcore.errors import EvalcoreError, say
from evalcore.ingest import ingest
from evalcore.io.manifest import raw_folder, raw_path, read_manifest, read_map, read_raw
from evalcore.io.raw import read_file
from evalcore.io.results import results_path
from evalcore.scaffold.new import marked_lines


def check(name: str, root: Path) -> list[str]:
    """Findings in order, each with what to do; empty where nothing is left.

    Later steps rest on earlier ones: files are looked at once the edition can be read, columns once a file is there,
    accepted content once every file fits.
    """
    try:
        edition = load_edition(name, root)
    except EvalcoreError as error:
        return [str(error)]
    found = [*marked_lines(name, root), *_described(edition, root)]
    if any("no entry for" in line or line.endswith("is missing") for line in found):
        return found
    wrong = [problem for source in edition.sources for problem in _source(edition, source, root)]
    found += wrong or _accepted(edition, root)
    return found + _previous(edition, root)


def _described(edition: Edition, root: Path) -> Iterator[str]:
    sources = raw_folder(edition.name, root) / "SOURCES.yml"
    if not sources.is_file():
        remedy = "describe each file there, as in data/raw of another edition"
        yield say(sources.relative_to(root), "is missing", remedy=remedy).split("\n")[0]
        return
    try:
        read_manifest(edition, root)
    except EvalcoreError as error:
        yield str(error)


def _source(edition: Edition, source: str, root: Path) -> Iterator[str]:
    """The first thing wrong with a source: its file, its map, its columns and values, its cleaning."""
    own = edition.sources[source]
    if own.map is not None and not (root / "editions" / "maps" / f"{own.map}.yml").is_file():
        path = raw_path(edition, source, root)
        remedy = f"`evalcore sources propose {edition.name} {source}`, or write it"
        yield (
            say(f"editions/maps/{own.map}.yml", "is missing", remedy=remedy)
            if path.exists()
            else _file(edition, source, root)
        )
        return
    try:
        raw = read_file(raw_path(edition, source, root), own)
        clean(ingest(raw, source, edition, read_map(own.map, root)), source, edition)
    except EvalcoreError as error:
        yield f"source {source}: {error}"


def _file(edition: Edition, source: str, root: Path) -> str:
    path = raw_path(edition, source, root)
    place = path.relative_to(root) if path.is_relative_to(root) else path.name
    return say(f"source {source}: {place}", "the file is missing", remedy="put it there, or name another `file:`")


def _accepted(edition: Edition, root: Path) -> list[str]:
    found = []
    for source in edition.sources:
        try:
            read_raw(edition, source, root)
        except EvalcoreError as error:
            found.append(f"source {source}: {error}")
    return found


def _previous(edition: Edition, root: Path) -> list[str]:
    """Without last year's results the report is built all the same and says so."""
    if edition.previous is None or results_path(edition.previous.edition, root).is_file():
        return []
    old = edition.previous.edition
    remedy = f"build {old} and run `evalcore results {old}`, or remove `previous`: the chapter is then left out"
    return [say(results_path(old, root).relative_to(root), "is missing: nothing to compare with", remedy=remedy)]
