"""The fields of a query, under the names that people type: Vietnamese with or without marks and blanks, and English."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from evidence.vietnamese.text import fold, strip_marks


class Field(StrEnum):
    NUMBER = "number"
    KIND = "kind"
    ISSUER = "issuer"
    DATE = "date"
    UNIT = "unit"
    CRITERION = "criterion"
    CITES = "cites"
    SIGNER = "signer"
    SUBJECT = "subject"
    PLACE = "place"
    RECIPIENT = "recipient"
    STATUS = "status"
    DRAFT = "draft"


SHOWN = {
    Field.NUMBER: "so",
    Field.KIND: "loai",
    Field.ISSUER: "coquan",
    Field.DATE: "ngay",
    Field.UNIT: "donvi",
    Field.CRITERION: "tieuchi",
    Field.CITES: "viendan",
    Field.SIGNER: "nguoiky",
    Field.SUBJECT: "trichyeu",
    Field.PLACE: "diadanh",
    Field.RECIPIENT: "noinhan",
    Field.STATUS: "trangthai",
    Field.DRAFT: "duthao",
}
"""The name of each field as a message shows it."""

_SPOKEN = {
    "số": Field.NUMBER,
    "số hiệu": Field.NUMBER,
    "số ký hiệu": Field.NUMBER,
    "loại": Field.KIND,
    "loại văn bản": Field.KIND,
    "cơ quan": Field.ISSUER,
    "cơ quan ban hành": Field.ISSUER,
    "nơi ban hành": Field.ISSUER,
    "ngày": Field.DATE,
    "ngày ban hành": Field.DATE,
    "đơn vị": Field.UNIT,
    "tiêu chí": Field.CRITERION,
    "viện dẫn": Field.CITES,
    "căn cứ": Field.CITES,
    "người ký": Field.SIGNER,
    "trích yếu": Field.SUBJECT,
    "địa danh": Field.PLACE,
    "nơi nhận": Field.RECIPIENT,
    "kính gửi": Field.RECIPIENT,
    "trạng thái": Field.STATUS,
    "tình trạng": Field.STATUS,
    "dự thảo": Field.DRAFT,
}


def flatten(text: str) -> str:
    """Lower case without marks, character for character, so that places in it are places in the text.

    >>> flatten("Số Quyết Định")
    'so quyet dinh'
    """
    return "".join(_flat(char) for char in text)


@cache
def names() -> dict[str, Field]:
    """Each name as ``flatten`` has it, also with its blanks left out."""
    table = {field.value: field for field in Field} | {shown: field for field, shown in SHOWN.items()}
    for spoken, field in _SPOKEN.items():
        flat = flatten(spoken)
        table |= {flat: field, flat.replace(" ", ""): field}
    return table


@cache
def name_pattern() -> str:
    """A pattern for any name in flattened text, the longest first."""
    ordered = sorted(names(), key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)


def find_field(flat_name: str) -> Field | None:
    """The field of that name, flattened; None where there is none."""
    return names().get(" ".join(flat_name.split()))


@cache
def _flat(char: str) -> str:
    return (strip_marks(fold(char)) or char)[0]
