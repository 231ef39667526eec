"""What this knowledge base no longer says: it keeps its name, its words and its successor, and counts nowhere."""

import pyoxigraph as ox

from kb.namespaces import BASE, PREFIXES

# A retired thing keeps what its page shows; an evidence item or judgement goes with the claim or source that it is of.
_FALL_WITH = "duo:forClaim|duo:source|duo:judges"
_KEPT = (
    "owl:deprecated, dcterms:isReplacedBy, dcterms:modified, rdfs:label, skos:prefLabel, skos:definition, duo:statement"
)
_UPDATES = (
    f"""DELETE {{ ?thing ?said ?value }} INSERT {{ ?thing a duo:Retired }} WHERE {{
      ?thing owl:deprecated true ; ?said ?value .
      FILTER(STRSTARTS(STR(?thing), "{BASE}") && !STRSTARTS(STR(?thing), "{PREFIXES["duo"]}"))
      FILTER(?said NOT IN ({_KEPT}))
    }}""",
    f"DELETE {{ ?part ?said ?value }} WHERE {{ ?thing a duo:Retired . ?part {_FALL_WITH} ?thing ; ?said ?value }}",
    "DELETE { ?claim ?verdict ?thing } WHERE { ?thing a duo:Retired . ?claim ?verdict ?thing "
    "FILTER(?verdict IN (duo:supportedBy, duo:qualifiedBy, duo:contradictedBy, duo:noEffectFoundBy)) }",
)


def retire(store: ox.Store) -> None:
    """Remove from the store what is said of and by way of things that are `owl:deprecated`, before anything is derived.

    What is left of such a thing has the class duo:Retired and no other, so no rule, question, list or count meets it.
    Terms of the vocabulary stay as they are: programs outside may still name them.
    """
    for update in _UPDATES:
        store.update(update, prefixes=dict(PREFIXES))
