"""Outcomes and the domains in which they stand."""

from rdflib import SKOS

from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.subjects import messages, standings
from kb.pages.thing import Thing, Values, in_order, things


def overview(page: Page) -> Values:
    """Return the domains by who gains; each with its key message and its outcomes, and how far each was studied."""
    groups = [
        (
            beneficiary,
            [
                (domain, messages.statement(page, domain.iri), _with_standing(page, domain.iri))
                for domain in things(page, domains)
            ],
        )
        for beneficiary, domains in _by_beneficiary(page)
    ]
    return {"groups": groups}


def _by_beneficiary(page: Page) -> list[tuple[str, list[str]]]:
    found = page.records.things["domain"]
    groups = [
        (name, [iri for iri in found if str(DUO[name]) in page.records.values(iri, DUO.beneficiary)])
        for name in page.records.members("Beneficiary")
    ]
    return [(page.term(name), in_order(page, iris)) for name, iris in groups if iris]


def _with_standing(page: Page, domain: str) -> list[tuple[Thing, object]]:
    return [(outcome, standings.short(page, outcome.iri)) for outcome in _outcomes(page, domain)]


def _outcomes(page: Page, domain: str) -> list[Thing]:
    return things(page, in_order(page, page.records.values(domain, SKOS.narrower)))


def of_domain(page: Page) -> Values:
    """Return the outcomes of the page's domain."""
    return {"outcomes": _outcomes(page, page.iri)}


def domain_of(page: Page) -> Values:
    """Return the domain of the page's outcome, and who gains."""
    records = page.records
    return {
        "domains": things(page, records.values(page.iri, SKOS.broader)),
        "beneficiaries": page.enumerated(records.values(page.iri, DUO.beneficiary)),
    }


OVERVIEWS = {"outcome/index": ("outcomes", overview)}
SECTIONS = {"domain-outcomes": of_domain, "outcome-domain": domain_of}
