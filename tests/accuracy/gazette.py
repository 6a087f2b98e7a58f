"""The gazette's 412 texts with the number, kind and date they are registered under: many more digital documents.

``../shared/data/text-congbao.jsonl.gz``; nobody checked it by hand. The number and the kind are those of the page's
address, the date is the register's; it is not used for consolidated texts (the register gives the date of what was
consolidated) nor for the two resolutions of the Standing Committee whose printed date (seen) is another one; one text
is another document than its address says (seen). The texts come without places on the page, as text of a web page or
an office file does.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from labelled import SHARED

from evidence.extract.record import read_record
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.model.document import Document, Source
from evidence.model.record import FieldValue, Record
from evidence.vietnamese.text import strip_marks

TEXTS = SHARED / "data" / "text-congbao.jsonl.gz"
NEW_PAGE = re.compile(r"(?m)^(?=\s*(?:\d+\s*)?CÔNG BÁO/Số)")
ANOTHER = "bo-luat-lao-dong-so-45-2019-qh14-29268"  # 125/VBHN-VPQH, which consolidates it
WRONG_DATES = ("nghi-quyet-so-17-2022-ubtvqh15-36956", "nghi-quyet-so-24-2022-ubtvqh15-37692")


@dataclass(frozen=True, slots=True)
class Registered:
    """A text's short name, the body that issued it, its record, and whether each known field is right."""

    short: str
    issuer: str
    document: Document
    record: Record
    right: dict[str, bool]
    want: dict[str, str]


def read() -> Iterator[Registered]:
    with gzip.open(TEXTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["slug"] == ANOTHER:
                continue
            kind, _, number = row["slug"].partition("-so-")
            document = _document(row)
            record = read_record(document)
            want = {"number": re.sub(r"-\d+$", "", number), "kind": kind}
            if kind != "van-ban-hop-nhat" and row["date_text"] and row["slug"] not in WRONG_DATES:
                want["date"] = row["date_text"]
            right = {name: _same(name, text, getattr(record, name)) for name, text in want.items()}
            yield Registered(row["slug"][-40:], number.split("-")[-2], document, record, right, want)


def _document(row: dict[str, Any]) -> Document:
    pages = []
    for number, text in enumerate(filter(str.strip, NEW_PAGE.split(row["text"])), start=1):
        lines = LineBuilder()
        for line in text.splitlines():
            lines.add(line)
        pages.append(replace(lines.page(), number=number))
    return Document(Source("text.pdf", row["slug"], "application/pdf", len(row["text"])), tuple(pages))


def _same(name: str, want: str, found: FieldValue[Any]) -> bool:
    if found.value is None:
        return False
    if name == "kind":
        return _plain(found.value.name) in (want, "bo-luat" if want.startswith(("luat", "bo-luat")) else want)
    if name == "number":  # the address leaves out dots and marks: 66-16 or 6616 for 66.16
        return _plain(str(found.value)).replace("-", "").lstrip("0") == want.replace("-", "").lstrip("0")
    return str(found.value) == want


def _plain(text: str) -> str:
    """``45/2016/QĐ-TTg`` -> ``45-2016-qd-ttg``."""
    return re.sub(r"[^a-z0-9]+", "-", strip_marks(text).lower().replace("đ", "d")).strip("-")
