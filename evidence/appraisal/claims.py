"""What a unit claims to have handed in, held against the archive (its sums: ``claim_sums``).

Four answers for each cited document: there and agreeing; there, but date, number, kind or issuer differ; cited and not
handed in; handed in and not cited. A law cited by its year (``186/2025/NĐ-CP``) is a basis and need not be handed in,
and so is what the Party's centre laid down (``19-NQ/TW``); a plan or report of the Party's is evidence like any other.
A value that is not sure decides nothing: it is doubt, with the page to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from evidence.messages import Message
from evidence.model.appraisal import Claim
from evidence.model.assessment import SubmittedRecord
from evidence.model.geometry import Box
from evidence.model.record import Citation, FieldValue, Record, Status
from evidence.values import agency as agencies
from evidence.values.agency import Agency
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold

T = TypeVar("T")
PARTY_CENTRE = "TW"
# nghị quyết, quyết định, quy định, chỉ thị, kết luận, quy chế, thông tri, hướng dẫn, điều lệ
PARTY_BASES = frozenset({"NQ", "QĐ", "QYĐ", "QĐI", "CT", "KL", "QC", "TTR", "HD", "ĐL"})
FindElsewhere = Callable[[Number], tuple[str, ...]]


class ClaimOutcome(StrEnum):
    """How a claim came out; the order is that of a person's attention."""

    SUM = "sum"  # the table contradicts itself or the set
    NOT_HANDED_IN = "not-handed-in"
    DIFFERS = "differs"
    UNCLEAR = "unclear"
    NOT_CITED = "not-cited"
    AGREES = "agrees"


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """One thing that a check says of a claim; ``text`` is the citation as printed, or the file; ``number`` and ``date``
    are those cited."""

    unit: str
    criterion: str
    outcome: ClaimOutcome
    message: Message
    text: str = ""
    document: str | None = None
    page: int | None = None
    box: Box | None = None
    number: Number | None = None
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class ClaimCitations:
    """A claim with the documents that its evidence column names."""

    claim: Claim
    citations: tuple[Citation, ...]


def check_claims(
    cited: Iterable[ClaimCitations], ours: Iterable[SubmittedRecord], elsewhere: FindElsewhere
) -> tuple[ClaimFinding, ...]:
    """Each cited document looked up in what the unit handed in, and what it handed in and does not cite.

    ``elsewhere`` tells which other units handed in a document of that number.
    """
    rows, submitted = tuple(cited), tuple(ours)
    documents = _index_documents(submitted, elsewhere)
    findings = [finding for row in rows for finding in _check_citations(row, documents)]
    return (*findings, *_find_uncited(rows, submitted))


@dataclass(frozen=True, slots=True)
class _UnitDocuments:
    """What the unit handed in, by number and by criterion and day; others say where a document lies instead."""

    by_number: Mapping[str, list[SubmittedRecord]]
    by_day: Mapping[tuple[str, PartialDate], list[SubmittedRecord]]
    elsewhere: FindElsewhere


def _index_documents(submitted: tuple[SubmittedRecord, ...], elsewhere: FindElsewhere) -> _UnitDocuments:
    by_number: dict[str, list[SubmittedRecord]] = {}
    by_day: dict[tuple[str, PartialDate], list[SubmittedRecord]] = {}
    for submission, record in submitted:
        if record.number.value is not None:
            by_number.setdefault(record.number.value.key, []).append((submission, record))
    for submission, record in sorted(submitted, key=lambda each: each[0].path):
        if submission.criterion and record.date.value is not None:
            day = (_criterion_code(submission.criterion), record.date.value)
            by_day.setdefault(day, []).append((submission, record))
    return _UnitDocuments(by_number, by_day, elsewhere)


def _check_citations(row: ClaimCitations, documents: _UnitDocuments) -> Iterator[ClaimFinding]:
    seen: set[str] = set()
    for citation in row.citations:
        if citation.number is None or citation.number.key in seen:
            continue
        seen.add(citation.number.key)
        bearers = documents.by_number.get(citation.number.key, [])
        if bearers:
            yield min((_compare(row.claim, citation, record) for _, record in bearers), key=_preference)
        elif not is_legal_basis(citation.number):
            yield _not_handed_in(row.claim, citation, documents)


def is_legal_basis(number: Number) -> bool:
    """Whether it is a law of the state, or a resolution, decision, directive, conclusion of the Party's centre.

    >>> from evidence.values.number import parse
    >>> [is_legal_basis(parse(text)) for text in ("19-NQ/TW", "186/2025/NĐ-CP", "690-BC/TU", "249-KH/UBKTTW")]
    [True, True, False, False]
    """
    if number.year is not None:
        return True
    central = (number.issuer_code or "").upper() == PARTY_CENTRE
    return number.is_party and central and (number.kind_code or "").upper() in PARTY_BASES


def _preference(finding: ClaimFinding) -> int:
    """Of several documents with one number the one that agrees, else the one in doubt, speaks."""
    return (ClaimOutcome.AGREES, ClaimOutcome.UNCLEAR, ClaimOutcome.DIFFERS).index(finding.outcome)


def _not_handed_in(claim: Claim, citation: Citation, documents: _UnitDocuments) -> ClaimFinding:
    """Not among the unit's documents: perhaps under another number, perhaps handed in by another unit."""
    assert citation.number is not None
    same_day = documents.by_day.get((_criterion_code(claim.criterion), citation.date), []) if citation.date else []
    for _, record in same_day:
        number = record.number.value
        if number is not None and number.symbol == citation.number.symbol:
            code = "claims-number-differs" if record.number.sure else "claims-number-doubtful"
            outcome = ClaimOutcome.DIFFERS if record.number.sure else ClaimOutcome.UNCLEAR
            return _finding(claim, citation, outcome, code, record, record.number, read=number)
    others = documents.elsewhere(citation.number)
    code = "claims-elsewhere" if others else "claims-not-handed-in"
    return _finding(claim, citation, ClaimOutcome.NOT_HANDED_IN, code, None, None, units=", ".join(others))


