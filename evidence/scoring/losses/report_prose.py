"""What a report says of its own points, in prose: fields with points and maximum, the total, the fields that it names
as weak, and what it says was taken off.

Lines are those of the text, a sentence that runs over several put together. Fields are the longest run of "title:
14,5/15,5 điểm"; what has the same form elsewhere ("đạt 0,99/1") is a part of the field whose section it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.scoring.losses.field_titles import match_title, title_words
from evidence.vietnamese.text import nfc

_N = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_OF = rf"{_N}\s*(?:điểm|đ)?\s*(?:/|trên(?: tổng(?: số)?)?|trong tổng(?: số)?|so với)\s*{_N}"
_PAIR = re.compile(rf"(?<![\d/.,]){_OF}(?![\d/]|[.,]\d)", re.IGNORECASE)
_FIELD = re.compile(
    rf"(?P<title>[^\d\n:][^\n:]{{3,120}}?)\s*[:,–-]?\s*(?:đạt|được|chấm|là|có)?\s*[:]?\s*{_OF}\s*(?:điểm|đ)?"
    r"\s*(?:[(,][^;]{0,120})?[.;,]?\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^\s*(?:[-–—+•*●▪o]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s*|[a-zđ][.)/]\s+|[ivx]{1,4}[.)]\s+)", re.IGNORECASE
)
_HEADING = re.compile(
    r"^\s*[*_#\s]*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)/]|[a-zđ][.)/]|[IVX]{1,4}[.)]|lĩnh vực\b)\s*\S", re.IGNORECASE
)
_TOTAL = re.compile(rf"(?:tổng\s+(?:số\s+)?điểm|tổng cộng|chỉ số)[^\d\n]{{0,80}}?{_N}\s*(?:điểm|%)", re.IGNORECASE)
_WHOLE = re.compile(r"\W*(?:tổng|cộng|điểm số|chỉ số (?:cải cách|cchc|par)|đạt chỉ số)\b", re.IGNORECASE)
_WEAK = r"(?:hạn chế|tồn tại|yếu|mất điểm|trừ điểm|chưa đạt|thấp)"
_FIELDS = r"\b(\d{1,2})\s*(?:lĩnh vực|tiêu chí|nội dung|chỉ số)"
_NAMED = tuple(
    re.compile(rf"{head}[^:\n]{{0,60}}:\s*([^\n]+)", re.IGNORECASE)
    for head in (rf"{_WEAK}[^:;\n]{{0,60}}?{_FIELDS}", rf"{_FIELDS}[^:;\n]{{0,60}}?{_WEAK}")
)
_TAKEN = re.compile(
    rf"(?<!mỗi lần )(?:trừ|mất|giảm trừ|bị giảm|giảm)\s*(?:đi\s*)?[*_(]*\s*{_N}\s*(?:điểm|đ)\b", re.IGNORECASE
)
_RULE = re.compile(r"(?:mỗi|cứ|nếu)\b[^.;]{0,60}$", re.IGNORECASE)  # "mỗi lần chậm trừ 0,5 điểm" is a rule, no loss
_SHARE = re.compile(
    rf"(?:đạt|bằng|được)\s*{_N}\s*%\s*(?:so với\s*)?(?:của\s*)?(?:số\s*|tổng\s*)?điểm tối đa", re.IGNORECASE
)
_LEAD = re.compile(r"^\s*[-–+•*\s]*(?:tồn tại|hạn chế|nguyên nhân|lý do|nội dung)[^:]{0,30}:\s*", re.IGNORECASE)
_REMEDY = re.compile(
    r"^\s*[-–+•*\s]*(?:nhiệm vụ|giải pháp|đơn vị (?:chủ trì|phối hợp|thực hiện|tham mưu)|thời gian)", re.IGNORECASE
)
LONGEST_REASON = 400
LONGEST_NUMBER = 3  # letters of a bullet such as "12." whose point ends no sentence
FEWEST_FIELDS = 3


@dataclass(frozen=True, slots=True)
class StatedField:
    """A field with the points that the report gives it."""

    title: str
    points: Decimal
    max: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class StatedReason:
    """Something said of a field: ``taken`` what it cost, ``parts`` what its parts lost ("0,99/1"), ``share`` the
    percent of the maximum that was reached."""

    field: int
    text: str
    line: int
    taken: Decimal | None = None
    parts: Decimal | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StatedPoints:
    """All that a report says of its points. ``named``: the fields that it names as weak, ``named_count``: how many it
    says there are; ``unmatched``: names that no field bears."""

    fields: tuple[StatedField, ...]
    total: Decimal | None = None
    total_max: Decimal | None = None
    named: tuple[int, ...] = ()
    named_count: int | None = None
    unmatched: tuple[str, ...] = ()
    reasons: tuple[StatedReason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or a part of one between semicolons."""

    line: int
    text: str


def read_report(text: str) -> StatedPoints:
    """What the text says; no fields where it has none."""
    lines = join_lines(text)
    pieces = [_Piece(line.line, part) for line in lines for part in _split_line(line.text)]
    fields, used = _find_fields(pieces)
    if not fields:
        return StatedPoints(())
    titles = [field.title for field in fields]
    own = {field.line for field in fields}
    rests = [piece for at, piece in enumerate(pieces) if piece.line in own and at not in used]
    others = sorted((*(line for line in lines if line.line not in own), *rests), key=lambda piece: piece.line)
    total, total_max = _find_total(others, fields)
    count, names = _find_named(others)
    matched = [match_title(name, titles) for name in names]
    return StatedPoints(
        fields, total, total_max, tuple(dict.fromkeys(at for at in matched if at is not None)), count,
        tuple(name for name, at in zip(names, matched, strict=True) if at is None),
        tuple(_find_reasons(others, titles, max(field.line for field in fields))),
    )  # fmt: skip


