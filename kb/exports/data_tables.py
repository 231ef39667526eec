"""Parts of the knowledge base as tables for other programs, with what their columns mean, and what there is in all."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, SKOS

from kb.answers import csv_text
from kb.model.records import Claim, Estimate, EvidenceItem, Place, Records, Text
from kb.namespaces import BASE, BIBO, DUO, ONTOLOGY, PREFIXES, compact
from kb.words import LANGUAGES, REFERENCE, has_own_phrase, phrase

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_IRI, _LIST, _NUMBER, _WHOLE, _TRUTH = "anyURI", "anyURI*", "decimal", "integer", "boolean"


@dataclass(frozen=True)
class Column:
    """A column: its name, datatype ("" for text), the property it stands for, and the language of its texts."""

    name: str
    datatype: str = ""
    property: str = ""
    language: str = ""


@dataclass(frozen=True)
class DataTable:
    """Rows under columns, a text per cell; what is not known is ""."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def as_csv(table: DataTable) -> str:
    """Return the table as comma-separated values with a first line of names."""
    return csv_text([[column.name for column in table.columns], *table.rows])


def csvw(table: DataTable) -> str:
    """Return what the columns mean as JSON of the W3C's CSV on the Web, in each language that says so."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": REFERENCE}],
        "url": f"{table.name}.csv",
        "dc:title": _in_each(f"data-{table.name}"),
        "dc:license": {"@id": LICENCE},
        "dc:source": {"@id": ONTOLOGY},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\n"]},
        "tableSchema": {"columns": [_described(column) for column in table.columns]},
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _in_each(code: str) -> list[dict[str, str]]:
    saying = (language for language in LANGUAGES if has_own_phrase(code, language))
    return [{"@value": phrase(code, language), "@language": language} for language in saying]


def _described(column: Column) -> dict[str, object]:
    stem = column.name.removesuffix(f"_{column.language}") if column.language else column.name
    told: dict[str, object] = {"name": column.name, "titles": column.name, "dc:description": _in_each(f"field-{stem}")}
    if column.datatype:
        told["datatype"] = column.datatype.removesuffix("*")
    if column.datatype == _LIST:
        told["separator"] = " "
    if column.property:
        told["propertyUrl"] = column.property
    return told | ({"lang": column.language} if column.language else {})


def _texts(name: str, of: str = "") -> tuple[Column, ...]:
    return tuple(Column(f"{name}_{language}", "", of, language) for language in LANGUAGES)


def _said(find: Iterable[Text]) -> tuple[str, ...]:
    """Return the words of texts in the order of the languages; "" for one that is there in another language only."""
    return tuple("" if text.foreign else text.words for text in find)


def _labels(records: Records, iri: str) -> tuple[str, ...]:
    return _said(records.label(iri, language) for language in LANGUAGES)


def survey_table(records: Records) -> DataTable:
    """Return each answer of the survey as reported, those without a figure too."""
    columns = (
        Column("observation", _IRI),
        Column("question", _IRI, str(DUO.question)),
        *_texts("question_label"),
        Column("answer", _IRI, str(DUO.answer)),
        *_texts("answer_label"),
        Column("value", _NUMBER, str(DUO.value)),
        Column("unit", _IRI, str(DUO.unit)),
        Column("hedge", "", str(DUO.hedge), _language_of_figures(records)),
        Column("base", _WHOLE, str(DUO.base)),
        Column("base_status", _IRI, str(DUO.baseStatus)),
        Column("multiple_answers", _TRUTH, str(DUO.multipleAnswers)),
        Column("section", "", str(DUO.section)),
        Column("source", _IRI, str(DCTERMS.source)),
    )
    return DataTable("survey", columns, tuple(_survey_rows(records)))


def _language_of_figures(records: Records) -> str:
    """Return the language of the works that the figures come from; "" where it is not known or not the same for all."""
    works = {records.value(iri, DCTERMS.source) for iri in records.things["observation"]}
    languages = {records.value(work, DCTERMS.language) for work in works}
    return languages.pop() if len(languages) == 1 else ""


def _survey_rows(records: Records) -> Iterator[tuple[str, ...]]:
    told = (DUO.value, DUO.unit, DUO.hedge, DUO.base, DUO.baseStatus, DUO.multipleAnswers, DUO.section, DCTERMS.source)
    for iri in records.things["observation"]:
        question, answer = records.value(iri, DUO.question), records.value(iri, DUO.answer)
        names = (question, *_labels(records, question), answer, *_labels(records, answer))
        yield (iri, *names, *(records.value(iri, predicate) for predicate in told))


def claims_table(records: Records) -> DataTable:
    """Return each claim with each of its sources: a row is one evidence item."""
    columns = (
        Column("claim", _IRI, str(DUO.forClaim)),
        *_texts("statement", str(DUO.statement)),
        Column("kind", _IRI, str(DUO.kind)),
        Column("about", _LIST, str(DUO.about)),
        Column("reported_in", _LIST, str(DUO.reportedIn)),
        Column("section", "", str(DUO.section)),
        Column("locator", "", str(BIBO.locator)),
        Column("lines", "", str(DUO.lines)),
        Column("item", _IRI),
        Column("source", _IRI, str(DUO.source)),
        Column("author_year"),
        Column("design", _IRI, str(DUO.studyDesign)),
        Column("direction", _IRI, str(DUO.direction)),
        Column("basis", _IRI, str(DUO.basis)),
        Column("counts", _TRUTH),
        Column("comparison", _IRI, str(DUO.comparison)),
        Column("studied_in", _LIST, str(DUO.studiedIn)),
        Column("study", _IRI, str(DUO.study)),
        Column("read_as", _IRI, str(DUO.readAs)),
        Column("cited_via", _LIST, str(DUO.citedVia)),
        Column("citation_check", _IRI, str(DUO.citationCheck)),
    )
    return DataTable("claims", columns, tuple(_claim_rows(records)))


def _claim_rows(records: Records) -> Iterator[tuple[str, ...]]:
    for claim in records.claims.values():
        statements = _said(records.text(claim.iri, DUO.statement, language) for language in LANGUAGES)
        told = (str(DUO[claim.kind]), " ".join(claim.about), " ".join(claim.reported_in))
        for item in claim.evidence:
            place = _place(claim, item)
            source = (item.iri, item.source, records.label(item.source, REFERENCE).words)
            design = records.value(item.source, DUO.studyDesign)
            yield (claim.iri, *statements, *told, *place, *source, design, *_borne(item))


def _place(claim: Claim, item: EvidenceItem) -> tuple[str, str, str]:
    """Return section, locator and lines: of the evidence item where that has any, else of the claim."""
    place = item.place if item.place != Place() else claim.place
    return place.section, place.locator, place.lines


def _borne(item: EvidenceItem) -> tuple[str, ...]:
    return (
        str(DUO[item.direction]),
        _term(item.basis),
        str(item.counts).lower(),
        _term(item.comparison),
        " ".join(item.studied_in),
        item.study,
        _term(item.read_as),
        " ".join(item.cited_via),
        _term(item.citation_check),
    )


def estimates_table(records: Records) -> DataTable:
    """Return each figure that a work gives for an effect or a factor, as printed, beside what it is for."""
    columns = (
        Column("estimate", _IRI),
        Column("claim", _IRI, str(DUO.forClaim)),
        Column("intervention", _IRI, str(DUO.intervention)),
        Column("factor", _IRI, str(DUO.factor)),
        Column("outcome", _IRI, str(DUO.outcome)),
        Column("item", _IRI),
        Column("source", _IRI, str(DUO.source)),
        Column("author_year"),
        Column("direction", _IRI, str(DUO.direction)),
        Column("pooled", _TRUTH),
        Column("measure", _IRI, str(DUO.measure)),
        Column("value", _NUMBER, str(DUO.value)),
        Column("comparator_value", _NUMBER, str(DUO.comparatorValue)),
        Column("ci_low", _NUMBER, str(DUO.ciLow)),
        Column("ci_high", _NUMBER, str(DUO.ciHigh)),
        Column("p_value", "", str(DUO.pValue)),
        Column("studies_combined", _WHOLE, str(DUO.studiesCombined)),
        Column("participants", _WHOLE, str(DUO.participants)),
        *_texts("follow_up", str(DUO.followUp)),
        *_texts("comparator", str(DUO.comparator)),
        *_texts("population", str(DUO.population)),
        *_texts("instrument", str(DUO.instrument)),
        Column("primary", _TRUTH, str(DUO.primary)),
        Column("adjusted", _TRUTH, str(DUO.adjusted)),
        Column("better_when", _IRI, str(DUO.betterWhen)),
        Column("favours", _IRI, str(DUO.favours)),
        Column("comparison", _IRI, str(DUO.comparison)),
        Column("locator", "", str(BIBO.locator)),
    )
    return DataTable("estimates", columns, tuple(_estimate_rows(records)))


def _estimate_rows(records: Records) -> Iterator[tuple[str, ...]]:
    for claim in records.claims.values():
        for item in claim.evidence:
            told = (claim.intervention, claim.factor, claim.outcome, item.iri, item.source)
            said = (records.label(item.source, REFERENCE).words, str(DUO[item.direction]), str(item.pooled).lower())
            for estimate in item.estimates:
                yield (estimate.iri, claim.iri, *told, *said, *_figures(records, estimate))


def _figures(records: Records, found: Estimate) -> tuple[str, ...]:
    numbers = (found.value, found.comparator_value, found.low, found.high)
    texts = (DUO.followUp, DUO.comparator, DUO.population, DUO.instrument)
    return (
        _term(found.measure),
        *("" if number is None else str(number) for number in numbers),
        found.p_value,
        *(str(number or "") for number in (found.studies, found.participants)),
        *(
            words
            for text in texts
            for words in _said(records.text(found.iri, text, language) for language in LANGUAGES)
        ),
        found.primary,
        found.adjusted,
        *map(_term, (found.better_when, found.favours, found.comparison)),
        records.value(found.iri, BIBO.locator),
    )


def _term(name: str) -> str:
    return str(DUO[name]) if name else ""


SSSOM = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "comment")


def crosswalk_rows(records: Records) -> list[tuple[str, ...]]:
    """Return the framework items mapped to success indicators, a row per mapping, under the columns of SSSOM."""
    return [
        (
            compact(item),
            records.label(item, REFERENCE).words,
            f"skos:{match}",
            compact(target),
            records.label(target, REFERENCE).words,
            "semapv:ManualMappingCuration",
            _reason(records, item, target),
        )
        for item in records.things["item"]
        for match, target in records.matches(item)
    ]


def _reason(records: Records, item: str, indicator: str) -> str:
    found = set(records.subjects(DUO.item, item)) & set(records.subjects(DUO.indicator, indicator))
    return records.text(min(found), DUO.reason, REFERENCE).words if found else ""


def sssom(records: Records) -> str:
    """Return the crosswalk of the frameworks as an SSSOM mapping set: its description as comments, then the table."""
    prefixes = {
        **{name: PREFIXES[name] for name in ("item", "indicator", "skos")},
        "semapv": "https://w3id.org/semapv/vocab/",
    }
    head = [
        f"mapping_set_id: {BASE}crosswalk",
        f"mapping_set_version: {json.dumps(records.value(ONTOLOGY, DCTERMS.issued))}",
        f"mapping_set_title: {json.dumps(phrase('data-crosswalk', REFERENCE))}",
        f"license: {LICENCE}",
        "curie_map:",
        *(f"  {prefix}: {address}" for prefix, address in prefixes.items()),
    ]
    return "".join(f"#{line}\n" for line in head) + csv_text([SSSOM, *crosswalk_rows(records)], "\t")


@dataclass(frozen=True)
class DataFile:
    """A file to download: its path in the site, media type and text, and how many of what it holds.

    `about` names the phrase that says what is in it; files with the same are one thing in several formats. Of a file in
    which nothing is counted, `counted` is 0 and `unit` "".
    """

    path: str
    media_type: str
    about: str
    text: str
    counted: int = 0
    unit: str = ""

    @property
    def name(self) -> str:
        """Return the file's name without its folder."""
        return self.path.rpartition("/")[2]

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return len(self.text.encode())