def _compare(claim: Claim, citation: Citation, record: Record) -> ClaimFinding:
    """The document that bears the number against what else the citation says of it."""
    doubt: ClaimFinding | None = None
    for name, right, field in _comparable_facts(citation, record):
        if right:
            continue
        value = _format_value(field)
        if field.sure:
            params = {"read": value, "said": _cited_value(citation, name)}
            return _finding(claim, citation, ClaimOutcome.DIFFERS, f"claims-{name}-differs", record, field, **params)
        if doubt is None and field.value is not None:
            params = {"read": value, "said": _cited_value(citation, name)}
            doubt = _finding(claim, citation, ClaimOutcome.UNCLEAR, f"claims-{name}-doubtful", record, field, **params)
    if doubt is not None:
        return doubt
    if not record.number.sure:
        shown = _format_value(record.number)
        return _finding(
            claim, citation, ClaimOutcome.UNCLEAR, "claims-number-doubtful", record, record.number, read=shown
        )
    return _finding(claim, citation, ClaimOutcome.AGREES, "claims-agrees", record, record.number)


def _comparable_facts(citation: Citation, record: Record) -> Iterator[tuple[str, bool, FieldValue[object]]]:
    """Name of the fact, whether it agrees, and where it stands; only facts that both sides give."""
    date, kind, issuer = record.date.value, record.kind.value, record.issuer.value
    if citation.date is not None and date is not None:
        yield "date", is_maybe_same_day(citation.date, date), _plain(record.date)
    if citation.kind is not None and kind is not None:
        yield "kind", fold(citation.kind.name) == fold(kind.name), _plain(record.kind)
    if citation.issuer and issuer is not None:
        yield "issuer", _may_be_same_agency(citation.issuer, issuer), _plain(record.issuer)


def _plain(field: FieldValue[T]) -> FieldValue[object]:
    return FieldValue(field.value, field.raw, field.span, field.confidence, field.note)


def is_maybe_same_day(date: PartialDate, other: PartialDate) -> bool:
    """Whether the two may be one day; a part that one leaves out does not differ."""
    pairs = ((date.year, other.year), (date.month, other.month), (date.day, other.day))
    return all(first is None or second is None or first == second for first, second in pairs)


def _may_be_same_agency(printed: str, agency: Agency) -> bool:
    """Whether the printed name may mean that agency: ``UBND tỉnh`` means the province's committee, whichever."""
    said = agencies.parse(printed)
    short, long = sorted((fold(said.name), fold(agency.name)), key=len)
    head = fold(printed).startswith(("chủ tịch", "giám đốc", "bộ trưởng", "chánh văn phòng", "tỉnh", "thành phố"))
    return head or agencies.is_same_agency(said, agency) or long.startswith(short)


def _cited_value(citation: Citation, name: str) -> str:
    kind = citation.kind.name if citation.kind else ""
    value = {"date": citation.date, "kind": kind, "issuer": citation.issuer}[name]
    return _format_value(FieldValue(value)) if value else ""


def _format_value(field: FieldValue[T]) -> str:
    value = field.value
    if isinstance(value, PartialDate):
        return "/".join(f"{part:02}" for part in (value.day, value.month, value.year) if part)
    return str(getattr(value, "name", None) or value or "")


def _finding(
    claim: Claim,
    citation: Citation,
    outcome: ClaimOutcome,
    code: str,
    record: Record | None,
    field: FieldValue[T] | None,
    **params: object,
) -> ClaimFinding:
    span = field.span if field else None
    values = {name: str(value) for name, value in params.items()}
    text = " ".join(citation.text.split())
    return ClaimFinding(
        claim.unit,
        claim.criterion,
        outcome,
        Message(code, {"text": text, "page": str(span.page if span else 1), **values}),
        text,
        record.source.sha256 if record else None,
        span.page if span else None,
        span.box if span else None,
        citation.number,
        citation.date,
    )


def _find_uncited(rows: tuple[ClaimCitations, ...], ours: tuple[SubmittedRecord, ...]) -> Iterator[ClaimFinding]:
    """What was handed in for a claimed criterion and is cited nowhere in its row, nor below or above it."""
    by_code = {_criterion_code(row.claim.criterion): row for row in rows if row.claim.criterion}
    for submission, record in sorted(ours, key=lambda each: (each[0].criterion or "", each[0].path)):
        row = by_code.get(_criterion_code(submission.criterion)) if submission.criterion else None
        if row is None:
            continue
        cited = {
            citation.number.key
            for code, other in by_code.items()
            if _is_same_or_related(code, _criterion_code(row.claim.criterion))
            for citation in other.citations
            if citation.number
        }
        number = record.number.value
        if number is not None and number.key in cited:
            continue
        sure = record.status is not Status.UNREADABLE and record.number.sure
        code = "claims-not-cited" if sure else "claims-not-cited-unread"
        message = Message(code, {"path": submission.path, "number": str(number or "")})
        outcome = ClaimOutcome.NOT_CITED if sure else ClaimOutcome.UNCLEAR
        yield ClaimFinding(row.claim.unit, row.claim.criterion, outcome, message, submission.path, record.source.sha256)


def _is_same_or_related(code: str, other: str) -> bool:
    return code == other or code.startswith(f"{other}.") or other.startswith(f"{code}.")


def _criterion_code(criterion: str) -> str:
    return fold(criterion.split("/")[0].strip())
