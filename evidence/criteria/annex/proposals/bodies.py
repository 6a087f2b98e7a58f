"""The bodies that an annex names as issuers or as those who give orders, and how it says whose a document is."""

from __future__ import annotations

import re

_LEVEL = r"(?:cấp\s+)?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
_LEVELS = rf"{_LEVEL}(?:\s*(?:,|/|và|-)\s*{_LEVEL})*"
_NAME = r"(?:\s+(?!CCHC)[A-ZĐ][^\W\dA-ZĐ_]+){0,4}"  # of the place: "phường Xuân Hương"
_HEAD = r"(?:(?:Phó Chủ tịch|Chủ tịch|Thường trực|Lãnh đạo)(?:\s*(?:,|và|/)\s*|\s+))*"
_COMMITTEE = r"(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân)"
BODY = (
    rf"Trung tâm Phục vụ [Hh]ành chính công(?:\s+{_LEVEL})?|"
    rf"{_HEAD}{_COMMITTEE}(?:\s*(?:,|và)\s*{_COMMITTEE})?(?:\s+{_LEVELS}(?![^\W_]){_NAME})?|Tỉnh ủy|Thành ủy|Huyện ủy|"
    r"(?:(?:Ban\s+(?:Thường vụ|Chấp hành)\s+)?Đảng (?:ủy|bộ)(?:\s+(?:xã|phường))?)|"
    r"(?:Thủ tướng\s+)?Chính phủ|"
    r"(?:Bộ trưởng\s+|Giám đốc\s+|Chánh\s+)?(?:Bộ|Sở|Phòng|Ban|Thanh tra|Cục|Chi cục|Vụ|Trung tâm|Kho bạc)"
    r"\s+[A-ZĐ][^\W_]*(?:\s+[^\W\d_]+)?"
    r"(?:\s+(?:Trung ương|Tỉnh ủy|Thành ủy|Huyện ủy))?(?:(?:,|\s+và)\s+[A-ZĐ][^\W_]*(?:\s+[^\W\d_]+)?)*|"
    r"Thanh tra (?:tỉnh|thành phố|huyện|sở)|Bộ trưởng|"
    r"Hội đồng\s+(?:[^\W\d_]+\s+){1,3}(?:cấp\s+)?(?:tỉnh|huyện|xã|phường|cơ sở)|"
    r"Kiểm toán (?:nhà nước|Nhà nước)|Công an(?:\s+(?:tỉnh|huyện|xã|phường))?|"
    r"Văn phòng\s+(?:UBND|HĐND và UBND|Đoàn ĐBQH và HĐND|Chính phủ|Quốc hội|Trung ương Đảng|"
    r"Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Sở|Bộ)(?:\s+(?:tỉnh|huyện|xã|thành phố))?|"
    r"(?:Ủy ban|UB) Kiểm tra(?:\s+(?:Trung ương|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy))?|"
    r"(?:Ủy ban\s+|UB)?(?:MTTQ|Mặt trận Tổ quốc)(?:\s+Việt Nam)?(?:\s+(?:tỉnh|huyện|xã|phường))?|"
    r"Liên đoàn Lao động(?:\s+(?:tỉnh|huyện))?|Tỉnh đoàn|Huyện đoàn|Thành đoàn"
)
COMPETENT = re.compile(
    r"\s*(?:(?<![^\W_])(?:của|do)\s+)?(?:các\s+)?(?<![^\W_])(?:cấp|cơ quan|người|tổ chức)"
    r"(?:\s+(?:nhà nước|thanh tra|kiểm tra|kiểm toán|cấp trên|và)|,)*"
    r"\s+(?:(?:có\s+)?thẩm quyền|chức năng(?!\s*,?\s*(?:và\s+)?nhiệm vụ))(?![^\W_])",
    re.IGNORECASE,
)
_ANY_COMMITTEE = r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)"
_COMMITTEES = (
    rf"(?:(?:(?:phó\s+)?chủ tịch|lãnh đạo|thường trực)(?:\s*(?:,|và|/)\s*|\s+))*{_ANY_COMMITTEE}"
    rf"(?:\s*(?:,|và)\s*{_ANY_COMMITTEE})?(?:\s+{_LEVELS})?(?![^\W_])"
)
# Where they issue or are issued to: behind "của", at the head, before an act. "Thành viên UBND xã" is a matter.
COMMITTEES = re.compile(
    rf"(?<![^\W_])(?:của|do|cho|giữa)\s+{_COMMITTEES}|^\s*{_COMMITTEES}|"
    rf"(?<![^\W_]){_COMMITTEES}(?=\s*,?\s*(?:giao|ban hành|công bố|phê duyệt|phê chuẩn|thông qua|công nhận|phân bổ))",
    re.IGNORECASE,
)
# With what shows that it is the issuer: "của Sở Nội vụ". In capitals as names are, so never ignoring case.
NAMED = re.compile(rf"(?<![^\W_])(?:của|do)\s+(?:{BODY})(?:\s*(?:/|,|hoặc|và)\s*(?:của\s+)?(?:{BODY}))*(?![^\W_])")
_TAIL = (
    r"(?:\s+(?:chuyên môn|giải quyết|chủ trì|tham mưu|"
    r"tổ chức(?=\s*$|\s+(?:trên|tại|trong|theo|qua|bằng)\b)|trực thuộc|có liên quan|liên quan|"
    r"thuộc\s+(?:và\s+trực thuộc\s+)?[^\W\d_]+))?"
)
_OWNER = (
    r"(?:các\s+)?(?:(?:lãnh đạo|người đứng đầu|thủ trưởng)\s+)?(?:cơ quan|đơn vị(?! sự nghiệp| sncl| hành chính)|sở|"
    r"ngành|địa phương|tỉnh|thành phố|huyện|xã|phường|"
    r"quận|thị trấn|thị xã|phòng|bộ|mình)"
)
# The unit in whatever word the annex has for it, and its parts.
OWNED = re.compile(
    rf"\s*(?<![^\W_])của\s+{_OWNER}{_TAIL}(?:\s*(?:[.,/]|và)?\s*{_OWNER}{_TAIL})*(?![^\W_])", re.IGNORECASE
)
# Whom an act is done to, where it is done to nothing else: "kiểm tra hoạt động của các đơn vị trực thuộc".
BELOW = re.compile(
    r"(?<![^\W_])(?:đơn vị|cơ quan|phòng|chi bộ|tổ chức cơ sở đảng|cơ sở|trường|xã|phường|thị trấn|thôn|khu phố)"
    r"(?:\s+(?:sự nghiệp|công lập|chuyên môn|cấp dưới))*(?:\s+trực thuộc)?(?![^\W_])",
    re.IGNORECASE,
)
# Another body whose name is not known here: "của Trưởng ban", "của Đoàn kiểm tra huyện". Abbreviations are matters.
OTHERS = re.compile(
    r"(?<![^\W_])(?:của|do)\s+(?:[Cc]ấp ủy(?:\s*(?:,|và|/)\s*chính quyền)?|"
    r"Trưởng|Đoàn|Tổ|Hội đồng|Ban|Giám đốc|Thủ trưởng|"
    r"Chánh|Mặt trận|Bí thư|Hiệu trưởng)"
    r"(?:\s+(?!về\b|trong\b|công nhận\b|tại\b|đối\b)[^\W\d_]+){0,7}"
)


def without_owners(text: str, competent: bool = True) -> str:
    """The words without whose the document is; ``competent``: also without "của cấp có thẩm quyền"."""
    for pattern in (COMPETENT, NAMED, COMMITTEES, OWNED, OTHERS):
        if competent or pattern is not COMPETENT:
            text = pattern.sub(" ", text)
    return text


# To whom it goes: "gửi Sở Nội vụ đề nghị phê duyệt".
RECIPIENT = re.compile(rf"\s*(?<![^\W_])gửi\s+(?:{BODY})(?:\s*(?:,|và)\s*(?:{BODY}))*(?![^\W_])")
