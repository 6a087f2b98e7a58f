"""A list of units as an office keeps it -> the units, or every fault with its row.

Headers of several rows, columns of order numbers, headings of groups between the rows, merged cells, empty rows and
sums at the end are known. What the list does not say (a code, the issuer) is derived, and it is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.criteria.units import unit_identity as identity
from evidence.criteria.units.unit_columns import ORDER, Cells, UnitHeader, find_unit_header, guess_columns, is_numbering
from evidence.criteria.units.unit_identity import UnitListContext
from evidence.messages import Message
from evidence.model.criteria import Unit
from evidence.model.document import Table
from evidence.vietnamese.text import fold

Remark = tuple[Message | None, Message]  # where, and what
END = re.compile(r"^(?:tổng(?: số| cộng)?|cộng|danh sách (?:này|trên|có)|người lập|nơi nhận|ghi chú|lưu ý)\b")
GROUP = re.compile(r"^(?:(?:[ivx]+|[a-zđ]|\d+)[.)] *)?(?:khối|nhóm|cụm|các|ủy ban nhân dân các|ubnd các)\b")
SPECIAL = frozenset({"x", "có", "co", "yes", "đặc thù", "true", "1"})
NO = frozenset({"", "-", "–", "không", "no", "0", "false"})
SPECIAL_PROFILE = "special"


@dataclass(frozen=True, slots=True)
class UnitList:
    """The units; with ``faults`` they are not to be used. ``remarks`` is what was derived."""

    units: tuple[Unit, ...]
    faults: tuple[Remark, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of a list; ``code`` and ``issuer`` may be empty. ``guessed``: the name was made of the code."""

    where: Message
    name: str
    code: str = ""
    issuer: str = ""
    profile: str | None = None
    group: str | None = None
    not_applicable: tuple[str, ...] = ()
    guessed: bool = False


def read_unit_tables(tables: Iterable[Table], context: UnitListContext, codes: frozenset[str]) -> UnitList:
    """The units of all tables. ``codes``: those of the set's criteria."""
    rows: list[UnitRow] = []
    header: UnitHeader | None = None
    for number, table in enumerate(tables, start=1):
        lines: list[Cells] = [tuple(cell and " ".join(cell.split()) for cell in row) for row in table.rows]
        own = find_unit_header(lines)
        goes_on = header is not None and lines and len(lines[0]) == header.width
        header = own or (replace(header, end=0) if header and goes_on else None) or guess_columns(lines)
        if header is not None:
            rows += _rows(lines, header, table.name or str(number))
    if not rows:
        return UnitList((), ((None, Message("units-no-list")),), ())
    return build_units(rows, context, codes)


def build_units(rows: Sequence[UnitRow], context: UnitListContext, codes: frozenset[str] = frozenset()) -> UnitList:
    """The units of those rows, with what is derived, and what does not hold between them."""
    coded, remarks = _with_codes(rows)
    faults: list[Remark] = []
    units: list[Unit] = []
    for row in coded:
        faults += _find_faults(row, codes)
        issuer = row.issuer or identity.derive_issuer(row.name, context)
        remarks += _remarks(row, issuer, context)
        units.append(Unit(row.code, row.name, issuer, row.profile, row.not_applicable, row.group))
    faults += _twice(coded, "code", "units-code-twice") + _twice(coded, "name", "units-name-twice")
    order = {id(row.where): place for place, row in enumerate(rows)}
    faults.sort(key=lambda fault: order.get(id(fault[0]), 0))
    return UnitList(tuple(units), tuple(faults), tuple(remarks))


# --- rows -----------------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[Cells], header: UnitHeader, table: str) -> Iterator[UnitRow]:
    group: str | None = None
    above: dict[str, str] = {}
    for at in range(header.end, len(lines)):
        line = lines[at]
        texts = {role: (line[place] or "") if place < len(line) else "" for role, place in header.columns.items()}
        carried = [role for role, place in header.columns.items() if place < len(line) and line[place] is None]
        said = [cell for cell in line if cell]
        if not said or is_numbering(line) or _only_order(texts, said):
            continue
        if END.search(fold(said[0])) and not texts.get("code"):
            return
        if (heading := _group_heading(said, texts)) is not None:
            group = heading
            continue
        texts |= {role: above.get(role, "") for role in carried if role in ("group", "profile", "not_applicable")}
        above = texts
        where = Message("units-row", {"table": table, "row": str(at + 1)})
        yield _row(where, texts, group)


