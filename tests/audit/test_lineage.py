"""The graph of a built edition: chains back to raw files, and what follows from a file."""

from dataclasses import replace

import pytest

from evalcore.errors import EvalcoreError


def keys(nodes):
    """Kind and id of each."""
    return [f"{node.kind}:{node.id}" for node in nodes]


def test_chain_leads_from_raw_files_to_the_exhibit(lineage):
    """Each node after what it was made from; nothing that it was not made from."""
    assert keys(lineage.chain("shares")) == [
        "raw:survey",
        "committed:data/raw/tiny/SOURCES.yml",
        "task:10_ingest",
        "file:score/counts.parquet",
        "task:30_report",
        "exhibit:shares",
    ]
    assert [raw.id for raw in lineage.sources("report.share")] == ["survey"]


def test_downstream_is_all_that_was_made_from_a_file(lineage):
    """The other way; what does not depend on it is not there."""
    assert keys(lineage.downstream(["survey"])) == [
        "exhibit:shares",
        "file:score/counts.parquet",
        "number:report.share",
        "task:10_ingest",
        "task:30_report",
    ]
    assert keys(lineage.downstream(["raw:tickets"])) == ["exhibit:waits", "task:20_wait"]


def test_unknown_id_names_what_is_called_alike(lineage):
    """A slip of the finger is told with the right name."""
    with pytest.raises(EvalcoreError, match=r"edition tiny: nothing is called 'share'\n  allowed: shares"):
        lineage.find("share")


def test_id_of_two_kinds_asks_for_the_kind(lineage):
    """A number called as an exhibit is found by its whole key."""
    number = replace(lineage.find("report.share"), id="shares")
    lineage.nodes["number:shares"] = number
    with pytest.raises(EvalcoreError, match="exhibit:shares, number:shares"):
        lineage.find("shares")
    assert lineage.find("number:shares") is number


def test_whole_chain_has_no_gaps(lineage):
    """Hashes, functions and places are all there."""
    assert [lineage.gaps(node.id) for node in (*lineage.exhibits, *lineage.numbers)] == [[], [], []]


def test_gaps_are_named_wherever_they_are_in_the_chain(lineage):
    """A missing parent and a missing detail count for everything behind them, and for nothing else."""
    del lineage.nodes["raw:survey"]
    lineage.nodes["task:30_report"] = replace(lineage.nodes["task:30_report"], functions=())
    expected = ["task:10_ingest: no record of raw:survey", "task:30_report: no functions"]
    assert lineage.gaps("shares") == lineage.gaps("report.share") == expected
    assert lineage.gaps("waits") == []


def test_figure_without_its_function_is_a_gap(lineage):
    """Who drew it belongs to the chain; of what was not collected nobody drew anything."""
    lineage.nodes["exhibit:shares"] = replace(lineage.find("shares"), function=None)
    lineage.nodes["exhibit:waits"] = replace(lineage.find("waits"), function=None, shape="absent")
    assert lineage.gaps("shares") == ["exhibit:shares: no function"]
    assert lineage.gaps("waits") == []


def test_missing_is_a_gap_as_a_hash_and_not_as_a_name(lineage):
    """A file that is gone has this word for a hash; a cell may be called so."""
    lineage.nodes["exhibit:shares"] = replace(lineage.find("shares"), cell="missing")
    assert lineage.gaps("shares") == []
    lineage.nodes["file:score/counts.parquet"] = replace(lineage.find("score/counts.parquet"), sha256="missing")
    assert lineage.gaps("shares") == ["file:score/counts.parquet: no sha256"]


def test_functions_that_only_read_and_publish_are_no_calls(lineage):
    """What computes is told apart from what carries."""
    assert [code.name for code in lineage.find("task:30_report").calls] == ["evalcore.chapters.share"]
