"""The chain of an exhibit or number as a tree: what it is, what made it, and below it what that was made from."""

from collections.abc import Iterator

from evalcore.audit.lineage import Lineage
from evalcore.audit.nodes import Code, Committed, Exhibit, File, Node, Published, Raw, Work, key

SHORT = 12
"""Digits of a SHA-256 that are shown of files of the build; of raw files all are, to be compared by hand."""


def tree_lines(lineage: Lineage, name: str, commits: dict[str, str]) -> list[str]:
    """The tree as lines of text, the exhibit or number on top, raw files at the ends.

    A task that made several of the files shown is told once, at the first of them.

    Parameters
    ----------
    commits : dict of str
        File below the checkout -> the last commit that touched it, "uncommitted" or "no git".
    """
    node = lineage.find(name)
    return [*_title(node), *_below(lineage, key(node), commits, "", set())]


def code_files(lineage: Lineage, name: str) -> list[str]:
    """Files of all functions a tree shows, for their commits."""
    chain = lineage.chain(name)
    shown = [code for node in chain if isinstance(node, Work) for code in node.calls]
    shown += [node.function for node in chain if isinstance(node, Exhibit) and node.function]
    return sorted({code.file for code in shown})


def _below(lineage: Lineage, at: str, commits: dict[str, str], margin: str, told: set[str]) -> Iterator[str]:
    """What a node was made from: its task's details, then the task's inputs."""
    work = _maker(lineage, at)
    if work is None or work.id in told:
        return
    told.add(work.id)
    inputs = lineage.parents[key(work)]
    bar = "│" if inputs else " "
    yield from (f"{margin}{bar}  {line}" for line in _work(lineage.nodes[at], work, commits))
    for number, parent in enumerate(inputs):
        last = number == len(inputs) - 1
        maker = _maker(lineage, parent)
        first, *more = _title(lineage.nodes[parent]) if parent in lineage.nodes else [f"{parent}: NO RECORD"]
        above = f"  by {maker.id}, see above" if maker and maker.id in told else ""
        yield f"{margin}{'└' if last else '├'}─ {first}{above}"
        inside = f"{margin}{' ' if last else '│'}  "
        yield from (f"{inside}   {line}" for line in more)
        yield from _below(lineage, parent, commits, inside, told)


def _maker(lineage: Lineage, at: str) -> Work | None:
    """The task that made a node; raw and committed files have none."""
    node = lineage.nodes.get(at)
    return lineage.task_of(node) if isinstance(node, Exhibit | Published | File) else None


def _title(node: Node) -> list[str]:
    match node:
        case Exhibit():
            return [f"{node.shape} {node.id}  sha256 {node.sha256[:SHORT]}", node.caption.get("en", "")]
        case Published():
            return [f"number {node.id} = {node.value!r}  printed '{node.text.get('en', '')}'"]
        case Raw():
            accepted = f"accepted, by its values: {node.accepted}" if node.generated else "as accepted in SOURCES.yml"
            changed = [] if node.generated or node.sha256 == node.accepted else [f"ACCEPTED WAS {node.accepted}"]
            notes = changed or [accepted]
            return [f"raw {node.path}", f"sha256 {node.sha256}", *notes, f"obtained: {node.obtained}"]
        case File() | Committed():
            return [f"{node.id}  sha256 {node.sha256[:SHORT]}"]


def _work(made: Node, work: Work, commits: dict[str, str]) -> list[str]:
    cell = f" › {made.cell}" if isinstance(made, Exhibit | Published) else ""
    given = ", ".join(f"{name}={value}" for name, value in work.parameters.items())
    seed = f"  seed {work.seed}" if work.seed is not None else ""
    lines = [f"made by {work.notebook}{cell}  ({given}){seed}  {work.seconds:.1f} s"]
    if isinstance(made, Exhibit) and made.function:
        lines.append(f"drawn by {_code(made.function, commits)}")
    lines += [f"calls {_code(code, commits)}" for code in _calls(made, work)]
    sections = ", ".join(f"{name} {sha256[:SHORT]}" for name, sha256 in work.sections.items())
    code = f"{len(work.code)} files of code, {work.environment.get('requirements.lock', '')[:SHORT]} environment"
    return [*lines, f"edition: {sections}", code]


def _calls(made: Node, work: Work) -> list[Code]:
    """Of an exhibit or number the functions its cell names, of a file those of the whole notebook; each once."""
    wanted = [c for c in work.calls if not isinstance(made, Exhibit | Published) or c.cell == made.cell]
    drawn = made.function.name if isinstance(made, Exhibit) and made.function else ""
    return list({code.name: code for code in wanted if code.name != drawn}.values())


def _code(code: Code, commits: dict[str, str]) -> str:
    return f"{code.name}  {code.place}  {commits.get(code.file, 'unknown')}"
