"""What stands around a cited number: its kind before it, its date and its issuer behind it.

``citation := [kind] ["số"] number [","] [date] ["của" issuer]``. The span ends at the date; the issuer is read beside
it. All windows are bounded, so that the whole stays linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.values import date as dates
from evidence.values import gazetteer, law
from evidence.values import kind as kinds
from evidence.values.date import PartialDate
from evidence.values.kind import Kind
from evidence.values.number import Number
from evidence.vietnamese.text import fold, strip_marks

BEFORE = 140
AFTER = 240
_SO = r"(?:số|sô)?\s*[:.]?\s*[\"“(]?$"
_ABBREVIATED = r"(?-i:QĐ|NĐ|NQ|TT|CV|CT|KH)"
_HEAD = re.compile(
    rf"(?<!\w)(?P<kind>{kinds.names_pattern()}|{_ABBREVIATED}|văn\s+bản)"
    rf"(?P<middle>\s+[^\W\d_]+(?:\s+[^\W\d_]+){{0,3}}(?=\s+số))?\s*{_SO}",
    re.IGNORECASE,
)
_WORD_START = re.compile(r"(?<!\w)(?=\w)")
_NO_MIDDLE = re.compile(r"(?<!\w)(?:tại|của|theo|và|trong|này|được|về|ngày|năm|từ|với|các)(?!\w)", re.IGNORECASE)
_SO_ONLY = re.compile(r"(?<!\w)(?P<so>(?:từ\s+)?(?:số|sô))\s*[:.]?\s*$", re.IGNORECASE)
_LAW = re.compile(
    r"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh|BỘ LUẬT|LUẬT|PHÁP LỆNH|Nghị quyết)"
    r"(?P<name>\s[^.;:()“”\"/0-9]{0,110}?)?\s*(?:,\s*)?"
    r"(?:(?:số|Số|SỐ)\s*:?\s*|Luật số:?\s*)?$"
)
_AMENDING_LAW = re.compile(r"Luật\s+(?:sửa|Sửa)\s+đổi[^.;]{0,80}$")
_NATIONAL = re.compile(r"(?:UBTVQH|QH)\d{1,2}$")
# the mark of a note behind a number: "[1]", "(1)", "1)", "¹", "*"
_NOTE_MARK = r"(?:[ ]?\[\d{1,3}\]|[ ]?\((?:\d{1,2}|\*{1,3})\)|[ ]?\d{1,2}\)|(?<=\d)\)|[¹²³⁰⁴-⁹]{1,3}|[*†]{1,3})?"
_WRAP = r"[ \t]{0,20}(?:\n[ \t]{0,20})?"
# "ký ngày", "được ban hành ngày", "đề ngày"; "hồi 10 giờ 00 ngày" of an urgent message
_ISSUED = r"(?:được[ ]+)?(?:(?:ký|đề|ra|lập|phát[ ]+hành|ban[ ]+hành|ký[ ]+ban[ ]+hành)[ ]+(?:vào[ ]+)?)?"
_HOUR = r"(?:(?:vào[ ]+)?(?:hồi|lúc)[ ]+\d{1,2}[ ]{0,2}(?:giờ|h|g|:)[ ]{0,2}(?:\d{1,2})?(?:[ ]{0,2}(?:phút|'))?,?[ ]+)?"
_SHORT_NAME = r"(?:[ ]?\((?:sau[ ]+đây[ ]+)?(?:gọi|viết)[ ]+(?:tắt[ ]+)?là[^()\n]{1,60}\))?"  # "(sau đây gọi tắt là …)"
_DATE_LEAD = re.compile(
    rf"{_NOTE_MARK}{_SHORT_NAME}(?:\.(?=ng[àa]y))?{_WRAP}(?:,{_WRAP}|[;-][ ]{{1,3}}(?=ng[àa]y))?"
    rf"(?P<open>\()?[ ]?{_ISSUED}{_HOUR}"
    r"(?=ng[àa]y|\d|năm|NG|Năm|NĂM|Ng)"
)
_SAME_DAY = re.compile(
    rf"{_NOTE_MARK}\s*,?\s*(?:(?:ký|ban\s+hành)\s+)?(?P<said>cùng|đều)\s+(?:(?:được\s+)?(?P<deed>ký|ban\s+hành)\s+)?"
    r"(?=(?P<day>ngày)(?!\w))"
)
_BEHIND_YEAR = re.compile(rf"{_WRAP},?{_WRAP}{_ISSUED}(?=ng[àa]y)")
_SAME_YEAR = re.compile(
    r"ng[àa]y\s{1,20}(?P<day>\d{1,2})(?:\s{1,20}tháng\s{1,20}|[ ]?[/.-][ ]?)(?P<month>\d{1,2}),?\s{1,20}"
    r"(?:của\s{1,20})?cùng\s{1,20}năm(?:\s{1,20}đó)?(?!\w)",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"\n\s*\n")
_OF = re.compile(rf"{_NOTE_MARK}\s*,?\s*(?:của|do)\s+", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;:()\"“”.\n]+|,|\.(?=[^\W\d_])|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the citation begins, and the kind printed there. Of "văn bản số" the symbol tells the kind."""

    start: int
    kind: Kind | None
    name: str | None = None
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Tail:
    """The date behind the number; ``damaged`` where one stands there that cannot be read."""

    end: int
    date: PartialDate | None = None
    damaged: bool = False
    same_day: bool = False  # that of the citation before it
    shared: bool = False  # "cùng ngày 20/7/2018": that of those before it too
    same_year: tuple[int, int] | None = None  # day and month of "ngày 20/5 cùng năm"


