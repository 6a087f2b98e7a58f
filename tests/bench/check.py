"""How long a check takes as an archive grows: ``.venv/bin/python -m tests.bench.check [--archive] [units ...]``; no
test. With ``--archive`` the records come out of an archive on the disk, as ``evidence check`` gets them.

Units of 90 criteria and 300 documents each, made up: half of the documents are handed in for their criterion, a third
for none, the rest for another one; every document cites five others. Processor time of one core, and memory.
"""

from __future__ import annotations

import datetime
import hashlib
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from evidence import config
from evidence.archive.facade import Archive
from evidence.criteria import loader
from evidence.match import check
from evidence.model.criteria import CriteriaSet
from evidence.model.document import Document, Origin, Source
from evidence.model.placement import Submission
from evidence.model.record import Citation, FieldValue, PageSummary, Record, Relation, Span, Status
from evidence.store import commands, submissions
from evidence.store.store import Store
from evidence.values import agency, date, kind, number

CRITERIA, DOCUMENTS, CITATIONS = 90, 300, 5
AS_OF = datetime.date(2025, 12, 31)
TOPICS = (
    "cải cách hành chính", "kiểm soát thủ tục hành chính", "chuyển đổi số", "rà soát văn bản quy phạm pháp luật",
    "phòng chống tham nhũng", "tinh giản biên chế", "tuyên truyền", "ứng dụng công nghệ thông tin",
    "theo dõi thi hành pháp luật", "đào tạo bồi dưỡng", "tài chính công", "kỷ luật kỷ cương",
)  # fmt: skip
PERIODS = ("quý I", "6 tháng", "quý III", "năm")
SPAN = Span(1, 0, 40, (85.0, 98.0, 190.0, 112.0))


def set_of(units: int) -> CriteriaSet:
    """The set: of three criteria one asks for a plan, one for a series of reports, one for a decision."""
    rows = [
        "set: do-2025\ntitle: Bộ đo\nyear: 2025\nlevel: so\nholidays: vn-2025\nunits:\n",
        *(f"  - {{code: U{at:03}, name: Đơn vị {at}, issuer: Sở số {at} tỉnh An Phú}}\n" for at in range(units)),
        "criteria:\n",
    ]
    for at in range(CRITERIA):
        topic, nth = TOPICS[at % len(TOPICS)], at // len(TOPICS) + 1
        about = f'issuer: unit, subject: ["{topic} đợt {nth}"], about: 2025'
        asked = (
            f"{{id: kh, title: Kế hoạch, kind: Kế hoạch, {about}, due: 2025-01-31}}",
            f"{{id: bc, title: Báo cáo, kind: Báo cáo, {about}, series: cchc-quarterly, shift: next-working-day}}",
            f"{{id: qd, title: Quyết định, kind: [Quyết định, Công văn], {about}, issued: 2025-01-01..2025-12-31}}",
        )[at % 3]
        rule = ("timeliness", "all-or-nothing", "per-item")[at % 3]
        rows.append(f'  - {{code: "{at + 1}", title: Tiêu chí, points: 1, score: {rule}, evidence: [{asked}]}}\n')
    return loader.parse_criteria("".join(rows))


def records_of(unit: int) -> list[tuple[Submission, Record]]:
    issuer = agency.parse(f"Sở số {unit} tỉnh An Phú")
    return [_document(unit, at, issuer) for at in range(DOCUMENTS)]


