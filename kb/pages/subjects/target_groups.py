"""For whom and where: target groups and domains of action."""

from kb.pages.page import Page
from kb.pages.thing import Values, in_order, things


def overview(page: Page) -> Values:
    """Return the target groups and the domains of action, in their order."""
    records = page.records
    return {
        "groups": things(page, in_order(page, records.things["target-group"])),
        "domains": things(page, in_order(page, records.things["action-domain"])),
    }
