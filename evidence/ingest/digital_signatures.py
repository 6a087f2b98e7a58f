"""Digital signatures of a PDF or DOCX, as facts: who, when, over what, and what was added after.

Read by pyHanko in a child of its own, from the file as it was handed in; nothing is ever written to it. Every
signature is judged; one that cannot be read is said to be so, never passed over. Nothing is fetched: revocation is not
looked into. Without a time stamp the time is the signer's own word. Of a DOCX signature only the certificate is
reported: no maintained verifier exists.
"""

from __future__ import annotations

import base64
import importlib
import io
import logging
import mmap
import re
import time
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.ingest.media_types import PDF, WORD_PACKAGES
from evidence.ingest.office.kinds import part_key
from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode
from evidence.model.signature import LaterChange, Signature

if TYPE_CHECKING:  # loaded when first needed: 0.3 s
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

SIGNED = WORD_PACKAGES | {PDF}  # the types that may carry signatures
SIGN = b"/ByteRange"  # what every signature in a PDF holds, in plain bytes
PATIENCE = 5.0  # seconds after which later changes are no longer looked into
HEAD = 1024  # bytes in which a PDF's header must stand
MOST = 200  # signatures judged; the real files carry up to 8
PART = 1_000_000  # bytes read of one signature part of a DOCX
LATER = {
    "LTA_UPDATES": LaterChange.UPDATES,
    "FORM_FILLING": LaterChange.FILLED,
    "ANNOTATIONS": LaterChange.NOTES,
    "OTHER": LaterChange.OTHER,
}
CERTIFICATE = re.compile(rb"<(?:\w+:)?X509Certificate>([^<]+)<")
SIGNING_TIME = re.compile(rb"<(?:\w+:)?(?:SigningTime|Value)>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?)<")


@dataclass(frozen=True, slots=True)
class FileSignatures:
    """The signatures of a file, and what a person should know about them."""

    signatures: tuple[Signature, ...] = ()
    problems: tuple[Problem, ...] = ()


def preload() -> None:
    """Loads pyHanko in the parent, so that no child spends 0.3 s on it."""
    importlib.import_module("pyhanko.sign.validation")
    importlib.import_module("pyhanko.pdf_utils.reader")


def read_signatures(file: Path, media_type: str, roots: tuple[bytes, ...] = ()) -> FileSignatures:
    """All signatures in the order in which they stand; ``roots`` are certificates (DER) that the deployer trusts."""
    logging.disable(logging.CRITICAL)  # pyHanko reports each oddity on stderr
    try:
        signatures = tuple(_read_pdf(file, roots)) if media_type == PDF else tuple(_read_office(file))
    except Exception as error:  # pyHanko raises a dozen kinds on damaged files; the pages are read all the same
        return FileSignatures((), (_problem("signature-unread", detail=f"{type(error).__name__}: {error}"[:200]),))
    return FileSignatures(signatures, _find_problems(signatures))


