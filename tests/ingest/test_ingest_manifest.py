"""SOURCES.yml: a file whose content was not accepted is not read."""

from pathlib import Path

import pytest
import yaml

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.io.manifest import accept, raw_path, read_manifest, read_map, read_raw
from evalcore.provenance.hashing import sha256_bytes

ENTRY = {
    "what": {"en": "answers", "zh": "回答"},
    "licence": "none",
    "date": "2025-07-01",
    "obtained": "asked the customers",
}


@pytest.fixture
def place(tmp_path: Path, survey_text: str) -> Path:
    """A project whose survey is accepted."""
    folder = tmp_path / "data" / "raw" / "tiny"
    folder.mkdir(parents=True)
    (folder / "survey.csv").write_text(survey_text, encoding="utf-8")
    describe(tmp_path, **ENTRY, sha256=sha256_bytes(survey_text.encode()))
    return tmp_path


def describe(root: Path, **entry: object) -> None:
    """Write SOURCES.yml with one entry."""
    text = "# kept\n" + yaml.safe_dump({"survey.csv": entry}, allow_unicode=True)
    (root / "data" / "raw" / "tiny" / "SOURCES.yml").write_text(text, encoding="utf-8")


def change(root: Path) -> None:
    """One answer becomes another."""
    path = root / "data" / "raw" / "tiny" / "survey.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("r1,A", "r9,A"), encoding="utf-8")


def test_accepted_file_is_read(place: Path, tiny_edition: Edition) -> None:
    """Four rows, nothing interpreted."""
    assert len(read_raw(tiny_edition, "survey", place)) == 4


def test_changed_file_is_refused(place: Path, tiny_edition: Edition) -> None:
    """The message names the file, both hashes and the command that accepts the change."""
    change(place)
    found = sha256_bytes((place / "data/raw/tiny/survey.csv").read_bytes())
    with pytest.raises(EvalcoreError) as caught:
        read_raw(tiny_edition, "survey", place)
    assert f"data/raw/tiny/SOURCES.yml: survey.csv: SHA-256 of the file is {found}" in str(caught.value)
    assert "run `evalcore sources accept tiny`" in str(caught.value)


def test_changed_file_is_read_after_it_was_accepted(place: Path, tiny_edition: Edition) -> None:
    """Accepting writes the new hash, keeps the comment and says what changed."""
    change(place)
    assert list(accept(tiny_edition, place)) == ["survey.csv"]
    assert read_raw(tiny_edition, "survey", place)["respondent"][0] == "r9"
    assert (place / "data/raw/tiny/SOURCES.yml").read_text(encoding="utf-8").startswith("# kept\n")
    assert accept(tiny_edition, place) == {}


def test_file_never_accepted_is_refused(place: Path, tiny_edition: Edition) -> None:
    """A description without a hash is not yet an acceptance."""
    describe(place, **ENTRY)
    with pytest.raises(EvalcoreError, match="none was accepted yet"):
        read_raw(tiny_edition, "survey", place)


def test_generated_file_is_known_by_its_values(place: Path, tiny_edition: Edition) -> None:
    """Line ends and quotes of a generated file do not count, its values do."""
    describe(place, **ENTRY, generated=True)
    accept(tiny_edition, place)
    path = place / "data/raw/tiny/survey.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_raw(tiny_edition, "survey", place)) == 4
    change(place)
    with pytest.raises(EvalcoreError, match="SHA-256 of the values is"):
        read_raw(tiny_edition, "survey", place)


def test_file_without_an_entry_is_refused(place: Path, tiny_edition: Edition) -> None:
    """Every raw file says where it comes from."""
    (place / "data/raw/tiny/SOURCES.yml").write_text("other.csv: {}\n".replace("{}", str(ENTRY)), encoding="utf-8")
    with pytest.raises(EvalcoreError, match=r"SOURCES.yml: no entry for survey.csv"):
        read_manifest(tiny_edition, place)


def test_entry_with_an_unknown_key_is_refused(place: Path, tiny_edition: Edition) -> None:
    """The message names the file, the key, its value and the keys there are."""
    describe(place, **ENTRY, license="MIT")
    with pytest.raises(EvalcoreError) as caught:
        read_manifest(tiny_edition, place)
    assert "SOURCES.yml: survey.csv: license: unknown key (value 'MIT')" in str(caught.value)
    assert "allowed: what, licence, date" in str(caught.value)


def test_entry_without_its_origin_is_refused(place: Path, tiny_edition: Edition) -> None:
    """How a file was obtained is not optional."""
    describe(place, **{key: value for key, value in ENTRY.items() if key != "obtained"})
    with pytest.raises(EvalcoreError, match=r"survey.csv: obtained: this key is missing"):
        read_manifest(tiny_edition, place)


@pytest.mark.parametrize("folder", ["..", "../other", "a/b", "/etc"])
def test_shared_folder_outside_the_shared_data_is_refused(place: Path, tiny_edition: Edition, folder: str) -> None:
    """No path of SOURCES.yml leads out of the shared data."""
    describe(place, **ENTRY, folder=folder)
    with pytest.raises(EvalcoreError, match=r"survey.csv: folder"):
        raw_path(tiny_edition, "survey", place)


def test_shared_folder_is_found_where_the_variable_says(
    place: Path, tiny_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`$EVALCORE_SHARED` overrides the folder beside the checkout."""
    describe(place, **ENTRY, folder="some-survey")
    monkeypatch.setenv("EVALCORE_SHARED", str(place / "elsewhere"))
    assert raw_path(tiny_edition, "survey", place) == place / "elsewhere" / "some-survey" / "survey.csv"
    monkeypatch.delenv("EVALCORE_SHARED")
    assert raw_path(tiny_edition, "survey", place) == place.parent / "shared" / "some-survey" / "survey.csv"


def test_map_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    """A column map has columns and codes."""
    (tmp_path / "editions" / "maps").mkdir(parents=True)
    (tmp_path / "editions" / "maps" / "theirs.yml").write_text("colums: {a: b}\n", encoding="utf-8")
    with pytest.raises(EvalcoreError, match=r"maps/theirs.yml: colums: unknown key.*\n.*allowed: columns, codes"):
        read_map("theirs", tmp_path)


def test_map_that_gives_a_column_twice_is_refused(tmp_path: Path) -> None:
    """YAML would keep the second of two lines and say nothing."""
    (tmp_path / "editions" / "maps").mkdir(parents=True)
    (tmp_path / "editions" / "maps" / "theirs.yml").write_text("columns:\n  a: b\n  a: c\n", encoding="utf-8")
    with pytest.raises(EvalcoreError, match="key 'a' is given twice"):
        read_map("theirs", tmp_path)
