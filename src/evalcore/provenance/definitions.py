"""Functions, classes and constants of the package, found in its source without importing it."""

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evalcore.provenance.closure import PACKAGE

BODY = "<module>"
"""Stands for what a module does when it is imported: calls, loops, registrations by decorators."""


@dataclass(frozen=True, order=True)
class Definition:
    """A name a module defines: its dotted name, its file below the checkout, its line."""

    name: str
    file: str
    line: int

    def as_json(self) -> dict:
        """As stored in a task's record."""
        return {"name": self.name, "file": self.file, "line": self.line}


@dataclass(frozen=True)
class _Module:
    """One file: what it imports (local name -> dotted name) and defines (name -> its syntax)."""

    dotted: str
    path: Path
    imports: dict[str, str]
    defined: dict[str, list[ast.AST]]


def definitions_named(cells: dict[str, str], src: Path) -> dict[str, list[Definition]]:
    """The package's definitions that each cell of a notebook names, sorted; imports of one cell count in all.

    Parameters
    ----------
    cells : dict of str
        Cell id -> code.
    src : Path
        The folder that holds the package.
    """
    trees = {id_: ast.parse(code) for id_, code in cells.items()}
    imports = {local: dotted for tree in trees.values() for local, dotted in _imports(tree).items()}
    named = {id_: _named(tree, imports, {}, src) for id_, tree in trees.items()}
    return {id_: sorted(_definition(*place, src) for place in places) for id_, places in named.items()}


def definitions_reached(cells: dict[str, str], src: Path) -> list[Definition]:
    """The definitions that can run when a notebook runs: those it names, and what these name in turn.

    Chosen by name at run time (registries) counts as named by the registry. A class counts with all its methods.
    """
    tree = ast.parse("\n".join(cells.values()))
    waiting = _named(tree, _imports(tree), {}, src)
    found: set[tuple[Path, str]] = set()
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting |= _names_in(*place, src) - found
    return sorted(_definition(path, name, src) for path, name in found if name != BODY)


def find_definition(name: str, src: Path) -> Definition | None:
    """The definition of a dotted name, as written or as re-exported by a package; a method gives its class."""
    place = _resolve(name.split("."), src)
    return _definition(*place, src) if place else None


def _definition(path: Path, name: str, src: Path) -> Definition:
    module = _read(path, src)
    line = getattr(module.defined[name][0], "lineno", 1)
    return Definition(f"{module.dotted}.{name}", path.relative_to(src.parent).as_posix(), line)


def _names_in(path: Path, name: str, src: Path) -> frozenset[tuple[Path, str]]:
    """What a definition names; whoever uses a module also runs its body."""
    return _names_once(path, path.stat().st_mtime_ns, name, src)


@lru_cache(maxsize=16384)
def _names_once(path: Path, modified: int, name: str, src: Path) -> frozenset[tuple[Path, str]]:
    module = _read(path, src)
    nodes, own = module.defined[name], dict.fromkeys(module.defined, path)
    registered = {(path, node.name) for node in nodes if name == BODY and hasattr(node, "name")}
    body = {(path, BODY)} if BODY in module.defined else set()
    return frozenset().union(registered, body, *(_named(node, module.imports, own, src) for node in nodes))


def _named(tree: ast.AST, imports: dict[str, str], own: dict[str, Path], src: Path) -> set[tuple[Path, str]]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            head, *rest = _chain(node)
            if head in imports:
                found |= {_resolve([*imports[head].split("."), *rest], src)}
            elif head in own:
                found.add((own[head], head))
    return found - {None}


def _chain(node: ast.Name | ast.Attribute) -> list[str]:
    """`a.b.c` as its parts; what does not begin with a name gives one empty part."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else [""]


def _resolve(parts: list[str], src: Path) -> tuple[Path, str] | None:
    """File and name that a dotted name stands for, through the imports of packages on the way."""
    if parts[0] != PACKAGE:
        return None
    for depth in range(len(parts) - 1, 0, -1):
        path = _file(parts[:depth], src)
        if path is not None:
            module, name = _read(path, src), parts[depth]
            if name in module.defined:
                return path, name
            if name in module.imports and module.imports[name] != ".".join(parts[: depth + 1]):
                return _resolve([*module.imports[name].split("."), *parts[depth + 1 :]], src)
            return None
    return None


def _file(parts: list[str], src: Path) -> Path | None:
    folder = src.joinpath(*parts)
    candidates = (folder.with_suffix(".py"), folder / "__init__.py")
    return next((path for path in candidates if path.is_file()), None)


def _read(path: Path, src: Path) -> _Module:
    return _read_once(path, path.stat().st_mtime_ns, src)


@lru_cache(maxsize=4096)
def _read_once(path: Path, modified: int, src: Path) -> _Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    dotted = ".".join(path.relative_to(src).with_suffix("").parts).removesuffix(".__init__")
    imports, defined = _imports(tree), {}
    for node in tree.body:
        for name in _defined_names(node, imports):
            defined.setdefault(name, []).append(node)
    return _Module(dotted, path, imports, defined)


def _imports(tree: ast.AST) -> dict[str, str]:
    """Local name -> dotted name of the package, lazy imports included."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name.split(".")[0]: a.name if a.asname else PACKAGE for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return {local: dotted for local, dotted in found.items() if dotted.split(".")[0] == PACKAGE}


def _defined_names(node: ast.stmt, imports: dict[str, str]) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        registered = any(_chain(_called(decorator))[0] in imports for decorator in node.decorator_list)
        return [node.name, BODY] if registered else [node.name]
    if isinstance(node, ast.Assign):
        return [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return [] if isinstance(node, ast.Import | ast.ImportFrom) or _is_docstring(node) else [BODY]


def _called(node: ast.expr) -> ast.expr:
    called = node.func if isinstance(node, ast.Call) else node
    return called if isinstance(called, ast.Name | ast.Attribute) else ast.Name(id="")


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
