"""What any thing is, says and is called."""

from rdflib import SKOS

from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.thing import Values


def definition(page: Page) -> Values:
    """Return what the page's thing is."""
    return {"text": page.text(SKOS.definition)}


def statement(page: Page) -> Values:
    """Return what the page's thing says."""
    return {"text": page.text(DUO.statement)}


def names(page: Page) -> Values | None:
    """Return the other names of the page's thing, those in each other language apart: heading, language, names.

    Return None where it has none.
    """
    own, foreign = page.names(), page.foreign_names()
    headed = [
        (page.t("in-language", language=page.language_name(language)), language, said)
        for language, said in foreign.items()
    ]
    return {"names": own, "foreign": headed} if own or foreign else None


SECTIONS = {"definition": definition, "names": names, "statement": statement}