def describe(records: Records, files: Iterable[DataFile], statements: int) -> str:
    """Return what there is to download, in Turtle: one data set (VoID and DCAT) with a distribution for each file."""
    address, group = f"{BASE}{REFERENCE}/", json.dumps(phrase("contributors", REFERENCE))
    listed = list(files)
    dumps = [file for file in listed if file.unit == "statements"]
    titles = _literals(records, str(DCTERMS.title))
    about = _literals(records, str(DCTERMS.description))
    lines = [
        *(f"@prefix {name}: <{start}> ." for name, start in _DESCRIBED_WITH.items()),
        "",
        f"<{BASE}dataset> a void:Dataset , dcat:Dataset ;",
        f"    dcterms:title {titles} ;",
        f"    dcterms:description {about} ;",
        f'    dcterms:issued "{records.value(ONTOLOGY, DCTERMS.issued)}"^^xsd:date ;',
        f"    dcterms:license <{LICENCE}> ;",
        f"    dcterms:creator [ a foaf:Group ; foaf:name {group}@{REFERENCE} ] ;",
        f"    foaf:homepage <{BASE}> ;",
        f"    void:vocabulary <{ONTOLOGY}#> , <{SKOS}> , <{PREFIXES['qb']}> , <{PREFIXES['bibo']}> ;",
        f'    void:uriSpace "{BASE}" ;',
        f"    void:triples {statements} ;",
        f"    void:dataDump {' , '.join(f'<{address}{file.path}>' for file in dumps)} ;",
        f"    dcat:distribution {' , '.join(f'<{address}{file.path}>' for file in listed)} .",
    ]
    return "\n".join(lines) + "\n" + "".join(_distribution(address, file) for file in listed)


_DESCRIBED_WITH = {
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": str(DCTERMS),
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": PREFIXES["xsd"],
}


def _literals(records: Records, predicate: str) -> str:
    texts = (records.text(ONTOLOGY, DCTERMS[predicate.removeprefix(str(DCTERMS))], language) for language in LANGUAGES)
    return " , ".join(f"{json.dumps(text.words, ensure_ascii=False)}@{text.language}" for text in texts)


def _distribution(address: str, file: DataFile) -> str:
    return f"""
<{address}{file.path}> a dcat:Distribution ;
    dcat:downloadURL <{address}{file.path}> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/{file.media_type}> ;
    dcat:byteSize {file.size} ;
    dcterms:license <{LICENCE}> .
"""
