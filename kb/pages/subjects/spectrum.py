"""The spectrum: its positions in order, and the picture of its steps."""

from markupsafe import Markup

from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.thing import Values, things


def overview(page: Page) -> Values:
    """Return the steps as a picture, and the positions."""
    return {"steps": picture(page), "positions": things(page, positions(page))}


def section(page: Page) -> Values:
    """Return the steps, the page's own marked."""
    return {"steps": picture(page)}


def positions(page: Page) -> list[str]:
    """Return the positions of the spectrum in their order."""
    return [iri for iri in page.records.things["spectrum"] if page.records.value(iri, DUO.position)]


def picture(page: Page) -> Markup:
    """Return the spectrum as a picture of its steps, each a link; the one of this page is marked."""
    entries = [
        f'<li{_marked(page, iri)}><a href="{page.url("spectrum/" + iri.rpartition("/")[2])}">'
        f"<b>{page.records.number(iri, DUO.position)}</b> {page.label(iri)}</a></li>"
        for iri in positions(page)
    ]
    return Markup(f'<ol class="spectrum-steps">{"".join(entries)}</ol>')


def _marked(page: Page, iri: str) -> str:
    return ' class="here" aria-current="true"' if iri == page.iri else ""


OVERVIEWS = {"spectrum/index": ("spectrum", overview)}
SECTIONS = {"spectrum-steps": section}
