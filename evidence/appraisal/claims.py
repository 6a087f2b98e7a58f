"""What a unit claims, held against its own sums, the criteria set and the archive.

Four answers for each cited document: found and agreeing; found, but date, number, kind or issuer differ; cited and not
handed in; handed in and not cited. A law cited by its year (``186/2025/NĐ-CP``) is a basis and need not be handed in.
A value that is not sure decides nothing: it is doubt, with the page to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from evidence.appraisal.claim_table import parents
from evidence.messages import Message
from evidence.model.appraisal import Claim
from evidence.model.assessment import Submission
from evidence.model.criteria import CriteriaSet, Criterion
from evidence.model.geometry import Box
from evidence.model.record import Citation, FieldValue, Record, Status
from evidence.values import agency as agencies
from evidence.values.agency import Agency
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold

T = TypeVar("T")
ZERO = Decimal(0)
Handed = tuple[Submission, Record]
Elsewhere = Callable[[Number], tuple[str, ...]]


class Outcome(StrEnum):
    """How a claim came out; the order is that of a person's attention."""

    SUM = "sum"  # the table contradicts itself or the set
    NOT_HANDED_IN = "not-handed-in"
    DIFFERS = "differs"
    UNCLEAR = "unclear"
    NOT_CITED = "not-cited"
    AGREES = "agrees"


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing found out about a claim; ``text`` is the citation as printed, or the file."""

    unit: str
    criterion: str
    outcome: Outcome
    message: Message
    text: str = ""
    document: str | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim with the documents that its evidence column names."""

    claim: Claim
    citations: tuple[Citation, ...]


def sums(claims: tuple[Claim, ...], total: Claim | None = None) -> Iterator[Checked]:
    """Where the table's own sums do not hold: parts against the whole, self points above the maximum, the total."""
    for one in claims:
        if one.points is not None and one.max is not None and one.points > one.max:
            yield _sum(one, "claims-above", points=one.points, max=one.max)
    for whole, parts in parents(claims):
        yield from _parts(whole, parts)
    if total is not None:
        codes = {one.criterion for one in claims}
        top = tuple(one for one in claims if one.criterion.rpartition(".")[0] not in codes)
        yield from _parts(total, top)


def _parts(whole: Claim, parts: tuple[Claim, ...]) -> Iterator[Checked]:
    for name in ("max", "points"):
        said: Decimal | None = getattr(whole, name)
        below = [amount for one in parts if (amount := getattr(one, name)) is not None]
        found = sum(below, ZERO)
        if said is not None and len(below) == len(parts) and found != said:
            code = f"claims-sum-{name}" if whole.criterion else f"claims-total-{name}"
            yield _sum(whole, code, said=said, found=found, difference=abs(said - found), n=len(parts))


def _sum(one: Claim, code: str, **params: object) -> Checked:
    values = {name: str(value) for name, value in params.items()}
    return Checked(one.unit, one.criterion, Outcome.SUM, Message(code, {"row": str(one.row), **values}), one.title)


def against(claims: tuple[Claim, ...], criteria: CriteriaSet) -> Iterator[Checked]:
    """Codes that the set does not have, maxima that are not the set's."""
    known = {fold(one.code): one for one in _walk(criteria.criteria)}
    for claim in claims:
        if not claim.criterion:
            continue
        one = known.get(fold(claim.criterion))
        if one is None:
            yield _sum(claim, "claims-unknown-code", value=claim.criterion, set=criteria.set)
        elif claim.max is not None and claim.max != one.points:
            yield _sum(claim, "claims-other-max", said=claim.max, points=one.points, set=criteria.set)


