"""An edition with fewer sources: what rests on the others is gone, the rest is as it was and adds up again."""

from pathlib import Path

import pytest

from evalcore.edition import Edition, load_edition
from evalcore.errors import EvalcoreError


@pytest.fixture(scope="module")
def quarter(root: Path) -> Edition:
    """The miniature's first quarter: tickets, survey and reports of the platforms."""
    return load_edition("demo-mini-q1", root)


def test_a_quarter_has_its_sources_and_no_others(quarter: Edition):
    """One period, three sources, nothing of experts, visits and audits."""
    assert set(quarter.sources) == {"tickets", "survey", "platform_reports"}
    assert [period.id for period in quarter.periods] == ["Q1"]
    assert {m.source for i in quarter.indicators.values() for m in i.measures} <= set(quarter.sources)


def test_indicators_of_other_sources_leave_and_weights_add_up(quarter: Edition, mini_edition: Edition):
    """Compliance (10 of 100) rests on the audit alone: the others are scaled by 100 / 90, inside they stay."""
    assert [d.id for d in quarter.framework.dimensions] == ["R", "S", "E"]
    own, whole = quarter.dimensions, mini_edition.dimensions
    assert {d: own[d].weight for d in own} == pytest.approx({d: whole[d].weight * 100 / 90 for d in own})
    assert [i.weight for i in own["S"].indicators] == [i.weight for i in whole["S"].indicators]


def test_second_sources_of_an_indicator_leave_it(quarter: Edition, mini_edition: Edition):
    """R5 is lowered by mystery visits in the year; a quarter has the tickets alone."""
    assert len(mini_edition.indicators["R5"].measures) == 2
    assert len(quarter.indicators["R5"].measures) == 1


def write(place: Path, root: Path, sources: str) -> None:
    """A checkout with the demonstration editions and one that names its sources."""
    (place / "editions").mkdir()
    for path in (root / "editions").glob("demo-*.yml"):
        (place / "editions" / path.name).write_bytes(path.read_bytes())
    text = f"extends: demo-mini\nquarters: []\nframework: {{expert_share: 0}}\nonly: {{sources: {sources}}}\n"
    (place / "editions" / "few.yml").write_text(text, encoding="utf-8")


def test_unknown_source_is_named_with_those_there_are(tmp_path: Path, root: Path):
    """A slip of the pen drops nothing silently."""
    write(tmp_path, root, "[tickets, surveys]")
    with pytest.raises(EvalcoreError, match=r"few\.yml: only\.sources: unknown surveys\n  allowed: tickets, survey,"):
        load_edition("few", tmp_path)


def test_an_edition_can_do_with_tickets_alone(tmp_path: Path, root: Path):
    """No survey: no weighting, no segments, no model of ratings, no drivers; the experience dimension is gone."""
    write(tmp_path, root, "[tickets]")
    found = load_edition("few", tmp_path)
    assert (found.weighting, found.segments, found.model.items, found.drivers) == (None, (), (), None)
    assert list(found.dimensions) == ["R", "S"]


@pytest.mark.parametrize(
    ("quarters", "said"),
    [
        ("[a, a]", "each once"),
        ("[few]", "not this one"),
        ("[a, b, c, d, e]", "5 named; the edition has 4 periods"),
    ],
)
def test_quarters_are_other_editions_named_once(tmp_path: Path, root: Path, quarters: str, said: str):
    """No more than there are periods, and none of them the year itself."""
    write(tmp_path, root, "[tickets]")
    path = tmp_path / "editions" / "few.yml"
    path.write_text(path.read_text("utf-8").replace("quarters: []", f"quarters: {quarters}"), encoding="utf-8")
    with pytest.raises(EvalcoreError, match=said):
        load_edition("few", tmp_path)
