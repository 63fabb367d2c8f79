"""The chain of an exhibit or number as a person reads it."""

from dataclasses import replace

from evalcore.audit.tree import code_files, tree_lines

COMMITS = {"src/evalcore/figures.py": "abc1234", "src/evalcore/some.py": "uncommitted"}


def test_tree_of_a_figure(lineage):
    """Caption, hash, function with place and commit, notebook and cell, then files down to the raw data."""
    assert tree_lines(lineage, "shares", COMMITS) == [
        "figure shares  sha256 x1",
        "Shares",
        "│  made by notebooks/30_report.ipynb › draw  ()  1.5 s",
        "│  drawn by evalcore.figures.draw  src/evalcore/figures.py:9  abc1234",
        "│  edition: entity s1",
        "│  1 files of code, e1 environment",
        "└─ score/counts.parquet  sha256 f1",
        "   │  made by notebooks/10_ingest.ipynb  ()  1.5 s",
        "   │  calls evalcore.ingest.ingest  src/evalcore/some.py:7  uncommitted",
        "   │  edition: entity s1",
        "   │  1 files of code, e1 environment",
        "   ├─ raw data/raw/tiny/survey.csv",
        "   │     sha256 a1",
        "   │     as accepted in SOURCES.yml",
        "   │     obtained: asked",
        "   └─ data/raw/tiny/SOURCES.yml  sha256 b1",
    ]


def test_number_says_its_value_and_how_it_is_printed(lineage):
    """What stands in the prose beside what was computed."""
    assert tree_lines(lineage, "report.share", {})[0] == "number report.share = 0.5  printed '50 %'"


def test_task_that_made_two_inputs_is_told_once(lineage):
    """The second file points up instead of repeating everything."""
    other = replace(lineage.find("score/counts.parquet"), id="score/other.parquet")
    lineage.nodes["file:score/other.parquet"] = other
    lineage.parents["file:score/other.parquet"] = ("task:10_ingest",)
    lineage.parents["task:30_report"] += ("file:score/other.parquet",)
    lines = tree_lines(lineage, "shares", COMMITS)
    assert lines[-1] == "└─ score/other.parquet  sha256 f1  by 10_ingest, see above"
    assert sum("notebooks/10_ingest" in line for line in lines) == 1


def test_raw_file_that_is_not_the_accepted_one_is_shown(lineage):
    """Of generated files the values are accepted, of others the bytes, and a difference stands out."""
    lineage.nodes["raw:survey"] = replace(lineage.find("survey"), sha256="a2")
    assert any(line.endswith("ACCEPTED WAS a1") for line in tree_lines(lineage, "shares", {}))
    lineage.nodes["raw:survey"] = replace(lineage.find("survey"), generated=True)
    assert any(line.endswith("accepted, by its values: a1") for line in tree_lines(lineage, "shares", {}))


def test_missing_record_is_shown_in_the_tree(lineage):
    """A break of the chain is not passed over."""
    del lineage.nodes["raw:survey"]
    assert "   ├─ raw:survey: NO RECORD" in tree_lines(lineage, "shares", {})


def test_files_of_all_functions_shown_are_those_asked_for_commits(lineage):
    """Each once."""
    assert code_files(lineage, "shares") == ["src/evalcore/figures.py", "src/evalcore/some.py"]
