"""The lineage of a project that really ran, read back from its records."""

import json

import pytest

from evalcore.audit import read_lineage
from evalcore.errors import EvalcoreError
from evalcore.provenance.hashing import sha256_path


@pytest.fixture
def ran(small_project):
    """The small project after a build."""
    small_project.run()
    return small_project


def lineage_of(project):
    """What its records say."""
    return read_lineage(project.edition, project.root)


def test_number_leads_back_to_the_raw_file(ran):
    """Tasks and files in between, in the order in which they were made; the hashes are those of the files."""
    lineage = lineage_of(ran)
    chain = lineage.chain("answers")
    assert [f"{node.kind}:{node.id}" for node in chain] == [
        "raw:survey",
        "committed:data/raw/tiny/SOURCES.yml",
        "task:10_ingest",
        "file:ingest/survey.parquet",
        "task:20_count",
        "file:score/count.parquet",
        "task:30_report",
        "number:answers",
    ]
    assert chain[0].sha256 == chain[0].accepted == sha256_path(ran.root / "data/raw/tiny/survey.csv")
    assert chain[0].obtained == "asked"
    assert chain[3].sha256 == sha256_path(ran.build / "ingest/survey.parquet")
    assert lineage.gaps("answers") == []


def test_task_knows_functions_parameters_and_seed(ran):
    """Functions by cell, with the line where they begin; a seed only where the section is declared."""
    lineage = lineage_of(ran)
    report, shop = lineage.find("task:30_report"), lineage.find("task:40_shop-b")
    publishing = [code for code in report.functions if code.cell == "cell-1"]
    assert [code.name for code in publishing] == ["evalcore.publish.numbers.numbers", "evalcore.words.number.Number"]
    line = (ran.root / publishing[0].file).read_text("utf-8").splitlines()[publishing[0].line - 1]
    assert line.startswith("def numbers(")
    assert shop.parameters == {"edition": "tiny", "item": "B"}
    assert (lineage.find("task:50_alone").seed, report.seed) == (1, None)
    assert lineage.find("answers").cell == "cell-1"


def test_record_of_an_older_version_is_made_again(ran):
    """Its task runs once more; until then the audit says what to do."""
    path = ran.build / "records" / "20_count.json"
    record = json.loads(path.read_text())
    del record["functions"]
    path.write_text(json.dumps(record))
    with pytest.raises(EvalcoreError, match=r"recorded by an older version: 20_count\n  what to do: `evalcore report"):
        lineage_of(ran)
    assert ran.run() == ["20_count"]
    assert lineage_of(ran).gaps("answers") == []


def test_edition_that_was_not_built_is_told(small_project):
    """The remedy is the command."""
    with pytest.raises(EvalcoreError, match=r"build/tiny: was not built\n  what to do: `evalcore report tiny`"):
        lineage_of(small_project)