def _row(where: Message, texts: dict[str, str], group: str | None) -> UnitRow:
    name, code = texts.get("name", ""), texts.get("code", "")
    return UnitRow(
        where=where,
        name=identity.expand_name(name or code),
        code=code or (name if identity.expand_name(name) != name else ""),
        issuer=texts.get("issuer", ""),
        profile=_profile(texts.get("profile", "")),
        group=texts.get("group") or group,
        not_applicable=tuple(part for part in re.split(r"[;,\s]+", texts.get("not_applicable", "")) if part),
    )


def _only_order(texts: dict[str, str], said: list[str]) -> bool:
    return len(said) == 1 and said[0] == texts.get("order")


def _group_heading(said: list[str], texts: dict[str, str]) -> str | None:
    """A row that only names the group of those below it: ``I | Khối sở, ban, ngành``."""
    words = [text for text in dict.fromkeys(said) if not ORDER.fullmatch(text)]
    if len(words) != 1 or texts.get("code"):
        return None
    text = words[0]
    roman = bool(re.fullmatch(r"[IVXLC]{1,6}[.)]?|[A-ZĐ][.)]?", texts.get("order", "")))
    if not GROUP.search(fold(text)) and not (roman and not identity.known_agency(text)):
        return None
    return re.sub(r"^(?:[IVXLC]+|[A-ZĐ]|\d+)[.)]\s*", "", text).rstrip(":. ")


def _profile(text: str) -> str | None:
    folded = fold(text)
    if folded in NO:
        return None
    return SPECIAL_PROFILE if folded in SPECIAL else text


# --- what is derived, what does not hold ----------------------------------------------------------------------------


def _with_codes(rows: Sequence[UnitRow]) -> tuple[list[UnitRow], list[Remark]]:
    """Each row with a code: its own, that of the registry, or initials, made longer where two are alike."""
    derived = [row.code or identity.derive_code(row.name) for row in rows]
    counts = Counter(fold(code) for code in derived)
    coded: list[UnitRow] = []
    remarks: list[Remark] = []
    for row, code in zip(rows, derived, strict=True):
        if not row.code:
            code = identity.longer_code(row.name) if counts[fold(code)] > 1 else code
            remarks.append((row.where, Message("units-code-derived", {"code": code, "name": row.name})))
        coded.append(replace(row, code=code))
    return coded, remarks


def _find_faults(row: UnitRow, codes: frozenset[str]) -> Iterator[Remark]:
    if "/" in row.code or "\\" in row.code:
        yield row.where, Message("units-code-slash", {"code": row.code})
    if not re.search(r"[^\W\d_]", row.name):
        yield row.where, Message("units-no-name", {"value": row.name})
    for code in row.not_applicable:
        if codes and fold(code) not in {fold(known) for known in codes}:
            yield row.where, Message("units-unknown-criterion", {"code": code, "unit": row.code})


def _remarks(row: UnitRow, issuer: str, context: UnitListContext) -> Iterator[Remark]:
    if row.guessed:
        yield row.where, Message("units-name-guessed", {"code": row.code, "name": row.name})
    if not identity.known_agency(row.name):
        yield row.where, Message("units-unknown-agency", {"name": row.name, "issuer": issuer})
    elif (after := identity.ended_agency(issuer, context)) is not None:
        code = "units-ended-alone" if fold(after) == fold(issuer) else "units-ended"
        yield row.where, Message(code, {"name": row.name, "year": str(context.year), "after": after})


def _twice(rows: Sequence[UnitRow], field: str, code: str) -> list[Remark]:
    """A code or a name that two rows bear; which row had it first is said."""
    first: dict[str, UnitRow] = {}
    faults: list[Remark] = []
    for row in rows:
        value = row.code if field == "code" else row.name
        known = first.setdefault(fold(value), row)
        if known is not row:
            faults.append((row.where, Message(code, {"value": value, "first": known.where.params["row"]})))
    return faults
