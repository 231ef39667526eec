"""What each page and each section is made by: a function of its subject, and the template that shows its values."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature

from kb.pages import thing
from kb.pages.page import Page
from kb.pages.shared import Shared
from kb.pages.subjects import (
    alphabet,
    ask,
    caveats,
    claims,
    concept_map,
    disagreements,
    downloads,
    effects,
    evidence_map,
    frameworks,
    front,
    gaps,
    indicators,
    interventions,
    messages,
    outcomes,
    recomputed,
    roles,
    rubric,
    searches,
    sections_of_works,
    source_list,
    sources,
    spectrum,
    standings,
    survey,
    target_groups,
    tools,
)
from kb.pages.thing import Values

# Gives a template its values from the page, and from what all pages share by the names of its parameters.
Make = Callable[..., Values | None]


@dataclass(frozen=True)
class Overview:
    """A page about no single thing: its template, and what gives that its values."""

    template: str
    make: Make


# By path without .md.
OVERVIEWS = {
    "index": Overview("front", front.overview),
    "concept/index": Overview("concepts", interventions.overview),
    "role/index": Overview("roles", roles.overview),
    "spectrum/index": Overview("spectrum", spectrum.overview),
    "outcome/index": Overview("outcomes", outcomes.overview),
    "indicator/index": Overview("indicators", indicators.overview),
    "framework/index": Overview("frameworks", frameworks.overview),
    "pitfall/index": Overview("pitfalls", indicators.pitfalls),
    "implication/index": Overview("implications", messages.overview),
    "effect/index": Overview("effects", effects.overview),
    "disagreement/index": Overview("disagreements", disagreements.overview),
    "search/index": Overview("searches", searches.overview),
    "evidence-map": Overview("evidence-map", evidence_map.overview),
    "target-group/index": Overview("target-groups", target_groups.overview),
    "question/index": Overview("survey", survey.overview),
    "question/recomputed": Overview("recomputed", recomputed.overview),
    "caveat/index": Overview("caveats", caveats.overview),
    "gap/index": Overview("gaps", gaps.overview),
    "source/index": Overview("sources", source_list.overview),
    "section/index": Overview("sections", sections_of_works.overview),
    "rubric": Overview("rubric", rubric.overview),
    "tools/self-check": Overview("self-check", tools.self_check),
    "tools/spectrum": Overview("where", tools.where),
    "ask/index": Overview("questions", ask.overview),
    "downloads": Overview("downloads", downloads.overview),
    "a-z": Overview("a-z", alphabet.overview),
    "graph": Overview("graph", concept_map.overview),
}

# By the name of the template, which kb/kinds.toml lists. A section that has no values is not shown.
SECTIONS: dict[str, Make] = {
    "attribute-of": interventions.attribute,
    "attributes": interventions.attributes,
    "bears-on": sources.bears_on,
    "caveats": caveats.section,
    "cell-place": roles.place,
    "characteristic-cells": roles.of_characteristic,
    "chart": survey.charts,
    "claim-about": claims.about,
    "claim-evidence": claims.evidence,
    "claim-judgement": claims.judgement,
    "claim-statement": claims.place,
    "claims": claims.section,
    "compared": interventions.compared,
    "definition": thing.definition,
    "dimension-table": interventions.dimension,
    "domain-outcomes": outcomes.of_domain,
    "effects": effects.section,
    "framework-items": frameworks.naming,
    "gaps": gaps.section,
    "how-known": standings.section,
    "implications": messages.section,
    "item-matches": frameworks.matches,
    "item-of": frameworks.framework_of,
    "items": frameworks.items,
    "kinds": interventions.kinds,
    "level-cells": roles.of_level,
    "message": messages.opening,
    "names": thing.names,
    "neighbourhood": concept_map.section,
    "outcome-domain": outcomes.domain_of,
    "pitfalls": indicators.pitfalls_here,
    "practice": survey.practice,
    "reference": sources.reference,
    "role-cells": roles.of_role,
    "section-place": sections_of_works.place,
    "section-taken": sections_of_works.contents,
    "sources": sources.section,
    "spectrum-steps": spectrum.section,
    "statement": thing.statement,
    "study": sources.study,
    "survey-answers": survey.answers,
    "taken-from": sources.taken_from,
    "used-in": messages.used_in,
}


def values(make: Make, page: Page, shared: Shared) -> Values | None:
    """Return what `make` gives for a page; each of its further parameters is what `shared` has under that name."""
    _, *wanted = signature(make).parameters
    return make(page, **{name: getattr(shared, name) for name in wanted})
