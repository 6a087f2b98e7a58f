"""Who issued it: the lines above the number (NĐ 30/2020, Phụ lục I, ô 2).

The superior body stands above, not bold, the issuer under it, bold: ``UBND TỈNH LÂM ĐỒNG`` / ``SỞ NỘI VỤ``. One agency
may also take two lines: ``ỦY BAN NHÂN DÂN`` / ``TỈNH QUẢNG NGÃI``. What tells them apart is the language: a line that
begins like an agency opens a new one where the line above is an agency already complete.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from evidence.extract.fields.issuer_lines import find_issuer_block, opens_agency
from evidence.extract.layout.segments import Segment, join_segments
from evidence.extract.layout.zones import Zones
from evidence.extract.voting import text_votes
from evidence.extract.voting.body_spelling import read_body_spelling
from evidence.messages import Message
from evidence.model.record import FieldValue
from evidence.values import agency as agencies
from evidence.values.agency import Agency
from evidence.values.mending import MendedName, mend_agency_name
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import capital_letters, fold, strip_marks

# an organ of the body above it, not a body of its own: the two lines are one issuer
ORGANS = re.compile(r"(BANTHUONGTRUC|BANTHUONGVU|BANCHAPHANH|BANCHUNHIEM|DOANCHUTICH|BANBITHU)$")
# a line that cannot stand alone: "ỦY BAN NHÂN DÂN", "BỘ LAO ĐỘNG - THƯƠNG BINH", "BAN CHỈ ĐẠO"
UNFINISHED = re.compile(
    r"(^CHUTICH|^THUTRUONG|UYBANNHANDAN|HOIDONGNHANDAN|UBND|HDND|CUA|VA|THUONGBINH|BANCHIDAO|PHATTRIEN"
    r"|HOIDONGQUANLY|HOIDONGQUANTRI|^BANQUANLY|^BANVANDONG|[A-Z]*DOAN\s?)$"
)
EDGE = " *_-–.:;,|'\"`‘’“”~^"  # rules, specks and quotation marks around a line
KNOWN, AGREED, DIFFERED = 0.95, 0.92, 0.85  # lists know every word; the readings agree; one engine's
UNREAD = 0.6  # of an issuer under which a line could not be read


def read_issuer(zones: Zones) -> tuple[FieldValue[Agency], FieldValue[Agency]]:
    """The issuer and its superior body. ``raw`` of the issuer is the whole block as printed."""
    block = find_issuer_block(zones)
    if not block.lines:
        return FieldValue(), FieldValue()
    own, above = _split_superior(block.lines)
    issuer = _agency(own, block.lines, zones)
    if block.unread:
        return _unread_issuer(issuer, above)
    if block.rescued:
        issuer = replace(issuer, confidence=min(DIFFERED, issuer.confidence))
    return issuer, _agency(above, above, zones) if above else FieldValue()


def _unread_issuer(read: FieldValue[Agency], above: list[Segment]) -> tuple[FieldValue[Agency], FieldValue[Agency]]:
    """Where OCR left but letters of the line under the block: a body that is whole is the superior."""
    note = Message("note-issuer-line-unread")
    whole = read.value is not None and (read.confidence >= KNOWN or agencies.agency_level(read.value) is not None)
    if whole and not above:
        return FieldValue(None, read.raw, read.span, 0.0, note), read
    return replace(read, confidence=min(UNREAD, read.confidence), note=note), FieldValue()


def _agency(own_lines: list[Segment], block: list[Segment], zones: Zones) -> FieldValue[Agency]:
    """The agency that the lines name; ``printed`` is the block kept as raw."""
    name = _join(own_lines)
    whole = join_segments(block, name, 0.0)
    if not any(segment.is_ocr for segment in block):
        return FieldValue(agencies.parse(name), whole.raw, whole.span, 0.97 if zones.motto else 0.85)
    raw = " ".join(max(text_votes.texts_with_spelling(segment), key=_known_share).strip(" _") for segment in block)
    mended = [mend_agency_name(text) for text in _name_readings(own_lines)]
    best = max(mended, key=lambda reading: (reading.known, _syllable_share(reading.text)))
    if best.known == 1.0:
        return FieldValue(agencies.parse(best.text), raw, whole.span, KNOWN)
    text, confirmed = _as_in_text(best, mended, zones)
    agreed = len({fold(reading.text) for reading in mended}) == 1 and len(mended) > 1
    sure = confirmed or (agreed and text == best.text)
    certain = AGREED if sure else min(DIFFERED, min(segment.confidence for segment in own_lines))
    return FieldValue(agencies.parse(text), raw, whole.span, certain)


def _as_in_text(best: MendedName, readings: list[MendedName], zones: Zones) -> tuple[str, bool]:
    """A name that no list knows as the text below spells it; and whether an engine read it so in the head too."""
    body = read_body_spelling(zones.below)
    text = body.respell(best.text)
    read = any(fold(reading.text) == fold(text) for reading in readings)
    return text, read and body.backs(text)


def _known_share(text: str) -> tuple[float, float, float]:
    """How much of a reading is known, how much is Vietnamese, and how little of it had to be mended."""
    mended = mend_agency_name(text)
    return mended.known, _syllable_share(text), fuzz.ratio(fold(_tidy(text)), fold(mended.text))


def _syllable_share(text: str) -> float:
    """Of the words, the share that are Vietnamese syllables or abbreviations in capitals (``TNHH``)."""
    words = re.findall(r"[^\W\d_]+", text)
    good = sum(is_syllable(fold(word)) or (word.isupper() and word.isascii()) for word in words)
    return good / len(words) if words else 0.0


def _name_readings(own: list[Segment]) -> list[str]:
    """The name as each engine read it; lines that only one could read are in both."""
    texts_of_lines = [text_votes.all_texts(segment) for segment in own]
    readings = [_tidy(" ".join(texts[0] for texts in texts_of_lines))]
    if any(len(texts) > 1 for texts in texts_of_lines) or all(text_votes.vote_text(segment).sure for segment in own):
        readings.append(_tidy(" ".join(texts[-1] for texts in texts_of_lines)))
    return readings


def _split_superior(block: list[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The issuer's own lines and those of the superior body above it."""
    for i in range(len(block) - 1, 0, -1):
        before = " ".join(segment.text for segment in block[:i])
        if ORGANS.match(capital_letters(block[i].text)):
            return block, []
        if opens_agency(block[i].text) and not _goes_on(block[i - 1], block[i]) and _is_complete_name(before):
            return block[i:], block[:i]
    return block, []


def _goes_on(above: Segment, segment: Segment) -> bool:
    """Whether the line above cannot end there: a joining word or comma at its end, or a name that needs a place."""
    text = above.text.strip().rstrip(" -–") if above.is_ocr else above.text.strip()
    if text.endswith((",", "-", "–", " VÀ", " CỦA", " VỀ")):
        return True
    return bool(UNFINISHED.search(capital_letters(text))) and not _names_place(text)


def _names_place(text: str) -> bool:
    return bool(
        re.search(
            r"\b(tinh|thanh pho|tp|huyen|quan(?! (?:ly|tri|su|doi|khu|he))|thi xa|xa|phuong|dac khu)\b",
            strip_marks(text).lower(),
        )
    )


def _is_complete_name(text: str) -> bool:
    return opens_agency(text) and len(text) >= 4


def _join(segments: list[Segment]) -> str:
    return _tidy(" ".join(segment.text.strip(EDGE) for segment in segments))


def _tidy(text: str) -> str:
    text = re.sub(r"\s[*_\-–.:;|]+(?=\s*$)|[*_|]", "", text)
    return re.sub(r"\s+", " ", text).strip(EDGE)
