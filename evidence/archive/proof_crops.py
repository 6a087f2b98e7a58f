"""Crops for a report: which spots prove its findings, cut from the stored originals.

What is not in order comes first, since that is what people look at; at most ``MOST_CROPS``, so that a report of
twenty units stays a file that opens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evidence.config import Settings
from evidence.ingest.crops import CropRequest, CropSource, render_crops
from evidence.model.appraisal import ProofSpot
from evidence.model.assessment import Assessment, Finding, Verdict
from evidence.model.record import Record
from evidence.store.store import Store

MOST_CROPS = 3_000  # about 6 kB each: 18 MB, a third more as text in the page
SETTLED = (Verdict.MET, Verdict.NOT_APPLICABLE)


class ProofCrops(NamedTuple):
    """The crops by their place, and how many places were left out."""

    crops: dict[ProofSpot, bytes]
    left_out: int


def crop_proofs(store: Store, settings: Settings, assessment: Assessment) -> ProofCrops:
    """The crops that prove the findings, from the originals that are here."""
    places = list(dict.fromkeys(_places(assessment)))
    chosen, rest = places[:MOST_CROPS], len(places) - MOST_CROPS
    wanted: dict[str, dict[CropRequest, ProofSpot]] = {}
    for place in sorted(chosen, key=lambda spot: (spot.sha256, spot.page, spot.box)):
        cut = _cut(place, assessment.records[place.sha256])
        if cut is not None:
            wanted.setdefault(place.sha256, {})[cut] = place
    originals = [
        CropSource(sha, store.originals.bring(sha), assessment.records[sha].source.media_type, tuple(cuts))
        for sha, cuts in wanted.items()
    ]
    images = {wanted[sha][cut]: image for sha, cut, image in render_crops(originals, settings.jobs, settings.limits)}
    return ProofCrops(images, max(0, rest))


def _places(assessment: Assessment) -> Iterator[ProofSpot]:
    """What is not in order first, whole; then of each finding in order its first proof."""
    for finding in assessment.findings:
        if finding.status not in SETTLED:
            yield from _proofs(finding, assessment)
    for finding in assessment.findings:
        if finding.status in SETTLED:
            yield from list(_proofs(finding, assessment))[:2]


def _proofs(finding: Finding, assessment: Assessment) -> Iterator[ProofSpot]:
    for reason in finding.reasons:
        if reason.document in assessment.records and reason.page and reason.box:
            yield ProofSpot(str(reason.document), reason.page, reason.box)


def _cut(place: ProofSpot, record: Record) -> CropRequest | None:
    page = next((page for page in record.pages if page.number == place.page), None)
    if page is None or not page.width:
        return None
    return CropRequest(place.page, place.box, page.width, page.height, page.rotation)
