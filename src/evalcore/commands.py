"""Commands that lead to a new year and compare it with the one before, and the checkout all commands work in."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from evalcore.edition import Edition, load_edition, project_root
from evalcore.errors import EvalcoreError, say

EditionName = Annotated[str, typer.Argument(help="Name of a file in editions/, without .yml")]


def open_edition(edition: str) -> tuple[Path, Edition]:
    """The checkout and a checked edition of it."""
    root = checkout()
    return root, load_edition(edition, root)


def checkout() -> Path:
    """The checkout the command was given in; refuses to run with the code of another one."""
    root = project_root(Path.cwd().resolve())
    if not Path(__file__).resolve().is_relative_to((root / "src").resolve()):
        found = f"runs from {Path(__file__).parent}, which is another checkout's"
        raise EvalcoreError(say("evalcore", found, f"the code in {root / 'src'}", "`make report` here, or its .venv"))
    return root


def new_edition(
    edition: Annotated[str, typer.Argument(help="Name of the new edition")],
    old: Annotated[str, typer.Option("--from", help="Edition it starts from")],
    year: Annotated[int | None, typer.Option(help="Its year; left out: the one in its name, or the next")] = None,
    templates: Annotated[str | None, typer.Option(help="Empty raw files to fill in: 'csv' or 'xlsx'")] = None,
) -> None:
    """Write a new edition, what its raw files must be, and say what is left to do."""
    from evalcore.io.manifest import raw_folder
    from evalcore.scaffold import check as find
    from evalcore.scaffold import new_edition as write
    from evalcore.scaffold import write_templates

    root = checkout()
    if templates not in (None, "csv", "xlsx"):
        raise EvalcoreError(say("--templates", repr(templates), "csv, xlsx"))
    paths = write(edition, old, root, year)
    if templates:
        loaded = load_edition(edition, root)
        paths += write_templates(loaded, raw_folder(edition, root) / "templates", templates)
    for path in paths:
        typer.echo(f"wrote {path.relative_to(root).as_posix()}")
    _to_do(edition, find(edition, root))


def check(edition: EditionName) -> None:
    """Say what is missing or wrong before the edition can be built, in order, until nothing is."""
    from evalcore.edition.load import edition_path
    from evalcore.scaffold import check as find

    root = checkout()
    edition_path(edition, root)
    found = find(edition, root)
    _to_do(edition, found)
    raise typer.Exit(1 if found else 0)


def propose(
    edition: EditionName,
    source: Annotated[str, typer.Argument(help="Name of the source whose file does not fit")],
    code_book: Annotated[Path | None, typer.Option(help="Excel: a column's name, and what it is")] = None,
) -> None:
    """Propose a column and code map for a file that does not fit; it is used once a person has read it."""
    from evalcore.scaffold import propose as write

    root = checkout()
    typer.echo(f"wrote {write(edition, source, root, code_book).relative_to(root).as_posix()}: read every marked line")


def results(edition: EditionName) -> None:
    """Keep what a finished build found in data/results: next year's edition is compared with it."""
    from evalcore.pipeline.results import keep_results

    root, _ = open_edition(edition)
    typer.echo(keep_results(edition, root).relative_to(root).as_posix())


def diff(
    former: Annotated[str, typer.Argument(help="The edition to compare with, finished")],
    edition: Annotated[str, typer.Argument(help="The edition that is compared, finished")],
) -> None:
    """Write what differs between two built editions, as a page and as JSON, and say what waits for a signature."""
    from evalcore.pipeline.diff import compare_editions, write_diff
    from evalcore.pipeline.runner import build_lock

    root, old = open_edition(former)
    new = load_edition(edition, root)
    with build_lock(former, root), build_lock(edition, root):
        found = compare_editions(old, new, root)
    page = write_diff(found, root)
    typer.echo(page.relative_to(root).as_posix())
    for id_ in found.void():
        typer.echo(f"void sign-off: {id_}: signed by {found.signed.items[id_].by}, has changed since")
    typer.echo(f"{len(found.items)} things differ, {len(found.unsigned())} of them wait for a signature")


def sign(
    edition: EditionName,
    items: Annotated[list[str], typer.Argument(help="Items as the comparison calls them; * stands for anything")],
    by: Annotated[str, typer.Option(help="Who has looked at them")],
    remark: Annotated[str, typer.Option(help="What there is to say")] = "",
) -> None:
    """Sign differences from the year before, as `evalcore diff` showed them."""
    from evalcore.pipeline.diff import read_diff
    from evalcore.pipeline.diff import sign as write

    root, loaded = open_edition(edition)
    if loaded.previous is None:
        raise EvalcoreError(say(f"edition {edition}", "has no `previous`", remedy="there is nothing to sign"))
    for id_ in write(read_diff(loaded.previous.edition, edition, root), items, (by, date.today(), remark), root):
        typer.echo(f"signed {id_}")


def _to_do(edition: str, found: list[str]) -> None:
    for number, line in enumerate(found, start=1):
        typer.echo(f"{number}. {line}")
    built = f"nothing is missing: `evalcore report {edition}`"
    typer.echo(f"{len(found)} thing(s) to do, then `evalcore check {edition}` again" if found else built)
