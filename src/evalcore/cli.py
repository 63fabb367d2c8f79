"""The command line: from a new edition over its report to its comparison, lock and audit."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

# Set before numerical libraries load, here and in every process forked later: one thread and no hash seed,
# so that floating-point results and orders do not depend on the machine's load; UTF-8 whatever the locale.
for _name, _value in {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "MPLBACKEND": "agg",
}.items():
    os.environ.setdefault(_name, _value)

from evalcore import commands  # noqa: E402
from evalcore.commands import EditionName, checkout, open_edition  # noqa: E402
from evalcore.edition import Edition, load_drawn  # noqa: E402
from evalcore.errors import DISK_REMEDY, EvalcoreError, is_about_the_disk, say  # noqa: E402

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
sources = typer.Typer(no_args_is_help=True, help="Raw data: what was accepted.")
app.add_typer(sources, name="sources")
for _home, _made in (
    (app, (commands.new_edition, commands.check, commands.results, commands.diff, commands.sign)),
    (sources, (commands.propose,)),
):
    for _command in _made:
        _home.command()(_command)

ResultId = Annotated[str | None, typer.Argument(metavar="[ID]", help="An exhibit or number; without it all are listed")]
Origin = Annotated[str | None, typer.Option("--from", help="A file, section:NAME or function: what depends on it")]
Rerun = Annotated[bool, typer.Option("--rerun", help="Make it anew in a clean folder and compare")]
INTERRUPTED = 130


@app.command()
def report(
    edition: EditionName,
    workers: Annotated[int, typer.Option(min=1, help="Notebooks that run at once")] = 2,
    notebooks: Annotated[
        str, typer.Option(help="Who runs the cells: 'warm' (forked process) or 'kernel' (ordinary Jupyter kernel)")
    ] = "warm",
    engine: Annotated[str, typer.Option(help="Who counts rows: 'duckdb' or 'spark'")] = "duckdb",
    executor: Annotated[str, typer.Option(help="Where notebooks run: 'local' or 'dask:ADDRESS'")] = "local",
    draft: Annotated[
        bool, typer.Option("--draft", help="Write site.draft/, marked, even where a model failed")
    ] = False,
    final: Annotated[
        bool, typer.Option("--final", help="Refuse while differences from the year before are unsigned")
    ] = False,
) -> None:
    """Build the edition's report: data, stages, chapters, book."""
    from evalcore.pipeline.machinery import Machinery
    from evalcore.pipeline.report import report as build

    machinery = Machinery(workers, notebooks, engine, executor)
    root, loaded = open_edition(edition)
    if draft and final:
        raise EvalcoreError(say("--draft --final", "a draft is not final", "one of them"))
    _simulate_missing(loaded, root)
    page = build(loaded, root, machinery, _tell, draft, final)
    typer.echo(page.relative_to(root).as_posix() if page.is_relative_to(root) else page)


@app.command()
def status(edition: EditionName) -> None:
    """Say what is stale and why; runs nothing."""
    from evalcore.pipeline.status import status as find

    root, loaded = open_edition(edition)
    found = find(loaded, root)
    for name, why in found.items():
        typer.echo(f"{name}: {'; '.join(why) if why else 'up to date'}")
    stale = sum(bool(why) for why in found.values())
    typer.echo(f"{len(found) - stale} of {len(found)} tasks are up to date")


@app.command()
def audit(
    edition: EditionName,
    id_: ResultId = None,
    origin: Origin = None,
    again: Rerun = False,
) -> None:
    """Say how an exhibit or number came about, back to the raw files; or what depends on a file or function."""
    from evalcore.audit import read_lineage
    from evalcore.audit.tree import code_files, tree_lines
    from evalcore.provenance.commits import last_commits

    root, loaded = open_edition(edition)
    if again:
        _remake(loaded, id_, root)
    lineage = read_lineage(loaded, root)
    if origin is not None:
        from evalcore.audit.backwards import dependents, told

        lines = told(dependents(lineage, origin, root))
    elif id_ is None:
        lines = lineage.overview()
    else:
        lines = tree_lines(lineage, id_, last_commits(root, code_files(lineage, id_)))
    typer.echo("\n".join(lines))


@app.command()
def crate(edition: EditionName) -> None:
    """Write the research object of a built edition (RO-Crate, profile Workflow Run) and print its folder."""
    from evalcore.audit import read_lineage
    from evalcore.audit.crate import write_crate
    from evalcore.pipeline.gate.verdicts import refuse_withheld

    root, loaded = open_edition(edition)
    refuse_withheld(loaded.name, root)
    typer.echo(write_crate(loaded, read_lineage(loaded, root), root).relative_to(root))


