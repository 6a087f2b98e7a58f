"""What a run took in as unit and criterion, held against the criteria sets that are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from evidence.ingest.sources.walk import OfferedFile
from evidence.match.unit_documents import criterion_of
from evidence.messages import Message
from evidence.model.criteria import CriteriaSet, walk_criteria
from evidence.model.placement import PlacementCount, PlacementSummary, Submission
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.vietnamese.text import fold

NUMBERED = re.compile(r"(?:tiêu chí|tctp|tc)?[\s._-]*(?P<code>[a-zđ]?\d{1,3}(?:\.\d{1,3})*)(?![\d])")
Place = tuple[str | None, str | None]


def summarise_placements(
    store: Store, offered: Iterable[OfferedFile], hashes: Iterable[str], sets: Sequence[CriteriaSet]
) -> PlacementSummary:
    """How the files of a run are handed in, in order of unit and criterion. ``hashes``: the documents they became."""
    places = {file.path_bytes for file in offered}
    entries = SubmissionLedger(store).entries_of(dict.fromkeys(hashes))
    ours = [entry for entry in entries if entry.handed_in.path_bytes in places]
    counted = Counter((entry.holds.unit, entry.holds.criterion) for entry in ours if entry.holds is not None)
    codes = {fold(criterion.code): criterion.code for each in sets for criterion in walk_criteria(each.criteria)}
    units = {fold(name) for each in sets for unit in each.units for name in (unit.code, unit.name)}
    return PlacementSummary(
        tuple(
            PlacementCount(*place, counted[place], _find_remarks(place, codes, units))
            for place in sorted(counted, key=_sort_key)
        ),
        tuple(each.set for each in sets),
        moved=sum(entry.holds is not None and bool(entry.changes) for entry in ours),
        withdrawn=sum(entry.holds is None for entry in ours),
    )


def _sort_key(place: Place) -> tuple[str, list[tuple[int, str]]]:
    """Units by name; criteria by their numbers, 1.10 behind 1.9; what is none first."""
    parts = re.findall(r"\d+|\D+", place[1] or "")
    return place[0] or "", [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _find_remarks(place: Place, codes: Mapping[str, str], units: set[str]) -> tuple[Message, ...]:
    """What no set knows: nothing is said where no set is known, or where the sets have no units."""
    unit, criterion = place
    remarks = []
    if unit is None:
        remarks.append(Message("placed-no-unit"))
    elif units and fold(unit) not in units:
        remarks.append(Message("placed-unknown-unit"))
    if criterion is None:
        remarks.append(Message("placed-no-criterion"))
    elif codes and criterion_of(Submission("", "", unit, criterion)) not in codes:
        near = _find_near(criterion, codes)
        code = "placed-near-criterion" if near else "placed-unknown-criterion"
        remarks.append(Message(code, {"near": near} if near else {}))
    return tuple(remarks)


def _find_near(criterion: str, codes: Mapping[str, str]) -> str | None:
    """The criterion whose number the folder's name begins with: ``1.2_Báo cáo``, ``Tiêu chí 1.2``."""
    match = NUMBERED.match(fold(criterion))
    return codes.get(match["code"]) if match else None
