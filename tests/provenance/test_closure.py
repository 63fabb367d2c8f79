"""Import closures: every file of the package that a piece of code depends on."""

import pytest

from evalcore.errors import EvalcoreError
from evalcore.provenance.closure import code_files


@pytest.fixture
def src(tmp_path):
    """A package with a chain of imports, a lazy one and rooms with an `__init__`."""
    files = {
        "__init__.py": "",
        "plain.py": "import os\nimport pandas as pd\n",
        "chain.py": "from evalcore.room.inner import thing\n",
        "lazy.py": "def later():\n    if True:\n        import evalcore.plain\n",
        "whole.py": "from evalcore import room\n",
        "circle.py": "import evalcore.round\n",
        "round.py": "import evalcore.circle\n",
        "room/__init__.py": "from evalcore.plain import x\n",
        "room/inner.py": "",
        "room/other.py": "",
    }
    for name, code in files.items():
        path = tmp_path / "evalcore" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(code)
    return tmp_path


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("import pandas", []),
        ("from evalcore.plain import x", ["plain.py"]),
        ("import evalcore.plain as p, os", ["plain.py"]),
        ("from evalcore.lazy import later", ["lazy.py", "plain.py"]),
        ("from evalcore import room", ["plain.py", "room/__init__.py"]),
        ("from evalcore.room import other", ["plain.py", "room/__init__.py", "room/other.py"]),
        ("import evalcore.chain", ["chain.py", "plain.py", "room/__init__.py", "room/inner.py"]),
        ("import evalcore.whole", ["plain.py", "room/__init__.py", "whole.py"]),
        ("import evalcore.circle", ["circle.py", "round.py"]),
        ("def f():\n    from evalcore import plain", ["plain.py"]),
        ("if False:\n    import evalcore.plain", ["plain.py"]),
    ],
)
def test_closure_follows_imports(src, code, files):
    """Direct, indirect, lazy and conditional imports, with the `__init__` of every package on the way."""
    found = [path.relative_to(src / "evalcore").as_posix() for path in code_files({"cell": code}, src)]
    assert found == sorted(["__init__.py", *files] if files else files)


def test_several_cells_have_one_closure(src):
    """The files of all cells, each once, sorted."""
    found = code_files({"one": "import evalcore.plain", "two": "import evalcore.lazy\nimport evalcore.plain"}, src)
    assert [path.name for path in found] == ["__init__.py", "lazy.py", "plain.py"]


def test_changed_file_is_read_again(src):
    """An import added between two builds of one process is seen."""
    assert len(code_files({"cell": "import evalcore.plain"}, src)) == 2
    (src / "evalcore" / "plain.py").write_text("import evalcore.lazy\n")
    assert len(code_files({"cell": "import evalcore.plain"}, src)) == 3


def test_code_that_is_no_python_is_refused_with_its_place(src):
    """The message names place and line."""
    with pytest.raises(EvalcoreError, match=r"cell 'draw', line 2: is not Python: invalid syntax"):
        code_files({"cell 'draw'": "x = 1\n!ls"}, src)


def test_real_notebook_depends_on_the_code_it_calls(root):
    """The scoring stage depends on scoring and estimation, and on nothing that draws or simulates."""
    files = code_files({"cell": "from evalcore.score import score_edition"}, root / "src")
    found = {path.relative_to(root / "src" / "evalcore").as_posix() for path in files}
    assert {"score/__init__.py", "score/normalise.py", "indicators/estimate.py", "streams.py"} <= found
    assert not {name for name in found if name.startswith(("figures", "simulate", "pipeline", "cli"))}