def read_head(text: str, start: int, number: Number, floor: int) -> Head:
    """What stands before the number at ``start``, not reaching back beyond ``floor``."""
    low = max(floor, start - BEFORE)
    before = text[low:start]
    if _NATIONAL.search(number.symbol) and (law_head := _law_head(before, low)):
        return law_head
    match = _kind_before(before)
    if match is not None:
        return Head(low + match.start(), _kind_of(match.group("kind"), number), printed=True)
    if label := _SO_ONLY.search(before):
        return Head(low + label.start("so"), kind_by_symbol(number))
    return Head(start, kind_by_symbol(number))


def _kind_before(before: str) -> re.Match[str] | None:
    """The kind before the number: the one right there ("Thông báo kết luận số" as a whole), else the nearest."""
    match = None
    for word in _WORD_START.finditer(before, max(0, len(before) - 90)):
        head = _HEAD.match(before, word.start())
        if head is None:
            continue
        if head.group("middle") is None:
            return head
        if not _NO_MIDDLE.search(head.group("middle")):
            match = head
    return match


def _law_head(before: str, low: int) -> Head | None:
    """``Luật Tổ chức chính quyền địa phương số`` before ``72/2025/QH15``: the first "Luật" of the clause."""
    for law_match in law.search(before):
        if re.fullmatch(r"\s*,?\s*(?:số)?\s*:?\s*", before[law_match.end :], re.IGNORECASE):
            outer = _AMENDING_LAW.search(before[: law_match.start])
            if outer is None:
                return Head(low + law_match.start, law_match.kind, law_match.name, printed=True)
    match = None
    for keyword in re.finditer(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh|LUẬT|Nghị quyết)(?!\w)", before):
        match = _LAW.match(before, keyword.start())
        if match:
            break
    if match is None:
        return None
    name = " ".join((match.group("name") or "").split()).removesuffix("Luật").strip(" ,")
    kind = kinds.by_name(match.group("kind"))
    if re.search(r"(?:^|\s)(?:tại|theo|của Luật này|này)\b", name) or (kind and kind.name == "Nghị quyết" and name):
        return None
    return Head(low + match.start(), kind, f"{kind.name} {name}" if kind and name else None, printed=True)


def _kind_of(word: str, number: Number) -> Kind | None:
    named = kinds.by_name(word)
    if named is not None:
        return named
    if word.isupper() and " " not in word and (coded := kinds.by_code(word)) is not None:
        return coded
    return kind_by_symbol(number)


def kind_by_symbol(number: Number) -> Kind | None:
    """The kind that the symbol names; a công văn where it names an issuer only."""
    code = number.kind_code
    if code is not None:
        return kinds.by_code(code)
    if number.year is None and number.joint == "/" and not {"-", " "}.isdisjoint(number.symbol):
        return kinds.by_name("Công văn")
    return None


def read_tail(text: str, end: int) -> Tail:
    """The date right behind the number at ``end``."""
    if same := _SAME_DAY.match(text, end):
        printed = dates.match_at(text, same.end())
        if printed is not None and printed.date is not None and printed.date.whole:
            return Tail(printed.end, printed.date, shared=True)
        if same["said"] == "cùng" and same["deed"] is None:
            return Tail(same.end("day"), same_day=True)
        return Tail(end)
    lead = _DATE_LEAD.match(text, end)
    if lead is None:
        return Tail(end)
    if yearless := _SAME_YEAR.match(text, lead.end()):
        return _yearless(text, end, yearless, closed=lead.group("open") is not None)
    date_match = dates.match_at(text, lead.end())
    if date_match is None:
        return Tail(end)
    printed_date = text[date_match.start : date_match.end].lower()
    if not lead.group("open") and printed_date[0].isdigit() and "\n" in text[end : date_match.start]:
        return Tail(end)
    if printed_date.startswith("năm"):
        if _new_sentence(text, end, date_match.end):
            return Tail(end)
        date_match = _whole_date_behind(text, date_match) or date_match
    stop = date_match.end
    if lead.group("open"):
        if text[stop : stop + 1] != ")":
            return Tail(end)
        stop += 1
    return Tail(stop, date_match.date, date_match.date is None)


