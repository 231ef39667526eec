"""Every namespace and predicate, named once."""

from collections.abc import Iterable

from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import PROV

from kb.kinds import KINDS, Kind


class Vocabulary(Namespace):
    """A namespace that makes each term once; rdflib's makes and checks it each time that it is named."""

    def __getattr__(self, name: str) -> URIRef:
        term = super().__getattr__(name)
        self.__dict__[name] = term
        return term


BASE = "https://w3id.org/duo-kb/"
DUO = Vocabulary(f"{BASE}ontology#")
ONTOLOGY = f"{BASE}ontology"
QB = Vocabulary("http://purl.org/linked-data/cube#")
BIBO = Vocabulary("http://purl.org/ontology/bibo/")
MARC = Vocabulary("http://id.loc.gov/vocabulary/relators/")
CITO = Vocabulary("http://purl.org/spar/cito/")

PREFIXES: dict[str, str] = {
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "qb": str(QB),
    "bibo": str(BIBO),
    "cito": str(CITO),
    "prov": str(PROV),
    "schema": str(SDO),
    "sh": str(SH),
    "duo": str(DUO),
    **{kind: f"{BASE}{kind}/" for kind in KINDS},
}

VERDICTS = {
    "supportedBy": "Supports",
    "qualifiedBy": "Qualifies",
    "contradictedBy": "Contradicts",
    "noEffectFoundBy": "NoEffectFound",
}


def source_iri(key: str) -> URIRef:
    """Return the IRI of the source with this citation key."""
    return URIRef(f"{BASE}source/{key}")


def kind_of(iri: str) -> str:
    """Return the kind of individual that `iri` names ("indicator"), or "" for anything else."""
    kind = iri.removeprefix(BASE).partition("/")[0] if iri.startswith(BASE) else ""
    return kind if kind in KINDS else ""


def row_of(iri: str) -> Kind:
    """Return the row of kinds.toml for the kind of a thing; for anything else a row that says nothing."""
    return KINDS.get(kind_of(iri), Kind(""))


def of_kind(iris: Iterable[str], *kinds: str) -> list[str]:
    """Return those that are of one of these kinds, in their order; raise KeyError for what is no kind of thing."""
    starts = tuple(f"{BASE}{KINDS[kind].name}/" for kind in kinds)
    return [iri for iri in iris if iri.startswith(starts)]


def local_name(iri: str) -> str:
    """Return the name of a term of our vocabulary without its namespace; anything else as it is."""
    return iri.removeprefix(str(DUO))


def slug_of(iri: str) -> str:
    """Return what stands after the kind: "matching" for indicator:matching."""
    return iri.removeprefix(f"{BASE}{kind_of(iri)}/")


def compact(iri: str) -> str:
    """Return `iri` with its prefix ("indicator:matching"), or whole where none fits."""
    fitting = (prefix for prefix, start in PREFIXES.items() if iri.startswith(start) and iri != start)
    prefix = max(fitting, key=lambda name: len(PREFIXES[name]), default="")
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri


def expand(name: str) -> str | None:
    """Return the IRI of a prefixed name or an absolute IRI (with or without <>); None for anything else."""
    bare = name.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return bare if bare.startswith(("http://", "https://")) else None
