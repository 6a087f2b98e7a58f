"""The words after a kind -> the phrases that the subject of such a document has.

Whole phrases: a comma, "và", "theo" and "về" do not end the matter. Left out is what a real subject may or may not
have: generic heads (kết quả, tình hình, công tác), whose it is, the year, the period, "theo quy định". A phrase stands
in pieces where real subjects put other words between: at "và" and the commas of a list, at "về", before the people
that it is about.

>>> read_subject("kết quả kiểm tra, rà soát, hệ thống hóa VBQPPL của tỉnh năm 2025")
('kiểm tra', 'rà soát', 'hệ thống hóa VBQPPL')
>>> read_subject("của cơ quan, đơn vị về việc bố trí công chức theo vị trí việc làm")
('bố trí', 'công chức', 'vị trí việc làm')
>>> read_subject("tình hình sắp xếp lại, xử lý nhà, đất")
('sắp xếp lại', 'xử lý nhà, đất')
"""

from __future__ import annotations

import re

from evidence.criteria.annex.proposals import vocabulary
from evidence.criteria.annex.proposals.bodies import BODY, RECIPIENT, without_owners

# "cho phép" is an act, "tại Bộ phận Một cửa" a matter.
_KEPT = r"cho\s+(?:phép|vay|thuê)|tại\s+(?:Bộ phận|Trung tâm|Cổng)"
# Where the words before tell no document, what an act is done to does: "thẩm định đối với dự thảo".
_SOFT = re.compile(r"\s+đối với\s+", re.IGNORECASE)
# "hội nghị phục vụ sơ kết" explains; the service itself is the matter: "Trung tâm Phục vụ", "thái độ phục vụ".
_SERVING = (
    r"(?<!tâm\s)(?<!phận\s)(?<!độ\s)(?<!thần\s)(?<!lượng\s)(?<!sự\s)(?<!cách\s)(?<!năng\s)(?<!đơn vị\s)"
    r"(?<![^\W_])phục\s+vụ(?![^\W_])"
)
_CUTS = re.compile(
    rf"\s*(?:{vocabulary.by_order().pattern}|{_SERVING}.*|(?<!tồn\s)(?<!hiện\s)(?!{_KEPT}){vocabulary.pattern('cuts').pattern}.*)",
    re.IGNORECASE | re.DOTALL,
)
TIMES = re.compile(
    r"(?:(?:trong|của)\s+)?năm\s+(?:đánh giá|trước liền kề|trước|sau|20\d\d|\d{4})"
    r"(?:\s+và\s+năm\s+(?:trước liền kề|trước))?|"
    r"(?<![^\W_])(?:(?:hằng|hàng|cả|trong)\s+)?năm(?![^\W_])|(?:giai đoạn|nhiệm kỳ)\s+\d{4}\s*-\s*\d{4}|"
    r"(?<![^\W_])(?:(?:quý\s+(?:I{1,3}|IV|[1-4])|tháng\s+\d{1,2})\s*/\s*20\d\d|quý\s+(?:I{1,3}|IV|[1-4])|(?:6|06|sáu|9|09|chín)\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|(?:các\s+)?quý|"
    r"tháng\s+\d{1,2}|tháng(?=\s*(?:,|/|$)|\s+(?:về|và)\b)|tuần(?=\s*(?:,|/|và\b))|định kỳ|"
    r"cấp (?:tỉnh|huyện|xã|cơ sở)(?:\s+trở lên)?)(?![^\W_])",
    re.IGNORECASE,
)
# "nhiệm vụ UBND tỉnh, Chủ tịch UBND tỉnh giao": here the generic word is the matter.
_ASSIGNED = re.compile(
    r"(?<![^\W_])[Nn]hiệm vụ(?:\s+(?:được|do|của|các|cấp|có|thẩm|quyền|trên|và|tỉnh|huyện|xã|phường|thành|phố|nhân|"
    r"dân|tịch|phủ|tướng|ủy|[A-ZĐỦ][^\W\d_]*),?){0,14}\s+giao(?![^\W_])"
)
_COMMAS = re.compile(r"\s*(?:,\s*)+")
# "và báo cáo (năm)" once the periods are taken out.
_LEFT_OVER = re.compile(rf"\s*(?:,|(?<![^\W_])và)\s*(?:và\s+)?(?:các\s+)?{vocabulary.kind_names()}\s*$", re.IGNORECASE)
# The document's own number; that of the resolution it carries out ("Nghị quyết số 57-NQ/TW") is the matter.
NUMBER = re.compile(r"^\s*số\s*:?\s*\d+\S*/\S+(?:\s+ngày\s+\d+(?:/\d+)*)?", re.IGNORECASE)
_CITED = re.compile(
    rf"({vocabulary.kind_names()}(?:\s+(?:thanh tra|kiểm tra|kiểm toán|giám sát))?)"
    r"(?:\s+số)?\s+(\d+\S*[-/]\S+?)(?=[,;.)]?(?:\s|$))(?:\s+ngày\s+\d+(?:/\d+)*)?",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"\s+(?:về việc|về|theo|của|phù hợp(?=\s+(?:tiêu chuẩn|TCVN|ISO))|"
    r"các|những|và|trong|trên|đã|(?<!vị trí )công tác|tình hình)\s+|"
    r"[,:;]\s+|\s+[-–]\s+(?=[A-ZĐ])",
    re.IGNORECASE,
)
_PEOPLE = vocabulary.pattern("personnel")
_PERSONNEL_ACT = vocabulary.pattern("personnel_acts")
_PEOPLE_LIST = re.compile(rf"{_PEOPLE.pattern}(?:(?:,|\s+và|,\s+và)\s*{_PEOPLE.pattern})*", re.IGNORECASE)
# "thống kê về tình hình" says as little as "kết quả"; "thống kê số lượng" is a deed.
_GENERIC = re.compile(
    rf"(?:(?:{vocabulary.pattern('generic').pattern}|thống kê(?=\s*(?:,|$|về\b|tình hình|kết quả|số liệu)))[\s,]*)+",
    re.IGNORECASE,
)
_KIND_HEAD = re.compile(
    r"(?:kế hoạch(?!\s+hành động)|chương trình hành động|hành động|ban hành)\s+(?=\S)", re.IGNORECASE
)
_ENCLOSED = re.compile(r"(?<=ban hành)\s+kèm\s+theo\s+", re.IGNORECASE)
_TELLING = re.compile(r"(?<![^\W_])đánh giá nội bộ(?![^\W_])")  # of weak words, and yet a document of its own
_MADE = re.compile(r"(?:về việc\s+)?ban hành\s+(?=\S)", re.IGNORECASE)
# Whose conduct it is: "kỷ cương của cán bộ, công chức" is "kỷ cương". Citizens and firms belong to the matter.
_STAFF = re.compile(rf"\s(?:của)\s+(?:các\s+|đội ngũ\s+)?{_PEOPLE_LIST.pattern}(?!\s+về)", re.IGNORECASE)
_PARTY = (
    rf"(?:(?-i:{BODY})|(?:các\s+)?(?:UBND|sở|ngành|cơ quan|đơn vị|địa phương)"
    r"(?:,?\s+(?:và\s+)?(?:các|cấp|xã|phường|đặc khu|thị trấn|huyện|liên quan|trực thuộc|ngành|địa phương)){0,6}"
    r"(?![^\W_]))"
)
_BETWEEN = re.compile(rf"(?<![^\W_])giữa\s+(?:[^\W\d_]+\s+){{0,6}}?(?:với|và)\s+(?:{_PARTY})?", re.IGNORECASE)
# "cử công chức tham gia lớp bồi dưỡng": what they attend is the matter, not how.
_ATTENDING = re.compile(
    r"^\s+(?:tham gia|tham dự|theo học|đi học|dự)\s+(?:(?:các|khóa|lớp|chương trình)\s+)*"
    r"(?=(?:đào tạo|bồi dưỡng|tập huấn)(?![^\W_]))",
    re.IGNORECASE,
)
# Set phrases stand in one piece: their joints do not part anything.
_SET = vocabulary.pattern("set_phrases")
_BLANK, _COMMA = "\ua78f", "\ua7f7"  # letters, so that no pattern of whole words ends there
# "đánh giá" is the matter in "đánh giá, xếp loại", "đánh giá nội bộ" and after another act; else a head like "kết quả".
_ASSESSED = re.compile(r"(đánh giá)(?:\s*,\s*(?:và\s+)?|\s+và\s+|\s+)(?=(?:xếp|phân) loại)", re.IGNORECASE)
_ASSESSES = re.compile(r"đánh giá(?=\s+nội bộ)", re.IGNORECASE)
_ASSESSED_ENDS = re.compile(r"đánh giá\s*$", re.IGNORECASE)
_ASSESSES_TOO = re.compile(r"đánh giá(?=\s+\S)", re.IGNORECASE)
LONGEST = 14  # syllables of one piece: more is a sentence, which no subject repeats
MOST = 6  # pieces


