"""What the validator of RO-Crates finds, without the network."""

import json
import warnings
from importlib.resources import files
from pathlib import Path

import pytest

NEEDS_NETWORK = {"ro-crate-1.1_3.1", "ro-crate-1.1_3.2"}
"""Checks that only fetch the context anew."""


def issues(crate: Path, severity: str) -> set[str]:
    """Identifiers of the checks of the Workflow Run profile that the crate fails."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patched:
        warnings.simplefilter("ignore")  # the validator's own
        from rocrate_validator.models import Severity
        from rocrate_validator.services import ValidationSettings, validate
        from rocrate_validator.utils import document_loader

        patched.setattr(document_loader, "_fetch_json_ld", lambda url: _context())
        settings = ValidationSettings(
            rocrate_uri=str(crate),
            profile_identifier="workflow-run-crate",
            requirement_severity=Severity[severity],
            skip_availability_check=True,
        )
        return {issue.check.identifier for issue in validate(settings).get_issues()} - NEEDS_NETWORK


def _context() -> dict:
    """The JSON-LD context that rocrate ships (1.3), with 1.1's address of Bioschemas terms."""
    shipped = files("rocrate").joinpath("data/ro-crate.jsonld").read_text("utf-8")
    return json.loads(shipped.replace("https://bioschemas.org/terms/", "https://bioschemas.org/"))
