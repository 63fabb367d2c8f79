"""Maps are proposed from names, values and code books, and never used before a person has read them."""

from pathlib import Path

import pandas as pd
import pytest
from shops import raw, swap

from evalcore.edition import Edition, load_edition
from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest
from evalcore.ingest.columns import ColumnMap
from evalcore.ingest.propose import Proposal, propose_map
from evalcore.io.manifest import read_map
from evalcore.scaffold import check, propose

THEIRS = (
    "Respondent ,Q1 Shop,Goods,SUBMITTED_AT,Q7AGE,Q8Satisfaction,solved,seconds,paid,comment\n"
    "r1,A,fresh,2025-01-01 00:00:00,1,5,yes,100,12.50,fine\n"
    "r2,Shop  A,fresh,2025-04-01 10:00:00,2,0,no,200,,slow\n"
    "r3,B,fresh,2025-03-01 10:00:00,1,3,yes,300,1.2,\n"
    "r4,B,fresh,2025-06-30 23:59:59,2,1,no,90,1000,\n"
)


@pytest.fixture
def proposal(tiny_edition: Edition) -> Proposal:
    """What is proposed for a file with other names and codes."""
    rows = [line.split(",") for line in THEIRS.splitlines()]
    frame = pd.DataFrame(rows[1:], columns=[name.strip() for name in rows[0]])
    return propose_map(frame, tiny_edition.sources["survey"], tiny_edition)


def test_every_column_is_found_once(proposal: Proposal):
    """Case, blanks and numbers of questions do not hide a name."""
    found = {guess.theirs: guess.ours for guess in proposal.columns}
    assert found["Q7AGE"] == "age"
    assert found["Q8Satisfaction"] == "satisfaction"
    assert found["Q1 Shop"] == "shop"
    assert len(set(found.values())) == len(found) == 10
    assert proposal.missing == ()


def test_codes_are_guessed_from_their_place_and_marked(proposal: Proposal):
    """1 and 2 may be the first and the second code of the contract; a rating of 0 lies off the scale."""
    ages = {guess.theirs: (guess.ours, guess.why is not None) for guess in proposal.codes["age"]}
    assert ages == {"1": ("young", True), "2": ("old", True)}
    assert [(guess.theirs, guess.ours) for guess in proposal.codes["satisfaction"]] == [("0", None)]
    assert [(guess.theirs, guess.ours) for guess in proposal.codes["shop"]] == [("Shop  A", "A")]


def test_a_code_book_finds_a_column_whose_name_says_nothing(tiny: dict, edition_of):
    """V17 is what the code book says it is."""
    tiny["sources"]["survey"]["columns"]["seconds"]["what"] = {"en": "time needed to answer", "zh": "答题用时"}
    edition = edition_of(tiny)
    frame = pd.DataFrame({"V16": ["x", "y"], "V17": ["100", "70"]})
    plain = propose_map(frame, edition.sources["survey"], edition)
    told = propose_map(frame, edition.sources["survey"], edition, None, {"V17": "Time needed to answer"})
    assert "seconds" in plain.missing
    assert [(guess.theirs, guess.ours) for guess in told.columns] == [("V17", "seconds")]


def test_a_proposed_map_is_refused_until_a_person_removed_every_mark(place: Path):
    """The proposal lies in editions/maps, and nothing reads it before it was read."""
    swap(place / "editions" / "shops-2025.yml", "file: survey.csv", "file: survey.csv\n    map: shops")
    raw(place, "shops-2025", THEIRS)
    path = propose("shops-2025", "survey", place)
    with pytest.raises(EvalcoreError, match="a proposal nobody has accepted"):
        read_map("shops", place)
    (found,) = check("shops-2025", place)
    assert "a proposal nobody has accepted" in found
    lines = [
        line.split("  # look")[0] for line in path.read_text("utf-8").splitlines() if not line.startswith("# look")
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_map("shops", place).columns["Q7AGE"] == "age"
    with pytest.raises(EvalcoreError, match="is already there"):
        propose("shops-2025", "survey", place)


def test_a_map_that_sends_two_columns_to_one_is_refused(tiny_edition: Edition):
    """Both may be meant, and only a person knows which."""
    frame = pd.DataFrame({"Age": ["young"], "AGE2": ["old"]})
    with pytest.raises(EvalcoreError, match=r"column\(s\) given twice: age"):
        ingest(frame, "survey", tiny_edition, ColumnMap(columns={"Age": "age", "AGE2": "age"}))


def test_last_years_map_carries_the_airlines_over(root: Path, shared_data: Path):
    """For 2018 from 2017: renamed questions are found, and carriers with 30 rows that had none are pointed out."""
    edition = load_edition("sfo-2018", root)
    path = shared_data / "sfo-airport-survey" / "2018_SFO_Customer_Survey.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).rename(columns=str.strip)
    accepted, before = read_map("sfo-2018", root), read_map("sfo-2017", root)
    found = propose_map(frame, edition.sources["survey"], edition, before)
    assert {guess.theirs: guess.ours for guess in found.columns} == accepted.columns
    proposed = {name: {guess.theirs: guess.ours for guess in codes} for name, codes in found.codes.items()}
    assert {name: codes for name, codes in proposed.items() if name != "carrier"} == {
        name: codes for name, codes in accepted.codes.items() if name != "carrier"
    }
    marked = {guess.theirs for guess in found.codes["carrier"] if guess.why}
    assert {"LUFTHANSA", "FRONTIER", "CHINA EASTERN"} <= marked
