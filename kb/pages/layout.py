"""What a page shows, in which order: a list of sections per kind of thing. Each section is a template of that name."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "concept": (
        "definition",
        "names",
        "kinds",
        "how-known",
        "attributes",
        "compared",
        "claims",
        "sources",
        "neighbourhood",
    ),
    "attribute": ("definition", "names", "attribute-of", "claims", "sources", "neighbourhood"),
    "dimension": ("definition", "names", "dimension-table", "sources", "neighbourhood"),
    "role": ("definition", "names", "role-cells", "how-known", "claims", "sources", "neighbourhood"),
    "characteristic": ("definition", "names", "characteristic-cells", "claims", "sources", "neighbourhood"),
    "level": ("definition", "names", "level-cells", "claims", "sources"),
    "cell": ("statement", "cell-place", "claims", "sources"),
    "spectrum": ("definition", "names", "spectrum-steps", "claims", "sources", "neighbourhood"),
    "domain": ("definition", "names", "domain-outcomes", "how-known", "claims", "sources", "neighbourhood"),
    "outcome": ("definition", "names", "outcome-domain", "how-known", "claims", "sources", "neighbourhood"),
    "indicator": (
        "definition",
        "names",
        "how-known",
        "claims",
        "framework-items",
        "sources",
        "neighbourhood",
    ),
    "framework": ("definition", "names", "items", "claims", "sources", "neighbourhood"),
    "item": ("definition", "names", "item-of", "item-matches", "claims", "sources", "neighbourhood"),
    "pitfall": ("definition", "names", "how-known", "claims", "sources", "neighbourhood"),
    "target-group": ("definition", "names", "how-known", "claims", "sources", "neighbourhood"),
    "action-domain": ("definition", "names", "claims", "sources", "neighbourhood"),
    "source": ("reference", "study", "bears-on", "taken-from", "neighbourhood"),
    "claim": ("claim-statement", "claim-evidence", "claim-about"),
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
    "source/index": "sources",
    "ask/index": "questions",
    "graph": "graph",
}

# The order in which claims of different kinds are read.
CLAIM_KINDS = (
    "Definition", "Characteristic", "Distinction", "Typology", "Outcome", "SuccessFactor",
    "Condition", "Pitfall", "Prevalence", "Method", "Context", "Gap",
)  # fmt: skip

# Search results: an overview or concept before its parts, and single claims last. The site tool takes a word in a title
# for a thousand in the text; the title of a claim is its text.
SEARCH_BOOST = {
    "claim": 0.0003,
    "item": 0.6,
    "attribute": 0.7,
    "cell": 0.0003,
    "level": 0.5,
    "source": 0.8,
    "indicator": 2.0,
    "concept": 2.0,
}

# How many rows of an answer a page shows; the command line gives all.
MOST_ROWS = 100
MOST_NEIGHBOURS = 60
