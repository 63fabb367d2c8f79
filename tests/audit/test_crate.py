"""The research object: valid by its profile, complete, and without raw rows."""

import json
import warnings
from importlib.resources import files
from pathlib import Path

import pytest
from prov.model import ProvDocument

from evalcore.audit import Lineage
from evalcore.audit.crate import write_crate
from evalcore.audit.provo import prov_document
from evalcore.edition import load_edition

NEEDS_NETWORK = {"ro-crate-1.1_3.1", "ro-crate-1.1_3.2"}
"""Checks that only fetch the context anew."""
UNANSWERED = {
    "ro-crate-1.1_31.2": "CITATION.cff names no page of the founders",
    "process-run-crate-0.5_3.2": "nor of the code",
}
"""Recommended and not done, with the reason."""


@pytest.fixture(scope="module")
def crate(root: Path, tmp_path_factory: pytest.TempPathFactory, module_lineage: Lineage) -> Path:
    """The crate of a small lineage in a checkout that holds what it copies."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in (
        "Makefile",
        "requirements.lock",
        "environment.yml",
        "pyproject.toml",
        "CITATION.cff",
        "LICENSE",
        "LICENSE-book",
    ):
        (checkout / name).write_bytes((root / name).read_bytes())
    for name in (
        "notebooks/10_ingest.ipynb",
        "notebooks/20_wait.ipynb",
        "notebooks/30_report.ipynb",
        "editions/demo-mini.yml",
    ):
        put(checkout / name, "{}")
    build = checkout / "build/demo-mini"
    for exhibit in module_lineage.exhibits:
        put(build / "exhibits" / exhibit.id / "record.json", "{}")
        put(build / "exhibits" / exhibit.id / "data.csv", "share\n0.5\n")
    put(build / "numbers.json", "{}")
    put(build / "records/10_ingest.json", "{}")
    put(build / "clean/survey.parquet", "rows of persons")
    return write_crate(load_edition("demo-mini", root), module_lineage, checkout)


def put(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def offline_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """The JSON-LD context that rocrate ships (1.3), with 1.1's address of Bioschemas terms, in place of the network."""
    from rocrate_validator.utils import document_loader

    shipped = files("rocrate").joinpath("data/ro-crate.jsonld").read_text("utf-8")
    context = json.loads(shipped.replace("https://bioschemas.org/terms/", "https://bioschemas.org/"))
    monkeypatch.setattr(document_loader, "_fetch_json_ld", lambda url: context)


def issues(crate: Path, severity: str) -> set[str]:
    """Identifiers of the checks of the Workflow Run profile that the crate fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the validator's own
        from rocrate_validator.models import Severity
        from rocrate_validator.services import ValidationSettings, validate

        settings = ValidationSettings(
            rocrate_uri=str(crate),
            profile_identifier="workflow-run-crate",
            requirement_severity=Severity[severity],
            skip_availability_check=True,
        )
        return {issue.check.identifier for issue in validate(settings).get_issues()} - NEEDS_NETWORK


@pytest.mark.usefixtures("offline_context")
def test_the_crate_meets_the_workflow_run_profile(crate: Path) -> None:
    """Nothing required is missing; of what is recommended only the pages that do not exist."""
    assert issues(crate, "RECOMMENDED") <= set(UNANSWERED) | {"process-run-crate-0.5_5.1"}


@pytest.mark.usefixtures("offline_context")
def test_a_crate_without_licence_is_found_out(crate: Path, tmp_path: Path) -> None:
    """The check can fail: without a licence the crate does not meet the profile."""
    metadata = json.loads((crate / "ro-crate-metadata.json").read_text("utf-8"))
    for entity in metadata["@graph"]:
        entity.pop("license", None)
    put(tmp_path / "crate/ro-crate-metadata.json", json.dumps(metadata))
    assert issues(tmp_path / "crate", "REQUIRED")


def test_the_crate_ships_results_and_no_rows_of_persons(crate: Path) -> None:
    """Exhibits, numbers, notebooks and environment are there; cleaned and raw rows are not."""
    shipped = {path.relative_to(crate).as_posix() for path in crate.rglob("*") if path.is_file()}
    wanted = {"exhibits/shares/data.csv", "numbers.json", "notebooks/10_ingest.ipynb", "requirements.lock", "prov.json"}
    assert wanted <= shipped
    assert not [name for name in shipped if name.startswith(("clean/", "data/"))]


def test_the_readme_says_how_to_obtain_each_raw_file(crate: Path) -> None:
    """Path, what it is, how to obtain it, licence and hash, one line a file."""
    said = (crate / "README.md").read_text("utf-8")
    assert "- `data/raw/tiny/survey.csv`: w. asked. Licence: none. SHA-256 `a1`." in said
    assert "`make report EDITION=demo-mini`" in said


def test_prov_can_be_read_back_and_leads_from_figure_to_raw_file(lineage: Lineage) -> None:
    """The document survives a round trip; a figure was generated by its notebook, which used what was made before."""
    text = prov_document(lineage).serialize(format="json")
    assert ProvDocument.deserialize(content=text, format="json") == prov_document(lineage)
    document = json.loads(text)
    made = {r["prov:entity"]: r["prov:activity"] for r in document["wasGeneratedBy"].values()}
    used = {(r["prov:activity"], r["prov:entity"]) for r in document["used"].values()}
    assert made["ev:exhibit/shares"] == "ev:task/30_report"
    assert ("ev:task/30_report", "ev:file/score/counts.parquet") in used
    assert ("ev:task/10_ingest", "ev:raw/survey") in used
