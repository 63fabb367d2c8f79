"""The research object of an edition: an RO-Crate of the profile Workflow Run, below build/<edition>/crate.

It holds what may be published: exhibits, numbers, aggregates after suppression, notebooks, environment, edition and the
lineage as PROV. Raw files and rows of persons stay out; the crate says how to obtain and recognise the former.
Profile: https://w3id.org/ro/wfrun/workflow/0.5 (Leo et al. 2024, doi:10.1371/journal.pone.0309210).
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import yaml
from rocrate.model import ComputerLanguage, ContextEntity
from rocrate.model.entity import Entity
from rocrate.rocrate import ROCrate

from evalcore.audit.lineage import Lineage
from evalcore.audit.nodes import Raw
from evalcore.audit.provo import prov_document
from evalcore.edition import Edition

PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
BIOSCHEMAS = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WORKFLOW, README = "Makefile", "README.md"
ENVIRONMENT = ("requirements.lock", "environment.yml", "pyproject.toml", "CITATION.cff", "LICENSE", "LICENSE-book")
AGGREGATES = "score"
"""Folder of the build whose tables are aggregates after suppression."""


def write_crate(edition: Edition, lineage: Lineage, root: Path) -> Path:
    """Write the crate anew and return its folder; an older one is replaced only by a whole one."""
    build = root / "build" / edition.name
    target, work = build / "crate", build / "crate.new"
    shutil.rmtree(work, ignore_errors=True)
    _collect(edition, lineage, root, work)
    crate = ROCrate(version="1.1")
    _describe(crate, edition, lineage, root)
    _add_files(crate, work)
    _add_run(crate, edition, lineage, build)
    crate.metadata.write(work)
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)
    return target


def _collect(edition: Edition, lineage: Lineage, root: Path, work: Path) -> None:
    """Copy everything the crate ships."""
    build = root / "build" / edition.name
    for name in (WORKFLOW, *ENVIRONMENT, f"editions/{edition.name}.yml", *_notebooks(lineage)):
        _copy(root / name, work / name)
    for exhibit in lineage.exhibits:
        shutil.copytree(build / "exhibits" / exhibit.id, work / "exhibits" / exhibit.id)
    _copy(build / "numbers.json", work / "numbers.json")
    for path in sorted((build / AGGREGATES).glob("*.parquet")):
        place = work / "aggregates" / f"{path.stem}.csv"
        place.parent.mkdir(exist_ok=True)
        pd.read_parquet(path).to_csv(place, index=False, lineterminator="\n")
    (work / "prov.json").write_text(prov_document(lineage).serialize(format="json", indent=1), encoding="utf-8")
    (work / README).write_text(_readme(edition, lineage), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _notebooks(lineage: Lineage) -> list[str]:
    return sorted({task.notebook for task in lineage.tasks})


def _raw_files(lineage: Lineage) -> list[Raw]:
    return sorted((node for node in lineage.nodes.values() if isinstance(node, Raw)), key=lambda node: node.id)


def _describe(crate: ROCrate, edition: Edition, lineage: Lineage, root: Path) -> None:
    """Name, people, licence and profiles of the whole."""
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    people = [_person(crate, author) for author in cited["authors"]]
    simulated = " All data are simulated." if edition.simulated else ""
    crate.name, crate.description = edition.title.en, f"{edition.question.en}{simulated}"
    crate.datePublished = _ended(root / "build" / edition.name)
    licence = {"@type": "CreativeWork", "name": "Creative Commons Attribution 4.0 International", "identifier": LICENCE}
    crate.license = crate.add(ContextEntity(crate, LICENCE, properties=licence))
    crate.root_dataset["author"] = people if len(people) > 1 else people[0]
    crate.root_dataset["publisher"] = people[0]
    crate.root_dataset["keywords"] = ", ".join(cited.get("keywords", ()))
    profiles = [
        crate.add(ContextEntity(crate, id_, properties={"@type": "CreativeWork", "name": name, "version": id_[-3:]}))
        for id_, name in PROFILES.items()
    ]
    crate.root_dataset["conformsTo"] = profiles


def _person(crate: ROCrate, author: dict) -> Entity:
    """An author of CITATION.cff: a team has a name, a person a given and a family name."""
    name = author.get("name") or f"{author['given-names']} {author['family-names']}"
    kind = "Organization" if "name" in author else "Person"
    id_ = author.get("orcid") or f"#{name.lower().replace(' ', '-')}"
    return crate.add(ContextEntity(crate, id_, properties={"@type": kind, "name": name}))


def _add_files(crate: ROCrate, work: Path) -> None:
    """Every file the crate ships, the make file as the workflow with its notebooks as parts."""
    language = {"name": "GNU Make", "alternateName": "make", "url": "https://www.gnu.org/software/make/"}
    make = crate.add(ComputerLanguage(crate, "#make", properties=language))
    about = {"name": "From raw data to the book: make report", "version": "1", "encodingFormat": "text/x-makefile"}
    workflow = crate.add_workflow(work / WORKFLOW, WORKFLOW, properties=about, main=True, lang=make)
    files = sorted(p.relative_to(work).as_posix() for p in work.rglob("*") if p.is_file())
    added = {name: crate.add_file(work / name, name, properties=_kind(name)) for name in files if name != WORKFLOW}
    added[README]["about"] = crate.root_dataset
    workflow["conformsTo"] = crate.add(ContextEntity(crate, BIOSCHEMAS, properties={"@type": "CreativeWork"}))
    workflow["hasPart"] = [entity for name, entity in added.items() if name.startswith("notebooks/")]


def _kind(name: str) -> dict[str, str]:
    formats = {
        ".csv": "text/csv",
        ".svg": "image/svg+xml",
        ".json": "application/json",
        ".md": "text/markdown",
        ".yml": "application/yaml",
        ".ipynb": "application/x-ipynb+json",
    }
    return {"name": name, "encodingFormat": formats.get(Path(name).suffix, "text/plain")}


def _add_run(crate: ROCrate, edition: Edition, lineage: Lineage, build: Path) -> None:
    """The run that made the results: its parameter, the raw files it used, what it made, when and by whom."""
    value = {"@type": "PropertyValue", "name": "EDITION", "value": edition.name}
    given = crate.add(ContextEntity(crate, "#edition", properties=value))
    parameter = {
        "@type": "FormalParameter",
        "name": "EDITION",
        "additionalType": "PropertyValue",
        "valueRequired": True,
    }
    formal = crate.add(ContextEntity(crate, "#edition-parameter", properties=parameter))
    formal["workExample"], given["exampleOfWork"] = given, formal
    crate.mainEntity["input"] = formal
    results = [crate.dereference(name) for name in ("numbers.json", "prov.json")]
    results += [crate.dereference(f"exhibits/{exhibit.id}/record.json") for exhibit in lineage.exhibits]
    told = {"name": f"make report EDITION={edition.name}", "endTime": _ended(build)}
    told |= {"description": f"{len(lineage.tasks)} notebooks, run in the order of their inputs; see prov.json"}
    raw = [_raw(crate, source) for source in _raw_files(lineage)]
    run = crate.add_action(crate.mainEntity, "#run", object=[given, *raw], result=results, properties=told)
    run["agent"] = crate.root_dataset["publisher"]
    crate.root_dataset["mentions"] = run


def _raw(crate: ROCrate, source: Raw) -> Entity:
    """A raw file that is not shipped: path, hash, licence and how to obtain it."""
    told = {"@type": "CreativeWork", "name": source.path, "description": f"{source.what.en}; {source.obtained}"}
    told |= {"identifier": f"sha256:{source.sha256}", "license": source.licence}
    return crate.add(ContextEntity(crate, f"#raw-{source.id}", properties=told))


def _ended(build: Path) -> str:
    """When the last task finished, as the time of its record."""
    last = max(path.stat().st_mtime for path in (build / "records").glob("*.json"))
    return datetime.fromtimestamp(last, UTC).isoformat(timespec="seconds")


def _readme(edition: Edition, lineage: Lineage) -> str:
    """Data availability and computation, as data editors of journals ask for them."""
    files = "\n".join(
        f"- `{s.path}`: {s.what.en}. {s.obtained}. Licence: {s.licence}. SHA-256 `{s.sha256}`."
        for s in _raw_files(lineage)
    )
    made = "\n".join(f"- `exhibits/{e.id}`: {e.caption.get('en', '')}" for e in lineage.exhibits)
    seconds = sum(task.seconds for task in lineage.tasks)
    origin = "All raw data are simulated." if edition.simulated else "Raw data were collected by others."
    return f"""# {edition.title.en}: research object

{edition.question.en}

## Data availability

{origin} Raw files are not part of this crate; whoever obtains one can compare its hash.

{files}

## Computation

`make report EDITION={edition.name}` in a checkout of the project, with Python 3.12 or newer on Linux or macOS.
Every package is locked in `requirements.lock`. 
The {len(lineage.tasks)} notebooks of this run took {seconds:.0f} seconds one after another on the machine that made
it. Random draws start from seed {edition.seed}. `evalcore verify {edition.name}` compares a new run with the committed
lock file.

## Contents

`aggregates/` holds tables after suppression of small cells, `exhibits/` every figure and table with data and record,
`numbers.json` every number of the text, `notebooks/` the steps, `prov.json` the lineage as W3C PROV.

{made}
"""
