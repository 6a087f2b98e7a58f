"""The address of the work page: filter, item, document, page, reason; all of it in the query, none of it remembered."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from evidence.model.account import Account
from evidence.model.assessment import Verdict
from evidence.model.kept_finding import CHANGED, OPEN, TO_BE_DONE, FindingFilter, FindingKey

PAGE = "/tham-dinh"
ALL, END = "tat-ca", "het"
JUDGED = {"doi": CHANGED, "tra-lai": "return", "hoi": "ask"}  # choices that go by what was done
CHOICES = ("", *(verdict.value for verdict in Verdict), *JUDGED, ALL)


@dataclass(frozen=True, slots=True)
class WorkAddress:
    """``bo``: the set, empty for the one whose round was opened last; ``muc``: the item as ``unit/requirement``, or
    ``het`` for the end; ``tep``, ``trang``, ``ly``: document, page and reason shown; ``sua``: the field being
    corrected; ``vua``: the item that was decided just now."""

    bo: str = ""
    don_vi: str = ""
    linh_vuc: str = ""
    tieu_chi: str = ""
    ket_luan: str = ""
    muc: str = ""
    tep: str = ""
    trang: int = 0
    ly: int = -1
    sua: str = ""
    vua: str = ""

    def link(self, path: str = PAGE, **changes: object) -> str:
        """The address with those parts changed; another item leaves document, page, reason and field behind."""
        values = {name: getattr(self, name) for name in EMPTY}
        if changes.get("muc", self.muc) != self.muc:
            values.update(OF_ITEM)
        values.update(changes)
        query = "&".join(_write_pair(name, value) for name, value in values.items() if value != EMPTY[name])
        return f"{path}?{query}" if query else path

    def item(self, key: FindingKey | None, just_decided: FindingKey | None = None) -> str:
        """The address of that item of the same filter, the end for None."""
        done = name_item(just_decided) if just_decided else ""
        return self.link(muc=name_item(key) if key else END, vua=done)

    def chosen(self, person: Account) -> FindingFilter:
        """The findings of the filter; who is assigned fields begins with those."""
        if self.ket_luan in JUDGED:
            statuses, judged = None, frozenset({JUDGED[self.ket_luan]})
        elif self.ket_luan == ALL:
            statuses, judged = None, None
        else:
            known = self.ket_luan in list(Verdict)
            statuses, judged = (frozenset({Verdict(self.ket_luan)}) if known else OPEN), None
        own = frozenset(person.fields) or None
        return FindingFilter(
            units=frozenset({self.don_vi}) if self.don_vi else None,
            fields=frozenset({self.linh_vuc}) if self.linh_vuc else own,
            criteria=frozenset({self.tieu_chi}) if self.tieu_chi else None,
            statuses=statuses,
            judged=judged,
        )


EMPTY = {each.name: each.default for each in fields(WorkAddress)}
OF_ITEM = {name: EMPTY[name] for name in ("tep", "trang", "ly", "sua", "vua")}  # what another item leaves behind


@lru_cache(maxsize=4096)
def _write_pair(name: str, value: object) -> str:
    return urlencode({name.replace("_", "-"): value}, safe="/,")


def left_of(chosen: FindingFilter) -> FindingFilter:
    """What of that filter is still to be done."""
    return chosen if chosen.judged is not None else replace(chosen, judged=TO_BE_DONE)


def name_item(key: FindingKey) -> str:
    """As the address names it."""
    return f"{key.unit}/{key.requirement}"


def read_item(text: str, units: tuple[str, ...]) -> FindingKey | None:
    """The item that is named so, of one of those units; None for anything else.

    >>> read_item("SXD/1.2/q1", ("SXD", "SXD/A")), read_item("SXD", ("SXD",))
    (FindingKey(unit='SXD', requirement='1.2/q1'), None)
    """
    unit = max((each for each in units if text.startswith(f"{each}/")), key=len, default="")
    return FindingKey(unit, text[len(unit) + 1 :]) if unit else None


def read_address(
    bo: str = "",
    don_vi: Annotated[str, Query(alias="don-vi")] = "",
    linh_vuc: Annotated[str, Query(alias="linh-vuc")] = "",
    tieu_chi: Annotated[str, Query(alias="tieu-chi")] = "",
    ket_luan: Annotated[str, Query(alias="ket-luan")] = "",
    muc: str = "",
    tep: str = "",
    trang: int = 0,
    ly: int = -1,
    sua: str = "",
    vua: str = "",
) -> WorkAddress:
    """What the query says."""
    return WorkAddress(bo, don_vi, linh_vuc, tieu_chi, ket_luan, muc, tep, trang, ly, sua, vua)


AskedWork = Annotated[WorkAddress, Depends(read_address)]
