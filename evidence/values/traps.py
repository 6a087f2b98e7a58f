"""What looks like a document number and is none: forms, standards, plates, scores (measured in real text).

``Mẫu số 01/ĐK-TCT`` has the very shape of a document number (660 times in 14,000 pages); only the words before it
tell. ``QCVN 41:2024/BGTVT`` is a technical regulation, ``29A-123.45`` a plate.
"""

from __future__ import annotations

import re

from evidence.values import symbol as symbols
from evidence.values.kind import names_pattern

WINDOW = 60
_FORM = re.compile(
    r"(?:mẫu|biểu|phụ\s+lục|bảng|tờ\s+khai|phiếu\s+khai|phụ\s+biểu|ký\s+hiệu\s+mẫu|biển\s+số|biển\s+kiểm\s+soát|lô|thửa|"
    r"hóa\s+đơn|căn\s+hộ|hẻm|ngõ)(?:\s+(?:đơn|in|tờ\s+khai|biểu|phiếu|tên|mẫu|chứng\s+từ|văn\s+bản))?"
    r"(?:\s+(?:số|sô|ký\s+hiệu))?\s*:?\s*[\"“(]?\s*$",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"(?:TCVN|QCVN|QCĐP|TCCS|TCXD|TCXDVN|TCN|ISO|IEC|ASTM|BS|EN)(?:[/ ](?:ISO|IEC|N|TS))?[ :]*[\d\w:.\- ]{0,16}$"
)
_LABEL = re.compile(
    rf"(?:(?<!\w)(?:số|số\s*:|luật|bộ\s+luật|{names_pattern()}|QĐ|NĐ|NQ|TT|CV|văn\s+bản|ký\s+hiệu|từ|đến|và)\s*[:.]?\s*|"
    r"số:?)[\"“(]?$",
    re.IGNORECASE,
)
_LIST = re.compile(r"^(?:/\d{4})?\s*(?:,|;|và|hoặc|,\s*và|/|đến)?\s*(?:mẫu\s+)?(?:số)?\s*$", re.IGNORECASE)

# "số 100,101,102/QĐ-UBND": what "1,088" is nobody knows
_SERIALS = re.compile(r"(?<!\w)(?:số|sô)\s*:?\s*(?:(?:\d{1,4},){2,9}|\d{3,4},)$", re.IGNORECASE)
_GOES_ON = re.compile(r"%|/\d")  # behind the letters: an address on the web, a form's year


class TrapFilter:
    """Judges the candidates of one text in their order: a list of forms stays a list of forms."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._form_end: int | None = None  # where the last rejected form ended

    def admits(self, start: int, end: int, symbol: str, blank: bool, year: int | None) -> bool | None:
        """None: no document number. Else whether a kind or "số" stands right before it."""
        before = self.text[max(0, start - WINDOW) : start]
        if self._continues(before) or not symbol or _GOES_ON.match(self.text, end):
            return None
        if _FORM.search(before) or self._goes_on(start):
            self._form_end = end
            return None
        if _STANDARD.search(before):
            return None
        labelled = _LABEL.search(before) is not None
        if blank or (len(symbols.groups(symbol)) == 1 and year is None):
            believed = (labelled and symbols.is_known(symbol)) or (not blank and self._alone(symbol))
        else:
            believed = labelled or symbols.is_known(symbol)
        return labelled if believed else None

    def _goes_on(self, start: int) -> bool:
        """Whether only a list mark stands between a rejected form and this place."""
        last = self._form_end
        return last is not None and start - last < 40 and _LIST.match(self.text[last:start]) is not None

    @staticmethod
    def _alone(symbol: str) -> bool:
        """A single group without a label: only the issuers that stood alone, joined by a slash (``26/CP``)."""
        bare = symbols.ascii_code(symbol)
        return bare in symbols.SINGLE

    @staticmethod
    def _continues(before: str) -> bool:
        """Whether the digits go on a longer figure, word or path: ``14,5``, ``9001:2015``, ``/2019/QĐ``."""
        if not before:
            return False
        last = before[-1]
        if last == "%" or re.search(r"%[0-9A-F]{1,2}$", before):
            return True
        if last.isalpha():
            return re.search(r"số$", before, re.IGNORECASE) is None
        if last in ".,:-_" and len(before) > 1 and before[-2].isalnum():
            listed = last == "," and _SERIALS.search(before) is not None
            return not listed and re.search(r"(?:số|[^\W\d_]{3,}):$|[^\W\d_]{2,}[.,]$", before) is None
        return before.rstrip(" ")[-1:] == "/"
