"""Status: what would run and why, without running anything."""

from evalcore.pipeline.status import status


def test_new_project_has_never_run(small_project):
    """Before the first build every task says so, and those behind others wait."""
    found = status(small_project.edition, small_project.root)
    assert found["10_ingest"] == ["never run"]
    assert found["20_count"] == ["never run", "waits for 10_ingest"]
    assert not (small_project.build / "records").exists()


def test_finished_project_is_up_to_date(small_project):
    """After a build there is nothing to say."""
    small_project.run()
    assert set(map(tuple, status(small_project.edition, small_project.root).values())) == {()}


def test_changed_data_are_told_where_they_enter(small_project, changed_answers):
    """The first task names the file; later ones only wait, as their inputs may come out equal."""
    small_project.run()
    small_project.write_answers(changed_answers("r1", "r9"))
    found = status(small_project.edition, small_project.root)
    assert found["10_ingest"] == ["input data/raw/tiny/SOURCES.yml changed", "input raw/survey changed"]
    assert found["20_count"] == ["waits for 10_ingest"]
    assert found["30_report"] == ["waits for 20_count"]
    assert found["50_alone"] == []


def test_missing_raw_file_is_told(small_project):
    """A raw file that is gone is a reason to run, and the run then says what to do."""
    small_project.run()
    (small_project.root / "data/raw/tiny/survey.csv").unlink()
    assert status(small_project.edition, small_project.root)["10_ingest"] == ["input raw/survey is gone"]


def test_changed_product_is_told(small_project):
    """What was changed by hand is named as a product, and as an input of those that read it."""
    small_project.run()
    (small_project.build / "score/count.parquet").write_bytes(b"other")
    found = status(small_project.edition, small_project.root)
    assert found["20_count"] == ["product score/count.parquet changed"]
    assert found["30_report"] == ["input score/count.parquet changed", "waits for 20_count"]
