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
from itertools import groupby

from evidence.appraisal.near_duplicates import Pair
from evidence.messages import Message
from evidence.model.assessment import Submission
from evidence.model.geometry import Box
from evidence.model.record import Citation, Record, Span
from evidence.values import agency as agencies
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold, strip_marks

Handed = tuple[Submission, Record]
PLAN, REPORT = fold("kế hoạch"), fold("báo cáo")
CARRIES_OUT = re.compile(r"(?:thực hiện|triển khai|theo) (?:các |nội dung )?kế hoạch")
JANUARY_TO = 3  # a report on a year may be dated until March of the next
ANNEX = re.compile(
    r"(?:kem theo|dinh kem|chi tiet tai|chi tiet theo|so lieu tai|theo|tai)\s+(?:cac\s+)?phu luc"
    r"(?:\s+so)?(?:\s+(?P<number>\d{1,2}|[ivx]{1,4})\b)?(?P<after>[^.;\n]{0,40})"
)
ELSEWHERE = re.compile(r"cong van|ke hoach|quyet dinh|thong tu|nghi dinh|luat|huong dan|van ban|cua ")
OWN = re.compile(r"(?:bao cao|ke hoach|quyet dinh|van ban|cong van)?\s*nay\b")


class Kind(StrEnum):
    SAME_FILE = "same-file"
    RESCAN = "rescan"
    TWO_DATES = "two-dates"
    PLAN_UNCITED = "plan-uncited"
    ANNEX_ABSENT = "annex-absent"
    OTHER_YEAR = "other-year"


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to look at: what, where it was handed in, why, in which documents."""

    kind: Kind
    unit: str
    criterion: str
    message: Message
    documents: tuple[str, ...]
    page: int | None = None
    box: Box | None = None


def check(
    handed: Iterable[Handed], alike: Iterable[Pair], mentions: Mapping[str, tuple[str, ...]], year: int | None = None
) -> tuple[Warned, ...]:
    """All warnings in a fixed order. ``alike``: texts that are nearly the same; ``mentions``: the annexes that each
    document says it has; ``year``: the year under appraisal, where one is meant."""
    rows = sorted(handed, key=lambda one: (one[0].unit or "", one[0].criterion or "", one[0].path))
    by_sha = {sha: tuple(group) for sha, group in _grouped(rows)}
    found = [
        *(warned for group in by_sha.values() for warned in _same_file(group)),
        *(warned for pair in alike for warned in _rescan(pair, by_sha)),
        *_two_dates(by_sha),
        *_plans(by_sha),
        *_annexes(by_sha, mentions),
        *(_other_year(rows, year) if year else ()),
    ]
    return tuple(sorted(found, key=lambda one: (list(Kind).index(one.kind), one.unit, one.criterion, one.documents)))


def _grouped(rows: list[Handed]) -> Iterator[tuple[str, Iterator[Handed]]]:
    return groupby(sorted(rows, key=lambda one: one[1].source.sha256), key=lambda one: one[1].source.sha256)


def _warn(
    kind: Kind, at: Handed, code: str, shas: tuple[str, ...], span: Span | None = None, /, **params: object
) -> Warned:
    submission = at[0]
    values = {name: str(value) for name, value in params.items()}
    message = Message(code, {"path": submission.path, **values})
    page, box = (span.page, span.box) if span else (None, None)
    return Warned(kind, submission.unit or "", submission.criterion or "", message, shas, page, box)


def _same_file(group: tuple[Handed, ...]) -> Iterator[Warned]:
    """One file handed in for two units, two criteria or in two years."""
    units = sorted({one.unit for one, _ in group if one.unit})
    criteria = sorted({one.criterion for one, _ in group if one.criterion})
    years = sorted({one.received.year for one, _ in group if one.received})
    sha = group[0][1].source.sha256
    for code, values in (("units", units), ("criteria", criteria), ("years", years)):
        if len(values) > 1:
            yield _warn(Kind.SAME_FILE, group[0], f"cross-same-{code}", (sha,), values=", ".join(map(str, values)))


def _rescan(pair: Pair, by_sha: Mapping[str, tuple[Handed, ...]]) -> Iterator[Warned]:
    """Nearly the same text: another scan of the same paper, unless number or date surely differ (a form filled in)."""
    one, other = by_sha.get(pair.first), by_sha.get(pair.second)
    if not one or not other or _surely_other(one[0][1], other[0][1]):
        return
    first, second = sorted((one[0], other[0]), key=lambda each: (each[0].unit or "", each[0].path))
    params = {"other": second[0].path, "unit": second[0].unit or "-", "share": f"{pair.share:.0%}"}
    shas = (first[1].source.sha256, second[1].source.sha256)
    yield _warn(Kind.RESCAN, first, "cross-rescan", shas, **params)


def _surely_other(one: Record, other: Record) -> bool:
    """Another number, agency or date: a form that was filled in, or a text taken over, but not the same paper."""
    agency, second = one.issuer.value, other.issuer.value
    if agency and second and one.issuer.sure and other.issuer.sure and not agencies.same(agency, second):
        return True
    if one.number.value and other.number.value and one.number.sure and other.number.sure:
        return one.number.value.key != other.number.value.key
    return one.date.sure and other.date.sure and one.date.value != other.date.value


def _two_dates(by_sha: Mapping[str, tuple[Handed, ...]]) -> Iterator[Warned]:
    """One number of one agency and year with two dates, among the documents and in what others cite."""
    bearers: dict[str, list[Handed]] = {}
    for group in by_sha.values():
        record = group[0][1]
        if record.number.value is not None and record.number.sure and _whole(record.date.value) and record.date.sure:
            bearers.setdefault(record.number.value.key, []).append(group[0])
    for rows in bearers.values():
        ordered = sorted(rows, key=lambda one: (one[0].path, one[1].source.sha256))
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if _contradict(one[1], other[1]):
                    shas = (one[1].source.sha256, other[1].source.sha256)
                    params = {"number": one[1].number.value, "other": other[0].path, **_dates(one[1], other[1])}
                    yield _warn(Kind.TWO_DATES, one, "cross-two-dates", shas, **params)
    for group in by_sha.values():
        yield from _miscited(group[0], bearers)


def _contradict(one: Record, other: Record) -> bool:
    """Numbers begin anew each year, and each agency counts for itself."""
    first, second = one.date.value, other.date.value
    same = bool(one.issuer.value and other.issuer.value and agencies.same(one.issuer.value, other.issuer.value))
    return same and first is not None and second is not None and first.year == second.year and first != second


def _dates(one: Record, other: Record) -> dict[str, str]:
    return {"first": _day(one.date.value), "second": _day(other.date.value)}


def _miscited(at: Handed, bearers: Mapping[str, list[Handed]]) -> Iterator[Warned]:
    told: set[tuple[Number, PartialDate]] = set()
    for cited in at[1].citations:
        if cited.number is None or cited.date is None or not _whole(cited.date) or (cited.number, cited.date) in told:
            continue
        rows = [one for one in bearers.get(cited.number.key, ()) if _may_mean(cited, one[1])]
        dates = {one[1].date.value for one in rows}
        if rows and cited.date not in dates:
            told.add((cited.number, cited.date))
            shas = (at[1].source.sha256, *sorted({one[1].source.sha256 for one in rows}))
            params = {"number": cited.number, "first": _day(cited.date), "second": _day(rows[0][1].date.value)}
            yield _warn(Kind.TWO_DATES, at, "cross-miscited", shas, cited.span, **params)


def _may_mean(cited: Citation, record: Record) -> bool:
    """Whether the citation means that document: the same year, and the named agency where one is named."""
    if record.date.value is None or cited.date is None or record.date.value.year != cited.date.year:
        return False
    if not cited.issuer or record.issuer.value is None:
        return False
    return agencies.same(agencies.parse(cited.issuer), record.issuer.value)


def _plans(by_sha: Mapping[str, tuple[Handed, ...]]) -> Iterator[Warned]:
    """A report on carrying out a plan that cites no plan at all."""
    for sha, group in by_sha.items():
        record = group[0][1]
        subject = record.subject
        if record.unfinished:
            continue  # it may cite one on a page that is still to be read
        if not (record.kind.sure and record.kind.value and fold(record.kind.value.name) == REPORT and subject.sure):
            continue
        if not CARRIES_OUT.search(fold(subject.value or "")) or any(_is_plan(one) for one in record.citations):
            continue
        params = {"subject": " ".join((subject.value or "").split())}
        yield _warn(Kind.PLAN_UNCITED, group[0], "cross-plan-uncited", (sha,), subject.span, **params)


def _is_plan(cited: Citation) -> bool:
    named = cited.kind is not None and fold(cited.kind.name) == PLAN
    return named or (cited.number is not None and cited.number.kind_code == "KH")


def mentioned(text: str) -> Iterator[str]:
    """The annexes that a text says it has itself: ``Phụ lục 3``, or ``Phụ lục`` where no number stands.

    >>> list(mentioned("Số liệu chi tiết tại Phụ lục 3 kèm theo. Mẫu tại Phụ lục 1 của Thông tư 5."))
    ['Phụ lục 3']
    """
    for match in ANNEX.finditer(strip_marks(fold(text))):
        if ELSEWHERE.search(match["after"]) and not OWN.search(match["after"]):
            continue
        yield f"Phụ lục {match['number'].upper()}" if match["number"] else "Phụ lục"


def _annexes(by_sha: Mapping[str, tuple[Handed, ...]], mentions: Mapping[str, tuple[str, ...]]) -> Iterator[Warned]:
    """A document that says it has an annex, where neither it nor a file in its folder has one."""
    paths = (submission.path for group in by_sha.values() for submission, _ in group)
    folders = {path.rpartition("/")[0] for path in paths if _names_annex(path)}
    for sha, names in mentions.items():
        at = by_sha[sha][0] if sha in by_sha else None
        if at is None or at[1].unfinished or at[0].path.rpartition("/")[0] in folders:
            continue
        own = {fold(one.value) for one in at[1].annexes if one.value}
        absent = [name for name in dict.fromkeys(names) if fold(name) not in own and not (own and name == "Phụ lục")]
        if absent:
            yield _warn(Kind.ANNEX_ABSENT, at, "cross-annex-absent", (sha,), names=", ".join(absent))


def _names_annex(path: str) -> bool:
    name = strip_marks(fold(path.rpartition("/")[2]))
    return bool(re.search(r"phu ?luc|(?:^|[\W_])pl ?\d", name.replace("_", " ").replace("-", " ")))


def _other_year(rows: list[Handed], year: int) -> Iterator[Warned]:
    """A document handed in for a criterion that is neither of the year under appraisal nor names it."""
    for at in rows:
        record = at[1]
        date = record.date.value
        if date is None or not record.date.sure or not at[0].criterion or str(year) in (record.subject.value or ""):
            continue
        follows = date.year == year + 1 and date.month is not None and date.month <= JANUARY_TO
        if date.year == year or follows:
            continue
        params = {"date": _day(date), "year": year}
        yield _warn(Kind.OTHER_YEAR, at, "cross-other-year", (record.source.sha256,), record.date.span, **params)


def _whole(date: PartialDate | None) -> bool:
    return date is not None and date.to_date() is not None


def _day(date: PartialDate | None) -> str:
    found = date.to_date() if date else None
    return f"{found:%d/%m/%Y}" if isinstance(found, datetime.date) else str(date or "")
