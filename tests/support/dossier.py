"""Builders for tests: records, submissions and a criteria set, each value sure unless a test says otherwise."""

from __future__ import annotations

import datetime
import hashlib
from functools import cache
from typing import TypeVar

from evidence.criteria import loader
from evidence.messages import Message
from evidence.model.criteria import CriteriaSet
from evidence.model.document import Origin, Source
from evidence.model.placement import Submission
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import FieldValue, PageSummary, Record, Span, Status
from evidence.values import agency, date, kind, number

T = TypeVar("T")
UNIT, ISSUER = "SNV", "Sở Nội vụ tỉnh An Phú"
AS_OF = datetime.date(2018, 12, 31)
SPAN = Span(1, 0, 10, (85.0, 98.0, 190.0, 112.0))

SET = """\
set: thu-2018
title: Bộ thử
year: 2018
level: so
units:
  - {code: SNV, name: Sở Nội vụ, issuer: "Sở Nội vụ tỉnh An Phú"}
  - {code: STC, name: Sở Tài chính, issuer: "Sở Tài chính tỉnh An Phú"}
  - {code: VPUB, name: Văn phòng UBND tỉnh, issuer: "Văn phòng Ủy ban nhân dân tỉnh An Phú", profile: special}
criteria:
  - code: "1"
    title: Chỉ đạo điều hành
    points: 3
    children:
      - code: "1.1"
        title: Kế hoạch CCHC
        points: 1
        score: timeliness
        evidence:
          - {id: kh, title: Kế hoạch CCHC, kind: Kế hoạch, issuer: unit, subject: ["cải cách hành chính"],
             about: 2018, issued: 2017-10-01..2018-06-30, due: 2018-01-31}
      - code: "1.2"
        title: Báo cáo CCHC
        points: 2
        score: all-or-nothing
        not_for: [special]
        evidence:
          - {id: q1, title: Báo cáo quý I, kind: Báo cáo, issuer: unit, subject: ["cải cách hành chính", "quý I"],
             about: 2018, issued: 2018-01-01..2018-06-30, due: 2018-03-20}
          - {id: q2, title: Báo cáo quý II, kind: Báo cáo, issuer: unit, subject: ["cải cách hành chính", "quý II"],
             about: 2018, issued: 2018-04-01..2018-09-30, due: 2018-06-20}
"""


@cache
def load_set(text: str = SET) -> CriteriaSet:
    return loader.parse_criteria(text)


def sha(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def record(
    name: str = "a.pdf",
    what: str | None = "Báo cáo",
    subject: str | None = "Kết quả công tác cải cách hành chính quý I năm 2018",
    dated: str | None = "2018-03-15",
    issuer: str | None = ISSUER,
    no: str | None = "15/BC-SNV",
    doubt: tuple[str, ...] = (),
    problems: tuple[ProblemCode, ...] = (),
    origin: Origin = Origin.TEXT,
    status: Status = Status.READ,
    annexes: tuple[str, ...] = (),
) -> Record:
    """A record; fields named in ``doubt`` have confidence 0.6."""

    def field(name: str, value: T | None, raw: str | None) -> FieldValue[T]:
        if value is None:
            return FieldValue()
        return FieldValue(value, raw, SPAN, 0.6 if name in doubt else 0.97)

    return Record(
        source=Source(name, sha(name), "application/pdf", 1000),
        status=status,
        pages=(PageSummary(1, 595.0, 842.0, origin, 0.95),),
        kind=field("kind", kind.by_name(what) if what else None, what),
        number=field("number", number.parse(no) if no else None, no),
        date=field("date", date.parse(dated) if dated else None, dated),
        issuer=field("issuer", agency.parse(issuer) if issuer else None, issuer),
        subject=field("subject", subject, subject),
        annexes=tuple(FieldValue(text, text, SPAN, 0.97) for text in annexes),
        problems=tuple(Problem(code, Message("problem-damaged"), 1) for code in problems),
    )


def unreadable(name: str) -> Record:
    return Record(
        source=Source(name, sha(name), "application/pdf", 10),
        status=Status.UNREADABLE,
        problems=(Problem(ProblemCode.DAMAGED, Message("problem-damaged")),),
    )


def submit(
    of: Record,
    criterion: str | None = "1.2",
    unit: str | None = UNIT,
    received: datetime.date | None = None,
    claimed: str | None = None,
) -> tuple[Submission, Record]:
    path = f"{unit}/{criterion or ''}/{of.source.path}"
    return Submission(of.source.sha256, path, unit, criterion, received, claimed), of
