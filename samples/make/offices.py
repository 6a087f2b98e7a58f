"""Who writes: three offices of an invented province, and the real national documents that they cite.

Tỉnh Sơn Hà does not exist; its people are invented. Numbers, dates and titles of the national documents are real
(public law), so that a reader of the samples meets citations as they occur.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from make.paper import Cite, Paper, Signature

PROVINCE = "Sơn Hà"
PARENT = "Ủy ban nhân dân tỉnh Sơn Hà"


@dataclass(frozen=True, slots=True)
class Office:
    """``mark`` is the unit that drafts and files, as it stands after "Lưu: VT"."""

    name: str
    lines: tuple[str, ...]
    parent: str | None
    parent_lines: tuple[str, ...]
    code: str
    mark: str
    head: Signature
    deputy: Signature


SXD = Office(
    "Sở Xây dựng", ("SỞ XÂY DỰNG",), PARENT, ("UBND TỈNH SƠN HÀ",), "SXD", "VP",
    Signature("Lương Thạch Vũ", "GIÁM ĐỐC"),
    Signature("Đàm Thị Yên Chi", "PHÓ GIÁM ĐỐC", ("KT. GIÁM ĐỐC",)),
)  # fmt: skip
VP = Office(
    "Văn phòng", ("VĂN PHÒNG",), PARENT, ("ỦY BAN NHÂN DÂN", "TỈNH SƠN HÀ"), "VP", "KSTT",
    Signature("Hà Trọng Khôi", "CHÁNH VĂN PHÒNG"),
    Signature("Ngô Uyên Thư", "PHÓ CHÁNH VĂN PHÒNG", ("KT. CHÁNH VĂN PHÒNG",)),
)  # fmt: skip
UBND = Office(
    PARENT, ("ỦY BAN NHÂN DÂN", "TỈNH SƠN HÀ"), None, (), "UBND", "NC",
    Signature("Cao Đức Lĩnh", "CHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN",)),
    Signature("Phùng Kiên Trung", "PHÓ CHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")),
)  # fmt: skip


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def issue(office: Office, kind: str, symbol: str, serial: int | None, issued: str, **rest: Any) -> Paper:
    """A paper of that office; ``issued`` is an ISO date, or ``2025-01`` where the day is left blank."""
    whole = issued.count("-") == 2
    year, month = (int(part) for part in issued.split("-")[:2])
    return Paper(
        issuer=office.name, issuer_lines=office.lines, parent=office.parent, parent_lines=office.parent_lines,
        serial=serial, symbol=symbol, date=day(issued) if whole else None, month=(year, month), place=PROVINCE,
        kind=kind, **({"signature": office.head} | rest),
    )  # fmt: skip


def cite(kind: str, number: str, issued: str, relation: str = "cites", style: str = "long") -> Cite:
    return Cite(kind, number, day(issued) if issued else None, relation, style)


def programme(relation: str, style: str = "long") -> Cite:
    """The Government's overall programme of administrative reform 2021-2030."""
    return cite("Nghị quyết", "76/NQ-CP", "2021-07-15", relation, style)


def plan_of_province(relation: str, style: str = "long") -> Cite:
    return cite("Kế hoạch", "4120/KH-UBND", "2024-12-10", relation, style)


def procedures(relation: str, style: str = "long") -> Cite:
    """The decree on the control of administrative procedures."""
    return cite("Nghị định", "63/2010/NĐ-CP", "2010-06-08", relation, style)


def one_stop(relation: str, style: str = "long") -> Cite:
    return cite("Nghị định", "118/2025/NĐ-CP", "2025-06-09", relation, style)


def organisation(relation: str, style: str = "long") -> Cite:
    """The decree on the specialised agencies of provinces and communes."""
    return cite("Nghị định", "150/2025/NĐ-CP", "2025-06-12", relation, style)
