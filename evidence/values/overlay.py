"""What signing software and portals print on a page, over and beside the document's own text.

``Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ`` · ``Ký bởi: UBND tỉnh`` · ``Thời gian ký: 09.04.2024 15:28:33 +07:00`` ·
``Email: thongtinchinhphu@chinhphu.vn`` · ``Cơ quan: VĂN PHÒNG CHÍNH PHỦ`` · ``Giờ ký: 30/09/2025 17:58:22`` · the
gazette's ``CÔNG BÁO/Số 12``. It is no text of the document: the time in it is not the issue date, the name not the
signer's. How much of such a line is enough depends on where it stands: in a text layer it is whole, in a scan its marks
are lost, beside a signature a single word tells it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.values import date as dates
from evidence.values.date import PartialDate

# in a text layer, as printed
PRINTED = re.compile(
    r"""ng[ưu]ời\ ký\s*:|ký\ bởi\s*:|ký\ số\ bởi|(?:thời\ gian|giờ|ngày)\ ký\s*:|cơ\ quan(?:\ phát\ hành)?\s*:
    |signed\ by|signature|digitally|\bdate\s*:|[\w.]+@[\w.]+\.\w{2,4}|\d\d:\d\d:\d\d|\+\d\d:\d\d
    |chinhphu\.vn|\bVGP\b|luatvietnam|thuvienphapluat|cổng\ thông\ tin\ điện\ tử\ chính\ phủ""",
    re.IGNORECASE | re.VERBOSE,
)
# one of them stands in every such line, in small letters: looked for first, as the pattern takes thirty times as long
HINTS = ("ký", "cơ quan", "sign", "digitally", "date", "@", "+", "chinhphu", "vgp", "luatvietnam", "thuvien", "cổng")
CLOCK = re.compile(r":\d\d:")
# anywhere on a page, in small letters without marks
PLAIN = re.compile(
    r"(cong bao[/ ]|\bk[yv] boi|nguoi k[yv]\b|thoi gian k[yv]|\bco quan:|email|ngay k[yv]:|chinhphu|www\.|http"
    r"|\w@\W?[a-z]|\+0?7[:.]00|signed by)"
)
# among the title and the name of a signature block, in small letters without marks
IN_SIGNATURE = re.compile(r"(nguoi ky|ky boi|ky so|thoi gian|email|co quan|ngay ky|\d{2}[.:]\d{2}|@)")
# among the rows of a scanned header, without marks
IN_HEADER = re.compile(r"cong bao|thoi gian|ky boi", re.IGNORECASE)
# at the top right of an annex: number and date of the document that it belongs to, and when that was signed
ANNEX_LINE = re.compile(
    r"(?<!\w)S[oố]\s*:\s*(?P<number>\d(?:[^;\n]|(?<=&amp);){2,50}?)\s*;\s*(?P<date>\d{1,2}/\d{1,2}/\d{4})\s*;"
    r"\s*(?P<time>\d{1,2}:\d{2}(?::\d{2})?)"
)
ANNEX_LINE_DATE = r";\s*\d{1,2}/\d{1,2}/\d{4}"  # what tells that line, in whatever letters
SIGNED_AT = re.compile(r"(?:Thời gian ký|Ngày ký|Date)\s*:?\s*(\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2})")


def is_overlay(line: str) -> bool:
    """Whether this line of a text layer is one of signing software or a portal.

    >>> is_overlay("Thời gian ký: 09.04.2024 15:28:33 +07:00"), is_overlay("Số: 187/TTr-SNV")
    (True, False)
    """
    return bool(find_overlays([line]))


def find_overlays(lines: Sequence[str]) -> set[int]:
    """Which of the lines are such. Most pages have no hint at one; the pattern is asked only where a hint stands.

    >>> find_overlays(["Số: 187/TTr-SNV", "Thời gian ký: 09.04.2024 15:28:33 +07:00"])
    {1}
    """
    whole = "\n".join(lines)
    small = whole.lower()
    lowered = [line.lower() for line in lines] if (hints := [hint for hint in HINTS if hint in small]) else []
    hinted = {place for hint in hints for place, line in enumerate(lowered) if hint in line}
    if CLOCK.search(whole):
        hinted.update(place for place, line in enumerate(lines) if CLOCK.search(line))
    return {place for place in hinted if PRINTED.search(lines[place])}


def is_plain_overlay(plain: str) -> bool:
    """The same of a line in small letters without marks, as of a scan.

    >>> is_plain_overlay("ky boi ubnd tinh"), is_plain_overlay("so: 187/ttr-snv")
    (True, False)
    """
    return PLAIN.search(plain) is not None


def is_overlay_in_signature(plain: str) -> bool:
    """Whether a line between title and name, in small letters without marks, is no part of the signature block.

    >>> is_overlay_in_signature("10.11.2025 10:59"), is_overlay_in_signature("pho chu tich")
    (True, False)
    """
    return IN_SIGNATURE.search(plain) is not None


def is_overlay_in_header(plain: str) -> bool:
    """Whether a row of a scanned header, without marks, is one of the gazette or of signing software.

    >>> is_overlay_in_header("CONG BAO/So 12/Ngay 3-1-2025"), is_overlay_in_header("So: 187/TTr-SNV")
    (True, False)
    """
    return IN_HEADER.search(plain) is not None


def find_signing_day(line: str) -> PartialDate | None:
    """The day that signing software printed.

    >>> str(find_signing_day("Thời gian ký: 09/04/2024 15:28:33 +07:00"))
    '2024-04-09'
    """
    match = SIGNED_AT.search(line)
    return dates.parse(match[1]) if match else None
