"""Who signed, and who receives it (NĐ 30/2020, Phụ lục I, ô 7 and ô 9b), from the end of the document proper.

The block on the right: authority and title in capitals (``TM. ỦY BAN NHÂN DÂN`` / ``KT. CHỦ TỊCH`` / ``PHÓ CHỦ TỊCH``),
the signature, the name. On the left ``Nơi nhận:`` with one recipient a line, the last ``Lưu: VT, …``. What is attached
comes after, so the first such block that is whole is the document's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extract.fields.certificates import confirm_signer
from evidence.extract.layout import alternatives as opinions
from evidence.extract.layout.segments import Strip, cut_at, found_text, strips_of
from evidence.extract.layout.zones import parse_title_kind
from evidence.extract.voting import person_names
from evidence.model.document import Document, Origin, Page
from evidence.model.record import FieldValue, Signer
from evidence.values.overlay import is_overlay_in_signature
from evidence.vietnamese.text import capital_letters, capital_share

RECIPIENTS = re.compile(r"\W{0,3}n[oơ]i\s+nh[aậ]n\b(?=\s*[:;.,]|.{0,8}$)", re.IGNORECASE)  # not "Nơi nhận báo cáo …"
AUTHORITY = re.compile(r"\W{0,2}(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s*[./,]?\s*|Q\s*[./]\s*)(?=[A-ZĐÀ-Ỹ])")
COPY = re.compile(r"\W{0,3}(sao y|sao luc|trich sao)\b(?!.{12})")  # a heading, not a sentence
BLOCK = 70.0  # points between the lines of one block of titles at most
TITLE = re.compile(
    r"(PHO|QUYEN|Q|KT|TM|TL|TUQ|TUN)*(CHUTICH|GIAMDOC|BOTRUONG|THUTRUONG|THUTUONG|CHANHVANPHONG|VUTRUONG|CUCTRUONG|CHUNHIEM"
    r"|TRUONGPHONG|TRUONGBAN|TONGCUCTRUONG|TONGGIAMDOC|HIEUTRUONG|VIENTRUONG|CHANHTHANHTRA|TONGTHANHTRA|TONGTHUKY|BITHU"
    r"|CHICUCTRUONG|CHANHAN|CHIHUYTRUONG|DOITRUONG|TONGKIEMTOAN|THONGDOC|TRUONGDOAN|UYVIEN|CHANHVANPHONG|TOTRUONG|THUKY|TONGBIENTAP)"
)


def read_signer(document: Document, first: int) -> tuple[FieldValue[Signer], FieldValue[tuple[str, ...]]]:
    """Signer and recipients of the document that begins on page ``first``."""
    pages = [page for page in document.pages if page.number >= first and page.lines]
    seen: FieldValue[tuple[str, ...]] = FieldValue()
    for at, page in enumerate(pages):
        strips = _own_part(strips_of(page))
        mark = next((strip for strip in strips if RECIPIENTS.match(strip.plain)), None)
        if mark is None:
            signer = _signer(_right_half(page, strips), needs_title=True)
            if signer.value:
                return confirm_signer(signer, (None, None), document), seen
            continue
        right, left = _blocks(page, strips, mark)
        signer = _signer(right, needs_title=False)
        if signer.value is None and at + 1 < len(pages) and _titles(right):
            after = pages[at + 1]
            signer = _signer(_right_half(after, _own_part(strips_of(after))), needs_title=False)
        if signer.value is None and page.origin is Origin.TEXT and mark.box and not _titles(right):
            seen = seen if seen.value else _recipients(left)
            continue  # a form that is printed in the text, or recipients on a page of their own
        return confirm_signer(signer, _office_of_lines(_last_title_block(_titles(right))), document), _recipients(left)
    return FieldValue(), seen


def _blocks(page: Page, strips: list[Strip], mark: Strip) -> tuple[list[Strip], list[Strip]]:
    """The signature block and the recipients' lines around the mark ``Nơi nhận:``."""
    if mark.box is None:
        start = strips.index(mark)
        near = strips[max(0, start - 8) :]
        if mark.table is not None and mark.column is not None:
            near = [strip for strip in near if strip.table == mark.table]
            return [s for s in near if s.column == 1], [s for s in near if s.column == 0]
        return near, strips[start:]
    height = mark.box[3] - mark.box[1]
    right: list[Strip] = []
    left: list[Strip] = []
    for strip in strips:
        if strip.box is None or strip.box[3] < mark.box[1] - 3.5 * height:
            continue
        for piece in cut_at(strip, 0.46 * page.width, 1.2 * height):
            if piece.box is None:
                continue
            beside = piece.box[0] > max(mark.box[2], 0.36 * page.width)
            if beside or (piece.centre > 0.55 * page.width and piece.box[0] > mark.box[0] + 6 * height):
                right.append(piece)
            elif piece.box[1] > mark.box[1] - 0.5 * height:
                left.append(piece)
    return right, left


def _own_part(strips: list[Strip]) -> list[Strip]:
    """What stands above a copy's own block: its number, date and signer are the copier's (NĐ 30/2020, Điều 25, 26)."""
    copy = next((strip for strip in strips if COPY.match(strip.plain) and capital_share(strip.text) > 0.7), None)
    if copy is None:
        return strips
    if copy.box is None:
        return strips[: strips.index(copy)]
    top = copy.box[1] - 1.5 * (copy.box[3] - copy.box[1])
    return [strip for strip in strips if strip.box and strip.box[3] < top + 2]


