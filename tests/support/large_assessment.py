"""Twenty units and ninety criteria with every status: what must stay legible on paper and screen."""

from __future__ import annotations

import datetime
from functools import cache

from evidence.match.check import check
from evidence.model.assessment import Assessment, Coverage
from evidence.model.placement import Submission
from evidence.model.record import Record
from tests.support import dossier
from tests.support.dossier import record, submit, unreadable

AS_OF = datetime.date(2018, 11, 15)
UNITS = (
    "Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Sở Công Thương", "Sở Y tế", "Sở Xây dựng",
    "Sở Giáo dục và Đào tạo", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường", "Sở Ngoại vụ",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Lao động - Thương binh và Xã hội", "Sở Kế hoạch và Đầu tư", "Ban Dân tộc",
    "Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", "Sở Giao thông vận tải", "Thanh tra tỉnh",
    "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
)  # fmt: skip
TOPICS = (
    "cải cách hành chính", "kiểm tra việc thực hiện nhiệm vụ được giao", "tuyên truyền, phổ biến pháp luật",
    "rà soát, đánh giá thủ tục hành chính", "ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước",
    "tinh giản biên chế và cơ cấu lại đội ngũ cán bộ, công chức, viên chức", "thực hành tiết kiệm, chống lãng phí",
    "xử lý phản ánh, kiến nghị của cá nhân, tổ chức", "số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
)  # fmt: skip
FIELDS = 9


def criteria_text() -> str:
    rows = ["set: lon-2018\ntitle: Bộ chỉ số CCHC các sở, ban, ngành tỉnh An Phú năm 2018"]
    rows.append("year: 2018\nlevel: so\nunits:")
    for number, name in enumerate(UNITS, start=1):
        profile = ", profile: special" if number == 1 else ""
        rows.append(f'  - {{code: DV{number:02}, name: "{name}", issuer: "{name}"{profile}}}')
    rows.append("criteria:")
    for field in range(1, FIELDS + 1):
        rows.append(f'  - code: "{field}"\n    title: Lĩnh vực {field} – {TOPICS[field - 1]}')
        rows.append("    points: 10\n    children:")
        for number in range(1, 11):
            topic = TOPICS[(field + number) % len(TOPICS)]
            rows.append(f'      - code: "{field}.{number}"\n        title: Kế hoạch {topic}, phần {field}.{number}')
            rows.append("        points: 1\n        score: timeliness")
            if field == 3:
                rows.append("        not_for: [special]")
            due = "2018-12-20" if number == 10 else "2018-03-31"
            rows.append(
                f'        evidence:\n          - {{id: a, title: "Kế hoạch {topic} năm 2018", kind: Kế hoạch, '
                f'issuer: unit, subject: ["{topic}"], about: 2018, due: {due}}}'
            )
    return "\n".join(rows) + "\n"


def submissions() -> list[tuple[Submission, Record]]:
    submitted = []
    for unit, name in enumerate(UNITS, start=1):
        for field in range(1, FIELDS + 1):
            for number in range(1, 10):
                key, lot = f"{field}.{number}", (unit * 7 + field * 5 + number * 3) % 17
                topic, file = TOPICS[(field + number) % len(TOPICS)], f"DV{unit:02} {key}.pdf"
                if lot == 0:
                    continue
                if lot == 1:
                    submitted.append(submit(unreadable(file), key, f"DV{unit:02}"))
                    continue
                what = "Công văn" if lot == 2 else "Kế hoạch"
                dated = "2018-05-09" if lot in (3, 4) else "2018-02-12"
                doubt = ("date",) if lot == 5 else ()
                document = record(
                    file, what, f"{what} {topic} năm 2018", dated, name, f"{unit * 9 + number}/KH-X", doubt
                )
                submitted.append(submit(document, key, f"DV{unit:02}"))
    return submitted


@cache
def assessment() -> Assessment:
    criteria = dossier.load_set(criteria_text())
    rows = submissions()
    records = {record.source.sha256: record for _, record in rows}
    return Assessment(
        criteria=criteria,
        findings=check(criteria, rows, (), AS_OF),
        coverage=Coverage(len(records), 6_214, 2_087, (), 31, AS_OF, criteria.set, "3f9c1a20b7d1"),
        records=records,
        paths={submission.sha256: submission.path for submission, _ in rows},
    )
