"""Editions as files: names, inheritance, YAML, and that nothing changes once it is read."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from evalcore.edition import Edition, edition_names, load_edition
from evalcore.errors import EvalcoreError


@pytest.fixture
def folder(tmp_path: Path, tiny: dict) -> Path:
    """A project with one edition, `tiny`."""
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / "tiny.yml").write_text(yaml.safe_dump(tiny, allow_unicode=True), encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    """An edition file as it is typed."""
    (folder / "editions" / f"{name}.yml").write_text(text, encoding="utf-8")


def refusal(name: str, folder: Path) -> str:
    """The message that refuses an edition."""
    with pytest.raises(EvalcoreError) as caught:
        load_edition(name, folder)
    return str(caught.value)


@pytest.mark.parametrize("name", ["demo-2024", "../editions/tiny", "", "tiny.yml"])
def test_unknown_edition_is_refused_with_those_there_are(folder: Path, name: str) -> None:
    """A name is one of the files of editions/, never a path."""
    message = refusal(name, folder)
    assert f"edition: '{name}' is not known" in message
    assert "allowed: tiny" in message


def test_every_edition_of_the_project_loads(root: Path) -> None:
    """What is committed is valid."""
    assert [load_edition(name, root).name for name in edition_names(root)] == edition_names(root)


def test_key_given_twice_is_refused_with_its_line(folder: Path) -> None:
    """YAML itself would keep the second value and say nothing."""
    write(folder, "twice", "year: 2024\nseed: 1\nyear: 2025\n")
    message = refusal("twice", folder)
    assert "twice.yml" in message
    assert "key 'year' is given twice" in message
    assert "line 3" in message


def test_key_given_twice_inside_is_refused(folder: Path) -> None:
    """The same holds at any depth and inside braces."""
    write(folder, "twice", "title: {en: a, zh: b, en: c}\n")
    assert "key 'en' is given twice" in refusal("twice", folder)


def test_merged_mapping_may_be_overridden(folder: Path) -> None:
    """A YAML merge key is a default, not a key given twice."""
    text = (folder / "editions" / "tiny.yml").read_text(encoding="utf-8")
    write(folder, "merged", text.replace("seed: 1\n", "") + "<<: {seed: 5, year: 1999}\nseed: 7\n")
    assert (load_edition("merged", folder).seed, load_edition("merged", folder).year) == (7, 2025)


@pytest.mark.parametrize(
    ("text", "told"), [("- a\n- b\n", "holds list"), ("", "holds NoneType"), ("a: [1\n", "line 2")]
)
def test_file_that_is_no_mapping_is_refused(folder: Path, text: str, told: str) -> None:
    """An edition file is a mapping of keys to values."""
    write(folder, "odd", text)
    message = refusal("odd", folder)
    assert "odd.yml" in message
    assert told in message


def test_file_names_the_edition(folder: Path) -> None:
    """A fact lives in one place: the name is the file's."""
    write(folder, "named", "name: other\nextends: tiny\n")
    assert "named.yml: name: 'other'" in refusal("named", folder)


def test_extending_edition_changes_what_it_says_and_keeps_the_rest(folder: Path) -> None:
    """Mappings merge, lists are replaced, null removes."""
    write(folder, "next", "extends: tiny\nyear: 2026\nweighting: null\nmodel: {draws: 500}\n")
    older, newer = load_edition("tiny", folder), load_edition("next", folder)
    assert (newer.year, newer.weighting, newer.model.draws) == (2026, None, 500)
    assert newer.framework == older.framework


def test_only_keeps_the_named_items(folder: Path) -> None:
    """`only` takes over part of a list in the order it gives."""
    write(folder, "part", "extends: tiny\nonly: {entities: [B, A], periods: [Q2]}\n")
    edition = load_edition("part", folder)
    assert [e.id for e in edition.entities] == ["B", "A"]
    assert [p.id for p in edition.periods] == ["Q2"]


def test_only_with_an_unknown_id_is_refused(folder: Path) -> None:
    """A misspelt id would make an edition of fewer entities than was meant."""
    write(folder, "part", "extends: tiny\nonly: {entities: [A, Z]}\n")
    message = refusal("part", folder)
    assert "part.yml: only.entities: unknown Z" in message
    assert "allowed: A, B" in message


@pytest.mark.parametrize("only", ["[A]", "{entities: A B}", "{weighting: [survey]}", "{shops: [A]}"])
def test_only_of_another_form_is_refused(folder: Path, only: str) -> None:
    """`only` is ids by key."""
    write(folder, "part", f"extends: tiny\nonly: {only}\n")
    assert "part.yml: only" in refusal("part", folder)


def test_edition_that_extends_itself_is_refused(folder: Path) -> None:
    """Inheritance ends somewhere."""
    write(folder, "hen", "extends: egg\n")
    write(folder, "egg", "extends: hen\n")
    assert "egg.yml: extends: 'hen' extends this one in turn" in refusal("hen", folder)


def test_mistake_names_both_files_of_an_extending_edition(folder: Path) -> None:
    """The mistake may stand in either."""
    write(folder, "next", "extends: tiny\nyear: soon\n")
    assert "next.yml extending tiny.yml: year" in refusal("next", folder)


def test_assignment_raises(tiny_edition: Edition) -> None:
    """An edition cannot change after it was read, nor can any part of it."""
    for part, key in (
        (tiny_edition, "seed"),
        (tiny_edition.framework, "expert_share"),
        (tiny_edition.framework.dimensions[0].indicators[0].goalposts, "floor"),
        (tiny_edition.sources["survey"].columns["age"], "blank"),
    ):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, key, 1)
