"""An assessment to look at: three units, fifteen criteria, every status, texts as they come from life."""

from __future__ import annotations

import datetime

from evidence.match.check import check
from evidence.model.assessment import Assessment, Coverage
from evidence.model.placement import Submission
from evidence.model.record import Record
from tests.support import dossier
from tests.support.dossier import record, submit, unreadable

AS_OF = datetime.date(2018, 11, 15)
HEAD = """\
set: cchc-so-2018
title: Bộ chỉ số cải cách hành chính các sở, ban, ngành tỉnh An Phú năm 2018
year: 2018
level: so
units:
  - {code: SNV, name: Sở Nội vụ, issuer: "Sở Nội vụ tỉnh An Phú"}
  - {code: STC, name: Sở Tài chính, issuer: "Sở Tài chính tỉnh An Phú"}
  - {code: VPUB, name: Văn phòng UBND tỉnh, issuer: "Văn phòng Ủy ban nhân dân tỉnh An Phú", profile: special}
criteria:
"""
FIELDS = (
    ("1", "Công tác chỉ đạo, điều hành cải cách hành chính", (
        ("Kế hoạch cải cách hành chính năm", "Kế hoạch", "cải cách hành chính", "2018-01-31"),
        ("Báo cáo cải cách hành chính định kỳ", "Báo cáo", "reports", ""),
        ("Kế hoạch kiểm tra cải cách hành chính", "Kế hoạch", "kiểm tra", "2018-03-31"),
        ("Tuyên truyền cải cách hành chính", "Kế hoạch", "tuyên truyền", "2018-02-28"),
    )),
    ("2", "Xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật", (
        ("Kế hoạch rà soát văn bản quy phạm pháp luật", "Kế hoạch", "rà soát VBQPPL", "2018-02-15"),
        ("Báo cáo theo dõi thi hành pháp luật", "Báo cáo", "theo dõi thi hành pháp luật", "2018-10-15"),
    )),
    ("3", "Cải cách thủ tục hành chính", (
        ("Kế hoạch rà soát, đánh giá thủ tục hành chính", "Kế hoạch", "rà soát", "2018-01-31"),
        ("Quyết định công bố danh mục thủ tục hành chính", "Quyết định", "công bố danh mục TTHC", "2018-06-30"),
        ("Xử lý phản ánh, kiến nghị của cá nhân, tổ chức", "Báo cáo", "phản ánh, kiến nghị", "2018-12-20"),
    )),
    ("4", "Cải cách tổ chức bộ máy và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức", (
        ("Quy chế làm việc của cơ quan", "Quy chế", "quy chế làm việc", "2018-05-31"),
        ("Kế hoạch tinh giản biên chế", "Kế hoạch", "tinh giản biên chế", "2018-03-31"),
        ("Báo cáo đánh giá, phân loại công chức", "Báo cáo", "phân loại công chức", "2018-12-31"),
    )),
    ("5", "Hiện đại hóa hành chính", (
        ("Kế hoạch ứng dụng công nghệ thông tin", "Kế hoạch", "ứng dụng CNTT", "2018-01-31"),
        ("Áp dụng hệ thống quản lý chất lượng ISO 9001", "Quyết định", "ISO 9001", "2018-09-30"),
        ("Báo cáo chữ ký số và văn bản điện tử", "Báo cáo", "văn bản điện tử", "2018-11-30"),
    )),
)  # fmt: skip


def criteria_text() -> str:
    return HEAD + "".join(_field(*field) for field in FIELDS)


