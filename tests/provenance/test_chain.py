"""Hash chains hold as long as nothing is changed, and say where they break."""

import pytest

from evalcore.provenance.chain import FIRST, broken_link, chained
from evalcore.provenance.hashing import sha256_json

ENTRIES = [{"entry": 1, "status": "open"}, {"entry": 2, "status": "planned"}, {"entry": 3, "status": "closed"}]


def test_each_entry_carries_the_hash_of_the_one_before():
    """The first carries zeros; a hash is that of all other values of its entry."""
    links = chained(ENTRIES)
    assert links[0]["previous"] == FIRST
    assert [link["previous"] for link in links[1:]] == [link["hash"] for link in links[:-1]]
    assert links[0]["hash"] == sha256_json({"entry": 1, "status": "open", "previous": FIRST})


def test_entries_can_be_added():
    """What follows an old chain begins with its last hash."""
    links = chained(ENTRIES[:2])
    longer = [*links, *chained(ENTRIES[2:], links[-1]["hash"])]
    assert broken_link(longer) is None
    assert longer == chained(ENTRIES)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda links: links[1].update(status="closed"), 1),
        (lambda links: links.pop(0), 0),
        (lambda links: links.pop(1), 1),
        (lambda links: links.reverse(), 0),
        (lambda links: links[2].pop("hash"), 2),
    ],
)
def test_what_is_changed_is_found_at_its_place(change, place):
    """Another value, an entry taken out, another order, a hash left out."""
    links = chained(ENTRIES)
    change(links)
    assert broken_link(links) == place
