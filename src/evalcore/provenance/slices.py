"""Which cells of a notebook a cell builds on: those before it that assign what it uses, directly or not."""

import ast


def slices(cells: dict[str, str]) -> dict[str, dict[str, str]]:
    """Each code cell with the cells it needs before it, as id -> source, in order.

    A cell that calls a method of a name (`steps.append(...)`) counts as assigning it.

    Parameters
    ----------
    cells : dict of str
        Cell id -> source, in order.
    """
    trees = {id_: ast.parse(source) for id_, source in cells.items()}
    assigned = {id_: _assigned(tree) for id_, tree in trees.items()}
    used = {id_: _names(tree, ast.Load) for id_, tree in trees.items()}
    needed: dict[str, set[str]] = {}
    for id_ in cells:
        direct = {before for before in needed if assigned[before] & used[id_]}
        needed[id_] = {id_}.union(direct, *(needed[before] for before in direct))
    return {id_: {other: cells[other] for other in cells if other in needed[id_]} for id_ in cells}


def _assigned(tree: ast.AST) -> set[str]:
    imported = {
        alias.asname or alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    called = [n.value.func for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Call)]
    methods = [function for function in called if isinstance(function, ast.Attribute)]
    return imported | _names(tree, ast.Store) | {name for method in methods for name in _names(method, ast.Load)}


def _names(tree: ast.AST, context: type) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, context)}
