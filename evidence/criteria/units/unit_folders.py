"""The folders of a dossier as a list of units: one folder a unit, named by its code, its name or both (``SXD - Sở Xây
dựng``)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.criteria.units import unit_identity as identity
from evidence.criteria.units.unit_identity import UnitListContext
from evidence.criteria.units.unit_list import UnitList, UnitRow, build_units
from evidence.messages import Message
from evidence.vietnamese.text import fold

_BOTH = re.compile(r"(?P<code>[^\s]+)\s+[-–—]\s+(?P<name>.+)")


def read_unit_folders(folders: Sequence[str], context: UnitListContext, codes: frozenset[str]) -> UnitList:
    """The units of those folders. A folder of criteria instead of units is a fault."""
    known = {fold(code) for code in codes}
    criteria = [name for name in folders if fold(re.split(r"\s+[-–—]\s+", name)[0]) in known]
    if not folders:
        return UnitList((), ((None, Message("units-no-folders")),), ())
    if len(criteria) * 2 > len(folders):
        return UnitList((), ((None, Message("units-criteria-folders", {"folder": criteria[0]})),), ())
    return build_units([_row(name, context) for name in folders], context, codes)


def _row(folder: str, context: UnitListContext) -> UnitRow:
    where = Message("units-folder", {"row": folder})
    if match := _BOTH.fullmatch(folder):
        return UnitRow(where, match["name"].strip(), match["code"])
    if context.level == "tinh" and not identity.known_agency(folder):
        named = identity.match_province(folder)
        province = named or identity.province_by_initials(folder)
        if province:
            return UnitRow(where, identity.derive_issuer(province, context), folder, guessed=named is None)
    name = identity.expand_name(folder)
    return UnitRow(where, name, folder if name != folder or " " not in folder else "")
