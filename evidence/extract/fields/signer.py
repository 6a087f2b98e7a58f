"""Who signed, and who receives it (NĐ 30/2020, Phụ lục I, ô 7 and ô 9b), from the end of the document proper.

The block on the right: authority and title in capitals (``TM. ỦY BAN NHÂN DÂN`` / ``KT. CHỦ TỊCH`` / ``PHÓ CHỦ TỊCH``),
the signature, the name. On the left ``Nơi nhận:`` with one recipient a line, the last ``Lưu: VT, …``. What is attached
comes after, so the first such block that is whole is the document's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.extract.fields.certificates import confirm_signer
from evidence.extract.layout.segments import Segment, join_segments, read_segments, split_segment
from evidence.extract.layout.zones import parse_title_kind
from evidence.extract.voting import text_votes
from evidence.extract.voting.person_names import ONE_ENGINE, as_named_elsewhere, read_person_name
from evidence.messages import Message
from evidence.model.document import Document, Origin, Page
from evidence.model.record import FieldValue, Signer
from evidence.values.overlay import is_overlay_in_signature
from evidence.vietnamese.text import capital_letters, capital_share, strip_marks

RECIPIENTS = re.compile(r"\W{0,3}n[oơ]i\s+nh[aậ]n\b(?=\s*[:;.,]|.{0,8}$)", re.IGNORECASE)  # not "Nơi nhận báo cáo …"
AUTHORITY = re.compile(r"\W{0,2}(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s*[./,]?\s*|Q\s*[./]\s*)(?=[A-ZĐÀ-Ỹ])")
COPY = re.compile(r"\W{0,3}(sao y|sao luc|trich sao)\b(?!.{12})")  # a heading, not a sentence
BLOCK = 70.0  # points between the lines of one block of titles at most
ANNEX_HEADING = re.compile(r"\W{0,3}(phu luc|bieu|mau|danh sach)\b")
GOES_ON = 0.35  # of the next page's height, in which a block that was begun before can end
CENTRED, LAST_LINES = 0.06, 6  # of the page's width off its middle; lines of a page that a centred block is the last of
# who signs a form for himself: "NGƯỜI LÀM ĐƠN", "Người viết đơn"
PERSON = re.compile(r"\W{0,3}nguoi (?:lam don|viet don|de nghi|khieu nai|to cao|cam ket|xac nhan|khai|ke khai)\W{0,3}")
TITLE = re.compile(
    r"(PHO|QUYEN|Q|KT|TM|TL|TUQ|TUN)*(CHUTICH|GIAMDOC|BOTRUONG|THUTRUONG|THUTUONG|CHANHVANPHONG|VUTRUONG|CUCTRUONG|CHUNHIEM"
    r"|TRUONGPHONG|TRUONGBAN|TONGCUCTRUONG|TONGGIAMDOC|HIEUTRUONG|VIENTRUONG|CHANHTHANHTRA|TONGTHANHTRA|TONGTHUKY|BITHU"
    r"|CHICUCTRUONG|CHANHAN|CHIHUYTRUONG|DOITRUONG|TONGKIEMTOAN|THONGDOC|TRUONGDOAN|UYVIEN|CHANHVANPHONG|TOTRUONG|THUKY|TONGBIENTAP)"
)


def read_signer(document: Document, first: int) -> tuple[FieldValue[Signer], FieldValue[tuple[str, ...]]]:
    """Signer and recipients of the document that begins on page ``first``.

    A block of a scan whose name cannot be read is no missing signature: its titles are the signer's ``raw``.
    """
    pages = [page for page in document.pages if page.number >= first and page.lines]
    seen: FieldValue[tuple[str, ...]] = FieldValue()
    unread: FieldValue[Signer] = FieldValue()
    for at, page in enumerate(pages):
        segments = _own_part(read_segments(page))
        mark = next((segment for segment in segments if RECIPIENTS.match(segment.plain)), None)
        if mark is None:
            right = _right_half(page, segments)
            signer = _signer(right, needs_title=True)
            signer = signer if signer.value else _centred_signer(page, segments)
            if signer.value:
                return confirm_signer(as_named_elsewhere(signer, document), (None, None), document), seen
            unread = unread if unread.raw else _unread_block(page, right)
            continue
        right, left = _blocks(page, segments, mark)
        signer = _signer(right, needs_title=False)
        if signer.value is None and at + 1 < len(pages) and _titles(right):
            signer = _signer(_top_of_next(pages[at + 1]), needs_title=False)
        if signer.value is None and page.origin is Origin.TEXT and mark.box and not _titles(right):
            seen = seen if seen.value else _recipients(left)
            continue  # a form that is printed in the text, or recipients on a page of their own
        signer = as_named_elsewhere(signer, document) if signer.value else _unread_block(page, right)
        return confirm_signer(signer, _office_of_lines(_last_title_block(_titles(right))), document), _recipients(left)
    return unread, seen


def _top_of_next(page: Page) -> list[Segment]:
    """The right half of a page where a block that was begun on the page before goes on; nothing of an annex."""
    segments = _own_part(read_segments(page))
    top = [segment for segment in segments if segment.box is None or segment.box[1] < GOES_ON * page.height]
    return [] if any(ANNEX_HEADING.match(segment.plain) for segment in top) else _right_half(page, top)


def _centred_signer(page: Page, segments: list[Segment]) -> FieldValue[Signer]:
    """The signer of a block that is centred on the page, as its last lines: never sure, headings are centred too."""
    middle = [s for s in segments if s.box and abs(s.centre - page.width / 2) < CENTRED * page.width]
    last = sorted((s for s in segments if s.box), key=_top)[-LAST_LINES:]
    block = [segment for segment in middle if segment in last]
    signer = _signer(block, needs_title=True)
    return replace(signer, confidence=min(signer.confidence, ONE_ENGINE))


def _unread_block(page: Page, right: list[Segment]) -> FieldValue[Signer]:
    """The titles of a scanned page's last block, without a name; nothing where there are none."""
    heads = _last_title_block(_titles(right)) if page.origin is not Origin.TEXT else []
    if not heads:
        return FieldValue()
    titles = join_segments(heads, "", 0.0)
    return FieldValue(None, titles.raw, titles.span, 0.0, Message("note-signer-unread"))


