"""Writing a proposed map where a person will read it; until the marks are gone it is not used."""

import re
from pathlib import Path

import pandas as pd
import yaml

from evalcore.edition import load_edition
from evalcore.errors import EvalcoreError, say
from evalcore.ingest.columns import ColumnMap
from evalcore.ingest.propose import Guess, Proposal, propose_map
from evalcore.io.files import write_bytes
from evalcore.io.manifest import LOOK, raw_path, read_map
from evalcore.io.raw import read_file


def propose(name: str, source: str, root: Path, code_book: Path | None = None) -> Path:
    """Write editions/maps/<map>.yml for a source whose file does not fit.

    Parameters
    ----------
    source : str
        The source; the edition says which map it has (`map:`).
    code_book : Path, optional
        An Excel file whose first sheet has a column's name in the first cell of a row and what it is in the second.

    Raises
    ------
    EvalcoreError
        The source has no `map`, or the map is already there.
    """
    edition = load_edition(name, root)
    if source not in edition.sources:
        raise EvalcoreError(say("source", f"'{source}' is not known", ", ".join(edition.sources)))
    own = edition.sources[source]
    if own.map is None:
        raise EvalcoreError(say(f"sources.{source}", "names no map", remedy=f"add `map: {name}` to it in the edition"))
    path = root / "editions" / "maps" / f"{own.map}.yml"
    if path.exists():
        remedy = "edit it; delete it to have a proposal made anew"
        raise EvalcoreError(say(path.relative_to(root), "is already there", remedy=remedy))
    frame = read_file(raw_path(edition, source, root), own)
    before = _before(edition.previous.edition if edition.previous else None, source, root)
    found = propose_map(frame, own, edition, before, read_code_book(code_book) if code_book else None)
    write_bytes(path, _written(found, own.file).encode())
    return path


def read_code_book(path: Path) -> dict[str, str]:
    """Column -> what it is, from the first two columns of the first sheet."""
    cells = pd.read_excel(path, header=None, dtype=str, engine="openpyxl").iloc[:, :2].dropna()
    return {str(name).strip(): str(what).strip() for name, what in cells.itertuples(index=False)}


def _before(previous: str | None, source: str, root: Path) -> ColumnMap:
    """The map of the year before; none where there was none."""
    if previous is None:
        return ColumnMap()
    sources = load_edition(previous, root).sources
    return read_map(sources[source].map if source in sources else None, root)


def _written(found: Proposal, file: str) -> str:
    """The map as YAML, one guess a line; what a person has to look at is marked."""
    lines = [
        f"# Proposed for {file}.",
        f"# {LOOK}: read every line with this mark, correct what is wrong, remove the mark; then nothing is proposed.",
        *(f"# {LOOK}: nothing found for our column {name}" for name in found.missing),
        "columns:",
        *(f"  {_pair(guess)}" for guess in found.columns),
    ]
    lines += ["codes:"] * bool(found.codes)
    for name, guesses in found.codes.items():
        lines += _codes(name, guesses)
    return "\n".join(lines) + "\n"


def _codes(name: str, guesses: tuple[Guess, ...]) -> list[str]:
    """What holds as it did before in one line, a guess in a line of its own."""
    if all(guess.why is None for guess in guesses):
        return [f"  {name}: {_flow({guess.theirs: guess.ours for guess in guesses})}"]
    dates = [guess for guess in guesses if guess.why and re.fullmatch(r"\d{4}-\d\d-\d\d", guess.ours or "")]
    if len(dates) < len(guesses):
        return [f"  {name}:", *(f"    {_pair(guess)}" for guess in guesses)]
    plain = sorted((Guess(guess.theirs, guess.ours) for guess in guesses), key=lambda guess: guess.ours)
    return [
        f"  {name}:  # {LOOK}: {len(dates)} days, guessed from the edition's periods",
        *(f"    {_pair(g)}" for g in plain),
    ]


def _flow(codes: dict[str, str | None]) -> str:
    return yaml.safe_dump(codes, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000).strip()


def _pair(guess: Guess) -> str:
    key = yaml.safe_dump({guess.theirs: guess.ours}, allow_unicode=True, width=10_000).strip()
    return key + (f"  # {LOOK}: {guess.why}" if guess.why else "")
