"""What is missing may be known by name: documents that others cite and nobody handed in.

A citation fits a requirement where its kind, its issuer (as cited, or by the letters of its number) and the words that
the citing text goes on with ("… về cải cách hành chính năm 2026") are those asked for, and no document of the unit
bears its number. It is named beside the verdict and changes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.criteria import periods
from evidence.criteria.phrases import PhraseMatch, fold_name
from evidence.match.alternatives import expand_alternatives
from evidence.match.rules.issuer import compare_names
from evidence.match.rules.rule_result import format_date
from evidence.match.subject_text import find_in_subject, lay_out_subject
from evidence.messages import Message
from evidence.model.assessment import Finding, Reason, Verdict
from evidence.model.criteria import Requirement, Unit
from evidence.model.record import Citation, Record
from evidence.values import gazetteer

MOST = 3  # cited documents named for one requirement
LONGEST = 250  # characters of the citing text that may still speak of the document
_END = re.compile(r"[;:]|\.(?:\s|$)|\n\s*(?:-|Căn cứ|Thực hiện|Theo\b|\d+\.)")


@dataclass(frozen=True, slots=True)
class CitationInContext:
    """A citation with the words that follow it on its page; ``path``: the citing file."""

    citation: Citation
    words: str
    document: str
    path: str


def follow_words(text: str, end: int) -> str:
    """What the citing sentence goes on with behind the citation.

    >>> text = "Căn cứ Kế hoạch số 9/KH-UBND của UBND tỉnh về cải cách hành chính năm 2026; Sở báo cáo"
    >>> follow_words(text, text.index(" của"))
    'của UBND tỉnh về cải cách hành chính năm 2026'
    """
    behind = text[end : end + LONGEST]
    stop = _END.search(behind)
    return " ".join((behind[: stop.start()] if stop else behind).split())


def asked_kinds(requirements: Iterable[Requirement]) -> frozenset[str]:
    """The kinds that they ask for, by folded name and by letters."""
    options = (option for requirement in requirements for option in expand_alternatives(requirement))
    kinds = [kind for option in options for kind in option.kinds]
    return frozenset({fold_name(kind.name) for kind in kinds} | {kind.code for kind in kinds if kind.code})


def is_named(citation: Citation, kinds: frozenset[str]) -> bool:
    """The quick look, at every citation of a unit: whether it names a document of one of those kinds."""
    if citation.number is None:
        return False
    name = fold_name(citation.kind.name) if citation.kind is not None else citation.number.kind_code
    return name in kinds


def name_cited(
    findings: Sequence[Finding],
    requirements: Mapping[str, Requirement],
    mentions: Sequence[CitationInContext],
    unit: Unit,
) -> tuple[Finding, ...]:
    """The findings; those on what is missing with a reason for each document cited that fits."""
    return tuple(
        _with_cited(finding, requirements[finding.requirement], mentions, unit)
        if finding.status is Verdict.MISSING
        else finding
        for finding in findings
    )


def borne_numbers(records: Iterable[Record]) -> frozenset[str]:
    """The numbers that these documents bear."""
    documents = (document for record in records for document in (record, *record.parts))
    return frozenset(document.number.value.key for document in documents if document.number.value is not None)


def _with_cited(
    finding: Finding, requirement: Requirement, mentions: Sequence[CitationInContext], unit: Unit
) -> Finding:
    options = expand_alternatives(requirement)
    fitting = {
        mention.citation.number.key
        for mention in mentions
        if mention.citation.number is not None and any(_fits(mention, option, unit) for option in options)
    }
    by_number: dict[str, list[CitationInContext]] = {key: [] for key in sorted(fitting)}
    for mention in mentions:  # that others cite it without a word of what it is about counts too
        if mention.citation.number is not None and mention.citation.number.key in fitting:
            by_number[mention.citation.number.key].append(mention)
    ordered = sorted(by_number.values(), key=lambda group: -len({mention.document for mention in group}))
    reasons = tuple(_reason(group) for group in ordered[:MOST])
    return replace(finding, reasons=(*finding.reasons, *reasons)) if reasons else finding


def _fits(mention: CitationInContext, requirement: Requirement, unit: Unit) -> bool:
    return (
        _fits_kind(mention.citation, requirement)
        and _fits_issuer(mention.citation, requirement, unit)
        and _fits_words(mention, requirement)
    )


def _fits_kind(citation: Citation, requirement: Requirement) -> bool:
    """By the kind named, else by the letters of its number."""
    kinds = [kind for option in expand_alternatives(requirement) for kind in option.kinds]
    if citation.kind is not None:
        return any(fold_name(kind.name) == fold_name(citation.kind.name) for kind in kinds)
    return citation.number is not None and any(citation.number.kind_code == kind.code for kind in kinds)


def _fits_issuer(citation: Citation, requirement: Requirement, unit: Unit) -> bool:
    """As cited, else by the letters behind the kind's: ``KH-SXD`` is of a Sở Xây dựng."""
    name = citation.issuer_agency.name if citation.issuer_agency else citation.issuer
    if name is None and citation.number is not None:
        name = gazetteer.by_abbreviation(citation.number.issuer_code or "")
    return name is not None and compare_names(requirement, name, unit)


def _fits_words(mention: CitationInContext, requirement: Requirement) -> bool:
    """The subject's words in what follows; and the year, there or by the date (plans for a year are of the one
    before)."""
    text = lay_out_subject(mention.words)
    phrases = [phrase for phrase in requirement.subject if periods.parse_period(phrase) is None]
    if not phrases or any(find_in_subject(phrase, text) is not PhraseMatch.EXACT for phrase in phrases):
        return False
    if any(find_in_subject(phrase, text) is not PhraseMatch.NONE for phrase in requirement.not_subject):
        return False
    named, date = periods.read_periods(mention.words), mention.citation.date
    if requirement.period and periods.parse_period(requirement.period) not in named.covered:
        return False
    if requirement.about is None:
        return True
    if named.years:
        return requirement.about in named.years
    return date is not None and date.year in (requirement.about - 1, requirement.about)


def _reason(group: Sequence[CitationInContext]) -> Reason:
    first = min(group, key=lambda mention: (mention.path, mention.citation.span.page, mention.citation.span.start))
    dated = next((mention.citation.date for mention in group if mention.citation.date is not None), None)
    params = {
        "number": str(first.citation.number),
        "date": format_date(dated) if dated else "…",
        "n": str(len({mention.document for mention in group})),
        "path": first.path,
        "page": str(first.citation.span.page),
    }
    span = first.citation.span
    return Reason("cited", None, Message("verdict-cited", params), first.document, span.page, span.box)
