"""An archive's corrections as labelled cases: what an appraiser gave, against what the machine reads.

Every field that an appraiser corrected is a case, and so is one that was confirmed (corrected to what the machine had
read: ``evidence correct REF number 615/QĐ-UBND``). The document is read from the archive's stored pages, without OCR,
by this version of the grammar; the archive's own record, which an older one may have made, is what gains and losses
are counted against. Nothing is written.

>>> same("number", "0615/QĐ-UBND", "615/QĐ-UBND"), same("issuer", "UBND tỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn")
(True, True)
>>> same("subject", "Về việc công bố Chỉ số", "công bố chỉ số."), same("signer", "Lê Văn A; CHỦ TỊCH", "Lê Văn A")
(True, True)
>>> same("date", "2019-03-15", "2019-03-05")
False
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

from evidence.extract.record import read_record
from evidence.model.document import Document, Origin
from evidence.model.record import FieldValue, Record
from evidence.store.corrections import PART, find_latest, find_part, format_value
from evidence.store.store import Store
from evidence.values import agency, number
from evidence.vietnamese.text import fold

FIELDS = ("number", "date", "issuer", "kind", "subject", "signer")
ALIKE = 98.0  # of 100: subjects this alike differ in a mark or a comma
ABOUT = re.compile(r"^(v/v|về việc|vv)\s*:?\s*")
Verdicts = dict[str, dict[str, str]]


def verdicts(home: Path) -> tuple[Verdicts, Verdicts]:
    """Per document (first 12 of its hash) and field: what the archive's record was, and what is read now."""
    before: Verdicts = {}
    now: Verdicts = {}
    with Store.open(home) as store:
        for sha256, page, wants in _wanted(store):
            document, machine = store.document(sha256), store.machine_record(sha256)
            if document is None or machine is None:
                continue
            group = _group(document)
            short = sha256[:12] + (f" p.{page}" if page else "")
            before[short] = {"group": group, **_judged(wants, find_part(machine, page))}
            again = find_part(read_record(document), page)
            now[short] = {"group": group, **_judged(wants, again)}
            _tell(short, group, wants, again)
    return before, now


def same(field: str, want: str, got: str) -> bool:
    """Whether no reader would call the two different."""
    if field == "number":
        one, two = number.parse(want), number.parse(got)
        return one is not None and two is not None and one.key == two.key
    if field == "date":
        return want == got
    if field == "issuer":
        return fold(agency.parse(want).name) == fold(agency.parse(got).name)
    if field == "subject":
        return fuzz.ratio(_subject(want), _subject(got)) >= ALIKE
    if field == "signer":
        want, got = want.partition(PART)[0], got.partition(PART)[0]
    return fold(want.strip()) == fold(got.strip())


def _subject(text: str) -> str:
    return ABOUT.sub("", " ".join(text.casefold().split())).strip(" .;:/-")


def _wanted(store: Store) -> Iterator[tuple[str, int | None, dict[str, str]]]:
    """Every corrected document, with the page that it was named by in a file of several, and the values that hold."""
    for sha256 in store.hashes():
        said = store.corrections(sha256)
        for page in dict.fromkeys(one.page for one in said):
            held = find_latest(one for one in said if one.page == page)
            wants = {field: str(one.value) for field, one in held.items() if field in FIELDS and one.value is not None}
            if wants:
                yield sha256, page, wants


def _judged(wants: dict[str, str], record: Record) -> dict[str, str]:
    return {field: _verdict(field, want, getattr(record, field)) for field, want in wants.items()}


def _verdict(field: str, want: str, found: FieldValue[object]) -> str:
    got = format_value(field, found)
    if got is None:
        return "absent"
    if same(field, want, got):
        return "right"
    return "wrong-sure" if found.sure else "wrong-doubtful"


def _group(document: Document) -> str:
    """``scanned`` where the first page had to be recognised."""
    return "scanned" if document.pages and document.pages[0].origin is Origin.OCR else "digital"


def _tell(short: str, group: str, wants: dict[str, str], record: Record) -> None:
    for field, verdict in _judged(wants, record).items():
        if verdict != "right":
            found = getattr(record, field)
            got = format_value(field, found)
            print(
                f"  {verdict:14} {group:11} {field:8} {short}  want {wants[field]!r} got {got!r} ({found.confidence})"
            )
