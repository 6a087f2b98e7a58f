"""The agencies that verify or lead a criterion, from the annex's column ("Đơn vị xác minh", "chủ trì", "thẩm định").

>>> split_owners("Sở Văn hóa, Thể thao và Du lịch, Sở Tư pháp;\\n- VP UBND tỉnh")
('Sở Văn hóa, Thể thao và Du lịch', 'Sở Tư pháp', 'VP UBND tỉnh')
>>> split_owners("Chủ trì: Sở Nội vụ. Phối hợp: Thanh tra tỉnh"), split_owners("x")
(('Sở Nội vụ', 'Thanh tra tỉnh'), ())
"""

from __future__ import annotations

import re

# A comma stands inside names too: only before what begins a name does it part two.
AGENCY = (
    r"(?:Sở|Ban|Văn phòng|VP|UBND|HĐND|Thanh tra|Công an|Bộ|Phòng|Hội|Kho bạc|Chi cục|Trung tâm|Cục|Tổng cục|Thuế|"
    r"Thống kê|Bảo hiểm|Ngân hàng|Đài|Báo|Các|Tỉnh ủy|Huyện ủy|Đảng ủy|Mặt trận|Tổ|Viện|Kiểm toán|Ủy ban|Uỷ ban|Tòa|"
    r"Quân|Bộ đội|Đoàn|Liên đoàn|Trường|Cơ quan|Đơn vị|SNV|STP|STC|SKHCN)"
)
BREAKS = re.compile(
    rf"\n|;|\s+[-+•]\s+|[,./]\s*(?={AGENCY}\b)|(?<!HĐND)(?<!ĐBQH)\s+(?:và|hoặc|phối hợp với)\s+(?={AGENCY}\b)"
    r"|(?<=\w)\.\s+(?=Phối hợp)"
)
LEADING = re.compile(
    r"^(?:(?:đơn vị|cơ quan)\s+)?(?:chủ trì|phối hợp|thẩm định|xác minh|theo dõi)(?:\s+(?:thẩm định|xác minh))?\s*:\s*",
    re.IGNORECASE,
)


def split_owners(text: str) -> tuple[str, ...]:
    """The names in that cell, each once."""
    lines = re.sub(r"\n(?=[a-zà-ỹ])", " ", text)
    names = (LEADING.sub("", " ".join(part.split()).strip(" -+*•.,:;")) for part in BREAKS.split(lines))
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))
