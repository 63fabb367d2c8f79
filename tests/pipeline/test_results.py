"""What a build found is kept for the years after it, unless it may not be believed."""

import json

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.results import keep_results


@pytest.fixture
def built(tmp_path):
    """A build that found something; returns the root."""
    score = tmp_path / "build" / "demo" / "score"
    score.mkdir(parents=True)
    (score / "results.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_what_was_found_is_copied_byte_for_byte(built):
    """The file in git is the build's."""
    assert keep_results("demo", built).read_bytes() == b"{}"
    assert keep_results("demo", built) == built / "data" / "results" / "demo.json"


def test_withheld_results_are_not_handed_on_and_the_last_ones_stay(built):
    """A failed fit must not become the year that the next one is compared with."""
    kept = keep_results("demo", built)
    kept.write_text("last year", encoding="utf-8")
    reason = {"en": "It rests on the fit 'csat', which failed.", "zh": "未通过。"}
    withheld = {"exhibits": {}, "tasks": {"81_results": reason}}
    (built / "build" / "demo" / "withheld.json").write_text(json.dumps(withheld), encoding="utf-8")
    with pytest.raises(EvalcoreError, match="edition demo: 1 tasks are withheld: It rests on the fit 'csat'"):
        keep_results("demo", built)
    assert kept.read_text("utf-8") == "last year"


def test_edition_that_was_never_built_is_said(tmp_path):
    """With the command that builds it."""
    with pytest.raises(EvalcoreError, match=r"(?s)results.json: is missing.*evalcore report demo"):
        keep_results("demo", tmp_path)
