"""The bodies that an annex names as issuers or as those who give orders."""

from __future__ import annotations

import re

BODY = (
    r"(?:(?:Chủ tịch|Thường trực|Phó Chủ tịch)\s+)?(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân)\s+"
    r"(?:cấp\s+)?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)|Tỉnh ủy|Thành ủy|Huyện ủy|"
    r"Đảng ủy(?:\s+(?:xã|phường))?|"
    r"(?:Thủ tướng\s+)?Chính phủ|"
    r"(?:Bộ trưởng\s+|Giám đốc\s+)?(?:Bộ|Sở|Phòng|Ban|Thanh tra|Cục)\s+[A-ZĐ][^\W_]*(?:\s+[^\W\d_]+)?"
    r"(?:\s+(?:Trung ương|Tỉnh ủy|Thành ủy|Huyện ủy))?(?:(?:,|\s+và)\s+[A-ZĐ][^\W_]*(?:\s+[^\W\d_]+)?)*|"
    r"Bộ trưởng|Hội đồng\s+(?:[^\W\d_]+\s+){1,3}(?:cấp\s+)?(?:tỉnh|huyện|xã|phường|cơ sở)|"
    r"Văn phòng\s+(?:UBND|HĐND và UBND|Chính phủ|Quốc hội)(?:\s+(?:tỉnh|huyện|xã|thành phố))?"
)
COMPETENT = re.compile(
    r"\s*(?:(?<![^\W_])(?:của|do)\s+)?(?:các\s+)?(?<![^\W_])(?:cấp|cơ quan|người|tổ chức)"
    r"(?:\s+(?:nhà nước|thanh tra|kiểm tra|kiểm toán|cấp trên|và)|,)*\s+(?:có\s+)?thẩm quyền(?![^\W_])",
    re.IGNORECASE,
)
COMMITTEES = re.compile(
    r"(?<![^\W_])(?:(?:của|do|cho)\s+)?(?:(?:phó\s+)?chủ tịch\s+)?"
    r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)\s+(?:cấp\s+)?"
    r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?![^\W_])",
    re.IGNORECASE,
)
# With what shows that it is the issuer: "của Sở Nội vụ". In capitals as names are, so never ignoring case.
NAMED = re.compile(rf"(?<![^\W_])(?:của|do)\s+(?:{BODY})(?:\s*(?:/|hoặc)\s*(?:{BODY}))*(?![^\W_])")
