"""Kind and subject (NĐ 30/2020, Phụ lục I, ô 5a and 5b).

A document with a name of its kind bears it in capitals, centred, with the subject under it. A công văn bears neither:
its subject stands under the number, after ``V/v``. The suffix of the number corroborates the kind.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extract.fields.number_date import DATE
from evidence.extract.fields.number_rows import SUFFIX
from evidence.extract.fields.subject_lines import SUBJECT_OVER, SubjectLines, find_subject_lines, is_rule_line
from evidence.extract.fields.subject_text import bears_about, settle_subject
from evidence.extract.layout.segments import Segment
from evidence.extract.layout.zones import Zones, parse_title_kind
from evidence.extract.voting import text_votes
from evidence.model.record import FieldValue
from evidence.values import kind as kinds
from evidence.values.kind import Kind
from evidence.values.number import Number
from evidence.vietnamese.text import canon, capital_letters, capital_share, strip_marks


def read_kind(zones: Zones, number: FieldValue[Number]) -> FieldValue[Kind]:
    """The kind: from the title, else công văn where there is ``V/v``, else from the number's suffix."""
    if zones.title:
        kind = next((kind for text in text_votes.all_texts(zones.title) if (kind := parse_title_kind(text))), None)
        if kind:
            certain = 0.98 if not zones.title.is_ocr else min(0.97, 0.6 + 0.4 * zones.title.confidence)
            certain = certain if zones.motto else min(certain, 0.85)
            return FieldValue(kind, zones.title.text, zones.title.span(), certain)
    letter = kinds.by_name("Công văn")
    about = next((segment for segment in zones.left if bears_about(segment)), None)
    if about is not None:
        return FieldValue(letter, about.text, about.span(), 0.96 if not about.is_ocr else 0.92)
    named = _kind_of_number(number)
    if named:
        return FieldValue(named, number.raw, number.span, 0.7)
    if number.raw and any(re.search(r"kinh\s*gui", segment.plain) for segment in zones.below):
        return FieldValue(letter, number.raw, number.span, 0.8)
    return FieldValue()


def read_consolidated_kind(number: FieldValue[Number]) -> FieldValue[Kind]:
    """A consolidated text is one by its number or the gazette's heading; page 1 bears the kind of what was merged."""
    return FieldValue(kinds.by_name("Văn bản hợp nhất"), number.raw, number.span, 0.95 if number.raw else 0.8)


def _kind_of_number(number: FieldValue[Number]) -> Kind | None:
    printed = str(number.value) if number.value else (number.raw or "")
    group = re.search(r"[/\-\s]([A-ZĐ][A-Za-zĐđ]{0,4})\s*[-/]", printed)
    return kinds.by_code(group[1]) if group else None


def read_subject(zones: Zones) -> FieldValue[str]:
    """The subject: under the title, or after ``V/v`` in the left column; with its ``Về việc`` as printed."""
    if zones.title:
        below = find_subject_lines(zones)
        own = _after_kind(zones.title)
        if own and (not below.segments or capital_share(below.segments[0].text) > 0.8):
            return settle_subject(SubjectLines([own, *_leading_capitals(below.segments)], False), zones)
        return settle_subject(SubjectLines(_without_issuer(zones.title, below.segments), below.whole), zones)
    return settle_subject(SubjectLines(_find_about_lines(zones), True), zones)


def _after_kind(title: Segment) -> Segment | None:
    """What stands after the kind on its line, where that is the subject: ``LUẬT CÔNG ĐOÀN``, not ``… CỦA QUỐC HỘI``."""
    kind = parse_title_kind(title.text)
    size = len(kind.name.split()) if kind else 0
    if (
        kind is None
        or not 0 < size < len(title.words)
        or re.match(r"\W*(cua|so)\b", strip_marks(title.words[size].text).lower())
    ):
        return None
    rest = title.cut(size)[1]
    readings = (replace(reading, text=_drop_words(reading.text, kind.name)) for reading in title.readings)
    return replace(rest, readings=tuple(readings)) if len(capital_letters(rest.text)) >= 3 else None


def _drop_words(text: str, name: str) -> str:
    """A reading of the title's line without the kind's name."""
    size = len(name.split())
    words = text.split()
    return " ".join(words[size:]) if capital_letters("".join(words[:size])) == capital_letters(name) else text


def _leading_capitals(lines: list[Segment]) -> list[Segment]:
    """The first lines in capitals."""
    stop = next((at for at, segment in enumerate(lines) if capital_share(segment.text) <= 0.8), len(lines))
    return lines[:stop]


def _without_issuer(title: Segment, lines: list[Segment]) -> list[Segment]:
    """``NGHỊ QUYẾT CỦA HỘI ĐỒNG`` / ``QUẢN LÝ QUỸ``: capitals that finish the title are no part of the subject."""
    shouted = [segment for segment in lines if capital_share(segment.text) > 0.8]
    if re.search(r"\bcua\b", title.plain) and len(shouted) < len(lines) and lines[: len(shouted)] == shouted:
        return lines[len(shouted) :]
    return lines


def _find_about_lines(zones: Zones) -> list[Segment]:
    ordered = sorted(zones.left, key=lambda s: s.box[1] if s.box else float(s.start))
    first = next((i for i, segment in enumerate(ordered) if bears_about(segment)), None)
    if first is None:
        first = _find_unmarked_about(ordered)
    if first is None:
        return []
    lines = [ordered[first]]
    for segment in ordered[first + 1 :]:
        last = lines[-1]
        if is_rule_line(segment) or SUBJECT_OVER.match(segment.plain) or _addresses(segment):
            break
        if _is_urgency_stamp(segment.text):
            break
        if last.box and segment.box and segment.box[1] - last.box[3] > 1.3 * (last.box[3] - last.box[1]):
            break
        if last.table is not None and segment.table != last.table:
            break
        lines.append(segment)
    return lines


def _addresses(segment: Segment) -> bool:
    """``Kính gửi:`` in any engine's reading, be a stamp over its beginning."""
    texts = (segment.text, *(reading.text for reading in segment.readings))
    return any(re.search(r"k[il1]nh\s*g[uư]i", strip_marks(text).lower()) for text in texts)


def _is_urgency_stamp(text: str) -> bool:
    """``HỎA TỐC``."""
    return capital_share(text) > 0.9 and len(capital_letters(text)) > 3 and not re.search(r"\d", text)


def _has_suffix(segment: Segment) -> bool:
    """Whether any engine read the suffix of a number in it: ``4Ÿ LĐLSVN-BTV`` of one, ``/LĐLSVN-BTV`` of another."""
    return any(SUFFIX.search(canon(text)) for text in (segment.text, *(reading.text for reading in segment.readings)))


def _find_unmarked_about(ordered: list[Segment]) -> int | None:
    """Where ``V/v`` itself could not be read: the first line in small letters under the number row."""
    row = next((i for i, segment in enumerate(ordered) if _has_suffix(segment)), None)
    if row is None or not ordered[row].is_ocr:
        return None
    for i, segment in enumerate(ordered[row + 1 :], row + 1):
        if capital_share(segment.text) < 0.4 and len(segment.words) >= 3 and not DATE.search(segment.plain):
            return i
    return None
