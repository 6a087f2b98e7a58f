"""What a cell shows of its value in a number format (ECMA-376, 18.8.31), as a spreadsheet in Vietnam does.

Two things are not written as the sheet has them, since they would be read as something else: a day whose month stands
first (``m/d/yyyy``) comes as ISO, and years have four digits. Thousands are parted by dots (``1.500.000``,
``1.234,50``), which depends on the computer and not on the file; a table that is read for its numbers asks for them
``plain``: without parting, with a decimal point.
"""

from __future__ import annotations

import datetime
import decimal
import re
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.ingest.workbook.format_parts import FormatSection, Part, parse_format

DAYS = datetime.datetime(1899, 12, 30)  # day 0; days before March 1900 are one off: the sheet knows a 29 February 1900
DAYS_1904 = datetime.datetime(1904, 1, 1)
LEAP = 60
LAST_DAY = 2_958_465  # 31 December 9999
WEEK = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
MOST_DECIMALS = 30
CONTEXT = decimal.Context(prec=60)
LARGEST = 1e15  # numbers of more digits are shown with an exponent
ISO = ((Part.DATE, "yyyy"), (Part.TEXT, "-"), (Part.DATE, "mm"), (Part.TEXT, "-"), (Part.DATE, "dd"))
# formats that workbooks name by their number alone; those of days and times as in Vietnam
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "dd-mm-yyyy", 16: "dd-mm", 17: "mm-yyyy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)", 41: '#,##0_);(#,##0);"-"_);@_)', 42: '#,##0_);(#,##0);"-"_);@_)',
    43: '#,##0.00_);(#,##0.00);"-"??_);@_)', 44: '#,##0.00_);(#,##0.00);"-"??_);@_)', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", **dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows, and the same for who reads it as a number."""

    text: str
    plain: str


def format_value(value: float, code: str, since_1904: bool = False) -> Shown:
    """A number as a cell of that format shows it.

    >>> format_value(615, '0"/QĐ-UBND"').text, format_value(27, "0000").text, format_value(43525, "mm/yyyy").text
    ('615/QĐ-UBND', '0027', '03/2019')
    >>> format_value(1234.5, "#,##0.00"), format_value(-3, "0;(0)").text, format_value(0.955, "0.0%").text
    (Shown(text='1.234,50', plain='1234.50'), '(3)', '95.5%')
    """
    if code == "General":
        return _same(show_general(value))
    section, magnitude = _choose(value, parse_format(code))
    if section is None:
        return _same(show_general(value))
    if section.is_date:
        shown = _format_moment(value, section, since_1904)
        return _same(shown if shown is not None else show_general(value))
    if any(part in (Part.GENERAL, Part.TYPED) for part, _ in section.parts):
        number = show_general(magnitude)
        texts = (number if part in (Part.GENERAL, Part.TYPED) else sign for part, sign in section.parts)
        return _same(_joined(texts))
    return _format_number(magnitude, section)


def format_text(text: str, code: str) -> str:
    """A text as a cell of that format shows it.

    >>> format_text("615", '@"/QĐ-UBND"'), format_text("a", "0.00"), format_text("a", ";;;")
    ('615/QĐ-UBND', 'a', '')
    """
    sections = parse_format(code)
    section = sections[3] if len(sections) == 4 else sections[-1] if sections[-1].is_typed else None
    if section is None:
        return text
    return "".join(text if part is Part.TYPED else sign for part, sign in section.parts if _is_shown(part))


def show_general(value: float) -> str:
    """As a cell without a format; ten significant digits drop the dust that binary sums leave.

    >>> show_general(1.1), show_general(0.1 + 0.2), show_general(15.0), show_general(43539001234.0)
    ('1.1', '0.3', '15', '43539001234')
    """
    if value == int(value) and abs(value) < LARGEST:
        return str(int(value))
    return f"{value:.10g}"


def _is_shown(part: Part) -> bool:
    return part in (Part.TEXT, Part.TYPED, Part.SIGN)


def _same(text: str) -> Shown:
    return Shown(text, text)


def _joined(texts: Iterable[str]) -> str:
    return "".join(texts).strip()


def _choose(value: float, sections: tuple[FormatSection, ...]) -> tuple[FormatSection | None, float]:
    """The section that speaks of the number, and the number as it shows it: a section for what is below nought writes
    its sign itself."""
    if any(section.condition for section in sections):
        for at, section in enumerate(sections[:3]):
            if section.applies(value):
                return section, abs(value) if at and value < 0 else value
        return None, value
    count = len([section for section in sections[:3] if not (section.is_typed and len(sections) > 1)])
    if count >= 2 and value < 0:
        return sections[1], -value
    if count >= 3 and value == 0:
        return sections[2], value
    return sections[0], value


