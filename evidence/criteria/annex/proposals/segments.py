"""A cell of evidence -> its segments: one item of the list each, its brackets set apart, what is only "nếu có" marked.

Lists are written with bullets, one item a line, several on a line ("…; Báo cáo …. - Danh mục …"), or run together where
the layout lost a line break ("Kế hoạch chuyển đổi số của tỉnh Báo cáo kết quả …"). A line that begins with a small
letter goes on from the one before it.

>>> cell = "- Kế hoạch CCHC;\\n- Báo cáo năm (nếu có). - Danh mục\\nvăn bản đã ban hành"
>>> [segment.text for segment in split_segments(cell)]
['Kế hoạch CCHC', 'Báo cáo năm', 'Danh mục văn bản đã ban hành']
>>> [segment.optional for segment in split_segments("Kế hoạch CCHC; Báo cáo năm (nếu có)")]
[False, True]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.criteria.annex.proposals import vocabulary

_BULLET = r"[-+*•–▪➢●]|\(?\d{1,2}[.)](?=\s)|[a-zđ]\)(?=\s)"
_LINE_BULLET = re.compile(rf"^\s*(?:{_BULLET})\s*")
_INLINE = re.compile(
    r"(?<=[.:;])\s+(?=[-+•–]\s)|(?<=\s)(?=[-+•–]\s+[A-ZĐ][^\W\d_])|;\s*|(?<=[^\W\d_][.])\s+(?=[A-ZĐ][^\W\d_])"
)
_BRACKET = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)?")
_KINDS = re.compile(vocabulary.kind_names(), re.IGNORECASE)
_SHORT = re.compile(r"[A-ZĐ]{2,}(?![^\W_])")
_HANGING = re.compile(
    r"(?:,|(?<![^\W_])(?:và|hoặc|của|về|theo|các|những|do|tại|với|trong|cho|việc|công tác|kết quả))$", re.IGNORECASE
)
# Before a kind in capitals in mid-sentence: what shows that the sentence goes on.
_GOES_ON = re.compile(
    r"(?:^|[,/(:“\"]|(?<![^\W_])(?:và|hoặc|hay|theo|tại|trong|của|thực hiện|ban hành|các|những|về|công bố|với|số|qua|"
    r"từ|do|là|bằng|nội dung|phê duyệt|phê chuẩn|thông qua|điều chỉnh|sửa đổi|bổ sung|"
    r"xây dựng|triển khai|hiện|sau|trước|có|gửi|cung cấp|bản|này))\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EvidenceSegment:
    """``text`` has no brackets; ``asides`` are what stood in them; ``words`` is how the annex prints it."""

    text: str
    words: str
    asides: tuple[str, ...] = ()
    optional: bool = False


def split_segments(cell: str) -> tuple[EvidenceSegment, ...]:
    """The segments of the cell, in their order."""
    return tuple(segment for line in _logical_lines(cell) for segment in _of_line(line))


def _logical_lines(cell: str) -> list[str]:
    lines: list[str] = []
    for raw in cell.split("\n"):
        line = " ".join(raw.split())
        if lines and line and not _LINE_BULLET.match(line) and _goes_on(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line}"
        elif line:
            lines.append(line)
    return lines


def _goes_on(before: str, line: str) -> bool:
    """Whether the layout broke a line here: a small letter, an abbreviation ("công tác, CCHC"), a word left over."""
    if re.search(r"[.;:]$", before):
        return False
    if _KINDS.match(line) or vocabulary.pattern("non_documents").match(line):
        return line[0].islower()
    return line[0].islower() or line[0].isdigit() or bool(_SHORT.match(line) or _HANGING.search(before))


def _of_line(line: str) -> Iterator[EvidenceSegment]:
    held: list[str] = []
    hidden = _BRACKET.sub(lambda match: _hide(match, held), line)
    for item in _INLINE.split(hidden):
        for part in _run_together(_LINE_BULLET.sub("", item or "").strip(" -+•–*\t")):
            yield _segment(part, held)


def _hide(match: re.Match[str], held: list[str]) -> str:
    held.append(match[1])
    return f"\x00{len(held) - 1}\x00"


def _segment(part: str, held: list[str]) -> EvidenceSegment:
    numbers = [int(number) for number in re.findall(r"\x00(\d+)\x00", part)]
    asides = tuple(held[number] for number in numbers)
    words = re.sub(r"\x00(\d+)\x00", lambda match: f"({held[int(match[1])]})", part).strip(' .;:,”"')
    text = " ".join(re.sub(r"\x00\d+\x00", " ", part).split()).strip(' .;:,”"').replace(" ,", ",")
    optional = vocabulary.pattern("optional")
    trailing = re.search(rf",?\s*{optional.pattern}\s*$", text, re.IGNORECASE)
    if trailing:
        text = text[: trailing.start()].rstrip(" ,")
    return EvidenceSegment(
        text, words, asides, bool(trailing) or any(optional.match(aside.strip()) for aside in asides)
    )


def _run_together(item: str) -> Iterator[str]:
    """The item, cut before a kind in capitals that cannot belong to the words before it."""
    start = 0
    for match in re.finditer(vocabulary.kind_names(), item, re.IGNORECASE):
        before = item[start : match.start()]
        named = match[0][0].isupper() and re.match(vocabulary.kind_names(), item[start:], re.IGNORECASE)
        shown = re.sub(r"\x00\d+\x00\s*$", "", before)  # a bracket does not end what it stands in
        if match.start() > start and named and before.strip() and not _GOES_ON.search(shown):
            yield before.strip()
            start = match.start()
    if item[start:].strip():
        yield item[start:].strip()