def _whole_date_behind(text: str, year: dates.DateMatch) -> dates.DateMatch | None:
    """The full date behind a year: ``…/QĐ-UBND năm 2018 ngày 21/7/2018``; not of another year."""
    lead = _BEHIND_YEAR.match(text, year.end)
    behind = dates.match_at(text, lead.end()) if lead else None
    if behind is None or behind.date is None or year.date is None or behind.date.year != year.date.year:
        return None
    return behind


def _yearless(text: str, end: int, match: re.Match[str], closed: bool) -> Tail:
    """A day and a month of "cùng năm"; ``damaged`` where no year has such a day."""
    stop = match.end() + closed
    if closed and text[match.end() : stop] != ")":
        return Tail(end)
    day, month = int(match["day"]), int(match["month"])
    leap = dates.make_date(2000, month, day)
    return Tail(stop, damaged=leap is None, same_year=(day, month) if leap else None)


def _new_sentence(text: str, end: int, stop: int) -> bool:
    """``…/QĐ-TTg, năm 2019 tỉnh đã``: a year that begins what follows."""
    return "," in text[end:stop] or "\n" in text[end:stop]


def find_issuer(text: str, end: int, joint: bool = False) -> tuple[int, int] | None:
    """Where the issuer stands, after "của" behind ``end``; as many words as are surely of its name."""
    lead = _OF.match(text, end)
    if lead is None:
        return None
    limit = text.find("\n\n", lead.end(), lead.end() + AFTER)
    limit = lead.end() + AFTER if limit < 0 else limit
    words = [match for match in _TOKEN.finditer(text, lead.end(), limit) if not match.group().isspace()]
    folded = [fold(match.group()) for match in words]
    at = 0
    while at < len(words):
        size = _step(words, folded, at, joint)
        if not size or (at and _BLANK_LINE.search(text, words[at - 1].end(), words[at].start())):
            break
        at += size
    while at and words[at - 1].group() in {",", "-", "và", "."}:
        at -= 1
    if not at:
        return None
    return words[0].start(), words[at - 1].end()


_STOP = frozenset(
    (
        *("về", "quy", "ban", "hành", "phê", "công", "sửa", "hướng", "thì", "có", "đã", "được", "là", "và", "tại"),
        *("theo", "ngày", "số", "này", "để", "do", "hoặc", "với", "cho", "từ", "trong"),
    )
)
_UNMARKED_UNITS = frozenset(strip_marks(unit) for unit in gazetteer.UNITS)


def _heading(words: list[re.Match[str]], at: int) -> bool:
    """Whether a line of capitals begins there, after words that are none: the next heading."""
    word, last = words[at], words[at - 1]
    new_line = "\n" in word.string[last.end() : word.start()]
    return new_line and len(word.group()) > 1 and word.group().isupper() and not last.group().isupper()


def _step(words: list[re.Match[str]], folded: list[str], at: int, joint: bool) -> int:
    """How many of the words from there belong to the issuer's name."""
    word = words[at].group()
    if kinds.by_name(" ".join(folded[at : at + 2])) and word[:1].isupper():
        return 0
    if at and _heading(words, at):
        return 0
    phrase = gazetteer.longest_phrase(folded, at)
    if phrase is not None and word != "," and (phrase.unit or word[:1].isupper()):
        return len(phrase.words)
    if at and folded[at] in _UNMARKED_UNITS:
        return 1
    if word in {",", "và"}:
        following = gazetteer.longest_phrase(folded, at + 1) if joint and at + 1 < len(words) else None
        return 1 if following is not None and words[at + 1].group()[:1].isupper() else 0
    if at and "\n" in words[at].string[words[at - 1].end() : words[at].start()]:
        return 0
    if word == "-" and at + 1 < len(words) and words[at + 1].group()[:1].isupper():
        return 1
    return 1 if word[:1].isupper() and word[:1].isalpha() and folded[at] not in _STOP else 0