def _blocks(page: Page, segments: list[Segment], mark: Segment) -> tuple[list[Segment], list[Segment]]:
    """The signature block and the recipients' lines around the mark ``Nơi nhận:``."""
    if mark.box is None:
        start = segments.index(mark)
        near = segments[max(0, start - 8) :]
        if mark.table is not None and mark.column is not None:
            near = [segment for segment in near if segment.table == mark.table]
            return [s for s in near if s.column == 1], [s for s in near if s.column == 0]
        return near, segments[start:]
    height = mark.box[3] - mark.box[1]
    right: list[Segment] = []
    left: list[Segment] = []
    for segment in segments:
        if segment.box is None or segment.box[3] < mark.box[1] - 3.5 * height:
            continue
        for piece in split_segment(segment, 0.46 * page.width, 1.2 * height):
            if piece.box is None:
                continue
            beside = piece.box[0] > max(mark.box[2], 0.36 * page.width)
            if beside or (piece.centre > 0.55 * page.width and piece.box[0] > mark.box[0] + 6 * height):
                right.append(piece)
            elif piece.box[1] > mark.box[1] - 0.5 * height:
                left.append(piece)
    return right, left


def _own_part(segments: list[Segment]) -> list[Segment]:
    """What stands above a copy's own block: its number, date and signer are the copier's (NĐ 30/2020, Điều 25, 26)."""
    copy = next(
        (segment for segment in segments if COPY.match(segment.plain) and capital_share(segment.text) > 0.7), None
    )
    if copy is None:
        return segments
    if copy.box is None:
        return segments[: segments.index(copy)]
    top = copy.box[1] - 1.5 * (copy.box[3] - copy.box[1])
    return [segment for segment in segments if segment.box and segment.box[3] < top + 2]


def _right_half(page: Page, segments: list[Segment]) -> list[Segment]:
    kept: list[Segment] = []
    for segment in segments:
        if segment.box is None:
            if segment.column in (None, 1):
                kept.append(segment)
            continue
        kept += [p for p in split_segment(segment, 0.46 * page.width, 14.0) if p.box and p.centre > 0.52 * page.width]
    return kept


def _titles(segments: Sequence[Segment]) -> list[Segment]:
    return [segment for segment in segments if any(_is_title(text) for text in text_votes.all_texts(segment))]


def _is_title(text: str) -> bool:
    if PERSON.fullmatch(strip_marks(text).lower()):
        return True
    if capital_share(text) < 0.8 or text.rstrip().endswith(":") or parse_title_kind(text):
        return False
    return bool(AUTHORITY.match(text) or TITLE.search(capital_letters(text)))


