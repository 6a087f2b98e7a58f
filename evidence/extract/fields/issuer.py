"""Who issued it: the lines above the number (NĐ 30/2020, Phụ lục I, ô 2).

The superior body stands above, not bold, the issuer under it, bold: ``UBND TỈNH LÂM ĐỒNG`` / ``SỞ NỘI VỤ``. One agency
may also take two lines: ``ỦY BAN NHÂN DÂN`` / ``TỈNH QUẢNG NGÃI``. What tells them apart is the language: a line that
begins like an agency opens a new one where the line above is an agency already complete.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from evidence.extract.layout.segments import Segment, join_segments
from evidence.extract.layout.zones import Zones
from evidence.extract.voting import text_votes
from evidence.model.record import FieldValue
from evidence.values import agency as agencies
from evidence.values.agency import Agency
from evidence.values.mending import mend_agency_name
from evidence.values.motto import holds_motto
from evidence.vietnamese.text import capital_letters, capital_share, fold, strip_marks

# how the name of an agency begins (letters only, without marks)
AGENCY_HEADS = re.compile(
    r"(UBND|UYBAN|BCH[A-Z]|HDND|HOIDONG|SO[A-Z]{3}|BO[A-Z]|CUC|TONGCUC|CHICUC|VANPHONG|BAN|PHONG|TRUNGTAM|TRUONG|THANHTRA|HOI"
    r"|HIEPHOI|LIENDOAN|LIENHIEP|DANGUY|DANGBO|TINHUY|THANHUY|HUYENUY|DOAN|MATTRAN|TOAAN|VIEN|QUY|CONGTY|TONGCONGTY"
    r"|NGANHANG|BENHVIEN|HOCVIEN|DAIHOC|KHOBAC|BAOHIEM|CHINHPHU|THUTUONG|QUOCHOI|CHUTICH|CONGAN|BOCHIHUY|TOCONGTAC|TO"
    r"|VU|DAI|CANG|KIEMTOAN|CONGDOAN|THUONGTRUC)"
)
# an organ of the body above it, not a body of its own: the two lines are one issuer
ORGANS = re.compile(r"(BANTHUONGTRUC|BANTHUONGVU|BANCHAPHANH|DOANCHUTICH|BANBITHU)$")
# a line that cannot stand alone: "ỦY BAN NHÂN DÂN", "BỘ LAO ĐỘNG - THƯƠNG BINH", "BAN CHỈ ĐẠO"
UNFINISHED = re.compile(
    r"(^CHUTICH|^THUTRUONG|UYBANNHANDAN|HOIDONGNHANDAN|UBND|HDND|CUA|VA|THUONGBINH|BANCHIDAO|PHATTRIEN"
    r"|[A-Z]*DOAN\s?)$"
)
GAZETTE = re.compile(r"VANBAN(QUYPHAM)?PHAPLUAT|VANBANHOPNHAT")  # its headings
NOT_NAMES = re.compile(r"(so\s*[:;.]|s[o06]\s*\d|v/v|ve viec|den\b|hoa toc|khan\b|thuong khan|mat\b|toi mat|du thao)")


def read_issuer(zones: Zones) -> tuple[FieldValue[Agency], FieldValue[Agency]]:
    """The issuer and its superior body. ``raw`` of the issuer is the whole block as printed."""
    block = find_issuer_lines(zones)
    if not block:
        return FieldValue(), FieldValue()
    own, above = _split_superior(block)
    issuer = _agency(own, block, zones)
    return issuer, _agency(above, above, zones) if above else FieldValue()


def _agency(own_lines: list[Segment], block: list[Segment], zones: Zones) -> FieldValue[Agency]:
    """The agency that the lines name; ``printed`` is the block kept as raw."""
    name = _join(own_lines)
    whole = join_segments(block, name, 0.0)
    if not any(segment.is_ocr for segment in block):
        return FieldValue(agencies.parse(name), whole.raw, whole.span, 0.97 if zones.motto else 0.85)
    raw = " ".join(max(text_votes.texts_with_spelling(segment), key=_known_share).strip(" _") for segment in block)
    mended = [mend_agency_name(text) for text in _name_readings(own_lines)]
    best = max(mended, key=lambda reading: reading.known)
    agreed = len({fold(reading.text) for reading in mended}) == 1 and len(mended) > 1
    if best.known == 1.0:
        certain = 0.95
    elif agreed:
        certain = 0.92
    else:
        certain = min(0.85, min(segment.confidence for segment in own_lines))
    return FieldValue(agencies.parse(best.text), raw, whole.span, certain)


def _known_share(text: str) -> tuple[float, float]:
    """How much of a reading is known, and how little of it had to be mended."""
    mended = mend_agency_name(text)
    return mended.known, fuzz.ratio(fold(_tidy(text)), fold(mended.text))


def _name_readings(own: list[Segment]) -> list[str]:
    """The name as each engine read it; lines that only one could read are in both."""
    texts_of_lines = [text_votes.all_texts(segment) for segment in own]
    readings = [_tidy(" ".join(texts[0] for texts in texts_of_lines))]
    if any(len(texts) > 1 for texts in texts_of_lines) or all(text_votes.vote_text(segment).sure for segment in own):
        readings.append(_tidy(" ".join(texts[-1] for texts in texts_of_lines)))
    return readings


def find_issuer_lines(zones: Zones) -> list[Segment]:
    """The capital lines at the top left, down to the number line or a rule."""
    lines: list[Segment] = []
    for segment in sorted(zones.left, key=_top_edge):
        printed = max(
            text_votes.all_texts(segment), key=capital_share
        )  # "quốc HỘI" of one engine, "QUỐC HỘI" of the other
        letters = capital_letters(printed)
        if zones.motto and zones.motto.box and segment.box:
            height = zones.motto.box[3] - zones.motto.box[1]
            if segment.box[3] < zones.motto.box[1] - 2.2 * height:
                continue
        plain_texts = [strip_marks(text).lower().strip() for text in text_votes.all_texts(segment)]
        if any(NOT_NAMES.match(plain) or re.match(r"\W*\d", plain) for plain in plain_texts):
            if lines:
                break
            continue
        if holds_motto(letters) or GAZETTE.search(letters):
            continue
        if len(letters) < 3 or capital_share(printed) < 0.72:
            if lines and len(letters) >= 3:
                break
            continue
        # without a motto no header is certain: "CHATBOT CÔNG AN PHƯỜNG" heads a text about the police
        if not lines and not AGENCY_HEADS.match(letters) and not (zones.motto and _is_known_agency(segment.text)):
            continue
        if lines and _too_far(lines[-1], segment):
            break
        lines.append(segment)
        if len(lines) == 5:
            break
    return lines


def _top_edge(segment: Segment) -> float:
    return segment.box[1] if segment.box else float(segment.start)


def _too_far(above: Segment, segment: Segment) -> bool:
    if above.box is None or segment.box is None:
        return False
    height = max(above.box[3] - above.box[1], 8.0)
    return segment.box[1] - above.box[3] > 1.6 * height


def _is_known_agency(text: str) -> bool:
    return agencies.agency_level(agencies.parse(text)) is not None


def _split_superior(block: list[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The issuer's own lines and those of the superior body above it."""
    for i in range(len(block) - 1, 0, -1):
        text, before = capital_letters(block[i].text), "".join(capital_letters(segment.text) for segment in block[:i])
        if ORGANS.match(text):
            return block, []
        if AGENCY_HEADS.match(text) and not _goes_on(block[i - 1], block[i]) and _is_complete_name(before):
            return block[i:], block[:i]
    return block, []


def _goes_on(above: Segment, segment: Segment) -> bool:
    """Whether the line above cannot end there: a joining word or comma at its end, or a name that needs a place."""
    text = above.text.strip().rstrip(" -–") if above.is_ocr else above.text.strip()
    if text.endswith((",", "-", "–", " VÀ", " CỦA", " VỀ")):
        return True
    return bool(UNFINISHED.search(capital_letters(text))) and not _names_place(text)


def _names_place(text: str) -> bool:
    return bool(re.search(r"\b(tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|dac khu)\b", strip_marks(text).lower()))


def _is_complete_name(text: str) -> bool:
    return bool(AGENCY_HEADS.match(text)) and len(text) >= 4


def _join(segments: list[Segment]) -> str:
    return _tidy(" ".join(segment.text.strip(" *_-–.:;|") for segment in segments))


def _tidy(text: str) -> str:
    text = re.sub(r"\s[*_\-–.:;|]+(?=\s*$)|[*_|]", "", text)
    return re.sub(r"\s+", " ", text).strip(" *_-–.:;|")
