"""What a page shows, in which order, and how much of it."""

from kb.kinds import KINDS

# The sections of the page of a thing, by its kind.
SECTIONS = {kind.name: kind.sections for kind in KINDS.values() if kind.sections}

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
