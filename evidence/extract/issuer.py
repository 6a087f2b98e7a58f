"""Who issued it: the lines above the number (NĐ 30/2020, Phụ lục I, ô 2).

The superior body stands above, not bold, the issuer under it, bold: ``UBND TỈNH LÂM ĐỒNG`` / ``SỞ NỘI VỤ``. One agency
may also take two lines: ``ỦY BAN NHÂN DÂN`` / ``TỈNH QUẢNG NGÃI``. What tells them apart is the language: a line that
begins like an agency opens a new one where the line above is an agency already complete.
"""

from __future__ import annotations

import re

from evidence.extract.strips import Strip, found_text
from evidence.extract.zones import Zones, capital_share, letters
from evidence.model import Found
from evidence.text import strip_marks
from evidence.values import agency as agencies
from evidence.values.agency import Agency
from evidence.values.mending import mend

# how the name of an agency begins (letters only, without marks)
HEADS = re.compile(
    r"(UBND|UYBAN|HDND|HOIDONG|SO[A-Z]{3}|BO[A-Z]|CUC|TONGCUC|CHICUC|VANPHONG|BAN|PHONG|TRUNGTAM|TRUONG|THANHTRA|HOI"
    r"|HIEPHOI|LIENDOAN|LIENHIEP|DANGUY|DANGBO|TINHUY|THANHUY|HUYENUY|DOAN|MATTRAN|TOAAN|VIEN|QUY|CONGTY|TONGCONGTY"
    r"|NGANHANG|BENHVIEN|HOCVIEN|DAIHOC|KHOBAC|BAOHIEM|CHINHPHU|THUTUONG|QUOCHOI|CHUTICH|CONGAN|BOCHIHUY|TOCONGTAC|TO"
    r"|VU|DAI|CANG|KIEMTOAN|CONGDOAN|THUONGTRUC)"
)
# an organ of the body above it, not a body of its own: the two lines are one issuer
ORGANS = re.compile(r"(BANTHUONGTRUC|BANTHUONGVU|BANCHAPHANH|DOANCHUTICH|BANBITHU)$")
# a line that cannot stand alone: "ỦY BAN NHÂN DÂN", "BỘ LAO ĐỘNG - THƯƠNG BINH", "BAN CHỈ ĐẠO"
UNFINISHED = re.compile(r"(UYBANNHANDAN|HOIDONGNHANDAN|UBND|HDND|CUA|VA|THUONGBINH|BANCHIDAO|PHATTRIEN|[A-Z]*DOAN\s?)$")
MOTTOES = re.compile(r"CHUNGHIAVIETNAM|DANGCONGSANVIETNAM|DOCLAPTUDO|VANBAN(QUYPHAM)?PHAPLUAT|VANBANHOPNHAT")
NOT_NAMES = re.compile(r"(so\s*[:;.]|s[o06]\s*\d|v/v|ve viec|den\b|hoa toc|khan\b|thuong khan|mat\b|toi mat|du thao)")


def read(zones: Zones) -> tuple[Found[Agency], Found[Agency]]:
    """The issuer and its superior body. ``raw`` of the issuer is the whole block as printed."""
    block = issuer_lines(zones)
    if not block:
        return Found(), Found()
    own, above = _apart(block)
    issuer = _agency(own, block, zones)
    return issuer, _agency(above, above, zones) if above else Found()


def _agency(own: list[Strip], printed: list[Strip], zones: Zones) -> Found[Agency]:
    """The agency that the lines name; ``printed`` is the block kept as raw."""
    name = _join(own)
    whole = found_text(printed, name, 0.0)
    if not any(strip.is_ocr for strip in printed):
        return Found(agencies.parse(name), whole.raw, whole.span, 0.97 if zones.motto else 0.85)
    mended = mend(name)
    read = min(strip.confidence for strip in own)
    if mended.known == 1.0:
        certain = 0.95 if read > 0.3 else 0.85
        return Found(agencies.parse(mended.text), whole.raw, whole.span, certain)
    return Found(agencies.parse(mended.text), whole.raw, whole.span, min(0.85, read))


def issuer_lines(zones: Zones) -> list[Strip]:
    """The capital lines at the top left, down to the number line or a rule."""
    lines: list[Strip] = []
    for strip in sorted(zones.left, key=_top):
        plain = strip.plain.strip()
        text = letters(strip.text)
        if zones.motto and zones.motto.box and strip.box:
            height = zones.motto.box[3] - zones.motto.box[1]
            if strip.box[3] < zones.motto.box[1] - 2.2 * height:
                continue
        if NOT_NAMES.match(plain) or re.match(r"\W*\d", plain):
            if lines:
                break
            continue
        if MOTTOES.search(text):
            continue
        if len(text) < 3 or capital_share(strip.text) < 0.72:
            if lines and len(text) >= 3:
                break
            continue
        if not lines and not HEADS.match(text) and not _known(strip.text):
            continue
        if lines and _too_far(lines[-1], strip):
            break
        lines.append(strip)
        if len(lines) == 5:
            break
    return lines


def _top(strip: Strip) -> float:
    return strip.box[1] if strip.box else float(strip.start)


def _too_far(above: Strip, strip: Strip) -> bool:
    if above.box is None or strip.box is None:
        return False
    height = max(above.box[3] - above.box[1], 8.0)
    return strip.box[1] - above.box[3] > 1.6 * height


def _known(text: str) -> bool:
    return agencies.level(agencies.parse(text)) is not None


def _apart(block: list[Strip]) -> tuple[list[Strip], list[Strip]]:
    """The issuer's own lines and those of the superior body above it."""
    for i in range(len(block) - 1, 0, -1):
        text, before = letters(block[i].text), "".join(letters(strip.text) for strip in block[:i])
        if ORGANS.match(text):
            return block, []
        if HEADS.match(text) and not _continues(block[i - 1], block[i]) and _complete(before):
            return block[i:], block[:i]
    return block, []


def _continues(above: Strip, strip: Strip) -> bool:
    """Whether the line above cannot end there: a joining word or comma at its end, or a name that needs a place."""
    text = above.text.strip().rstrip(" -–") if above.is_ocr else above.text.strip()
    if text.endswith((",", "-", "–", " VÀ", " CỦA", " VỀ")):
        return True
    return bool(UNFINISHED.search(letters(text))) and not _place(text)


def _place(text: str) -> bool:
    return bool(re.search(r"\b(tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|dac khu)\b", strip_marks(text).lower()))


def _complete(text: str) -> bool:
    return bool(HEADS.match(text)) and len(text) >= 4


def _join(strips: list[Strip]) -> str:
    text = " ".join(strip.text.strip(" *_-–.:;|") for strip in strips)
    return re.sub(r"\s+", " ", text).strip()
