"""Functions, classes and constants of the package, found in its source without importing it."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalcore.provenance.closure import PACKAGE

BODY = "<module>"
"""Stands for what a module does when it is imported: calls, loops, registrations by decorators."""

Place = tuple[Path, str]
"""File and name of a definition."""


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
    imports: dict[str, str]
    defined: dict[str, list[ast.stmt]]


class Definitions:
    """The package's definitions as its files are now; each file is read once.

    Parameters
    ----------
    src : Path
        The folder that holds the package.
    """

    def __init__(self, src: Path) -> None:
        self.src = src
        for method in ("_read", "_file", "_names_in", "_definition"):
            setattr(self, method, cache(getattr(self, method)))

    def named(self, cells: dict[str, str]) -> dict[str, list[Definition]]:
        """The definitions that each cell of a notebook names, sorted; imports of one cell count in all.

        Parameters
        ----------
        cells : dict of str
            Cell id -> code.
        """
        trees = {id_: ast.parse(code) for id_, code in cells.items()}
        imports = {local: dotted for tree in trees.values() for local, dotted in _imports(tree).items()}
        found = {id_: self._named(tree, imports, {}) for id_, tree in trees.items()}
        return {id_: sorted(map(self._definition, places)) for id_, places in found.items()}

    def reached(self, cells: dict[str, str]) -> list[Definition]:
        """The definitions that can run when cells run: those they name, and what these name in turn, sorted.

        Chosen by name at run time (registries) counts as named by the registry. A class counts with all its methods.
        """
        tree = ast.parse("\n".join(cells.values()))
        waiting = self._named(tree, _imports(tree), {})
        found: set[Place] = set()
        while waiting:
            found |= waiting
            waiting = set().union(*map(self._names_in, waiting)) - found
        return sorted(self._definition(place) for place in found if place[1] != BODY)

    def find(self, name: str) -> Definition | None:
        """The definition of a dotted name, as written or as re-exported by a package; a method gives its class."""
        place = self._resolve(name.split("."))
        return self._definition(place) if place else None

    def _definition(self, place: Place) -> Definition:
        path, name = place
        module = self._read(path)
        file = path.relative_to(self.src.parent).as_posix()
        return Definition(f"{module.dotted}.{name}", file, module.defined[name][0].lineno)

    def _names_in(self, place: Place) -> set[Place]:
        """What a definition names; whoever uses a module also runs its body."""
        path, name = place
        module = self._read(path)
        nodes, own = module.defined[name], dict.fromkeys(module.defined, path)
        registered = {(path, node.name) for node in nodes if name == BODY and hasattr(node, "name")}
        body = {(path, BODY)} if BODY in module.defined else set()
        return registered.union(body, *(self._named(node, module.imports, own) for node in nodes))

    def _named(self, tree: ast.AST, imports: dict[str, str], own: dict[str, Path]) -> set[Place]:
        found = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute):
                head, *rest = _chain(node)
                if head in imports:
                    found.add(self._resolve([*imports[head].split("."), *rest]))
                elif head in own:
                    found.add((own[head], head))
        return found - {None}

    def _resolve(self, parts: list[str]) -> Place | None:
        """File and name that a dotted name stands for, through the imports of packages on the way."""
        for depth in range(len(parts) - 1, 0, -1):
            path = self._file(tuple(parts[:depth]))
            if path is not None:
                module, name = self._read(path), parts[depth]
                if name in module.defined:
                    return path, name
                if name in module.imports and module.imports[name] != ".".join(parts[: depth + 1]):
                    return self._resolve([*module.imports[name].split("."), *parts[depth + 1 :]])
                return None
        return None

    def _file(self, parts: tuple[str, ...]) -> Path | None:
        folder = self.src.joinpath(*parts)
        candidates = (folder.with_suffix(".py"), folder / "__init__.py")
        return next((path for path in candidates if path.is_file()), None)

    def _read(self, path: Path) -> _Module:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        dotted = ".".join(path.relative_to(self.src).with_suffix("").parts).removesuffix(".__init__")
        imports, defined = _imports(tree), {}
        for node in tree.body:
            for name in _defined_names(node, imports):
                defined.setdefault(name, []).append(node)
        return _Module(dotted, imports, defined)


def _chain(node: ast.expr) -> list[str]:
    """`a.b.c` as its parts; what does not begin with a name gives one empty part."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else [""]


def _imports(tree: ast.AST) -> dict[str, str]:
    """Local name -> dotted name of the package, lazy imports included."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            tops = [alias.name.split(".")[0] for alias in node.names]
            found |= {a.asname or top: a.name if a.asname else top for a, top in zip(node.names, tops, strict=True)}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return {local: dotted for local, dotted in found.items() if dotted.split(".")[0] == PACKAGE}


def _defined_names(node: ast.stmt, imports: dict[str, str]) -> list[str]:
    """The names a statement of a module defines; what only does something is part of its body."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
        return [node.name, BODY] if any(_chain(decorator)[0] in imports for decorator in called) else [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return [] if docstring or isinstance(node, ast.Import | ast.ImportFrom) else [BODY]
