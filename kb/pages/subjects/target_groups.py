"""For whom and where: target groups and domains of action."""

from kb.pages.page import Page
from kb.pages.thing import Thing, Values, in_order, things


def overview(page: Page) -> Values:
    """Return the target groups and the domains of action, in their order."""
    kinds = ("target-group", "action-domain")
    return {
        "title": page.t("many-target-group"),
        "lead": page.t("target-groups-lead"),
        "groups": [(page.kind_name(kind).capitalize(), _things(page, kind)) for kind in kinds],
    }


def _things(page: Page, kind: str) -> list[Thing]:
    return things(page, in_order(page, page.records.things[kind]))


OVERVIEWS = {"target-group/index": ("list", overview)}
