"""Hash chains: entries that can be added to and not changed, as every entry carries the hash of the one before."""

from collections.abc import Iterable, Mapping

from evalcore.provenance.hashing import sha256_json

FIRST = "0" * 64
"""What the first entry carries."""
LINKS = ("previous", "hash")


def chained(entries: Iterable[Mapping[str, object]], previous: str = FIRST) -> list[dict[str, object]]:
    """Entries with `previous` and `hash`: SHA-256 of the entry's other values and `previous`, keys sorted."""
    links = []
    for entry in entries:
        linked = {**entry, "previous": previous}
        previous = sha256_json(linked)
        links.append({**linked, "hash": previous})
    return links


def broken_link(entries: list[Mapping[str, object]]) -> int | None:
    """Index of the first entry whose hash or predecessor is not what it says, None where the chain holds."""
    bare = [{key: value for key, value in entry.items() if key not in LINKS} for entry in entries]
    for place, (found, meant) in enumerate(zip(entries, chained(bare), strict=True)):
        if any(found.get(key) != meant[key] for key in LINKS):
            return place
    return None