def _field(code: str, title: str, rows: tuple[tuple[str, str, str, str], ...]) -> str:
    out = f'  - code: "{code}"\n    title: {title}\n    points: {len(rows) * 2}\n    children:\n'
    for number, (name, kind, words, due) in enumerate(rows, start=1):
        score = "all-or-nothing" if words == "reports" else "timeliness"
        out += f'      - code: "{code}.{number}"\n        title: {name}\n        points: 2\n        score: {score}\n'
        if code == "3":
            out += "        not_for: [special]\n"
        out += "        evidence:\n"
        slots = (
            [(f"q{at}", f"Báo cáo CCHC {it}", f'"cải cách hành chính", "{it}"', day) for at, it, day in QUARTERS]
            if words == "reports"
            else [("a", name, f'"{words}"', due)]
        )
        for key, what, phrases, day in slots:
            out += f'          - {{id: {key}, title: "{what}", kind: {kind}, issuer: unit, subject: [{phrases}],'
            out += f" about: 2018, issued: 2017-10-01..2018-12-31, due: {day}}}\n"
    return out


QUARTERS = (
    (1, "quý I", "2018-03-20"),
    (2, "6 tháng đầu năm", "2018-06-20"),
    (3, "quý III", "2018-09-20"),
    (4, "quý IV", "2018-12-20"),
)


def submissions() -> list[tuple[Submission, Record]]:
    """What the three units handed in."""
    rows = _unit("SNV", "Sở Nội vụ tỉnh An Phú", "2018-01-12", ("4.2",), ("1.3",), ("5.2",))
    rows += _unit("STC", "Sở Tài chính tỉnh An Phú", "2018-01-29", ("1.4", "2.1", "5.1"), ("4.1",), ("3.2",))
    office = "Văn phòng Ủy ban nhân dân tỉnh An Phú"
    rows += _unit("VPUB", office, "2018-01-20", ("2.2", "5.2"), (), ("4.2",))
    rows.append(submit(unreadable("scan 0097 (2).pdf"), "1.4", "STC"))
    rows.append(submit(unreadable("van-ban-hong.pdf"), None, "VPUB"))
    wrong = record("PCTN quý I.pdf", subject="Công tác phòng chống tham nhũng quý I năm 2017", dated="2017-03-15")
    rows.append(submit(wrong, "2.1", "STC"))
    subject = "Kế hoạch tuyên truyền CCHC năm 2018"
    twin = record("KH 88.docx", "Kế hoạch", subject, "2018-02-02", dossier.ISSUER, "88/KH-SNV")
    rows.append(submit(twin, "1.4", "SNV"))
    return rows


def _unit(
    code: str, issuer: str, dated: str, skip: tuple[str, ...], late: tuple[str, ...], scans: tuple[str, ...]
) -> list[tuple[Submission, Record]]:
    rows = []
    for field, _, criteria in FIELDS:
        for number, (name, kind, words, due) in enumerate(criteria, start=1):
            key = f"{field}.{number}"
            if key in skip or due > "2018-11-15":
                continue
            slots = [(it, day) for _, it, day in QUARTERS[:3]] if words == "reports" else [(words, due)]
            for at, (phrase, day) in enumerate(slots):
                topic = f"cải cách hành chính {phrase}" if words == "reports" else phrase
                when = "2018-10-09" if key in late else (day if words == "reports" else min(day, dated))
                file = f"{name} {at + 1}.pdf".replace(" ", "_")
                doubt = ("date",) if key in scans else ()
                no = f"{len(rows) + 9}/BC-{code}"
                document = record(f"{code}-{file}", kind, f"{kind} {topic} năm 2018", when, issuer, no, doubt)
                rows.append(submit(document, key, code))
    return rows


def assessment() -> Assessment:
    criteria = dossier.load_set(criteria_text())
    rows = submissions()
    records = {record.source.sha256: record for _, record in rows}
    return Assessment(
        criteria=criteria,
        findings=check(criteria, rows, (), AS_OF),
        coverage=Coverage(
            files=len(records),
            pages=214,
            pages_ocr=87,
            unreadable=("STC/1.4/scan 0097 (2).pdf", "VPUB/van-ban-hong.pdf"),
            doubtful=3,
            as_of=AS_OF,
            criteria_set="cchc-so-2018",
            version="3f9c1a20",
        ),
        records=records,
        paths={submission.sha256: submission.path for submission, _ in rows},
    )
