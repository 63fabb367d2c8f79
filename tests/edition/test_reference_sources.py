"""A reference source: figures to compare with, which belong to no entity and are never drawn."""

import pytest

from evalcore.clean import clean
from evalcore.edition import Source, load_edition
from evalcore.edition.load import validated
from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest
from evalcore.io.manifest import read_manifest, read_raw
from evalcore.simulate.world import drawn

FIGURES = {
    "name": {"en": "figures", "zh": "数据"},
    "perspective": "expert",
    "file": "figures.csv",
    "reference": True,
    "columns": {"id": {"type": "text"}, "value": {"type": "number"}},
}


def test_a_reference_needs_no_entity():
    """Its rows are about no platform; any other source without an entity column is refused."""
    assert Source.model_validate(FIGURES).reference
    with pytest.raises(EvalcoreError, match="exactly one of type entity"):
        validated(Source, {**FIGURES, "reference": False}, "figures")


def test_a_reference_with_entities_is_refused():
    """What belongs to platforms is a source like any other."""
    columns = {**FIGURES["columns"], "platform": {"type": "entity"}}
    with pytest.raises(EvalcoreError, match="none of type entity"):
        validated(Source, {**FIGURES, "columns": columns}, "figures")


def test_the_published_figures_come_with_the_clone(root):
    """Not drawn, known by the bytes of the file, and every row passes the stages."""
    edition = load_edition("demo-2025", root)
    assert "published_figures" not in drawn(edition)
    assert not read_manifest(edition, root)["published_figures.csv"].generated
    raw = read_raw(edition, "published_figures", root)
    valid = clean(ingest(raw, "published_figures", edition), "published_figures", edition).valid
    assert len(valid) == len(raw)
    assert set(valid["entity"]) == {"all"}