def without_remarks(words: str) -> str:
    """The words up to where they only explain ("kèm danh sách")."""
    return _CUTS.sub("", RECIPIENT.sub(" ", words), count=1)


def read_subject(rest: str, with_people: bool = False, of_act: bool = False) -> tuple[str, ...]:
    """The phrases; empty where the words name no matter of their own. ``with_people``: also whom it is about;
    ``of_act``: the words follow an act ("giao kế hoạch vốn"), so that a kind among them is its object."""
    assigned = ("nhiệm vụ", "giao") if _ASSIGNED.search(rest) else ()
    rest = _ASSIGNED.sub(" ", NUMBER.sub(" ", rest))
    pieces = _read_pieces(rest, of_act)
    if is_weak(tuple(pieces)) and (soft := _SOFT.search(rest)):
        pieces = _read_pieces(f"{rest[: soft.start()]}, {rest[soft.end() :]}", of_act) or pieces
    return (*assigned, *(pieces if with_people else _without_people(pieces))[:MOST])


def _read_pieces(rest: str, of_act: bool) -> list[str]:
    text = _without_owners(_join_set_phrases(f" {_ENCLOSED.sub(' ', rest)} "))
    text = _LEFT_OVER.sub("", _COMMAS.sub(", ", TIMES.sub(" ", _CUTS.sub("", text, count=1)))).strip(" ,")
    words = " ".join(text.split())
    kept: list[str] = []
    for raw in _split_pieces(_ASSESSED.sub(r"\1 và ", words)):
        assesses = _ASSESSES.search(raw) or (kept and _ASSESSES_TOO.match(raw))
        assesses = assesses or (_ASSESSED.search(words) and _ASSESSED_ENDS.search(raw))
        kept += [piece for piece in _set_people_apart(_bare(raw, of_act)) if piece and not _is_filler(piece)]
        kept += ["đánh giá"] if assesses and not any("đánh giá" in piece for piece in kept) else []
    return [piece.replace(_COMMA, ",").replace(_BLANK, " ") for piece in dict.fromkeys(kept)]


