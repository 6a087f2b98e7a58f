"""The lines of the header that name who issues (NĐ 30/2020, Phụ lục I, ô 2), and which of them opens an agency.

They are the capital lines at the top left, above the number. An agency's name begins with a word that tells what it is
(``SỞ``, ``HỘI``, ``CÔNG TY``); the same letters may begin another word of a name that goes on (``TỐI CAO``, ``DOANH
NGHIỆP``, ``SÔNG ĐÀ``), so heads of one syllable are compared as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence.extract.layout.segments import Segment
from evidence.extract.layout.zones import Zones
from evidence.extract.voting import text_votes
from evidence.model.document import Origin, Word
from evidence.values import agency as agencies
from evidence.values.motto import holds_motto
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import capital_letters, capital_share, fold, strip_marks

# how the name of an agency begins, letters only: words of several syllables, and abbreviations
HEADS = re.compile(
    r"(UBND|UYBAN|BCH[A-Z]|HDND|HOIDONG|TONG(?:CUC|HOI|LIENDOAN|CONGTY)|CHICUC|VANPHONG|TRUNGTAM|THANHTRA|HIEPHOI|LIENDOAN|LIENHIEP|LIENMINH"
    r"|DANGUY|DANGBO|CHIBO|TINHUY|THANHUY|HUYENUY|MATTRAN|UBMT|MTTQ|TOAAN|TAND|VKS|CONGTY|CTY|CTCP|TAPDOAN"
    r"|DNTN|DOANHNGHIEPTUNHAN|HOPTACXA|HTX|CHINHANH|NHAMAY|XINGHIEP|NHAXUATBAN|NHAHAT|TAPCHI|THUVIEN|BAOTANG|NGANHANG"
    r"|BENHVIEN|HOCVIEN|DAIHOC|KHOBAC|BAOHIEM|BUUDIEN|DIENLUC|CHINHPHU|THUTUONG|QUOCHOI|CHUTICH|CONGAN|BOCHIHUY"
    r"|TOCONGTAC|KIEMTOAN|CONGDOAN|THUONGTRUC|LDLD|BQL|CDNGANH|CDCS|CDVC|QUANKHU|QUANDOAN|BOTULENH|VUONQUOCGIA|KHUBAOTON|TRUNGUONG|DAIDIEN|CAULACBO|CLB|TIEUBAN|CUMTHIDUA)"
)
# heads of one syllable: "SỞ", "TỔ", "ĐOÀN", "BÁO"
WORDS = frozenset(
    re.findall(
        r"\w+", "SO BO CUC BAN PHONG TRUONG HOI DOAN VIEN QUY TO VU DAI CANG BAO HAT TRAM KHOA KHOI UBND HDND BCH"
    )
)
# printed with their marks these are other words: "SƠ YẾU LÝ LỊCH", "SỔ THEO DÕI", "TỜ KHAI", "QUY TRÌNH", "BẢNG ĐIỂM"
_OTHER_WORDS = re.compile(r"(?:sơ|sổ|số|tờ|quy|bản|bảng|biểu|phiếu|danh)\s")
GAZETTE = re.compile(r"VANBAN(QUYPHAM)?PHAPLUAT|VANBANHOPNHAT")  # its headings
NOT_NAMES = re.compile(r"(so\s*[:;.]|s[o06]\s*\d|v/v|ve viec|den\b|hoa toc|khan\b|thuong khan|mat\b|toi mat|du thao)")
# "Số ®Ì LĐLĐ-CTCĐ": a label in small letters, whatever became of the digits; "SỞ" is in capitals
NUMBER_LABEL = re.compile(r"\W{0,2}S[oôốồổỗộơớờóòỏõọ]\b")
MOST_LINES = 5
REST = (2, 4)  # letters that OCR leaves of a line it could not read
CLEAR = 0.88  # of what a further engine says of a line that it alone could read
NEAR = 1.2  # line heights: how far below a line such a rest is of the next one
MIDDLE = 0.35  # of the block's width: how far from its middle a centred line's rest may be


@dataclass(frozen=True, slots=True)
class IssuerBlock:
    """``unread``: under the lines stands another of which OCR left but a few letters. ``rescued``: it stands among the
    lines, as one further engine read it whole."""

    lines: list[Segment]
    unread: bool = False
    rescued: bool = False


def opens_agency(text: str) -> bool:
    """Whether a line begins like the name of an agency.

    >>> [opens_agency(line) for line in ("SỞ NỘI VỤ", "SỞNỘI VỤ", "CTY TNHH BAY XANH", "TỔ CÔNG TÁC", "VĂN PHÒNG")]
    [True, True, True, True, True]
    >>> [opens_agency(line) for line in ("TỐI CAO", "DOANH NGHIỆP TỈNH", "SÔNG ĐÀ", "TỈNH LÂM ĐỒNG")]
    [False, False, False, False]
    """
    if HEADS.match(capital_letters(text)):
        return True
    first = next(iter(re.findall(r"[^\W\d_]+", text)), "")
    letters = capital_letters(first)
    if letters in WORDS:
        return True
    return not is_syllable(fold(first)) and len(letters) > 4 and any(letters.startswith(head) for head in WORDS)


def find_issuer_block(zones: Zones) -> IssuerBlock:
    """The capital lines at the top left, down to the number line or a rule."""
    lines: list[Segment] = []
    for segment in sorted(zones.left, key=_top_edge):
        # "quốc HỘI" of one engine, "QUỐC HỘI" of the other
        printed = max(text_votes.all_texts(segment), key=capital_share)
        letters = capital_letters(printed)
        if _is_above_header(segment, zones):
            continue
        if _is_no_name(segment):
            if lines:
                break
            continue
        if holds_motto(letters) or GAZETTE.search(letters):
            continue
        if lines and _is_rest_of_line(segment, lines):
            whole = _read_by_others(segment)
            return IssuerBlock([*lines, whole] if whole else lines, unread=whole is None, rescued=whole is not None)
        if len(letters) < 3 or capital_share(printed) < 0.72:
            if lines and len(letters) >= 3:
                break
            continue
        # without a motto no header is certain: "CHATBOT CÔNG AN PHƯỜNG" heads a text about the police
        if not lines and not opens_agency(printed) and not (zones.motto and _is_known_agency(segment.text)):
            continue
        if not lines and not segment.is_ocr and _OTHER_WORDS.match(fold(segment.text)):
            continue
        if lines and _too_far(lines[-1], segment):
            break
        lines.append(segment)
        if len(lines) == MOST_LINES:
            break
    return IssuerBlock(lines)


def find_issuer_lines(zones: Zones) -> list[Segment]:
    """The lines of the block."""
    return find_issuer_block(zones).lines


def _is_above_header(segment: Segment, zones: Zones) -> bool:
    if not (zones.motto and zones.motto.box and segment.box):
        return False
    height = zones.motto.box[3] - zones.motto.box[1]
    return segment.box[3] < zones.motto.box[1] - 2.2 * height


def _is_no_name(segment: Segment) -> bool:
    """A number row, ``V/v``, a stamp of urgency: in whatever reading."""
    for text in text_votes.all_texts(segment):
        plain = strip_marks(text).lower().strip()
        if NOT_NAMES.match(plain) or re.match(r"\W*\d", plain) or NUMBER_LABEL.match(text):
            return True
    return False


def _is_rest_of_line(segment: Segment, lines: list[Segment]) -> bool:
    """Whether a few capitals centred under the last line are what OCR left of a line: ``PH`` of ``VĂN PHÒNG``."""
    text, last, box = segment.text.strip(), lines[-1].box, segment.box
    if last is None or box is None or not segment.is_ocr:
        return False
    letters = [char for char in text if char.isalnum()]
    if not REST[0] <= len(letters) <= REST[1] or not all(map(str.isupper, letters)) or len(segment.words) > 1:
        return False
    height, width = last[3] - last[1], last[2] - last[0]
    below = 0 <= box[1] - last[3] + 0.3 * height <= NEAR * height + 0.3 * height
    centred = abs(segment.centre - lines[-1].centre) < MIDDLE * width
    return below and centred and box[2] - box[0] < 0.4 * width and box[3] - box[1] > 0.4 * height


def _read_by_others(segment: Segment) -> Segment | None:
    """The line that the rest is of, as a further engine read it clearly: capitals that hold the rest's letters."""
    rest = capital_letters(segment.text)
    whole = [
        reading
        for reading in segment.readings
        if reading.is_row_text and reading.confidence >= CLEAR and capital_share(reading.text) > 0.8
    ]
    whole = [
        reading for reading in whole if rest in capital_letters(reading.text) and len(reading.text) > 2 * len(rest)
    ]
    if not whole:
        return None
    best = max(whole, key=lambda reading: reading.confidence)
    words = tuple(Word(part, segment.box, best.confidence, Origin.OCR) for part in best.text.split())
    return replace(segment, words=words, readings=())


def _top_edge(segment: Segment) -> float:
    return segment.box[1] if segment.box else float(segment.start)


def _too_far(above: Segment, segment: Segment) -> bool:
    if above.box is None or segment.box is None:
        return False
    height = max(above.box[3] - above.box[1], 8.0)
    return segment.box[1] - above.box[3] > 1.6 * height


def _is_known_agency(text: str) -> bool:
    return agencies.agency_level(agencies.parse(text)) is not None
