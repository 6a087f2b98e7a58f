"""Cross-checks over a whole archive: what no single criterion sees. Warnings with reasons, never errors.

No source forbids that one document serves two criteria, so each of these asks a person to look and decides nothing.
Values that are not sure warn of nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, groupby

from evidence.appraisal.copies import CopyKind, classify_copies, group_forms
from evidence.appraisal.near_duplicates import DuplicatePair
from evidence.messages import Message
from evidence.model.assessment import SubmittedRecord
from evidence.model.geometry import Box
from evidence.model.record import Citation, Record, Span
from evidence.values import agency as agencies
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold, strip_marks

PLAN, REPORT = fold("kế hoạch"), fold("báo cáo")
CARRIES_OUT = re.compile(r"(?:thực hiện|triển khai|theo) (?:các |nội dung )?kế hoạch")
JANUARY_TO = 3  # a report on a year may be dated until March of the next
ANNEX = re.compile(
    r"(?:kem theo|dinh kem|chi tiet tai|chi tiet theo|so lieu tai|theo|tai)\s+(?:cac\s+)?phu luc"
    r"(?:\s+so)?(?:\s+(?P<number>\d{1,2}|[ivx]{1,4})\b)?(?P<after>[^.;\n]{0,40})"
)
ELSEWHERE = re.compile(r"cong van|ke hoach|quyet dinh|thong tu|nghi dinh|luat|huong dan|van ban|cua ")
OWN = re.compile(r"(?:bao cao|ke hoach|quyet dinh|van ban|cong van)?\s*nay\b")


class WarningKind(StrEnum):
    SAME_FILE = "same-file"
    RESCAN = "rescan"
    TWO_DATES = "two-dates"
    PLAN_UNCITED = "plan-uncited"
    ANNEX_ABSENT = "annex-absent"
    OTHER_YEAR = "other-year"
    TWO_FORMATS = "two-formats"
    SAME_FORM = "same-form"


@dataclass(frozen=True, slots=True)
class CrossCheckWarning:
    """One thing to look at: what, where it was handed in, why, in which documents."""

    kind: WarningKind
    unit: str
    criterion: str
    message: Message
    documents: tuple[str, ...]
    page: int | None = None
    box: Box | None = None


def find_warnings(
    submitted: Iterable[SubmittedRecord],
    duplicates: Iterable[DuplicatePair],
    mentions: Mapping[str, tuple[str, ...]],
    year: int | None = None,
) -> tuple[CrossCheckWarning, ...]:
    """All warnings in a fixed order. ``duplicates``: texts that are nearly the same; ``mentions``: the annexes that
    each document says it has; ``year``: the year under appraisal, where one is meant."""
    rows = sorted(submitted, key=lambda each: (each[0].unit or "", each[0].criterion or "", each[0].path))
    by_sha = {sha: tuple(group) for sha, group in _grouped(rows)}
    warnings = [
        *(warning for group in by_sha.values() for warning in _same_file(group)),
        *_copies(duplicates, by_sha),
        *_two_dates(by_sha),
        *_plans(by_sha),
        *_annexes(by_sha, mentions),
        *(_other_year(rows, year) if year else ()),
    ]
    order = list(WarningKind)
    return tuple(sorted(warnings, key=lambda each: (order.index(each.kind), each.unit, each.criterion, each.documents)))


def _grouped(rows: list[SubmittedRecord]) -> Iterator[tuple[str, Iterator[SubmittedRecord]]]:
    return groupby(sorted(rows, key=_sha256), key=_sha256)


def _sha256(submitted: SubmittedRecord) -> str:
    return submitted[1].source.sha256


def _warning(
    kind: WarningKind,
    submitted: SubmittedRecord,
    code: str,
    shas: tuple[str, ...],
    span: Span | None = None,
    /,
    **params: object,
) -> CrossCheckWarning:
    submission = submitted[0]
    values = {name: str(value) for name, value in params.items()}
    message = Message(code, {"path": submission.path, **values})
    page, box = (span.page, span.box) if span else (None, None)
    return CrossCheckWarning(kind, submission.unit or "", submission.criterion or "", message, shas, page, box)


def _same_file(group: tuple[SubmittedRecord, ...]) -> Iterator[CrossCheckWarning]:
    """One file handed in for two units, two criteria or in two years."""
    units = sorted({submission.unit for submission, _ in group if submission.unit})
    criteria = sorted({submission.criterion for submission, _ in group if submission.criterion})
    years = sorted({submission.received.year for submission, _ in group if submission.received})
    sha = group[0][1].source.sha256
    for code, values in (("units", units), ("criteria", criteria), ("years", years)):
        if len(values) > 1:
            yield _warning(
                WarningKind.SAME_FILE, group[0], f"cross-same-{code}", (sha,), values=", ".join(map(str, values))
            )


def _copies(
    duplicates: Iterable[DuplicatePair], by_sha: Mapping[str, tuple[SubmittedRecord, ...]]
) -> Iterator[CrossCheckWarning]:
    """Nearly the same text: one paper again, one document in two formats, or one form filled in by several."""
    forms: dict[CopyKind, list[tuple[str, str]]] = {CopyKind.SAME_FORM: [], CopyKind.BLANK_FORM: []}
    for pair in duplicates:
        group, other = by_sha.get(pair.first), by_sha.get(pair.second)
        kind = classify_copies(pair, group[0][1], other[0][1]) if group and other else None
        if not group or not other or kind is None:
            continue
        if kind in forms:
            forms[kind].append((pair.first, pair.second))
            continue
        first, second = sorted((group[0], other[0]), key=_place)
        yield _copy(kind, pair, first, second)
    for kind, pairs in forms.items():
        for shas in group_forms(pairs):
            first, second, *rest = sorted((by_sha[sha][0] for sha in shas), key=_place)
            ordered = tuple(submitted[1].source.sha256 for submitted in (first, second, *rest))
            params = {"other": second[0].path, "unit": second[0].unit or "-", "count": len(ordered)}
            yield _warning(WarningKind.SAME_FORM, first, f"cross-{kind.value}", ordered, **params)


def _copy(kind: CopyKind, pair: DuplicatePair, first: SubmittedRecord, second: SubmittedRecord) -> CrossCheckWarning:
    shas = (first[1].source.sha256, second[1].source.sha256)
    params = {"other": second[0].path, "unit": second[0].unit or "-", "share": f"{pair.share:.0%}"}
    if kind is not CopyKind.TWO_FORMATS:
        return _warning(WarningKind.RESCAN, first, f"cross-{kind.value}", shas, **params)
    units = {fold(submitted[0].unit) for submitted in (first, second) if submitted[0].unit}
    reused = len(units) > 1
    code = "cross-two-formats-units" if reused else "cross-two-formats"
    return _warning(WarningKind.TWO_FORMATS, first, code, shas, **params)


def _place(submitted: SubmittedRecord) -> tuple[str, str]:
    return submitted[0].unit or "", submitted[0].path


def _two_dates(by_sha: Mapping[str, tuple[SubmittedRecord, ...]]) -> Iterator[CrossCheckWarning]:
    """One number of one agency and year with two dates, among the documents and in what others cite."""
    bearers: dict[str, list[SubmittedRecord]] = {}
    for group in by_sha.values():
        record = group[0][1]
        if record.number.value is not None and record.number.sure and _is_whole(record.date.value) and record.date.sure:
            bearers.setdefault(record.number.value.key, []).append(group[0])
    for rows in bearers.values():
        ordered = sorted(rows, key=lambda each: (each[0].path, each[1].source.sha256))
        for first, second in combinations(ordered, 2):
            record, other = first[1], second[1]
            if _contradict(record, other):
                shas = (record.source.sha256, other.source.sha256)
                params = {"number": record.number.value, "other": second[0].path, **_dates(record, other)}
                yield _warning(WarningKind.TWO_DATES, first, "cross-two-dates", shas, **params)
    for group in by_sha.values():
        yield from _miscited(group[0], bearers)


def _contradict(record: Record, other: Record) -> bool:
    """Numbers begin anew each year, and each agency counts for itself."""
    first, second = record.date.value, other.date.value
    issuer, other_issuer = record.issuer.value, other.issuer.value
    same = bool(issuer and other_issuer and agencies.is_same_agency(issuer, other_issuer))
    return same and first is not None and second is not None and first.year == second.year and first != second


def _dates(record: Record, other: Record) -> dict[str, str]:
    return {"first": _format_date(record.date.value), "second": _format_date(other.date.value)}


def _miscited(submitted: SubmittedRecord, bearers: Mapping[str, list[SubmittedRecord]]) -> Iterator[CrossCheckWarning]:
    warned: set[tuple[Number, PartialDate]] = set()
    for cited in submitted[1].citations:
        if cited.number is None or cited.date is None or not _is_whole(cited.date):
            continue
        meant = [record for _, record in bearers.get(cited.number.key, ()) if _may_mean(cited, record)]
        dates = {record.date.value for record in meant}
        if meant and cited.date not in dates and (cited.number, cited.date) not in warned:
            warned.add((cited.number, cited.date))
            shas = (submitted[1].source.sha256, *sorted({record.source.sha256 for record in meant}))
            days = {"first": _format_date(cited.date), "second": _format_date(meant[0].date.value)}
            params = {"number": cited.number, **days}
            yield _warning(WarningKind.TWO_DATES, submitted, "cross-miscited", shas, cited.span, **params)


def _may_mean(cited: Citation, record: Record) -> bool:
    """Whether the citation means that document: the same year, and the named agency where one is named."""
    if record.date.value is None or cited.date is None or record.date.value.year != cited.date.year:
        return False
    if not cited.issuer or record.issuer.value is None:
        return False
    return agencies.is_same_agency(agencies.parse(cited.issuer), record.issuer.value)


def _plans(by_sha: Mapping[str, tuple[SubmittedRecord, ...]]) -> Iterator[CrossCheckWarning]:
    """A report on carrying out a plan that cites no plan at all."""
    for sha, group in by_sha.items():
        record = group[0][1]
        subject = record.subject
        if record.unfinished:
            continue  # it may cite one on a page that is still to be read
        if not (record.kind.sure and record.kind.value and fold(record.kind.value.name) == REPORT and subject.sure):
            continue
        if not CARRIES_OUT.search(fold(subject.value or "")) or any(
            _is_plan(citation) for citation in record.citations
        ):
            continue
        params = {"subject": " ".join((subject.value or "").split())}
        yield _warning(WarningKind.PLAN_UNCITED, group[0], "cross-plan-uncited", (sha,), subject.span, **params)


def _is_plan(cited: Citation) -> bool:
    named = cited.kind is not None and fold(cited.kind.name) == PLAN
    return named or (cited.number is not None and cited.number.kind_code == "KH")


def find_mentioned_annexes(text: str) -> Iterator[str]:
    """The annexes that a text says it has itself: ``Phụ lục 3``, or ``Phụ lục`` where no number stands.

    >>> list(find_mentioned_annexes("Số liệu chi tiết tại Phụ lục 3 kèm theo. Mẫu tại Phụ lục 1 của Thông tư 5."))
    ['Phụ lục 3']
    """
    for match in ANNEX.finditer(strip_marks(fold(text))):
        if ELSEWHERE.search(match["after"]) and not OWN.search(match["after"]):
            continue
        yield f"Phụ lục {match['number'].upper()}" if match["number"] else "Phụ lục"


def _annexes(
    by_sha: Mapping[str, tuple[SubmittedRecord, ...]], mentions: Mapping[str, tuple[str, ...]]
) -> Iterator[CrossCheckWarning]:
    """A document that says it has an annex, where neither it nor a file in its folder has one."""
    paths = (submission.path for group in by_sha.values() for submission, _ in group)
    folders = {path.rpartition("/")[0] for path in paths if _names_annex(path)}
    for sha, names in mentions.items():
        if sha not in by_sha:
            continue
        submission, record = by_sha[sha][0]
        if record.unfinished or submission.path.rpartition("/")[0] in folders:
            continue
        own = {fold(annex.value) for annex in record.annexes if annex.value}
        absent = [name for name in dict.fromkeys(names) if fold(name) not in own and not (own and name == "Phụ lục")]
        if absent:
            yield _warning(
                WarningKind.ANNEX_ABSENT, by_sha[sha][0], "cross-annex-absent", (sha,), names=", ".join(absent)
            )


def _names_annex(path: str) -> bool:
    name = strip_marks(fold(path.rpartition("/")[2]))
    return bool(re.search(r"phu ?luc|(?:^|[\W_])pl ?\d", name.replace("_", " ").replace("-", " ")))


def _other_year(rows: list[SubmittedRecord], year: int) -> Iterator[CrossCheckWarning]:
    """A document handed in for a criterion that is neither of the year under appraisal nor names it."""
    for submission, record in rows:
        date = record.date.value
        if (
            date is None
            or not record.date.sure
            or not submission.criterion
            or str(year) in (record.subject.value or "")
        ):
            continue
        follows = date.year == year + 1 and date.month is not None and date.month <= JANUARY_TO
        if date.year == year or follows:
            continue
        params, shas = {"date": _format_date(date), "year": year}, (record.source.sha256,)
        yield _warning(
            WarningKind.OTHER_YEAR, (submission, record), "cross-other-year", shas, record.date.span, **params
        )


def _is_whole(date: PartialDate | None) -> bool:
    return date is not None and date.to_date() is not None


def _format_date(date: PartialDate | None) -> str:
    day = date.to_date() if date else None
    return f"{day:%d/%m/%Y}" if isinstance(day, datetime.date) else str(date or "")
