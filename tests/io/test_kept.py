"""Results that take long are made once for the same facts, code and versions."""

from functools import partial

import numpy as np
import pytest
import xarray as xr

from evalcore.io.files import read_tree, write_tree
from evalcore.io.kept import keep, key_of

MADE = []
"""What was really made."""


def made(value):
    """A tree that holds a value; noted."""
    MADE.append(value)
    return xr.DataTree(xr.Dataset({"x": ("draw", np.full(3, float(value)))}))


@pytest.fixture(autouse=True)
def _nothing_made():
    MADE.clear()


@pytest.fixture
def files(tmp_path):
    """The product, and the folder of what is kept."""
    return tmp_path / "posterior" / "a.nc", tmp_path / "kept"


def value_of(path):
    """The value in a file."""
    with read_tree(path) as tree:
        return float(tree["x"][0])


def test_same_key_is_made_once(files):
    """The second time it is taken from where it was kept, also after the product was deleted."""
    keep(*files, "k", partial(made, 1))
    files[0].unlink()
    keep(*files, "k", partial(made, 2))
    assert (MADE, value_of(files[0])) == ([1], 1.0)


def test_other_key_is_made_anew(files):
    """Other data, other code: a result of its own; who goes back finds the first one."""
    keep(*files, "k", partial(made, 1))
    keep(*files, "l", partial(made, 2))
    assert value_of(files[0]) == 2.0
    keep(*files, "k", partial(made, 3))
    assert (MADE, value_of(files[0])) == ([1, 2], 1.0)


def test_results_used_longest_ago_go_when_there_is_no_room(files, monkeypatch):
    """Room for two of three: the first goes, and its product stays."""
    keep(*files, "k", partial(made, 1))
    monkeypatch.setattr("evalcore.io.kept.MOST", 2 * files[0].stat().st_size)
    others = [files[0].with_name(f"{key}.nc") for key in "lm"]
    for place, path in enumerate(others):
        keep(path, files[1], "lm"[place], partial(made, place))
    assert {path.stem for path in files[1].iterdir()} == {"l", "m"}
    assert value_of(files[0]) == 1.0


def test_tampered_result_is_not_used_again(files):
    """Product and kept file may be one file: a change in place is found by its content."""
    keep(*files, "k", partial(made, 1))
    content = files[0].read_bytes()
    files[0].write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    keep(*files, "k", partial(made, 2))
    assert (MADE, value_of(files[0])) == ([1, 2], 2.0)


def test_file_system_without_second_names_gets_a_copy(files, monkeypatch):
    """Nothing is lost but space."""
    monkeypatch.setattr("os.link", partial(_refused, "no links here"))
    keep(*files, "k", partial(made, 1))
    assert value_of(files[0]) == value_of(files[1] / "k.nc") == 1.0
    assert files[0].stat().st_ino != (files[1] / "k.nc").stat().st_ino


def _refused(said, *_):
    raise OSError(said)


def test_failed_making_leaves_nothing(files):
    """No half-written file, and no note that there is one."""
    with pytest.raises(OSError, match="no draws"):
        keep(*files, "k", partial(_refused, "no draws"))
    assert [path for path in files[0].parents[1].rglob("*") if path.is_file()] == []


def test_key_follows_facts_code_and_versions(tmp_path):
    """The module's own text, that of what it imports, and the lock; not what is elsewhere in the package."""
    place = tmp_path / "src" / "evalcore"
    place.mkdir(parents=True)
    (tmp_path / "requirements.lock").write_text("a==1")
    texts = {"__init__.py": "", "fit.py": "from evalcore.prior import x", "prior.py": "x = 1", "page.py": "y = 1"}
    for name, text in texts.items():
        (place / name).write_text(text)
    make = partial(made, 1)
    make.func.__module__ = "evalcore.fit"
    keys = [key_of({"n": 1}, make, tmp_path), key_of({"n": 2}, make, tmp_path)]
    for path, text in [
        (place / "page.py", "y = 2"),
        (place / "prior.py", "x = 20"),
        (tmp_path / "requirements.lock", "a==2"),
    ]:
        path.write_text(text)
        keys.append(key_of({"n": 1}, make, tmp_path))
    assert keys[2] == keys[0]
    assert len({*keys}) == 4


def test_netcdf_of_equal_arrays_is_equal_to_the_byte(tmp_path):
    """No time stamp, no address: a rerun changes nothing downstream, and an equal file is not touched."""
    first, second = tmp_path / "a.nc", tmp_path / "b.nc"
    for path in (first, second):
        write_tree(path, made(1))
    assert first.read_bytes() == second.read_bytes()
    before = first.stat().st_mtime_ns
    write_tree(first, made(1))
    assert first.stat().st_mtime_ns == before
