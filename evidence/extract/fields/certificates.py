"""What the certificates of digital signatures say of who signed (NĐ 30/2020, Điều 13; NĐ 68/2024).

Of 20 labelled documents that a person signed digitally, the last personal certificate bore the signer's name in all 20;
before it stood, twice, that of who drafted or checked it. Certificates of agencies and portals name no person. A
certificate corroborates: it makes a doubtful name sure where both say the same, and stands in where the page shows the
signature as a picture only. A name that was read is never replaced.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.record import FieldValue, Signer
from evidence.values import agency as agencies
from evidence.values import person
from evidence.values.date import PartialDate
from evidence.vietnamese.text import fold, strip_marks

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
AGREED = 0.95  # the page and a certificate say the same, mark for mark
ALONE = 0.85  # only the certificate does
AGENCY = re.compile(
    r"\W*(?:uy ban|ubnd|hdnd|hoi\b|hiep hoi|so\b|bo\b|cuc\b|chi cuc|tong|van phong|ban\b|phong\b|trung tam|truong\b"
    r"|cong|vien\b|doan\b|dang uy|toa an|thanh tra|lien\b|mat tran|ngan hang|kho bac|bao hiem|benh vien|hoc vien)"
)


def read_personal_names(document: Document) -> tuple[str, ...]:
    """The persons whose certificates signed the file, in the order in which they signed; none of agencies."""
    names: list[str] = []
    for signature in document.signatures:
        name = _person(signature.signer or "")
        if name and name not in names[-1:]:
            names.append(name)
    return tuple(names)


def _person(subject: str) -> str | None:
    """
    >>> [_person(name) for name in ("VƯƠNG QUỐC TUẤN", "Sở Nội vụ", "VĂN PHÒNG CHÍNH PHỦ", "Bộ Nội vụ", "C07")]
    ['Vương Quốc Tuấn', None, None, None, None]
    """
    if AGENCY.match(strip_marks(subject).lower()) or agencies.agency_level(agencies.parse(subject)) is not None:
        return None
    name = person.parse(subject.title() if subject.isupper() else subject)
    return name if name and person.has_family_name(name) else None


def read_signing_days(document: Document) -> frozenset[PartialDate]:
    """The days on which the file was signed, in Vietnam: a clerk signs on the day that is written, a portal later."""
    times = (signature.time for signature in document.signatures if signature.time)
    local = (time.astimezone(VIETNAM) if time.tzinfo else time for time in times)
    return frozenset(PartialDate(time.year, time.month, time.day) for time in local)


def confirm_signer(
    signer: FieldValue[Signer], office: tuple[str | None, str | None], document: Document
) -> FieldValue[Signer]:
    """The signer, surer where a certificate names the same person. ``office``: title and authority over the name."""
    named = read_personal_names(document)
    if not named or signer.sure:
        return signer
    if signer.value is None:
        if office == (None, None):
            return signer  # no place on the page that it could belong to
        return FieldValue(Signer(named[-1], *office), None, None, ALONE, Message("signer-certificate"))
    if fold(signer.value.name) in map(fold, named):
        return replace(signer, confidence=max(AGREED, signer.confidence), note=Message("witness-certificate"))
    return signer
