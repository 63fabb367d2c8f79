"""What reviewers signed: `editions/<edition>.signoff.yml`, read by nothing but the comparison and the final report."""

import datetime
from fnmatch import fnmatchcase
from pathlib import Path

import yaml
from pydantic import Field

from evalcore.edition.load import read_yaml, validated
from evalcore.edition.text import Frozen, Words
from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_bytes

HEADER = "# Written by `evalcore sign`. A sign-off holds for an item as it was, not for another difference.\n"


class Signature(Frozen):
    """A reviewer has looked at an item: the hash of what was signed, who, when, and what there is to say of it."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    by: Words
    date: datetime.date
    remark: str = ""


class SignOff(Frozen):
    """All signatures of an edition, by item; `former` is the edition it was compared with."""

    former: str
    items: dict[str, Signature] = {}


def signoff_path(edition: str, root: Path) -> Path:
    """Where an edition's sign-offs are committed."""
    return root / "editions" / f"{edition}.signoff.yml"


def read_signoff(edition: str, former: str, root: Path) -> SignOff:
    """The sign-offs of an edition; those given against another former edition count as none.

    Raises
    ------
    EvalcoreError
        The file is damaged.
    """
    path = signoff_path(edition, root)
    if not path.is_file():
        return SignOff(former=former)
    found = validated(SignOff, read_yaml(path), f"editions/{path.name}")
    return found if found.former == former else SignOff(former=former)


def sign(told: dict, names: list[str], signature: tuple[str, datetime.date, str], root: Path) -> list[str]:
    """Sign items of a written comparison (its JSON); returns their ids.

    Parameters
    ----------
    names : list of str
        Ids of items; `*` stands for anything.
    signature : tuple
        Who, when, and a remark.

    Raises
    ------
    EvalcoreError
        A name fits no item: a reviewer would believe to have signed it.
    """
    edition, former, hashes = told["edition"], told["former"], {item["id"]: item["sha256"] for item in told["items"]}
    chosen = [id_ for name in names for id_ in _matching(name, list(hashes), edition)]
    by, day, remark = signature
    content = {"by": by, "date": day, "remark": remark}
    place = f"editions/{signoff_path(edition, root).name}"
    own = {i: validated(Signature, {"sha256": hashes[i], **content}, f"{place}: items.{i}") for i in chosen}
    kept = read_signoff(edition, former, root)
    write_signoff(edition, SignOff(former=former, items={**kept.items, **own}), root)
    return chosen


def _matching(name: str, ids: list[str], edition: str) -> list[str]:
    matching = [id_ for id_ in ids if id_ == name or fnmatchcase(id_, name)]
    if not matching:
        kinds = ", ".join(sorted({id_.split("/")[0] + "/..." for id_ in ids})) or "none: nothing differs"
        raise EvalcoreError(
            say(f"edition {edition}", f"no item is called '{name}'", kinds, "take the id from the page")
        )
    return matching


def write_signoff(edition: str, signed: SignOff, root: Path) -> None:
    """Write all sign-offs, sorted by item."""
    items = {id_: signed.items[id_].model_dump() for id_ in sorted(signed.items)}
    body = yaml.safe_dump({"former": signed.former, "items": items}, allow_unicode=True, sort_keys=False, width=110)
    write_bytes(signoff_path(edition, root), (HEADER + body).encode())
