"""The styles of a workbook as far as text goes: number format and font of each, nothing of fills and borders."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name
from evidence.ingest.workbook.number_format import BUILT_IN

GENERAL = "General"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The format code of a cell, and the name of its font."""

    format_code: str = GENERAL
    font: str = ""


def read_styles(root: Element | None) -> list[CellStyle]:
    """The styles by the numbers that cells name; of a part that is missing or damaged none."""
    codes = dict(BUILT_IN)
    fonts: list[str] = []
    for group in () if root is None else root:
        if local_name(group) == "numFmts":
            codes.update(
                (_digits(local_attribute(item, "numFmtId")), local_attribute(item, "formatCode"))
                for item in group if local_name(item) == "numFmt"
            )  # fmt: skip
        elif local_name(group) == "fonts":
            fonts = [_font_name(font) for font in group if local_name(font) == "font"]
    styles = [item for group in (() if root is None else root) if local_name(group) == "cellXfs" for item in group]
    return [_style(item, codes, fonts) for item in styles if local_name(item) == "xf"]


def _style(item: Element, codes: dict[int, str], fonts: list[str]) -> CellStyle:
    font = _digits(local_attribute(item, "fontId"))
    code = codes.get(_digits(local_attribute(item, "numFmtId")), GENERAL)
    return CellStyle(code, fonts[font] if font < len(fonts) else "")


def _font_name(font: Element) -> str:
    return next((local_attribute(child, "val") for child in font if local_name(child) in ("name", "rFont")), "")


def _digits(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
