"""The complaint edition: what was received in 2016 enters, what cannot have happened is set aside."""

import pandas as pd
import pytest

from evalcore.clean import clean
from evalcore.edition import load_edition
from evalcore.ingest import ingest
from evalcore.io.manifest import read_map, read_raw

SOURCE = "complaints"


@pytest.fixture(scope="module")
def edition(root):
    """The edition file."""
    return load_edition("cfpb-2016", root)


@pytest.fixture(scope="module")
def cleaned(edition, root, shared_data):
    """Valid rows and quarantine."""
    raw = read_raw(edition, SOURCE, root)
    return clean(ingest(raw, SOURCE, edition, read_map("cfpb-2016", root)), SOURCE, edition)


@pytest.fixture(scope="module")
def published(shared_data):
    """The file as text."""
    file = shared_data / "cfpb-complaints" / "consumer_complaints_2013_sample.csv"
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def test_rows_of_2016_are_valid(cleaned):
    """2,814 complaints were received in 2016: 84 not answered in time, 522 disputed, 33 without an entry."""
    valid = cleaned.valid
    assert len(valid) == 2814
    assert (~valid["timely"]).sum() == 84
    assert valid["disputed"].sum() == 522
    assert valid["disputed"].isna().sum() == 33


def test_impossible_intervals_are_quarantined_with_their_rule(cleaned):
    """Six complaints forwarded before they were received and one after 292 days, all of 2013, keep their rule."""
    caught = cleaned.quarantine[cleaned.quarantine["rule"].isin(["c-clock", "c-cap"])]
    assert caught["rule"].value_counts().to_dict() == {"c-clock": 6, "c-cap": 1}
    assert caught["received_on"].dt.year.unique().tolist() == [2013]
    assert caught.loc[caught["rule"] == "c-cap", "forward_days"].tolist() == [292]
    assert (caught.loc[caught["rule"] == "c-clock", "forward_days"] < 0).all()


def test_fourteen_companies_stand_alone(edition, published):
    """Exactly the companies with at least 30 complaints in 2016 are entities; the others are pooled."""
    received = pd.to_datetime(published["Date received"], format="%m/%d/%Y")
    counts = published[received.dt.year == 2016]["Company"].value_counts()
    alone = set(counts.index[counts >= 30])
    assert len(alone) == 14
    assert len([e for e in edition.entities if not e.pooled]) == 14


def test_counts_per_company_are_those_of_the_file(cleaned, published, root):
    """Every company has as many valid rows as the file has complaints of it in 2016."""
    names = read_map("cfpb-2016", root).codes["company"]
    received = pd.to_datetime(published["Date received"], format="%m/%d/%Y")
    expected = published[received.dt.year == 2016]["Company"].map(names).fillna("other").value_counts().to_dict()
    assert cleaned.valid["entity"].value_counts().to_dict() == expected


def test_no_postal_code_leaves_the_cleaning_stage(cleaned):
    """Postal codes are private and end at cleaning."""
    assert "zip" not in cleaned.valid
    assert "zip" not in cleaned.quarantine