def join_lines(text: str) -> list[_Piece]:
    """The lines that say something, each with its number; a line that goes on from the one before is put to it."""
    joined: list[_Piece] = []
    for number, raw in enumerate(nfc(text).splitlines(), start=1):
        line = " ".join(raw.split())
        begins = line[:1].islower() or ((line[:1].isdigit() or line[:1] == "(") and bool(joined))
        if joined and begins and not _BULLET.match(line) and joined[-1].text[-1:] not in ".;:!?":
            joined[-1] = _Piece(joined[-1].line, f"{joined[-1].text} {line}")
        elif line:
            joined.append(_Piece(number, line))
    return joined


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _split_line(text: str) -> Iterator[str]:
    """The sentences and the parts between semicolons."""
    begin = 0
    for match in re.finditer(r"[.;]\s+", text):
        if match[0][0] == ";" or (
            text[match.end() : match.end() + 1].isupper() and match.start() - begin > LONGEST_NUMBER
        ):
            yield text[begin : match.start()]
            begin = match.end()
    yield text[begin:]


def _find_fields(pieces: Sequence[_Piece]) -> tuple[tuple[StatedField, ...], set[int]]:
    """The longest run of pieces that are all a title with points of a maximum, and which pieces those are."""
    runs: list[list[tuple[int, StatedField]]] = [[]]
    for at, piece in enumerate(pieces):
        field = _read_field(piece.text, piece.line)
        if field is not None:
            runs[-1].append((at, field))
        elif piece.text.strip() and runs[-1]:
            runs.append([])
    best = max(runs, key=lambda run: (len(run), sum((field.max for _, field in run), Decimal(0))))
    if len(best) < FEWEST_FIELDS:
        return (), set()
    return tuple(field for _, field in best), {at for at, _ in best}


def _read_field(text: str, line: int) -> StatedField | None:
    """A title with points; what stands before a colon before the title introduces the list."""
    bare = _BULLET.sub("", text.strip(" *_"))
    pair = _PAIR.search(bare)
    if pair is None:
        return None
    _, colon, last = bare[: pair.start()].rstrip(" :").rpartition(":")
    bare = last.strip() + ": " + bare[pair.start() :] if colon else bare
    match = _FIELD.fullmatch(bare)
    if match is None or _WHOLE.match(match["title"]) or len(title_words(match["title"])) < 2:
        return None
    points, most = _number(match[2]), _number(match[3])
    return StatedField(match["title"].strip(" -–:"), points, most, line) if most else None


def _find_total(lines: Sequence[_Piece], fields: Sequence[StatedField]) -> tuple[Decimal | None, Decimal | None]:
    """The total that the text gives: points of a maximum as large as that of all fields, or of a hundred."""
    whole = sum((field.max for field in fields), Decimal(0))
    pairs = [(_number(match[1]), _number(match[2])) for piece in lines for match in _PAIR.finditer(piece.text)]
    for wanted in (whole, Decimal(100)):
        total = next((pair for pair in pairs if pair[1] == wanted and pair[0] <= wanted), None)
        if total is not None:
            return total
    match = next((match for piece in lines if (match := _TOTAL.search(piece.text))), None)
    return (_number(match[1]), None) if match else (None, None)


def _find_named(lines: Sequence[_Piece]) -> tuple[int | None, list[str]]:
    """How many fields the text calls weak, and their names."""
    match = next((match for piece in lines for words in _NAMED if (match := words.search(piece.text))), None)
    if match is None:
        return None, []
    text = match[2].strip().rstrip(".")
    names = [name.strip(" .*_") for name in re.split(r";" if ";" in text else r",", text)]
    return int(match[1]), [name for name in names if name]


def _find_reasons(lines: Sequence[_Piece], titles: Sequence[str], after: int) -> Iterator[StatedReason]:
    """What is said of each field below the list of fields, in the sections that bear their names."""
    current: int | None = None
    for piece in lines:
        if piece.line <= after:
            continue
        text = piece.text.strip(" *_")
        if _HEADING.match(text) and not _TAKEN.search(text):
            head = _BULLET.sub("", text).partition(":")[0]
            current = match_title(head, titles) if len(head) <= 160 else None
            continue
        head, colon, _ = _BULLET.sub("", text).partition(":")
        own = match_title(head, titles) if colon and not _LEAD.match(text) and len(head) <= 120 else None
        at = own if own is not None else current
        if at is not None and not _REMEDY.match(text):
            yield _read_reason(at, piece)


def read_taken(text: str) -> Decimal | None:
    """The points that the text says were taken off; None where it says nothing of that.

    >>> str(read_taken("thiếu phụ lục (trừ 01 điểm)")), read_taken("mỗi lần chậm trừ 0,5 điểm")
    ('1', None)
    """
    taken = [_number(match[1]) for match in _TAKEN.finditer(text) if not _RULE.search(text[: match.start()])]
    return sum(taken, Decimal(0)) if taken else None


def _read_reason(field: int, piece: _Piece) -> StatedReason:
    pairs = [(_number(match[1]), _number(match[2])) for match in _PAIR.finditer(piece.text)]
    parts = [most - points for points, most in pairs if points <= most]
    share = _SHARE.search(piece.text)
    text = _LEAD.sub("", piece.text).strip(" -–+•*")[:LONGEST_REASON]
    return StatedReason(
        field, text, piece.line, read_taken(piece.text), sum(parts, Decimal(0)) if parts else None,
        _number(share[1]) if share else None,
    )  # fmt: skip
