"""Published indices come out of edition files alone, to the digit and at every stage."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.given import given_of
from evalcore.clean import clean
from evalcore.edition import load_edition
from evalcore.ingest import ingest
from evalcore.io.manifest import read_map, read_raw
from evalcore.robust.design import own_choice
from evalcore.robust.evaluate import composites
from evalcore.score import score_panel

STAGE_FILES = {"denominated": "Denominated", "imputed": "Imputed", "treated": "Treated", "normalised": "Normalised"}


def scored(name, root):
    """The edition and its score frames, from the raw file on."""
    edition = load_edition(name, root)
    maps = {key: read_map(source.map, root) for key, source in edition.sources.items()}
    typed = {key: ingest(read_raw(edition, key, root), key, edition, maps[key]) for key in edition.sources}
    return edition, score_panel({key: clean(frame, key, edition).valid for key, frame in typed.items()}, edition)


@pytest.fixture(scope="module")
def hdi(root, shared_data):
    """The HDI edition, scored."""
    return scored("hdi", root)


@pytest.fixture(scope="module")
def asem(root, shared_data):
    """The ASEM edition, scored."""
    return scored("asem", root)


@pytest.fixture(scope="module")
def published_hdi(shared_data):
    """The published series, countries only."""
    file = shared_data / "hdi" / "HDR23-24_Composite_indices_complete_time_series.csv"
    table = pd.read_csv(file, encoding="cp1252")
    return table[~table["iso3"].str.startswith("ZZ")].set_index("iso3")


def asem_file(shared_data, name):
    """One of the shipped tables by unit."""
    return pd.read_csv(shared_data / "coinr-asem" / f"{name}.csv").set_index("UnitCode")


def test_hdi_meets_all_published_values(hdi, published_hdi):
    """All 5,808 published country-years of the HDI agree at three decimals; none is missing."""
    _, frames = hdi
    root = frames["scores"].query("node == 'hdi'").set_index(["entity", "period"])["score"]
    published = (
        published_hdi[[f"hdi_{year}" for year in range(1990, 2023)]].rename(columns=lambda c: c[-4:]).stack().dropna()
    )
    assert len(published) == 5808
    assert (root.loc[published.index].round(3) - published).abs().max() < 1e-9


def test_hdi_ranks_of_2022_agree(hdi, published_hdi):
    """193 of 193 published ranks of 2022 agree, ties sharing the best rank of the rounded value."""
    _, frames = hdi
    ranks = frames["scores"].query("node == 'hdi' and period == '2022'").set_index("entity")["rank"]
    published = published_hdi["hdi_rank_2022"].dropna().astype(int)
    assert len(published) == 193
    assert ranks.loc[published.index].astype(int).tolist() == published.tolist()


def test_hdi_leaves_groups_of_countries_out(hdi):
    """195 countries take part, the eleven groups of the file do not."""
    _, frames = hdi
    units = frames["scores"]["entity"].unique()
    assert len(units) == 195
    assert not [unit for unit in units if unit.startswith("ZZ")]


@pytest.mark.parametrize("stage", STAGE_FILES)
def test_asem_agrees_at_every_stage(asem, shared_data, stage):
    """Every value of every stage agrees with COINr's to 1e-12 of its size."""
    _, frames = asem
    ours = frames["stages"].pivot(index="entity", columns="indicator", values=stage)
    theirs = asem_file(shared_data, f"stage_{STAGE_FILES[stage]}").loc[ours.index, ours.columns]
    assert ours.shape == (51, 49)
    assert (ours.isna() == theirs.isna()).all(axis=None)
    assert ((ours - theirs).abs() / theirs.abs().clip(lower=1)).max(axis=None) <= 1e-12


def test_asem_aggregates_agree(asem, shared_data):
    """All eleven nodes agree with COINr's aggregated stage to 1e-12 of their size."""
    _, frames = asem
    ours = frames["scores"].pivot(index="entity", columns="node", values="score")
    theirs = asem_file(shared_data, "stage_Aggregated").loc[ours.index, ours.columns]
    assert ours.shape == (51, 11)
    assert ((ours - theirs).abs() / theirs.abs().clip(lower=1)).max(axis=None) <= 1e-12


def test_asem_scores_and_ranks_are_the_published_ones(asem, shared_data):
    """51 of 51 published scores agree at two decimals, and 51 of 51 ranks."""
    _, frames = asem
    root = frames["scores"].query("node == 'Index'").set_index("entity")
    published = asem_file(shared_data, "results_published").loc[root.index]
    assert np.array_equal(root["score"].round(2), published["Index"])
    assert root["rank"].astype(int).tolist() == published["Rank"].astype(int).tolist()


def test_asem_edition_says_what_the_metadata_say(asem, shared_data):
    """Directions, denominators, tree and weights of the edition are those of the shipped metadata."""
    index = asem[0].index
    folder = shared_data / "coinr-asem"
    meta = pd.read_csv(folder / "indicator_meta.csv").set_index("IndCode")
    structure = pd.read_csv(folder / "structure.csv").set_index("IndCode")
    weights = pd.read_csv(folder / "weights.csv").set_index("Code")["Weight"]
    assert [i.id for i in index.indicators] == meta.index.tolist()
    assert [i.direction for i in index.indicators] == meta["Direction"].astype(int).tolist()
    columns = [i.denominator.column if i.denominator else None for i in index.indicators]
    assert columns == [None if pd.isna(column) else column for column in meta["Denominator"]]
    for node in index.tree.walk():
        for leaf in node.indicators:
            assert structure.loc[leaf.indicator, "Agg1"] == node.id
            assert leaf.weight == weights[leaf.indicator]
        for child in node.nodes:
            level = {"Index": ("Agg3", "Agg2")}.get(node.id, ("Agg2", "Agg1"))
            assert set(structure.loc[structure[level[1]] == child.id, level[0]]) == {node.id}
            assert child.weight == weights[child.id]


@pytest.mark.parametrize(("name", "count", "points"), [("hdi", 193, 100), ("asem", 51, 1)])
def test_the_robustness_analysis_starts_from_the_published_scores(name, count, points, request):
    """The arrays of the Monte Carlo give every score of the last period to 1e-12, up to one common factor."""
    edition, frames = request.getfixturevalue(name)
    given = given_of(frames["stages"], frames["scores"], edition)
    last = frames["scores"]["period"].max()
    scores = frames["scores"]
    root = scores[(scores["period"] == last) & (scores["node"] == edition.index.tree.id)].set_index("entity")["score"]
    assert len(given.units) == count
    found = composites(given.index, own_choice(given.index))[0] / points
    assert np.abs(found / root.loc[given.units["entity"]].to_numpy() - 1).max() < 1e-12