def _walk(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for one in criteria:
        yield one
        yield from _walk(one.children)


def check(cited: Iterable[Cited], ours: Iterable[Handed], elsewhere: Elsewhere) -> tuple[Checked, ...]:
    """Each cited document looked up in what the unit handed in, and what it handed in and does not cite.

    ``elsewhere`` tells which other units handed in a document of that number.
    """
    rows, handed = tuple(cited), tuple(ours)
    found = _Archive(handed, elsewhere)
    answers = [answer for row in rows for answer in _row(row, found)]
    return (*answers, *_uncited(rows, handed))


class _Archive:
    """What the unit handed in, by number and by day; others say where a document lies instead."""

    def __init__(self, ours: tuple[Handed, ...], elsewhere: Elsewhere) -> None:
        self.ours = _by_number(ours)
        self.elsewhere = elsewhere
        self.by_day: dict[tuple[str, PartialDate], list[Handed]] = {}
        for one in sorted(ours, key=lambda one: one[0].path):
            if one[0].criterion and one[1].date.value is not None:
                self.by_day.setdefault((_code(one[0].criterion), one[1].date.value), []).append(one)


def _by_number(handed: tuple[Handed, ...]) -> Mapping[str, list[Handed]]:
    found: dict[str, list[Handed]] = {}
    for one in handed:
        if one[1].number.value is not None:
            found.setdefault(one[1].number.value.key, []).append(one)
    return found


def _row(row: Cited, archive: _Archive) -> Iterator[Checked]:
    seen: set[str] = set()
    for citation in row.citations:
        if citation.number is None or citation.number.key in seen:
            continue
        seen.add(citation.number.key)
        bearers = archive.ours.get(citation.number.key, [])
        if bearers:
            yield min((_agree(row.claim, citation, record) for _, record in bearers), key=_preference)
        elif citation.number.year is None:
            yield _absent(row.claim, citation, archive)


def _preference(answer: Checked) -> int:
    """Of several documents with one number the one that agrees, else the one in doubt, speaks."""
    return (Outcome.AGREES, Outcome.UNCLEAR, Outcome.DIFFERS).index(answer.outcome)


def _absent(claim: Claim, citation: Citation, archive: _Archive) -> Checked:
    """Not among the unit's documents: perhaps under another number, perhaps handed in by another unit."""
    assert citation.number is not None
    same_day = archive.by_day.get((_code(claim.criterion), citation.date), []) if citation.date else []
    for _, record in same_day:
        number = record.number.value
        if number is not None and number.symbol == citation.number.symbol:
            code = "claims-number-differs" if record.number.sure else "claims-number-doubtful"
            outcome = Outcome.DIFFERS if record.number.sure else Outcome.UNCLEAR
            return _answer(claim, citation, outcome, code, record, record.number, read=number)
    others = archive.elsewhere(citation.number)
    code = "claims-elsewhere" if others else "claims-not-handed-in"
    return _answer(claim, citation, Outcome.NOT_HANDED_IN, code, None, None, units=", ".join(others))


def _agree(claim: Claim, citation: Citation, record: Record) -> Checked:
    """The document that bears the number against what else the citation says of it."""
    doubt: Checked | None = None
    for name, right, found in _facts(citation, record):
        if right:
            continue
        value = _shown(found)
        if found.sure:
            params = {"read": value, "said": _said(citation, name)}
            return _answer(claim, citation, Outcome.DIFFERS, f"claims-{name}-differs", record, found, **params)
        if doubt is None and found.value is not None:
            params = {"read": value, "said": _said(citation, name)}
            doubt = _answer(claim, citation, Outcome.UNCLEAR, f"claims-{name}-doubtful", record, found, **params)
    if doubt is not None:
        return doubt
    if not record.number.sure:
        shown = _shown(record.number)
        return _answer(claim, citation, Outcome.UNCLEAR, "claims-number-doubtful", record, record.number, read=shown)
    return _answer(claim, citation, Outcome.AGREES, "claims-agrees", record, record.number)


def _facts(citation: Citation, record: Record) -> Iterator[tuple[str, bool, FieldValue[object]]]:
    """Name of the fact, whether it agrees, and where it stands; only facts that both sides give."""
    date, kind, issuer = record.date.value, record.kind.value, record.issuer.value
    if citation.date is not None and date is not None:
        yield "date", _same_day(citation.date, date), _plain(record.date)
    if citation.kind is not None and kind is not None:
        yield "kind", fold(citation.kind.name) == fold(kind.name), _plain(record.kind)
    if citation.issuer and issuer is not None:
        yield "issuer", _same_agency(citation.issuer, issuer), _plain(record.issuer)


def _plain(found: FieldValue[T]) -> FieldValue[object]:
    return FieldValue(found.value, found.raw, found.span, found.confidence, found.note)


def _same_day(one: PartialDate, other: PartialDate) -> bool:
    """Whether the two may be one day; a part that one leaves out does not differ."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(first is None or second is None or first == second for first, second in pairs)


def _same_agency(printed: str, found: Agency) -> bool:
    """Whether the printed name may mean that agency: ``UBND tỉnh`` means the province's committee, whichever."""
    said = agencies.parse(printed)
    short, long = sorted((fold(said.name), fold(found.name)), key=len)
    head = fold(printed).startswith(("chủ tịch", "giám đốc", "bộ trưởng", "chánh văn phòng", "tỉnh", "thành phố"))
    return head or agencies.same(said, found) or long.startswith(short)


def _said(citation: Citation, name: str) -> str:
    kind = citation.kind.name if citation.kind else ""
    value = {"date": citation.date, "kind": kind, "issuer": citation.issuer}[name]
    return _shown(FieldValue(value)) if value else ""


def _shown(found: FieldValue[T]) -> str:
    value = found.value
    if isinstance(value, PartialDate):
        return "/".join(f"{part:02}" for part in (value.day, value.month, value.year) if part)
    return str(getattr(value, "name", None) or value or "")


def _answer(
    claim: Claim, citation: Citation, outcome: Outcome, code: str, record: Record | None, found: FieldValue[T] | None,
    **params: object,
) -> Checked:  # fmt: skip
    span = found.span if found else None
    values = {name: str(value) for name, value in params.items()}
    text = " ".join(citation.text.split())
    return Checked(
        claim.unit,
        claim.criterion,
        outcome,
        Message(code, {"text": text, "page": str(span.page if span else 1), **values}),
        text,
        record.source.sha256 if record else None,
        span.page if span else None,
        span.box if span else None,
    )


def _uncited(rows: tuple[Cited, ...], ours: tuple[Handed, ...]) -> Iterator[Checked]:
    """What was handed in for a claimed criterion and is cited nowhere in its row, nor below or above it."""
    by_code = {_code(row.claim.criterion): row for row in rows if row.claim.criterion}
    for submission, record in sorted(ours, key=lambda one: (one[0].criterion or "", one[0].path)):
        row = by_code.get(_code(submission.criterion)) if submission.criterion else None
        if row is None:
            continue
        cited = {
            citation.number.key
            for code, other in by_code.items()
            if _kin(code, _code(row.claim.criterion))
            for citation in other.citations
            if citation.number
        }
        number = record.number.value
        if number is not None and number.key in cited:
            continue
        sure = record.status is not Status.UNREADABLE and record.number.sure
        code = "claims-not-cited" if sure else "claims-not-cited-unread"
        message = Message(code, {"path": submission.path, "number": str(number or "")})
        outcome = Outcome.NOT_CITED if sure else Outcome.UNCLEAR
        yield Checked(row.claim.unit, row.claim.criterion, outcome, message, submission.path, record.source.sha256)


def _kin(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _code(criterion: str) -> str:
    return fold(criterion.split("/")[0].strip())
