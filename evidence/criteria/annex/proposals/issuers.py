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

from evidence.criteria.annex.proposals import acts, vocabulary
from evidence.criteria.annex.proposals.bodies import BODY, COMPETENT

_NAMED = re.compile(rf"(?<![^\W_])(?:của|do)\s+(?P<body>{BODY})(?![^\W_])")
_ACTOR = re.compile(
    rf"\s*(?:của\s+|do\s+)?(?P<body>{BODY})\s+"
    r"(?:giao|ban hành|công bố|phê duyệt|phê chuẩn|thông qua|công nhận|phân bổ|về)(?![^\W_])"
)
_OR_ANOTHER = re.compile(rf"\s*(?:/|,|hoặc|và)\s*(?:của\s+)?(?:{BODY})(?![^\W_])")
_ADVISED = re.compile(rf"(?<![^\W_])(?:tham mưu|trình)(?:\s+(?:cho|để))?\s+(?P<body>{BODY})(?![^\W_])", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"(?<![^\W_])(?:tại|của)\s+(?:[^.;]{0,40}\s)?"
    r"(?:đơn vị(?: sự nghiệp(?: công lập)?)?|cơ quan|ĐVSNCL|đơn vị SNCL)[^.;]{0,20}trực thuộc",
    re.IGNORECASE,
)
_AGENCIES = re.compile(r"của\s+(?:các\s+)?(?:đơn vị sự nghiệp|ĐVSNCL|đơn vị SNCL|trường)", re.IGNORECASE)
_OWN = re.compile(
    r"của\s+(?:các\s+)?(?:cơ quan|đơn vị|sở|bộ|địa phương|tỉnh|huyện|xã|phường|ngành|thành phố|quận)(?![^\W_])",
    re.IGNORECASE,
)
_INSPECTION = re.compile(r"kiểm tra|thanh tra|kiểm toán|giám sát", re.IGNORECASE)
# "được cấp có thẩm quyền phê duyệt": who approves is not who made it.
_APPROVED = re.compile(rf"(?<![^\W_])được{COMPETENT.pattern}\s+(?:phê duyệt|thông qua|chấp thuận)", re.IGNORECASE)
_PARTY = re.compile(r"(?<![^\W_])của\s+(?:các\s+)?(?:cấp ủy|chi bộ)(?![^\W_])", re.IGNORECASE)
_AUDIT = re.compile(r"(?:kiểm toán|thẩm tra|thẩm định)(?!\s+nội bộ)(?![^\W_])", re.IGNORECASE)
# "nhiệm vụ do UBND tỉnh giao": whose order it is.
_GIVEN = re.compile(rf"do\s+(?:{BODY})(?:\s*(?:,|và|/)\s*(?:{BODY}))*\s+(?:giao|yêu cầu|chỉ đạo|phân công|phát động)")
_CARRYING = r"(?<![^\W_])(?:thực hiện|triển khai|quán triệt|sơ kết|tổng kết"
_SOME = r"(?:[^\W\d_]+\s+){0,4}?"
_CARRIED_OUT = re.compile(rf"{_CARRYING}|khắc phục)\s+{_SOME}{vocabulary.kind_names()}", re.IGNORECASE)
_SUBMITTED = re.compile(
    rf"{_CARRYING}|khắc phục|ban hành|dự thảo|góp ý|đề nghị|thẩm tra)\s+{_SOME}{vocabulary.kind_names()}", re.IGNORECASE
)
_COMMITTEE = re.compile(
    r"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân)(?:\s*(?:,|và)\s*(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân))?"
)
_PLACE = re.compile(r"(?:\s+[A-ZĐ][^\W\dA-ZĐ_]+)+$")
_ABOVE = {"Quyết định", "Nghị quyết"}
_OF_INSPECTIONS = {"Biên bản", "Thông báo", "Kết luận"}
_UNIT_NAMES = {
    "tinh": ("tỉnh", "thành phố"),
    "huyen": ("huyện", "quận", "thị xã", "thành phố"),
    "xa": ("xã", "phường", "thị trấn"),
}