def _right_half(page: Page, strips: list[Strip]) -> list[Strip]:
    kept: list[Strip] = []
    for strip in strips:
        if strip.box is None:
            if strip.column in (None, 1):
                kept.append(strip)
            continue
        kept += [p for p in cut_at(strip, 0.46 * page.width, 14.0) if p.box and p.centre > 0.52 * page.width]
    return kept


def _titles(strips: Sequence[Strip]) -> list[Strip]:
    return [strip for strip in strips if any(_is_title(text) for text in opinions.texts(strip))]


def _is_title(text: str) -> bool:
    if capital_share(text) < 0.8 or text.rstrip().endswith(":") or parse_title_kind(text):
        return False
    return bool(AUTHORITY.match(text) or TITLE.search(capital_letters(text)))


def _last_title_block(heads: list[Strip]) -> list[Strip]:
    """The title lines that stand together last: the issuer's name above the legal bases is no signature."""
    for i in range(len(heads) - 1, 0, -1):
        above, below = heads[i - 1].box, heads[i].box
        if above and below and below[1] - above[3] > BLOCK:
            return heads[i:]
    return heads


def _signer(strips: Sequence[Strip], needs_title: bool) -> FieldValue[Signer]:
    """The name under the title lines. A name without a title is doubtful: names stand in bodies too."""
    ordered = sorted(strips, key=lambda s: (s.box[1] if s.box else 0.0, s.start))
    heads = _titles(ordered)
    if not ordered or (needs_title and not heads):
        return FieldValue()
    heads = _last_title_block(heads)
    top = heads[0] if heads else ordered[0]
    block = [strip for strip in ordered if _under(top, strip) and not is_overlay_in_signature(strip.plain)]
    named = [(strip, name) for strip in block if (name := person_names.read(strip)).value]
    titles = [strip for strip in block if _is_capital_line(strip.text) and not parse_title_kind(strip.text)]
    if not named:
        return FieldValue()
    strip, name = _nearest(top, named)
    assert name.value is not None
    above = [s for s in titles if (s.box or (0, 0))[1] <= (strip.box or (0, 1e9))[1]] or heads
    certain = name.confidence if heads else min(name.confidence, 0.7)
    proof = found_text([strip], strip.text, certain)
    return FieldValue(Signer(name.value, *_office_of_lines(above)), strip.text, proof.span, certain)


def _is_capital_line(text: str) -> bool:
    return capital_share(text) > 0.8 and len(capital_letters(text)) > 3


def _under(top: Strip, strip: Strip) -> bool:
    if top.box is None or strip.box is None:
        return strip.start >= top.start
    return strip.box[1] >= top.box[1] - 2 and strip.box[1] < top.box[1] + 330


def _nearest(top: Strip, named: list[tuple[Strip, FieldValue[str]]]) -> tuple[Strip, FieldValue[str]]:
    """The first name whose middle stands under the title's middle; else the first."""
    for strip, name in named:
        if top.box is None or abs(strip.centre - top.centre) < 60:
            return strip, name
    return named[0]


def _title_text(strip: Strip) -> str:
    """The reading that is a title, where the strip's own text is none."""
    return next((text for text in opinions.texts(strip) if _is_title(text)), strip.text)


def _office_of_lines(lines: list[Strip]) -> tuple[str | None, str | None]:
    """Title (the last capital line) and authority (what stands above it) as printed."""
    texts = [re.sub(r"\s+", " ", _title_text(line).strip(" .,;*_|")) for line in lines]
    if not texts:
        return None, None
    return texts[-1], " / ".join(texts[:-1]) or None


def _recipients(strips: Sequence[Strip]) -> FieldValue[tuple[str, ...]]:
    """The recipients, one a dash; lines that go on are joined; ends after ``Lưu:``."""
    ordered = sorted(strips, key=lambda s: (s.box[1] if s.box else 0.0, s.start))
    start = next((i for i, s in enumerate(ordered) if RECIPIENTS.match(s.plain)), None)
    if start is None:
        return FieldValue()
    entries: list[str] = []
    used = [ordered[start]]
    for strip in ordered[start + 1 :]:
        text = strip.text.strip()
        if used[-1].box and strip.box and strip.box[1] - used[-1].box[3] > 2.5 * (used[-1].box[3] - used[-1].box[1]):
            break
        if re.match(r"[-–—+•*]", text) or re.match(r"(luu|nhu tren)\b", strip.plain):
            entries.append(text.lstrip("-–—+•* "))
        elif entries and not re.match(r"\d+$", text):
            entries[-1] += " " + text
        used.append(strip)
        if re.search(r"\bluu\b", strip.plain) and text.endswith((".", "/")):
            break
    values = tuple(entry.rstrip(" ;.,") for entry in entries if entry.strip(" ;.,"))
    certain = min(0.95, sum(s.confidence for s in used) / len(used))
    proof = found_text(used, "", certain)
    return FieldValue(values, proof.raw, proof.span, certain) if values else FieldValue()