def _last_title_block(heads: list[Segment]) -> list[Segment]:
    """The title lines that stand together last: the issuer's name above the legal bases is no signature."""
    for i in range(len(heads) - 1, 0, -1):
        above, below = heads[i - 1].box, heads[i].box
        if above and below and below[1] - above[3] > BLOCK:
            return heads[i:]
    return heads


def _signer(segments: Sequence[Segment], needs_title: bool) -> FieldValue[Signer]:
    """The name under the title lines. A name without a title is doubtful: names stand in bodies too."""
    ordered = sorted(segments, key=lambda s: (s.box[1] if s.box else 0.0, s.start))
    heads = _titles(ordered)
    if not ordered or (needs_title and not heads):
        return FieldValue()
    heads = _last_title_block(heads)
    top = heads[0] if heads else ordered[0]
    block = [segment for segment in ordered if _under(top, segment) and not is_overlay_in_signature(segment.plain)]
    named = [(segment, name) for segment in block if (name := read_person_name(segment)).value]
    titles = [segment for segment in block if _is_capital_line(segment.text) and not parse_title_kind(segment.text)]
    if not named:
        return FieldValue()
    segment, name = _nearest(top, named)
    assert name.value is not None
    above = [s for s in titles if (s.box or (0, 0))[1] <= (segment.box or (0, 1e9))[1]] or heads
    certain = name.confidence if heads else min(name.confidence, 0.7)
    proof = join_segments([segment], segment.text, certain)
    return FieldValue(Signer(name.value, *_office_of_lines(above)), segment.text, proof.span, certain)


def _is_capital_line(text: str) -> bool:
    return capital_share(text) > 0.8 and len(capital_letters(text)) > 3


def _top(segment: Segment) -> float:
    return segment.box[1] if segment.box else float(segment.start)


def _under(top: Segment, segment: Segment) -> bool:
    if top.box is None or segment.box is None:
        return segment.start >= top.start
    return segment.box[1] >= top.box[1] - 2 and segment.box[1] < top.box[1] + 330


def _nearest(top: Segment, named: list[tuple[Segment, FieldValue[str]]]) -> tuple[Segment, FieldValue[str]]:
    """The first name whose middle stands under the title's middle; else the first."""
    for segment, name in named:
        if top.box is None or abs(segment.centre - top.centre) < 60:
            return segment, name
    return named[0]


def _title_text(segment: Segment) -> str:
    """The reading that is a title, where the segment's own text is none."""
    return next((text for text in text_votes.all_texts(segment) if _is_title(text)), segment.text)


def _office_of_lines(lines: list[Segment]) -> tuple[str | None, str | None]:
    """Title (the last capital line) and authority (what stands above it) as printed."""
    texts = [re.sub(r"\s+", " ", _title_text(line).strip(" .,;*_|")) for line in lines]
    if not texts:
        return None, None
    return texts[-1], " / ".join(texts[:-1]) or None


def _recipients(segments: Sequence[Segment]) -> FieldValue[tuple[str, ...]]:
    """The recipients, one a dash; lines that go on are joined; ends after ``Lưu:``."""
    ordered = sorted(segments, key=lambda s: (s.box[1] if s.box else 0.0, s.start))
    start = next((i for i, s in enumerate(ordered) if RECIPIENTS.match(s.plain)), None)
    if start is None:
        return FieldValue()
    entries: list[str] = []
    used = [ordered[start]]
    for segment in ordered[start + 1 :]:
        text = segment.text.strip()
        if (
            used[-1].box
            and segment.box
            and segment.box[1] - used[-1].box[3] > 2.5 * (used[-1].box[3] - used[-1].box[1])
        ):
            break
        if re.match(r"[-–—+•*]", text) or re.match(r"(luu|nhu tren)\b", segment.plain):
            entries.append(text.lstrip("-–—+•* "))
        elif entries and not re.match(r"\d+$", text):
            entries[-1] += " " + text
        used.append(segment)
        if re.search(r"\bluu\b", segment.plain) and text.endswith((".", "/")):
            break
    values = tuple(entry.rstrip(" ;.,") for entry in entries if entry.strip(" ;.,"))
    certain = min(0.95, sum(s.confidence for s in used) / len(used))
    proof = join_segments(used, "", certain)
    return FieldValue(values, proof.raw, proof.span, certain) if values else FieldValue()
