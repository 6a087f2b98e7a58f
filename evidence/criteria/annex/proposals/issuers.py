"""Who issues the document that the words ask for: the unit, a named body, or anybody.

>>> read_issuer("Quyết định của Chủ tịch UBND tỉnh về công nhận", ("Quyết định",), "", "so")
'tinh'
>>> read_issuer("UBND tỉnh giao nhiệm vụ", (), "", "so"), read_issuer("CCHC của đơn vị", ("Kế hoạch",), "", "xa")
('tinh', 'unit')
>>> read_issuer("giao biên chế của cấp có thẩm quyền", (), "", "so"), read_issuer("kiểm tra", ("Biên bản",), "", "so")
('any', 'any')
"""

from __future__ import annotations

import re

from evidence.criteria.annex.proposals import vocabulary
from evidence.criteria.annex.proposals.bodies import BODY, COMPETENT

_NAMED = re.compile(rf"(?<![^\W_])(?:của|do)\s+(?P<body>{BODY})(?![^\W_])")
_ACTOR = re.compile(
    rf"\s*(?:của\s+|do\s+)?(?P<body>{BODY})\s+"
    r"(?:giao|ban hành|công bố|phê duyệt|phê chuẩn|thông qua|công nhận|phân bổ|về)(?![^\W_])"
)
_OR_ANOTHER = re.compile(rf"\s*(?:/|hoặc)\s*(?:của\s+)?(?:{BODY})(?![^\W_])")
_ADVISED = re.compile(rf"(?<![^\W_])(?:tham mưu|trình)(?:\s+(?:cho|để))?\s+(?P<body>{BODY})(?![^\W_])", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"(?<![^\W_])(?:tại|của)\s+(?:[^.;]{0,40}\s)?"
    r"(?:đơn vị(?: sự nghiệp(?: công lập)?)?|cơ quan|ĐVSNCL|đơn vị SNCL)[^.;]{0,20}trực thuộc",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"của\s+(?:các\s+)?(?:cơ quan|đơn vị|sở|bộ|địa phương|tỉnh|huyện|xã|phường|ngành|thành phố|quận)(?![^\W_])",
    re.IGNORECASE,
)
_INSPECTION = re.compile(r"kiểm tra|thanh tra|kiểm toán|giám sát", re.IGNORECASE)
_ABOVE = {"Quyết định", "Nghị quyết"}
_OF_INSPECTIONS = {"Biên bản", "Thông báo", "Kết luận"}
_UNIT_NAMES = {
    "tinh": ("tỉnh", "thành phố"),
    "huyen": ("huyện", "quận", "thị xã", "thành phố"),
    "xa": ("xã", "phường", "thị trấn"),
}


def read_issuer(rest: str, kinds: tuple[str, ...], title: str, level: str) -> str:
    """``unit``, ``any`` or the body's name. ``title``: "Tham mưu Chủ tịch UBND tỉnh công bố …" names whose decision."""
    rest = vocabulary.by_order().sub("", rest)
    named = _ACTOR.match(rest) or _NAMED.search(rest)
    if named:
        return "any" if _OR_ANOTHER.match(rest, named.end("body")) else _known(named["body"], level)
    if COMPETENT.search(rest) or _SUBORDINATE.search(rest):
        return "any"
    if set(kinds) & _OF_INSPECTIONS and (_INSPECTION.search(rest) or set(kinds) & {"Biên bản", "Kết luận"}):
        return "any"
    decision = bool(set(kinds) & _ABOVE)
    advised = _ADVISED.search(title)
    if decision and advised:
        return _known(advised["body"], level)
    if _OWN.search(rest):
        return "unit"
    act = vocabulary.all_acts().search(rest)
    if act and (decision or not kinds):
        return _by_act(act[0].lower(), title, level)
    return "unit" if kinds and not set(kinds) & {"Quy chế", "Quy định", "Quy trình"} else "any"


def _by_act(act: str, title: str, level: str) -> str:
    """Nobody is named: who assigns, recognises, approves stands above; who publishes, submits, appoints is the unit."""
    if any(act in vocabulary.phrases("acts", part) for part in ("submit", "personal", "set_up")):
        return "unit"
    if act in vocabulary.phrases("acts", "publish"):
        return "any" if "tham mưu" in title.lower() and level != "tinh" else "unit"
    return "any"


def _known(body: str, level: str) -> str:
    """In a province's own set its committee is the unit itself; elsewhere "UBND tỉnh" is whichever province it is."""
    own = _UNIT_NAMES.get(level, ())
    if level == "bo" and body == "Bộ trưởng":
        return "unit"
    last = body.split()[-1].lower()
    if not re.search(r"UBND|HĐND|nhân dân", body):
        return " ".join(body.split())
    if last in own and "HĐND" not in body:
        return "unit"
    return "tinh" if last == "tỉnh" else " ".join(body.split())