def _without_owners(text: str) -> str:
    """Without whose the document is; "hoạt động của ĐVSNCL", "kiến nghị của người dân" name the matter."""
    return _BETWEEN.sub("; ", _STAFF.sub(" ", without_owners(RECIPIENT.sub(" ", text))))


def _join_set_phrases(text: str) -> str:
    text = _CITED.sub(lambda match: f"{match[1]} số {match[2]}".replace(" ", _BLANK), text)
    return _SET.sub(lambda match: match[0].replace(",", _COMMA).replace(" ", _BLANK), text)


def _split_pieces(text: str) -> list[str]:
    """Lists in their members; one whose members are single syllables ("nhà, đất") stays whole."""
    pieces: list[str] = []
    start = 0
    for match in _PIECE.finditer(text):
        following = _PIECE.split(text[match.end() :], maxsplit=1)[0].split()
        single = "," in match[0] and (len(following) < 2 or len(text[start : match.start()].split()) < 2)
        single = single or ("và" in match[0].split() and len(following) == 1 and following[0].islower())
        if not single and not re.match(r"(?:dõi|hướng)\b", text[match.end() :]):
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _bare(piece: str, of_act: bool = False) -> str:
    """Without the generic words at its head, "kế hoạch" before what is planned, and loose ends."""
    text = re.sub(r"^(?:theo(?!\s+dõi)|và|về|của|với)\s+", "", piece.strip(' ,.;:-–/"'))
    before = ""
    while before != text:
        before = text
        match = _GENERIC.match(text)
        if match:
            text = text[match.end() :].lstrip(" ,")
        if match := (_MADE if of_act else _KIND_HEAD).match(text):
            text = text[match.end() :]
    return re.sub(r"\s+(?:và|theo|về|các|của|được|đã|trực thuộc|có liên quan|ban hành|riêng)$", "", text).strip(
        " ,.;:-–/"
    )


def _set_people_apart(piece: str) -> list[str]:
    """ "bồi dưỡng công chức" in two: real subjects put "cán bộ," between."""
    match = _PEOPLE_LIST.search(piece)
    if not match or not (match.start() or _ATTENDING.match(piece[match.end() :])):
        return [_ATTENDING.sub("", f" {piece}").strip()]
    return [piece[: match.start()].strip(), match[0], _ATTENDING.sub("", piece[match.end() :]).strip()]


def _without_people(pieces: list[str]) -> list[str]:
    """Whom a list of acts is about is left out: "đào tạo, bồi dưỡng công chức", but not "tuyển dụng công chức"."""
    people = [place for place, piece in enumerate(pieces) if _PEOPLE_LIST.fullmatch(piece)]
    listed = people and people[0] > 1 and all(_PERSONNEL_ACT.match(piece) for piece in pieces[: people[0]])
    return [piece for place, piece in enumerate(pieces) if place not in people] if listed else pieces


def _is_filler(piece: str) -> bool:
    named = re.fullmatch(vocabulary.kind_names(), piece, re.IGNORECASE)
    return len(piece.split()) > LONGEST or bool(_GENERIC.fullmatch(piece) or named) or len(piece) < 2


def is_thin(subject: tuple[str, ...]) -> bool:
    """Whether the phrases are a broad field of work and no more, so that documents of many kinds have them.

    >>> is_thin(("ngân sách nhà nước",)), is_thin(("quyết toán", "ngân sách nhà nước")), is_thin(("CCHC",))
    (True, False, False)
    """
    words = " ".join(vocabulary.long_words(piece) for piece in subject)
    return bool(vocabulary.broad_fields().fullmatch(words))


def is_weak(subject: tuple[str, ...]) -> bool:
    """Whether the phrases alone do not tell which document is meant.

    >>> is_weak(("kiểm tra",)), is_weak(("kiểm tra", "CCHC")), is_weak(())
    (True, False, True)
    """
    words = " ".join(vocabulary.long_words(piece) for piece in subject)
    return not _TELLING.search(words) and not vocabulary.pattern("weak").sub(" ", words).strip()
