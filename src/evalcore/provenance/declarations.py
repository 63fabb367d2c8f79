"""What a notebook declares: what it reads and writes, for which items, which sections of the edition it uses."""

from pathlib import Path

from evalcore.edition import Edition
from evalcore.edition.load import validated
from evalcore.edition.text import Frozen
from evalcore.errors import EvalcoreError, say
from evalcore.provenance.cells import read_notebook

ITEMS = {
    "entity": lambda edition: [entity.id for entity in edition.entities],
    "fit": lambda edition: list(edition.model.fits),
}
"""What a notebook can be repeated for."""
EVERY = {
    "source": lambda edition: list(edition.sources),
    "fit": lambda edition: list(edition.model.fits),
    "rating": lambda edition: list(edition.model.ratings),
    "previous": lambda edition: [edition.previous.edition] if edition.previous else [],
    "quarter": lambda edition: list(edition.quarters),
    "warned": lambda edition: [edition.warning.source] if edition.warning else [],
}
"""What `{...}` in a path stands for: one path for each."""


class Declaration(Frozen):
    """The `evalcore` metadata of a notebook.

    `reads` and `writes` are paths below build/<edition> (`raw/...`: below the raw data, `data/...`: in git);
    `{source}` stands for every source, `{fit}` for every fit of the ordinal model, `{rating}` for those of its items,
    `{previous}` for the edition before, `{quarter}` for every edition of a quarter, `{warned}` for the source that
    early warning watches,
    `{item}` for the item in lower case; a read ending in `?` is left out where the edition has nothing that is called
    like its file (`Edition.collected`). `exhibits` and `numbers` are published; `needs` names sources and sections
    without which the notebook does not run. `judges`: what it makes are verdicts on fits, true of a failed fit too; a
    failure is not handed on to who reads them.
    """

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    numbers: bool = False
    sections: tuple[str, ...] = ()
    foreach: str | None = None
    needs: tuple[str, ...] = ()
    judges: bool = False


def read_declaration(notebook: Path) -> Declaration:
    """The declaration in a notebook's metadata; unknown keys and sections are refused."""
    declared = read_notebook(notebook).metadata.get("evalcore", {})
    declaration = validated(Declaration, declared, f"{notebook.name}: metadata evalcore")
    unknown = sorted(set(declaration.sections) - set(Edition.model_fields))
    if unknown:
        raise EvalcoreError(
            say(f"{notebook.name}: sections", f"unknown: {', '.join(unknown)}", ", ".join(Edition.model_fields))
        )
    return declaration


def exhibit_id(exhibit: str, item: str | None) -> str:
    """The id of an exhibit, per item where its notebook is repeated."""
    return f"{exhibit}-{item.lower()}" if item else exhibit


def expand(templates: tuple[str, ...], edition: Edition, item: str | None) -> list[str]:
    """Templates filled in for one edition and item, in order, without repetitions."""
    paths = []
    for template in templates:
        optional = template.endswith("?")
        template = template.removesuffix("?")
        if optional and Path(template).stem not in edition.collected:
            continue
        paths += [path.replace("{item}", (item or "").lower()) for path in _for_every(template, edition)]
    return list(dict.fromkeys(paths))


def _for_every(template: str, edition: Edition) -> list[str]:
    for kind, names in EVERY.items():
        if f"{{{kind}}}" in template:
            return [template.replace(f"{{{kind}}}", name) for name in names(edition)]
    return [template]
