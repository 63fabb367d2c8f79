"""The lineage as W3C PROV: raw and built files as entities, notebooks that ran as activities."""

from prov.model import ProvDocument

from evalcore.audit.lineage import Lineage
from evalcore.audit.nodes import Committed, Exhibit, File, Node, Published, Raw, Work, key

NAMESPACE = "urn:evalcore:"


def prov_document(lineage: Lineage) -> ProvDocument:
    """The whole lineage: what each task used, and what it generated.

    Identifiers are kinds and ids in the namespace `urn:evalcore:<edition>:`; hashes are attributes `sha256`.
    """
    document = ProvDocument()
    document.add_namespace("ev", f"{NAMESPACE}{lineage.edition}:")
    for name in sorted(lineage.nodes):
        _add(document, lineage.nodes[name])
    for name in sorted(lineage.parents):
        for parent in lineage.parents[name]:
            _relate(document, lineage.nodes[name], parent)
    return document


def _add(document: ProvDocument, node: Node) -> None:
    if isinstance(node, Work):
        told = {"prov:label": node.notebook, **{f"ev:{key_}": value for key_, value in node.parameters.items()}}
        document.activity(_name(key(node)), other_attributes=told)
    else:
        document.entity(_name(key(node)), _attributes(node))


def _attributes(node: Raw | Committed | File | Exhibit | Published) -> dict[str, str]:
    told = {"prov:label": node.id, "prov:type": node.kind}
    if isinstance(node, Raw):
        told |= {"ev:path": node.path, "ev:licence": node.licence, "ev:obtained": node.obtained}
    if isinstance(node, Published):
        return told | {"prov:value": node.text["en"]}
    return told | {"ev:sha256": node.sha256}


def _relate(document: ProvDocument, node: Node, parent: str) -> None:
    if isinstance(node, Work):
        document.used(_name(key(node)), _name(parent))
    else:
        document.wasGeneratedBy(_name(key(node)), _name(parent))


def _name(key_: str) -> str:
    """A qualified name: what PROV does not allow in one is escaped as in an IRI."""
    return f"ev:{key_.replace(':', '/')}"