@app.command()
def calibrate(
    studies: Annotated[list[str] | None, typer.Argument(help="Models; without any, those whose source changed")] = None,
    worlds: Annotated[int, typer.Option(min=2, help="Worlds of each kind")] = 100,
    workers: Annotated[int, typer.Option(min=1, help="Fits at once")] = 2,
) -> None:
    """Fit worlds whose truth is known, and write how often intervals hold it to data/calibration."""
    from evalcore.pipeline.calibration import calibrate_studies

    root = checkout()
    for path in calibrate_studies(studies or [], worlds, workers, root, _tell):
        typer.echo(path.relative_to(root).as_posix())


@app.command()
def lock(edition: EditionName) -> None:
    """Write editions/EDITION.lock.json from a finished build: what its results are made from, and what they are."""
    from evalcore.pipeline.verify import lock as write

    root, loaded = open_edition(edition)
    typer.echo(write(loaded, root).relative_to(root).as_posix())


@app.command()
def verify(edition: EditionName) -> None:
    """Say whether the build is the one the lock describes, and what is not; builds first what was never built."""
    from evalcore.audit.lock import read_lock
    from evalcore.pipeline.machinery import Machinery
    from evalcore.pipeline.report import report as build
    from evalcore.pipeline.verify import verify as find

    root, loaded = open_edition(edition)
    read_lock(edition, root)
    if not (root / "build" / edition / "records").is_dir():
        _simulate_missing(loaded, root)
        build(loaded, root, Machinery(), _tell)
    verdict = find(loaded, root)
    typer.echo("\n".join(verdict.lines()))
    raise typer.Exit(1 if verdict.findings else 0)


@app.command()
def simulate(edition: EditionName) -> None:
    """Draw the demonstration world of a simulated edition into data/raw."""
    root, loaded = open_edition(edition)
    if not loaded.simulated:
        raise EvalcoreError(
            say(f"edition {edition}", "is not simulated", remedy="its raw data are collected, not drawn")
        )
    _simulate(loaded, root)


@sources.command()
def accept(edition: EditionName) -> None:
    """Accept the present content of all raw files: write their hashes to SOURCES.yml."""
    from evalcore.io.manifest import accept as accept_files

    root, loaded = open_edition(edition)
    changed = accept_files(loaded, root)
    for name, (old, new) in changed.items():
        typer.echo(f"{name}: {old[:12] or 'none'} -> {new[:12]}")
    typer.echo(f"{len(changed)} of {len(loaded.sources)} files changed")


def main() -> None:
    """Run the command line; a mistake a person can mend ends with its message, not with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese must not hide the message
    try:
        app()
    except EvalcoreError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        if not is_about_the_disk(error):
            raise
        typer.echo(f"error: {say(error.filename or 'disk', error.strerror, remedy=DISK_REMEDY)}", err=True)
        sys.exit(1)
    except SystemExit as ending:  # typer has told usage errors and turned an interrupt into its code
        if ending.code == INTERRUPTED:
            typer.echo("interrupted: finished work is kept, run the command again to go on", err=True)
        raise


def _remake(edition: Edition, id_: str | None, root: Path) -> None:
    from evalcore.pipeline.machinery import Machinery
    from evalcore.pipeline.rerun import rerun

    if id_ is None:
        raise EvalcoreError(say("--rerun", "no exhibit or number is named", remedy="give its id"))
    _simulate_missing(edition, root)
    remade = rerun(edition, id_, root, Machinery(), _tell)
    typer.echo("\n".join(remade.lines))
    raise typer.Exit(1 if remade.different else 0)


def _simulate_missing(edition: Edition, root: Path) -> None:
    from evalcore.io.manifest import raw_path

    if edition.simulated and not all(raw_path(edition, name, root).exists() for name in edition.sources):
        _simulate(edition, root)


def _simulate(edition: Edition, root: Path) -> None:
    from evalcore.io.manifest import read_map
    from evalcore.pipeline.runner import build_lock
    from evalcore.simulate import simulate as draw
    from evalcore.simulate import within, write_world

    maps = {source.map: read_map(source.map, root).model_dump() for source in edition.sources.values() if source.map}
    _tell(f"drawing the demonstration world of {edition.name} ...")
    with build_lock(edition.name, root):
        whole = draw(load_drawn(edition.name, root))
        part = within(whole, edition) if edition.simulation.part_of else whole
        for path in write_world(part, edition, root, maps):
            _tell(f"wrote {path.relative_to(root)}")


def _tell(line: str) -> None:
    typer.echo(line, err=True)
