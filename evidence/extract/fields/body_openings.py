"""How the text of a document begins, as against its subject: who has no subject must not be given its first sentence.

An invitation, a certificate, an application has none (NĐ 30/2020, Phụ lục III, mẫu 1.7); a report typed in Word has its
first paragraph right under the subject (``Sở Xây dựng báo cáo …``, ``Thực hiện chỉ đạo của …``). Printed text only.
"""

from __future__ import annotations

import re

from evidence.extract.layout.segments import Segment

# where nothing of a subject stands before them either
_OPENINGS = re.compile(
    r"\W{0,3}(?:kinh\s+(?:gui|moi|thua|trinh|bao)|tran trong|hom nay|toi (?:ten|la)\b|toi,|ho (?:va )?ten|nhan duoc"
    r"|qua (?:kiem tra|xem xet|ra soat|theo doi)|duoc su|phuc dap|tra loi|chung toi|(?:stt|so tt|tt)\b"
    r"|\d{0,2} ?van ban nay duoc"
    r"|(?:thoi gian|dia diem|thanh phan|noi dung|nguoi khai|nam sinh)\s*:)"
)
# where a subject stands before them: "Thực hiện Nghị quyết …" alone is one
_SENTENCES = re.compile(
    r"\W{0,3}(?:thuc hien|trien khai|tiep tuc|theo|trong (?:nam|thang|quy|tuan|ky)|nam \d{4},|ngay \d|tu ngay|sau khi"
    r"|tren co so|de\s|nham)\b"
)
_AGENCY = re.compile(
    r"(?:Sở|Bộ|Cục|Vụ|Chi cục|Tổng cục|Phòng|Ban|Hội|Đoàn|Viện|Trường|Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Văn phòng|Quỹ"
    r"|Trung tâm|Công ty|Liên đoàn|Công đoàn|Công an|Thanh tra|Bệnh viện|Chi nhánh|Tòa án|Toà án|Hiệp hội|Đảng ủy"
    r"|Huyện ủy|Tỉnh ủy|Thành ủy|Kho bạc|Bảo hiểm|Ngân hàng)\s(?!hành\b|nghị\b|thi\b|họp\b)[^.;:]{0,110}?\s"
    r"(?:(?:xin\s+)?(?:trân trọng\s+)?(?:báo cáo|kính|thông báo|đề nghị|xin|mời|giới thiệu|chứng nhận|xác nhận|yêu cầu)"
    r"|nhận được|có ý kiến|trân trọng)\b"
)
# a line that ends in one of them goes on: "… để nghe" / "Sở Nội vụ báo cáo …"
_GOES_ON = re.compile(
    r"(?:\W|^)(?:nghe|để|của|và|tại|với|do|cho|theo|từ|về|trong|là|được|giữa|các|những|đến|bởi|trên|số|hoặc|trưởng"
    r"|chủ tịch|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu|thị trấn)\s*$|[,–-]\s*$",
    re.IGNORECASE,
)
_CONSOLIDATED = re.compile(r"hiệu lực|bổ sung bởi")  # what a consolidated text says of its origin is weighed elsewhere
_ABOUT = re.compile(r"\W{0,3}(?:v/v|ve viec|ve\s)")
_LIKE_FOLLOWS = re.compile(r"như sau\s*:?|[:]\s*$|kính mời|trân trọng")
LONG = 25  # words: a paragraph, not a heading
SHORT = 5


def opens_body(segment: Segment, lines: list[Segment], title: Segment) -> bool:
    """Whether the text begins with the line; ``lines``: those of the subject before it."""
    if segment.is_ocr:
        return False
    if segment.box is None and segment.table is not None and segment.table != title.table:
        return True  # the first cell of a table
    if _OPENINGS.match(segment.plain) and segment.text.strip()[:1].isupper():
        return True
    if segment.box is not None:
        return False  # its place tells
    if not lines:
        return _AGENCY.match(segment.text) is not None and _LIKE_FOLLOWS.search(segment.text) is not None
    return not _GOES_ON.search(lines[-1].text) and _is_sentence(segment)


def _is_sentence(segment: Segment) -> bool:
    """Whether a paragraph under a subject is no further line of it."""
    text, words = segment.text.strip(), len(segment.words)
    if not text[:1].isupper() or _CONSOLIDATED.search(text):
        return False
    if text.endswith((".", ":")) and words > SHORT:
        return True
    return _AGENCY.match(text) is not None or (_SENTENCES.match(segment.plain) is not None and "," in text)


def reads_as_sentence(subject: str, plain: str) -> bool:
    """Whether what was taken for a subject reads like a sentence: an agency and what it does, or a long one.

    >>> text = "Ủy ban nhân dân xã trân trọng đề nghị các thôn"
    >>> reads_as_sentence(text, "uy ban nhan dan xa tran trong de nghi cac thon")
    True
    """
    if _ABOUT.match(plain):
        return False
    if _AGENCY.match(subject) or _OPENINGS.match(plain) or _LIKE_FOLLOWS.search(subject):
        return True
    return subject.rstrip().endswith(".") and len(subject.split()) > LONG