def _format_number(value: float, section: FormatSection) -> Shown:
    """Digits where the format has places for them, texts around; a minus in front."""
    parts = section.parts
    places = [at for at, (part, _) in enumerate(parts) if part is Part.DIGIT]
    if places and abs(value) >= LARGEST:
        return _same(show_general(value))
    if not places:
        return _same(_joined(sign for part, sign in parts if part is Part.TEXT or sign == "%"))
    if any(part is Part.SIGN and sign == "/" for part, sign in parts[places[0] : places[-1]]):
        return _same(show_general(value))  # a fraction: its value is surer than the nearest quarter
    percents = sum(sign == "%" for part, sign in parts if part is Part.SIGN)
    scale = _trailing_commas(parts, places[-1])
    value = value * 100**percents / 1000**scale
    if any(part is Part.EXPONENT for part, _ in parts):
        decimals = _decimals(parts, places, stop=Part.EXPONENT)
        return _same(_around(parts, places, f"{value:.{decimals}E}"))
    decimals, optional = _decimals(parts, places), _optional_decimals(parts, places)
    digits = _rounded(abs(value), min(decimals, MOST_DECIMALS))
    whole, _, fraction = digits.partition(".")
    fraction = fraction[: len(fraction) - optional] + fraction[len(fraction) - optional :].rstrip("0")
    minus = "-" if value < 0 and (whole + fraction).strip("0") else ""
    width = _least_width(parts, places)
    has_thousands = any(sign == "," for part, sign in parts[places[0] : places[-1]] if part is Part.SIGN)
    plain = whole.zfill(width) if width else whole.lstrip("0")
    if not has_thousands and _is_interrupted(parts, places) and not fraction:
        return _same(minus + _interrupted(parts, places, whole))
    shown = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", plain) if has_thousands else plain
    point = "," if has_thousands else "."
    exact = plain + ("." + fraction if fraction else "")
    if float(digits) != float(f"{abs(value):.10g}") and not _has_words(parts):
        exact = show_general(abs(value))  # who reads a number wants all of it, however few places are shown
    return Shown(
        minus + _around(parts, places, shown + (point + fraction if fraction else "")),
        ("-" if value < 0 else "") + _around(parts, places, exact),
    )


def _rounded(value: float, decimals: int) -> str:
    """With that many decimals, halves up, as spreadsheets round; of the 15 digits that they keep."""
    exact = decimal.Decimal(f"{value:.15g}")
    return f"{exact.quantize(decimal.Decimal(1).scaleb(-decimals), decimal.ROUND_HALF_UP, CONTEXT):f}"


def _has_words(parts: tuple[tuple[Part, str], ...]) -> bool:
    """Whether the format writes letters around the number, which make a name of it and no amount."""
    return any(part is Part.TEXT and any(map(str.isalnum, sign)) for part, sign in parts)


def _around(parts: tuple[tuple[Part, str], ...], places: list[int], number: str) -> str:
    """The number between the texts that stand before and behind its digits."""
    before = (sign for part, sign in parts[: places[0]] if part is Part.TEXT)
    behind = (sign for part, sign in parts[places[-1] :] if part is Part.TEXT or sign == "%")
    return _joined((*before, number, *behind))


def _is_interrupted(parts: tuple[tuple[Part, str], ...], places: list[int]) -> bool:
    """Whether texts stand between the digits: ``00"."00"."00``."""
    return any(part is Part.TEXT and sign for part, sign in parts[places[0] : places[-1]])


def _interrupted(parts: tuple[tuple[Part, str], ...], places: list[int], whole: str) -> str:
    """Digits put into their places from the right; what is left over stands in the first."""
    width = len(places)
    digits = list(whole.zfill(width))
    slots = [*(["".join(digits[: len(digits) - width + 1])]), *digits[len(digits) - width + 1 :]]
    signs = iter(slots)
    return _joined(
        next(signs) if part is Part.DIGIT else sign for part, sign in parts if part in (Part.DIGIT, Part.TEXT)
    )


def _point(parts: tuple[tuple[Part, str], ...]) -> int:
    """Where the decimal point stands; behind the last sign where there is none."""
    return next((at for at, (part, sign) in enumerate(parts) if part is Part.SIGN and sign == "."), len(parts))


