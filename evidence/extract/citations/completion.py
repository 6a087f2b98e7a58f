"""What a citation leaves to the reader of the whole document: its date, and which "UBND tỉnh" is meant.

Decree 30/2020/NĐ-CP asks for date and issuer at the first mention only; and a provincial document says "UBND tỉnh" for
its own. What is concluded here is noted, and worth less than what is printed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.messages import Message
from evidence.model.record import Citation, Record
from evidence.values import agency as agencies
from evidence.values import registry
from evidence.values.agency import Agency
from evidence.values.date import PartialDate
from evidence.vietnamese.text import fold

CONCLUDED = 0.9  # of a date or issuer that stands elsewhere
OWN_PROVINCE = re.compile(r"(?:^|.* )(?:tỉnh|tỉnh ủy|tỉnh đoàn)$")
OWN_CITY = re.compile(r"(?:^|.* )(?:thành phố|thành ủy|thành đoàn)$")
OWN_UNIT = re.compile(r"(?:^|.* )(?P<unit>huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$")
UNIT = r"(?:^|.* ){unit} (?P<name>[^,]+)$"
NATIONAL = ("bo", "trung-uong")


def complete_citations(record: Record) -> Record:
    """The record with its citations' dates and issuers concluded, as far as the document tells them."""
    cited = complete_issuers(complete_dates(record.citations), record)
    parent = complete_issuers((record.annex_of,), record)[0] if record.annex_of else None
    return replace(record, citations=cited, annex_of=parent)


def complete_dates(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The same citations; one without a date takes the date of its repeats where all of these agree."""
    dates_of: dict[str, dict[PartialDate, int]] = {}
    for citation in citations:
        if citation.number and citation.date and citation.date.whole and citation.note is None:
            dates_of.setdefault(citation.number.key, {}).setdefault(citation.date, citation.span.page)
    return tuple(_dated(citation, dates_of) for citation in citations)


def _dated(citation: Citation, dates_of: dict[str, dict[PartialDate, int]]) -> Citation:
    dates = dates_of.get(citation.number.key, {}) if citation.number and citation.date is None else {}
    if len(dates) != 1:
        return citation
    ((date, page),) = dates.items()
    note = citation.note or Message("citation-date-elsewhere", {"page": str(page)})
    return replace(citation, date=date, confidence=min(citation.confidence, CONCLUDED), note=note)


def complete_issuers(citations: tuple[Citation, ...], record: Record) -> tuple[Citation, ...]:
    """The same citations with the agencies that their issuers mean; a relative one that stays open has none."""
    province = _province(record)
    issuers = {citation.issuer for citation in citations if citation.issuer}
    agency_of = {issuer: _agency_meant(issuer, record, province) for issuer in issuers}
    own = record.date.value.to_date() if record.date.value else None
    merged = province is not None and registry.formed_by_merger(province) and (own is None or own >= registry.MERGER)
    return tuple(
        replace(citation, issuer_agency=_on_its_day(agency_of[citation.issuer], citation, merged))
        if citation.issuer
        else citation
        for citation in citations
    )


def _agency_meant(issuer: str, record: Record, province: str | None) -> Agency | None:
    named = agencies.parse(issuer)
    folded = fold(named.name)
    city = province is not None and agencies.agency_level(agencies.parse(f"UBND thành phố {province}")) == "tinh"
    if OWN_PROVINCE.match(folded):
        return agencies.parse(f"{named.name} {province}") if province and not city else None
    if OWN_CITY.match(folded):
        return agencies.parse(f"{named.name} {province}") if province and city else None
    unit = OWN_UNIT.match(folded)
    if unit is not None:
        place = _own_unit(record, unit["unit"])
        return agencies.parse(f"{named.name} {place}") if place else None
    return named if folded not in ("ủy ban nhân dân", "hội đồng nhân dân") else None


def _province(record: Record) -> str | None:
    """The province of the citing document: from its issuer, its superior, or the place of a body of a province."""
    for agency in (record.parent.value, record.issuer.value):
        if agency is not None and (province := registry.province_in(agencies.parse(agency.name).name)):
            return province
    issuer = record.issuer.value
    if issuer is None or record.place.value is None or agencies.agency_level(issuer) in NATIONAL:
        return None
    return registry.province_in(f"tỉnh {record.place.value}") or registry.province_in(f"thành phố {record.place.value}")


def _own_unit(record: Record, unit: str) -> str | None:
    for agency in (record.issuer.value, record.parent.value):
        match = re.search(UNIT.format(unit=unit), agency.name, re.IGNORECASE) if agency else None
        if match:
            return match["name"]
    return None


def _on_its_day(agency: Agency | None, citation: Citation, merged: bool) -> Agency | None:
    """A concluded issuer, unless the paper is older than the citing document's province.

    "UBND tỉnh" of a paper of 2024 may in Lâm Đồng of 2026 mean any of the three provinces that it was made of.
    """
    if agency is None or citation.issuer is None or not merged:
        return agency
    if agency.name == agencies.parse(citation.issuer).name:
        return agency  # it was named, not concluded
    day = citation.date.to_date() if citation.date else None
    return agency if day is not None and day >= registry.MERGER else None
