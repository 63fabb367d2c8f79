"""An edition of which only the declared sections can be read, so that lineage is what was used, not what was typed."""

from evalcore.edition.edition import Edition
from evalcore.errors import EvalcoreError, say

ALWAYS = frozenset({"name", "entity"})
"""What every exhibit may need: the edition's name and what its entities are called."""


class _Restricted(Edition):
    """Behaves as the edition it was made from; other sections raise."""

    def __getattribute__(self, name: str) -> object:
        attributes = object.__getattribute__(self, "__dict__")
        if name in Edition.model_fields and name not in attributes["__allowed__"]:
            raise EvalcoreError(
                say(
                    attributes["__reader__"],
                    f"uses section '{name}' of the edition without declaring it",
                    ", ".join(sorted(attributes["__allowed__"])),
                    "add it to `sections` in the notebook's evalcore metadata",
                )
            )
        return super().__getattribute__(name)


def restricted(edition: Edition, sections: tuple[str, ...], reader: str) -> Edition:
    """The same edition; reading a section outside `sections` is an error that names the reader."""
    guarded = _Restricted.model_construct(**{key: getattr(edition, key) for key in Edition.model_fields})
    guarded.__dict__.update(__allowed__=ALWAYS | set(sections), __reader__=reader)
    return guarded


def section_values(edition: Edition, sections: tuple[str, ...]) -> dict[str, object]:
    """The sections as JSON-able values, for hashing."""
    return edition.model_dump(mode="json", include=set(sections) | ALWAYS, by_alias=True)