def _decimals(parts: tuple[tuple[Part, str], ...], places: list[int], stop: Part | None = None) -> int:
    point = _point(parts)
    end = next((at for at, (part, _) in enumerate(parts) if part is stop), len(parts))
    return sum(point < at < end for at in places)


def _optional_decimals(parts: tuple[tuple[Part, str], ...], places: list[int]) -> int:
    """How many of the decimals are shown only where they are not nought (``#``)."""
    behind = [parts[at][1] for at in places if at > _point(parts)]
    return len(behind) - len("".join(behind).rstrip("#?"))


def _least_width(parts: tuple[tuple[Part, str], ...], places: list[int]) -> int:
    """How many digits are shown before the point at least: from the first ``0`` on."""
    before = "".join(parts[at][1] for at in places if at < _point(parts))
    return len(before.lstrip("#?"))


def _trailing_commas(parts: tuple[tuple[Part, str], ...], last: int) -> int:
    """Commas behind the last digit: each divides by a thousand."""
    count = 0
    while last + 1 + count < len(parts) and parts[last + 1 + count] == (Part.SIGN, ","):
        count += 1
    return count


def _format_moment(value: float, section: FormatSection, since_1904: bool) -> str | None:
    """A day or time; ``None`` where the number is none."""
    if not 0 <= value <= LAST_DAY:
        return None
    first = DAYS_1904 if since_1904 else DAYS
    shift = 0 if since_1904 or value >= LEAP else 1
    moment = first + datetime.timedelta(days=shift, milliseconds=round(value * 86_400_000))
    parts = _unmistakable(section.parts)
    has_clock = any(part is Part.CLOCK for part, _ in parts)
    texts: list[str] = []
    for at, (part, sign) in enumerate(parts):
        if part is Part.DATE:
            minutes = sign[0] == "m" and len(sign) < 3 and _is_minutes(parts, at)
            texts.append(_minutes(moment, sign) if minutes else _show(moment, sign, has_clock))
        elif part is Part.ELAPSED:
            texts.append(str(int(value * {"h": 24, "m": 1440, "s": 86_400}[sign[0]] + 1e-6)))
        elif part is Part.CLOCK:
            texts.append("SA" if moment.hour < 12 else "CH")
        elif part in (Part.TEXT, Part.SIGN):
            texts.append(sign if sign != "@" else "")
    return _joined(texts)


def _unmistakable(parts: tuple[tuple[Part, str], ...]) -> tuple[tuple[Part, str], ...]:
    """The format, or ISO where the month stands before the day and the year behind: 3/5/2019 is read as 3 May."""
    order = [
        sign[0] for at, (part, sign) in enumerate(parts)
        if part is Part.DATE and sign[0] in "dmy" and not (sign[0] == "m" and _is_minutes(parts, at))
        and not (sign[0] == "d" and len(sign) > 2)
    ]  # fmt: skip
    if order[:3] == ["m", "d", "y"] or order == ["m", "d"]:
        days = [at for at, (part, sign) in enumerate(parts) if part is Part.DATE and sign[0] in "dmy"
                and not (sign[0] == "m" and _is_minutes(parts, at))]  # fmt: skip
        return (*parts[: days[0]], *ISO, *parts[days[-1] + 1 :])
    return parts


def _is_minutes(parts: tuple[tuple[Part, str], ...], at: int) -> bool:
    """Whether an ``m`` stands behind hours or before seconds."""
    times = [(part, sign[0]) for part, sign in parts[:at] if part in (Part.DATE, Part.ELAPSED)]
    after = [sign[0] for part, sign in parts[at + 1 :] if part in (Part.DATE, Part.ELAPSED)]
    return bool(times and times[-1][1] == "h") or bool(after and after[0] == "s")


def _minutes(moment: datetime.datetime, sign: str) -> str:
    return f"{moment.minute:0{len(sign)}d}"


def _show(moment: datetime.datetime, sign: str, has_clock: bool) -> str:
    letter, count = sign[0], len(sign)
    if letter in "ye":
        return f"{moment.year:04d}"
    if letter == "m":
        return str(moment.month) if count == 1 else f"tháng {moment.month}" if count == 4 else f"{moment.month:02d}"
    if letter == "d":
        return str(moment.day) if count == 1 else f"{moment.day:02d}" if count == 2 else WEEK[moment.weekday()]
    if letter == "h":
        hour = (moment.hour - 1) % 12 + 1 if has_clock else moment.hour
        return f"{hour:0{min(count, 2)}d}"
    return f"{moment.second:0{min(count, 2)}d}" if letter == "s" else ""
