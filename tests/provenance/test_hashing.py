"""Hashes: equal content gives equal hashes, one changed value another."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.provenance.hashing import sha256_bytes, sha256_json, sha256_path, sha256_values

FRAME = pd.DataFrame(
    {
        "id": ["a", "b", None],
        "count": [1, 2, 3],
        "share": [0.5, -0.0, np.nan],
        "solved": [True, False, True],
        "at": pd.to_datetime(["2025-01-01 10:00:00", "2025-01-02 00:00:01", None]),
    }
)


def test_bytes_have_the_usual_hash():
    """SHA-256 as every other tool computes it."""
    assert sha256_bytes(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_order_of_keys_does_not_matter():
    """Two equal mappings have one hash, lists keep their order."""
    assert sha256_json({"a": 1, "b": [1, 2]}) == sha256_json({"b": [1, 2], "a": 1})
    assert sha256_json([1, 2]) != sha256_json([2, 1])


def test_file_has_the_hash_of_its_bytes(tmp_path):
    """A file is its bytes, whatever its name."""
    (tmp_path / "x").write_bytes(b"abc")
    assert sha256_path(tmp_path / "x") == sha256_bytes(b"abc")


def test_folder_has_the_hash_of_names_and_files(tmp_path):
    """Renaming, changing or adding a file changes the folder's hash; a copy elsewhere has the same."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "en.svg").write_bytes(b"<svg/>")
    assert sha256_path(tmp_path / "one") == sha256_path(tmp_path / "two")
    (tmp_path / "two" / "en.svg").rename(tmp_path / "two" / "zh.svg")
    assert sha256_path(tmp_path / "one") != sha256_path(tmp_path / "two")


def test_file_format_does_not_matter(tmp_path):
    """The same values from Parquet and from CSV have one hash, with missing ones among them."""
    FRAME.to_parquet(tmp_path / "values.parquet")
    FRAME.to_csv(tmp_path / "values.csv", index=False)
    parquet = pd.read_parquet(tmp_path / "values.parquet")
    csv = pd.read_csv(tmp_path / "values.csv", parse_dates=["at"])
    assert sha256_values(parquet) == sha256_values(csv) == sha256_values(FRAME)


def test_dtype_and_last_bits_do_not_matter():
    """What libraries and platforms do differently is no change: 1 as integer or float, 0.1 + 0.2 or 0.3."""
    assert sha256_values(pd.DataFrame({"x": [1, 2]})) == sha256_values(pd.DataFrame({"x": [1.0, 2.0]}))
    assert sha256_values(pd.DataFrame({"x": [0.1 + 0.2]})) == sha256_values(pd.DataFrame({"x": [0.3]}))
    nullable = FRAME.convert_dtypes()
    assert sha256_values(nullable) == sha256_values(FRAME)


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [("id", 0, "c"), ("id", 2, ""), ("count", 1, 4), ("share", 0, 0.500001), ("share", 2, 0.0), ("solved", 0, False)],
)
def test_one_changed_value_changes_the_hash(column, row, value):
    """A text, a number, a flag, or a blank that is filled."""
    changed = FRAME.copy()
    changed.loc[row, column] = value
    assert sha256_values(changed) != sha256_values(FRAME)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=8, unique=True))
def test_order_of_rows_and_names_of_columns_count(values):
    """The same numbers in another order or under another name are other data."""
    frame = pd.DataFrame({"x": values})
    assert sha256_values(frame.iloc[::-1]) != sha256_values(frame)
    assert sha256_values(frame.rename(columns={"x": "y"})) != sha256_values(frame)