def read_issuer(rest: str, kinds: tuple[str, ...], title: str, level: str) -> str:
    """``unit``, ``any`` or the body's name. ``title``: "Tham mưu Chủ tịch UBND tỉnh công bố …" names whose decision."""
    rest = _APPROVED.sub(" ", vocabulary.by_order().sub("", rest))
    if named := named_issuer(rest, level, kinds):
        return named
    if COMPETENT.search(rest) or _issued_below(rest, kinds):
        return "any"
    if set(kinds) & _OF_INSPECTIONS and (_INSPECTION.search(rest) or set(kinds) & {"Biên bản", "Kết luận"}):
        return "any"
    decision = bool(set(kinds) & _ABOVE)
    advised = _ADVISED.search(title)
    if decision and advised:
        return _known(advised["body"], level)
    if "Báo cáo" in kinds and _AUDIT.match(rest):
        return "any"
    if _PARTY.search(rest):
        return "any"
    if _OWN.search(rest):
        return "unit"
    read = acts.read_act(rest, bare=not kinds) if decision or not kinds else None
    if read:
        return _by_act(read[0], title, level)
    return "unit" if kinds else "any"


def _issued_below(rest: str, kinds: tuple[str, ...]) -> bool:
    """Whether parts of the unit may issue it; not where it says what they are there for ("chức năng, nhiệm vụ của các
    đơn vị trực thuộc")."""
    if re.search(r"chức năng|cơ cấu tổ chức", rest, re.IGNORECASE):
        return False
    own_rules = bool(set(kinds) & {"Quy chế", "Quy định", "Quy trình"}) and bool(_AGENCIES.search(rest))
    return own_rules or bool(_SUBORDINATE.search(rest))


def named_issuer(rest: str, level: str, kinds: tuple[str, ...] = ()) -> str | None:
    """The body that the words name; None where they name none. Whose plan is carried out ("thực hiện Nghị quyết của
    Đảng ủy") does not issue the report on it."""
    rest = vocabulary.by_order().sub("", rest)
    named = _ACTOR.match(rest) or next(
        (match for match in _NAMED.finditer(rest) if not _carried_out(rest, match, kinds)), None
    )
    if named is None:
        return None
    return "any" if _OR_ANOTHER.match(rest, named.end("body")) else _known(named["body"], level)


def _carried_out(rest: str, named: re.Match[str], kinds: tuple[str, ...]) -> bool:
    if rest[: named.start()].strip() and _GIVEN.match(rest, named.start()):
        return True
    decided = set(kinds) & _ABOVE  # what a decision issues is its own; what is submitted is another's
    pattern = _CARRIED_OUT if decided else _SUBMITTED
    return pattern.search(rest, 0, named.start()) is not None


def _by_act(act: str, title: str, level: str) -> str:
    """Nobody is named: who assigns, recognises, approves stands above; who publishes, submits, appoints is the unit."""
    if not vocabulary.all_acts().fullmatch(act):  # who directs, authorises, registers is the unit
        return "unit"
    if any(act in vocabulary.phrases("acts", part) for part in ("submit", "personal", "set_up")):
        return "unit"
    if act in vocabulary.phrases("acts", "publish"):
        return "any" if "tham mưu" in title.lower() and level != "tinh" else "unit"
    issues = act in vocabulary.phrases("acts", "issue") and "tham mưu" not in title.lower()
    return "unit" if issues else "any"


def _known(body: str, level: str) -> str:
    """In a province's own set its committee is the unit itself; elsewhere "UBND tỉnh" is whichever province it is."""
    if level == "bo" and body == "Bộ trưởng":
        return "unit"
    body = " ".join(body.split())
    if not (committee := _COMMITTEE.search(body)):
        return body
    own = _UNIT_NAMES.get(level, ())
    territory = _PLACE.sub("", body[committee.end() :]).lower().removeprefix(" cấp").strip() or (own[0] if own else "")
    named = [re.sub(r"^cấp ", "", part) for part in re.split(r"\s*(?:,|/|-| và )\s*", territory)]
    council = "UBND" not in body and "Ủy ban" not in body
    if not council and set(named) & set(own):
        return "unit"
    return "tinh" if territory == "tỉnh" else body if territory in body.lower() else f"{body} {territory}"