def load_trusted_roots(folder: Path | None) -> tuple[bytes, ...]:
    """The certificates (PEM or DER) of the deployer's folder; none ships with the product."""
    if folder is None or not folder.is_dir():
        return ()
    pem = importlib.import_module("asn1crypto.pem")
    certificates: list[bytes] = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in (".pem", ".crt", ".cer", ".der"):
            data = file.read_bytes()
            certificates += [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    return tuple(certificates)


def _find_problems(signatures: tuple[Signature, ...]) -> tuple[Problem, ...]:
    """What breaks the proof: signed bytes that changed, or changes after the last signature that nothing explains."""
    broken = [signature for signature in signatures if signature.intact is False]
    problems = [_problem("signature-broken", signer=_name(signature)) for signature in broken]
    last = signatures[-1] if signatures else None  # what came after an earlier one is what the last one signed
    if last and last.intact and last.later is LaterChange.OTHER:
        problems.append(_problem("signature-overtaken", signer=_name(last)))
    return tuple(problems)


def _name(signature: Signature) -> str:
    return signature.signer or signature.organisation or "?"


def _problem(message: str, **params: str) -> Problem:
    return Problem(ProblemCode.SIGNATURE_BROKEN, Message(message, params))


def _read_pdf(file: Path, roots: tuple[bytes, ...]) -> Iterator[Signature]:
    reader = importlib.import_module("pyhanko.pdf_utils.reader")
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(SIGN) < 0:
            return
        start = max(0, data.find(b"%PDF-", 0, HEAD))
        # some portals hand out PDFs with bytes of their own before the header: offsets count from the header
        pdf = reader.PdfFileReader(io.BytesIO(data[start:]) if start else stream, strict=False)
        begun = time.monotonic()
        for embedded in pdf.embedded_signatures[:MOST]:
            yield _judge(embedded, roots, hurried=time.monotonic() - begun > PATIENCE)


def _judge(embedded: EmbeddedPdfSignature, roots: tuple[bytes, ...], hurried: bool) -> Signature:
    """One signature. ``hurried``: what was added after it is not looked into."""
    status = _validate(embedded, roots, hurried)
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.intact and stamp.valid)
    subject, issuer = embedded.signer_cert.subject.native, embedded.signer_cert.issuer.native
    whole = status.coverage.name == "ENTIRE_FILE"
    level = status.modification_level
    return Signature(
        form="pades" if str(embedded.sig_object.get("/SubFilter", "")).startswith("/ETSI") else "cms",
        signer=_first(subject, "common_name"),
        organisation=_first(subject, "organization_name", "organizational_unit_name"),
        issuer=_first(issuer, "common_name", "organization_name"),
        time=stamp.timestamp if stamped else status.signer_reported_dt,
        timestamped=stamped,
        digest=status.md_algorithm,
        intact=bool(status.intact and status.valid),
        covers_whole_file=whole,
        later=None
        if whole
        else LATER.get(level.name if level else "", LaterChange.UNKNOWN if hurried else LaterChange.OTHER),
        trusted=bool(status.trusted) if roots else None,
    )


def _validate(embedded: EmbeddedPdfSignature, roots: tuple[bytes, ...], hurried: bool) -> PdfSignatureStatus:
    """pyHanko's answer. A certificate that has run out since counts as good at the time of a time stamp only."""
    validation = importlib.import_module("pyhanko.sign.validation")
    certificates = importlib.import_module("asn1crypto.x509").Certificate
    context = importlib.import_module("pyhanko_certvalidator").ValidationContext
    trusted = [certificates.load(root) for root in roots]
    now = context(trust_roots=trusted, allow_fetching=False)
    status = validation.validate_pdf_signature(embedded, now, skip_diff=hurried)
    stamp = status.timestamp_validity
    if roots and not status.trusted and stamp and stamp.trusted:
        then = context(trust_roots=trusted, allow_fetching=False, moment=stamp.timestamp)
        status = validation.validate_pdf_signature(embedded, then, now, skip_diff=hurried)
    return status


def _first(names: Mapping[str, object], *wanted: str) -> str | None:
    """The first of the names of a certificate that is there, composed; several values of one name: the last."""
    for name in wanted:
        value = names.get(name)
        if isinstance(value, list):
            value = value[-1] if value else None
        if value:
            return unicodedata.normalize("NFC", " ".join(str(value).split()))
    return None


def _read_office(file: Path) -> Iterator[Signature]:
    """Who signed by certificate, and when by the signer's own word; whether it holds is not said (``None``)."""
    certificates = importlib.import_module("asn1crypto.x509").Certificate
    with zipfile.ZipFile(file) as archive:
        parts = [part for part in archive.infolist() if part_key(part.filename).startswith("_xmlsignatures/sig")]
        for part in parts[:MOST]:
            with archive.open(part) as stream:
                xml = stream.read(PART)
            encoded, time_match = CERTIFICATE.search(xml), SIGNING_TIME.search(xml)
            subject: Mapping[str, object] = {}
            issuer: Mapping[str, object] = {}
            if encoded:
                certificate = certificates.load(base64.b64decode(encoded[1]))
                subject, issuer = certificate.subject.native, certificate.issuer.native
            moment = datetime.fromisoformat(time_match[1].decode().rstrip("Z")) if time_match else None
            yield Signature(
                form="ooxml",
                signer=_first(subject, "common_name"),
                organisation=_first(subject, "organization_name", "organizational_unit_name"),
                issuer=_first(issuer, "common_name", "organization_name"),
                time=moment.replace(tzinfo=UTC) if moment else None,
            )
