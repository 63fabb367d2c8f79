"""A world as a whole: reproducible, source by source, and within its edition's contract."""

import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.schema import raw_contract
from evalcore.simulate import simulate
from evalcore.streams import stream

PARSED = {"flag": "boolean", "rating": "Int64", "count": "Int64", "number": "Float64", "timestamp": "datetime64[us]"}


def test_two_runs_are_identical(mini, mini_world):
    """The same edition gives the same rows and the same truth."""
    again = simulate(mini)
    for name, frame in mini_world.frames.items():
        pd.testing.assert_frame_equal(frame, again.frames[name])
    assert again.truth == mini_world.truth


def test_a_source_more_changes_no_other(mini, mini_world):
    """Without tickets and experts the other sources are what they are with them; only answers name no ticket then."""
    fewer = {name: s for name, s in mini.sources.items() if name not in ("tickets", "experts")}
    partial = simulate(mini.model_copy(update={"sources": fewer}))
    assert set(partial.frames) == set(fewer)
    told = ["ticket_key", "promised_h", "solved_h", "waited_min"]
    for name, frame in partial.frames.items():
        kept = frame.columns.difference(told if name == "survey" else [], sort=False)
        pd.testing.assert_frame_equal(frame[kept], mini_world.frames[name][kept])
    assert partial.frames["survey"][told[:3]].isna().all(axis=None)
    named = mini_world.frames["survey"]["ticket_key"].notna()
    pd.testing.assert_series_equal(
        partial.frames["survey"].loc[~named, "waited_min"], mini_world.frames["survey"].loc[~named, "waited_min"]
    )
    assert partial.truth == mini_world.truth


def test_streams_of_two_names_differ():
    """A name has one stream under a seed, another name or seed another one."""
    assert stream(1, "survey").random() == stream(1, "survey").random()
    assert len({stream(1, "survey").random(), stream(1, "tickets").random(), stream(2, "survey").random()}) == 3


@pytest.mark.parametrize("name", ["mini", "demo"])
def test_every_frame_keeps_the_contract(name, request):
    """Columns, types, codes, blanks and unique ids are those the edition declares."""
    edition, world = request.getfixturevalue(name), request.getfixturevalue(f"{name}_world")
    for source_name, frame in world.frames.items():
        source = edition.sources[source_name]
        assert list(frame.columns) == list(source.columns)
        types = {column: PARSED.get(spec.type, "string") for column, spec in source.columns.items()}
        raw_contract(source, edition).validate(frame.astype(types), lazy=True)


@pytest.mark.parametrize("name", ["mini", "demo"])
def test_platforms_appear_only_in_categories_they_sell(name, request):
    """No ticket, answer, report or audit item names a category its platform does not sell."""
    edition, world = request.getfixturevalue(name), request.getfixturevalue(f"{name}_world")
    sold = {(e.id, category) for e in edition.entities for category in e.categories}
    for source in ("tickets", "survey", "compliance", "platform_reports"):
        pairs = world.frames[source][["platform", "category"]].dropna().itertuples(index=False, name=None)
        assert set(pairs) <= sold


@pytest.mark.parametrize("source", ["tickets", "survey"])
def test_every_cell_has_rows(demo, demo_world, source):
    """Each platform has rows in each category it sells, in each quarter."""
    when = demo.sources[source].when
    frame = demo_world.frames[source]
    quarter = frame[when].dt.quarter
    cells = frame.groupby(["platform", "category", quarter]).size()
    assert len(cells) == sum(len(e.categories) for e in demo.entities) * 4
    assert cells.min() >= 10


def test_absent_platforms_have_no_rows(mini):
    """A platform that the edition declares absent from a source has no row there."""
    entities = (mini.entities[0].model_copy(update={"absent_from": ("mystery",)}), *mini.entities[1:])
    frames = simulate(mini.model_copy(update={"entities": entities})).frames
    assert set(frames["mystery"]["platform"]) == {"B", "C"}
    assert set(frames["tickets"]["platform"]) == {"A", "B", "C"}


def test_real_editions_are_refused(mini):
    """An edition without `simulation` is not simulated, and the message says what is missing."""
    with pytest.raises(EvalcoreError, match="simulation"):
        simulate(mini.model_copy(update={"simulation": None}))


def test_an_unknown_source_is_refused_by_name(mini):
    """A source nobody can draw is named instead of being left out."""
    sources = {**mini.sources, "drone_flights": mini.sources["survey"]}
    with pytest.raises(EvalcoreError, match=r"demo-mini\.yml: sources.*drone_flights"):
        simulate(mini.model_copy(update={"sources": sources}))
