"""The environment: one hash lock for everybody, nothing of this machine in the repository."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from checkouts import tracked

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ["requirements.lock", "requirements-spark.lock", "bootstrap.lock"]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|https?://[^\"' )]*(/simple(/|\"|$)|/packages/[0-9a-f]{2}/)",
    re.MULTILINE,
)
MACHINE_PATH = re.compile(r"(?<![\w.~])/(root|work|tmp|home|Users|opt)/[\w.-]+/")


def read(name: str) -> str:
    """Text of a file at the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def locked_versions() -> dict[str, str]:
    """Version of each locked package, by canonical name."""
    return {canonicalize_name(name): version for name, version in PINNED.findall(read("requirements.lock"))}


def direct_requirements() -> list[Requirement]:
    """What pyproject.toml asks for, development included."""
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    return [Requirement(line) for line in lines]


def tracked_texts() -> dict[str, str]:
    """Every text file git tracks or would track."""
    names = tracked(ROOT)
    if names is None:
        pytest.skip("not a git checkout (a zip download), so git cannot list its files")
    texts = {}
    for name in names:
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts[name] = content.decode(errors="replace")
    return texts


@pytest.mark.parametrize("requirement", direct_requirements(), ids=str)
def test_dependency_is_locked_at_a_version_it_allows(requirement):
    """Every dependency of pyproject.toml is in the lock, at a version its bounds allow."""
    version = locked_versions().get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement} is not in requirements.lock: run `make lock`"
    assert requirement.specifier.contains(version, prereleases=True)


def test_build_backend_is_locked():
    """The build backend is in the lock, because evalcore is built without isolation."""
    backends = tomllib.loads(read("pyproject.toml"))["build-system"]["requires"]
    assert {canonicalize_name(Requirement(name).name) for name in backends} <= locked_versions().keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock):
    """Every package of a lock is pinned and followed by at least one SHA-256."""
    entries = re.split(r"^(?=[A-Za-z0-9])", read(lock), flags=re.MULTILINE)
    packages = [entry for entry in entries if entry and entry[0].isalnum()]
    assert packages
    assert [
        entry.splitlines()[0] for entry in packages if not PINNED.match(entry) or "--hash=sha256:" not in entry
    ] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host_and_no_folder(lock):
    """A lock holds no address, no index, no folder of found packages and no file path."""
    offending = re.compile(r"https?:|file:|--index-url|--extra-index-url|--find-links| @ |^/|^-e", re.MULTILINE)
    assert offending.findall(read(lock)) == []


def test_lock_is_universal():
    """The lock serves macOS as well as Linux: it holds a package that only macOS installs, behind its marker."""
    assert re.search(r"^appnope==\S+ ; sys_platform == 'darwin'", read("requirements.lock"), re.MULTILINE)


def test_spark_is_locked_apart_and_alone():
    """The third lock adds to the first and repeats nothing of it; pyspark is of a version pyproject.toml allows."""
    pinned = {canonicalize_name(name): version for name, version in PINNED.findall(read("requirements-spark.lock"))}
    assert pinned.keys() & locked_versions().keys() == set()
    (wanted,) = PROJECT["optional-dependencies"]["spark"]
    assert Requirement(wanted).specifier.contains(pinned["pyspark"])


def test_bootstrap_pins_only_uv():
    """The second lock holds uv and nothing else."""
    assert [name for name, _ in PINNED.findall(read("bootstrap.lock"))] == ["uv"]


def test_conda_installs_the_same_lock():
    """environment.yml takes Python and pip from conda and everything else from requirements.lock."""
    *conda, pip = yaml.safe_load(read("environment.yml"))["dependencies"]
    assert conda == ["python=3.12", "pip"]
    assert pip == {"pip": ["-r requirements.lock"]}


def test_version_is_the_same_everywhere():
    """pyproject.toml, CITATION.cff and the top of the changelog name one version."""
    newest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)
    assert newest[1] == str(yaml.safe_load(read("CITATION.cff"))["version"]) == PROJECT["version"]


def test_every_make_target_explains_itself():
    """Each phony target of the Makefile has the one line that `make help` prints."""
    makefile = read("Makefile")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    assert phony == set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))


def test_bootstrap_is_valid_for_a_posix_shell():
    """sh accepts bootstrap.sh without running it."""
    checked = subprocess.run(["sh", "-n", "bootstrap.sh"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_no_file_names_a_registry():
    """No committed file holds the address of a package registry."""
    assert {name: found[0] for name, text in tracked_texts().items() if (found := REGISTRY.search(text))} == {}


def test_no_file_holds_a_path_of_a_machine():
    """No committed file outside the tests holds an absolute path of somebody's machine."""
    texts = {name: text for name, text in tracked_texts().items() if not name.startswith("tests/")}
    assert {name: found[0] for name, text in texts.items() if (found := MACHINE_PATH.search(text))} == {}
