"""What a page shows, in which order: a list of sections per kind of thing. Each section is a template of that name."""

# What opens the page of a thing that people ask about, what sources say of it, and what the page ends with.
_OPENING = ("message", "definition", "implications")
_SAID = ("claims", "caveats", "gaps")
_END = ("sources", "names", "neighbourhood")

SECTIONS: dict[str, tuple[str, ...]] = {
    "concept": (*_OPENING, "kinds", "effects", "how-known", "compared", "attributes", *_SAID, *_END),
    "attribute": ("definition", "names", "attribute-of", *_SAID, "sources", "neighbourhood"),
    "dimension": ("definition", "names", "dimension-table", "sources", "neighbourhood"),
    "role": (*_OPENING, "role-cells", "how-known", *_SAID, *_END),
    "characteristic": ("definition", "names", "characteristic-cells", *_SAID, "sources", "neighbourhood"),
    "level": ("definition", "names", "level-cells", *_SAID, "sources"),
    "cell": ("statement", "cell-place", *_SAID, "sources"),
    "spectrum": ("definition", "names", "spectrum-steps", *_SAID, "sources", "neighbourhood"),
    "domain": (*_OPENING, "domain-outcomes", "effects", "how-known", *_SAID, *_END),
    "outcome": (*_OPENING, "outcome-domain", "effects", "how-known", *_SAID, *_END),
    "indicator": (*_OPENING, "effects", "how-known", *_SAID, "framework-items", "practice", "pitfalls", *_END),
    "framework": ("definition", "names", "items", *_SAID, "sources", "neighbourhood"),
    "item": ("definition", "names", "item-of", "item-matches", *_SAID, "sources", "neighbourhood"),
    "pitfall": (*_OPENING, "effects", "how-known", *_SAID, *_END),
    "target-group": ("definition", "names", "how-known", *_SAID, "sources", "neighbourhood"),
    "action-domain": ("definition", "names", *_SAID, "sources", "neighbourhood"),
    "question": ("definition", "chart", "survey-answers", "caveats"),
    "source": ("reference", "study", "caveats", "bears-on", "taken-from", "neighbourhood"),
    "claim": ("claim-statement", "claim-judgement", "claim-evidence", "caveats", "claim-about", "used-in"),
    "section": ("section-place", "section-taken"),
}

# Overviews: page path without .md, and the template that makes it.
OVERVIEWS = {
    "index": "front",
    "concept/index": "concepts",
    "role/index": "roles",
    "spectrum/index": "spectrum",
    "outcome/index": "outcomes",
    "indicator/index": "indicators",
    "framework/index": "frameworks",
    "pitfall/index": "pitfalls",
    "implication/index": "implications",
    "effect/index": "effects",
    "disagreement/index": "disagreements",
    "search/index": "searches",
    "evidence-map": "evidence-map",
    "target-group/index": "target-groups",
    "question/index": "survey",
    "question/recomputed": "recomputed",
    "caveat/index": "caveats",
    "gap/index": "gaps",
    "source/index": "sources",
    "section/index": "sections",
    "rubric": "rubric",
    "tools/self-check": "self-check",
    "tools/spectrum": "where",
    "ask/index": "questions",
    "downloads": "downloads",
    "a-z": "a-z",
}
MAP = "graph"
GRAPHML = "assets/concepts.graphml"
FEED = "assets/changes.atom"

# Kinds without pages of their own: the overview on which each stands under its own anchor.
ANCHORED = {
    "caveat": "caveat/index",
    "gap": "gap/index",
    "implication": "implication/index",
    "search": "search/index",
    "disagreement": "disagreement/index",
}

# Kinds that are shown on the page of another thing, and the property that leads there, from either end.
SHOWN_WITH = {
    "observation": "question",
    "evidence": "forClaim",
    "estimate": "estimate",
    "judgement": "judges",
    "reason": "loweredFor",
}

# The order in which claims of different kinds are read.
CLAIM_KINDS = (
    "Effect", "Factor", "Definition", "Characteristic", "Distinction", "Typology", "Outcome", "SuccessFactor",
    "Condition", "Pitfall", "Prevalence", "Method", "Context", "Gap",
)  # fmt: skip

# How much a kind of thing weighs in the results of a search: a concept before its parts.
SEARCH_WEIGHTS = {
    "concept": 2.0,
    "indicator": 2.0,
    "overview": 1.2,
    "source": 0.8,
    "question": 0.7,
    "ask": 0.7,
    "attribute": 0.7,
    "item": 0.6,
    "level": 0.5,
}

# Kinds whose label is a statement: the search shows them after everything else.
STATEMENTS = {"claim", "cell", "caveat", "gap", "implication", "disagreement"}

# Kinds of pages that only repeat what others say: the search leaves them out.
UNSEARCHED = {"section"}

# How many rows of an answer a page shows; the command line gives all.
MOST_ROWS = 100
# How many points of what is new the start page tells.
MOST_NEW = 4
# How many claims of one kind, or caveats, a page shows before the rest, which stands in a box that opens.
MOST_SHOWN = 4
# How many caveats stand beside a survey question where it is not the subject.
MOST_CAVEATS = 2
# How long a description for search engines may be, in characters.
MOST_DESCRIBED = 200
