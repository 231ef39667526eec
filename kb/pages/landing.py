"""The page above the sites, which leads to each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import jinja2


@dataclass(frozen=True)
class Site:
    """A site as the page above it names it: the code of its language, what that calls itself, and the site's name."""

    language: str
    language_name: str
    name: str


def render_landing(template: str, sites: Sequence[Site]) -> str:
    """Return the page above the sites as HTML; it speaks the language of the first site."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(template).render(first=sites[0], sites=sites) + "\n"
