"""Faults of judgements that are surer than the rules allow or out of date, and of messages surer than judgements."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from rdflib import DCTERMS, PROV

from kb.content.knowledge_base import KnowledgeBase
from kb.diagnostics import Diagnostic, Severity, fault
from kb.model.fixed_sentences import CERTAINTIES
from kb.model.judgements import (
    Bound,
    Judgement,
    body,
    bound,
    claims_judged_about,
    is_causal,
    judgement,
    judgements,
    judgements_of,
)
from kb.model.records import Claim, Records
from kb.namespaces import DUO, compact, kind_of, of_kind
from kb.words import LANGUAGES, phrase


def judgement_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield the faults of judgements, of the questions that they answer and of the messages about them."""
    records = Records(kb)
    asked = [claim for kind in ("Effect", "Factor") for claim in _claims(records, kind)]
    for claim in asked:
        yield from _claim_faults(records, claim)
    for judged in judgements(records):
        yield from _judged_faults(records, judged)
    for message in records.things["message"]:
        yield from _message_faults(records, message)


def _claims(records: Records, kind: str) -> list[Claim]:
    return [records.claim(iri) for iri in records.subjects(DUO.kind, str(DUO[kind]))]


# -- claims


def _claim_faults(records: Records, claim: Claim) -> Iterator[Diagnostic]:
    if any(item.counts for item in claim.evidence) and not judgements_of(records, claim.iri):
        yield _told(records, "judgement-missing", claim.iri, severity=Severity.WARNING)
    yield from _causal_faults(records, claim.iri)


def _causal_faults(records: Records, iri: str) -> Iterator[Diagnostic]:
    """Yield a fault where a statement says a cause; one only, for the first language that has such words."""
    for language in LANGUAGES:
        found = causal_word(records.text(iri, DUO.statement, language).words, language)
        if found:
            yield _told(records, "causal-words", iri, DUO.statement, word=found)
            return


def causal_word(text: str, language: str) -> str:
    """Return the first words in a text that say that one thing brings about another; "" where there are none."""
    found = re.search(rf"\b({phrase('causal-words-known', language)})\b", text, re.IGNORECASE)
    return found[0] if found else ""


# -- judgements


def _judged_faults(records: Records, judged: Judgement) -> Iterator[Diagnostic]:
    claim = records.claim(judged.claim)
    if not (claim.asks and judged.finding and judged.certainty):
        return  # the shapes tell that
    yield from _body_faults(records, judged, {item.iri for item in body(records, claim, judged.target_group)})
    most = bound(records, judged)
    if most is None:
        yield _told(records, "judgement-unborne", judged.iri, DUO.finding, finding=_name(judged.finding))
    elif CERTAINTIES.index(judged.certainty) < CERTAINTIES.index(most.certainty):
        yield _too_sure(records, judged, most)


def _body_faults(records: Records, judged: Judgement, whole: set[str]) -> Iterator[Diagnostic]:
    for left_out in sorted(whole - set(judged.rests_on)):
        yield _told(records, "judgement-stale", judged.iri, PROV.wasDerivedFrom, evidence=compact(left_out))
    for strange in sorted(set(judged.rests_on) - whole):
        yield _told(records, "judgement-foreign", judged.iri, PROV.wasDerivedFrom, strange, evidence=compact(strange))


def _too_sure(records: Records, judged: Judgement, most: Bound) -> Diagnostic:
    why = partial(_why, records, judged, most)
    sure, allowed = _name(judged.certainty), _name(most.certainty)
    return _told(records, "judgement-too-sure", judged.iri, DUO.certainty, certainty=sure, most=allowed, why=why)


def _why(records: Records, judged: Judgement, most: Bound, language: str) -> str:
    """Return in words which rules hold a judgement down, separated by semicolons."""
    said: Callable[[str], str] = lambda name: records.label(str(DUO[name]), language).words  # noqa: E731
    told = [phrase("bound-start", language, comparison=said(most.comparison))]
    told += [phrase("bound-lowered", language, reason=said(kind), term=_name(kind)) for kind in most.lowered]
    if most.rated:
        told.append(phrase("bound-rated", language, certainty=said(most.rated)))
    if judged.finding == "MixedFinding":
        told.append(phrase("bound-mixed", language))
    return "; ".join(told)


# -- messages


def _message_faults(records: Records, message: str) -> Iterator[Diagnostic]:
    worded = [judgement(records, iri) for iri in of_kind(records.values(message, PROV.wasDerivedFrom), "judgement")]
    yield from _unworded(records, message, {judged.iri for judged in worded})
    if not worded:
        return
    sounds = records.term(message, DUO.certainty)
    if not sounds:
        yield _told(records, "message-without-certainty", message)
    elif _surer(sounds, worded):
        least = max((judged.certainty for judged in worded), key=CERTAINTIES.index)
        yield _told(records, "message-too-sure", message, DUO.certainty, certainty=_name(sounds), most=_name(least))
    yield from _dated(records, message, worded)
    if not any(is_causal(records, judged) for judged in worded):
        yield from _causal_faults(records, message)


def _unworded(records: Records, message: str, worded: set[str]) -> Iterator[Diagnostic]:
    """Yield a fault for each judgement about the things of a message that the message does not name.

    Without it the message may say that nothing is known. What makes an intervention work has messages of its own; the
    message about the intervention need not name judgements of that.
    """
    things = records.values(message, DUO.about)
    claims = [(thing, claim) for thing in things for claim in claims_judged_about(records, thing)]
    asked = [claim.iri for thing, claim in claims if claim.kind == "Effect" or kind_of(thing) != "concept"]
    found = {judged.iri for claim in asked for judged in judgements_of(records, claim)}
    for iri in sorted(found - worded):
        yield _told(records, "message-lacks-judgement", message, judgement=compact(iri))


def _surer(sounds: str, worded: Iterable[Judgement]) -> bool:
    return any(CERTAINTIES.index(sounds) < CERTAINTIES.index(judged.certainty) for judged in worded if judged.certainty)


def _dated(records: Records, message: str, worded: Iterable[Judgement]) -> Iterator[Diagnostic]:
    """Yield a fault for each judgement that was changed after the message was last read against it.

    A message without a date gives one fault that says so.
    """
    read = records.value(message, DCTERMS.modified) or records.value(message, DCTERMS.created)
    if not read:
        yield _told(records, "message-without-date", message)
        return
    for judged in worded:
        if judged.date > read:
            yield _told(
                records, "message-stale", message, DCTERMS.modified, judgement=compact(judged.iri), date=judged.date
            )


def _told(
    records: Records,
    code: str,
    subject: str,
    predicate: str = "",
    value: str = "",
    *,
    severity: Severity = Severity.ERROR,
    **values: object,
) -> Diagnostic:
    """Return the fault at the line of the statement."""
    file, line = records.kb.place(subject, str(predicate), value)
    return fault(code, file, line, item=compact(subject), severity=severity, **values)


def _name(local: str) -> str:
    return compact(str(DUO[local]))