def _document(unit: int, at: int, issuer: agency.Agency) -> tuple[Submission, Record]:
    place = at % CRITERIA
    what = ("KH", "BC", "QĐ")[place % 3]
    topic = f"{TOPICS[place % len(TOPICS)]} đợt {place // len(TOPICS) + 1}"
    period = PERIODS[at // CRITERIA % 4] if what == "BC" else "năm"
    subject = f"Công tác {topic} quý I/2025" if period == "quý I" else f"Kết quả công tác {topic} {period} 2025"
    day = f"2025-{at * 7 % 12 + 1:02}-{at % 28 + 1:02}"
    name = f"U{unit:03}/{place + 1}/{at}.pdf"
    sha = hashlib.sha256(name.encode()).hexdigest()
    raw = f"{at + 1}/{what}-S{unit}"
    record = Record(
        source=Source(name, sha, "application/pdf", 100_000),
        status=Status.READ,
        pages=tuple(PageSummary(n, 595.0, 842.0, Origin.TEXT, 0.95) for n in (1, 2, 3)),
        kind=FieldValue(kind.by_code(what), what, SPAN, 0.97),
        number=FieldValue(number.parse(raw), raw, SPAN, 0.97 if at % 11 else 0.7),
        date=FieldValue(date.parse(day), day, SPAN, 0.97 if at % 13 else 0.7),
        issuer=FieldValue(issuer, issuer.name, SPAN, 0.97),
        subject=FieldValue(subject, subject, SPAN, 0.97 if at % 17 else 0.7),
        citations=tuple(_citation(unit, at, nth) for nth in range(CITATIONS)),
    )
    code = (str(place + 1), str(place + 1), None, str((place + 7) % CRITERIA + 1), str(place + 1), None)[at % 6]
    return Submission(sha, name, f"U{unit:03}", code, AS_OF), record


def _citation(unit: int, at: int, nth: int) -> Citation:
    relation = Relation.REPLACES if at % 20 == 0 and nth == 0 else Relation.BASED_ON
    cited = number.parse(f"{(at * 3 + nth) % 400 + 1}/QĐ-UBND")
    return Citation(
        f"Quyết định số {cited} ngày 15/3/2024", SPAN, relation, number=cited, date=date.parse("2024-03-15")
    )


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pure(units: int) -> None:
    """Criteria and records in memory."""
    found = set_of(units)
    handed = [row for unit in range(units) for row in records_of(unit)]
    began = time.process_time()
    checked = check.assess(found, handed, (), AS_OF)
    seconds = time.process_time() - began
    began = time.process_time()
    check.assess(found, handed[:DOCUMENTS], ("U000",), AS_OF)
    one = time.process_time() - began
    tell(units, len(handed), len(checked.findings), seconds, one)


def whole(units: int) -> None:
    """The archive on the disk; one unit is checked after it has handed in one document more."""
    found = set_of(units)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        filler = multiprocessing.Process(target=fill, args=(home, units))  # apart: what it needs is not measured
        filler.start()
        filler.join()
        with Archive.open(config.load_settings(home=home)) as archive:
            began = time.process_time()
            archive.check(found, ("U000",), AS_OF)
            one = time.process_time() - began
            began = time.process_time()
            checked = archive.check(found, (), AS_OF)
            seconds = time.process_time() - began
        tell(units, checked.coverage.files, len(checked.findings), seconds, one)


def fill(home: Path, units: int) -> None:
    with Store.open(home, create=True) as store:
        for unit in range(units):
            with store._writing() as session:  # many in one transaction: filling is not what is measured
                for submission, record in records_of(unit):
                    commands.put_document(session, Document(record.source, ()), record, kept=False)
                    submissions.add_submission(session, submission)


def tell(units: int, records: int, findings: int, seconds: float, one: float) -> None:
    each = seconds / records * 1e6
    row = f"{units:5}  {records:7}  {findings:8}  {seconds:7.1f}  {each:15.0f}  {one:12.2f}  {memory():16.0f}"
    print(row, flush=True)


def main() -> None:
    words = sys.argv[1:]
    print("units  records  findings  seconds  per record (µs)  one unit (s)  peak memory (MB)")
    for units in [int(word) for word in words if word.isdigit()] or (25, 50, 100, 200):
        (whole if "--archive" in words else pure)(units)


if __name__ == "__main__":
    main()
