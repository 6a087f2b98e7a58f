"""An appraiser's value beside the machine's: what may be corrected, how it is written, what then holds.

A correction is kept as text, in the form in which people write the value, and read by the grammar of its field each
time: it outlives any change of the program's own nouns. The machine's record is never touched; ``apply_corrections``
lays them over it. A corrected value is sure, and its note says who gave it and what the machine had read.

>>> normalise_value("number", "số 615/qđ-ubnd"), normalise_value("date", "15/3/2019"), normalise_value("kind", "QĐ")
('615/QĐ-UBND', '2019-03-15', 'Quyết định')
>>> normalise_value("date", "31/2/2019") is None
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from evidence.messages import Message
from evidence.model.problem import ProblemCode
from evidence.model.record import FieldValue, Record, Signer
from evidence.store.facts import Correction
from evidence.values import agency, date, kind, number
from evidence.vietnamese.text import nfc

LONGEST = 2000  # characters; the longest real subject has 620
PART = ";"  # between name, title and authority of a signer, and between recipients


def _line(text: str) -> str | None:
    return text or None


def _kind(text: str) -> kind.Kind | None:
    return kind.by_name(text) or kind.by_code(text)


def _signer(text: str) -> Signer | None:
    name, *rest = (part.strip() or None for part in text.split(PART))
    return Signer(name, *rest) if name and len(rest) <= 2 else None


def _recipients(text: str) -> tuple[str, ...] | None:
    return tuple(part for piece in text.split(PART) if (part := piece.strip())) or None


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How a field is read and printed; ``settles``: the problems that are none any more once a person gave it."""

    parse: Callable[[str], object | None]
    show: Callable[..., str] = str
    settles: tuple[ProblemCode, ...] = ()


GRAMMARS = {
    "number": _Grammar(number.parse, settles=(ProblemCode.BLANK_NUMBER, ProblemCode.DRAFT, ProblemCode.CONFLICT)),
    "date": _Grammar(
        date.parse,
        settles=(ProblemCode.BLANK_DATE, ProblemCode.IMPOSSIBLE_DATE, ProblemCode.DRAFT, ProblemCode.CONFLICT),
    ),
    "place": _Grammar(_line),
    "issuer": _Grammar(lambda text: agency.parse(text) if text else None, lambda value: value.name),
    "parent": _Grammar(lambda text: agency.parse(text) if text else None, lambda value: value.name),
    "kind": _Grammar(_kind, lambda value: value.name),
    "subject": _Grammar(_line),
    "signer": _Grammar(
        _signer,
        lambda value: f"{PART} ".join(part or "" for part in (value.name, value.title, value.authority)).rstrip(
            f"{PART} "
        ),
        (ProblemCode.NO_SIGNATURE,),
    ),
    "recipients": _Grammar(_recipients, f"{PART} ".join),
}
FIELDS = tuple(GRAMMARS)


def normalise_value(field: str, text: str) -> str | None:
    """The value as it is kept; None where the text is none of that field."""
    value = _parse(field, text)
    return None if value is None else GRAMMARS[field].show(value)


def apply_corrections(record: Record, corrections: Iterable[Correction]) -> Record:
    """The record with the corrections that hold, each document of the file with its own. One that this version cannot
    read (``verify`` names it) is left."""
    every = tuple(corrections)
    if not every:
        return record
    documents = enumerate((record, *record.parts))
    corrected = [_correct(document, select_corrections(record, every, place)) for place, document in documents]
    return replace(corrected[0], parts=tuple(corrected[1:]))


def find_place(record: Record, page: int | None) -> int | None:
    """Which document of the file stands on that page: 0 the first, then those of ``parts``; None where none does."""
    if page is None:
        return 0
    for place, document in enumerate((record, *record.parts)):
        numbers = [summary.number for summary in document.pages]
        first = document.first_page or min(numbers, default=1)
        last = document.last_page or max(numbers, default=1)
        if first <= page <= last:
            return place
    return None


def find_part(record: Record, page: int | None) -> Record:
    """The document of the file that stands on that page; the first where none does."""
    return (record, *record.parts)[find_place(record, page) or 0]


def select_corrections(record: Record, corrections: Iterable[Correction], place: int) -> tuple[Correction, ...]:
    """The corrections of that document of the file. A page that no document has any more speaks of none."""
    return tuple(correction for correction in corrections if find_place(record, correction.page) == place)


def _correct(record: Record, corrections: Iterable[Correction]) -> Record:
    for field, correction in find_latest(corrections).items():
        value = _parse(field, correction.value or "")
        if value is None:
            continue
        machine: FieldValue[object] = getattr(record, field)
        settled = GRAMMARS[field].settles
        problems = tuple(problem for problem in record.problems if problem.code not in settled)
        changes = {field: replace(machine, value=value, confidence=1.0, note=_note(correction, machine))}
        record = replace(record, problems=problems, **changes)  # type: ignore[arg-type]
    return record


def find_latest(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """The last correction of each field of one document, unless it withdraws those before it."""
    last = {correction.field: correction for correction in corrections}
    return {field: correction for field, correction in last.items() if correction.value is not None}


def is_legible(correction: Correction) -> bool:
    """Whether the text is still a value of its field."""
    return correction.value is None or _parse(correction.field, correction.value) is not None


def format_value(field: str, value: FieldValue[object]) -> str | None:
    """A value as people write it; None where there is none."""
    return None if value.value is None else GRAMMARS[field].show(value.value)


def _parse(field: str, text: str) -> object | None:
    line = " ".join(nfc(text).split())
    return GRAMMARS[field].parse(line) if field in GRAMMARS and 0 < len(line) <= LONGEST else None


def _note(correction: Correction, machine: FieldValue[object]) -> Message:
    params = {"by": correction.author, "at": correction.at[:10]}
    was = format_value(correction.field, machine)
    if was is None:
        return Message("corrected-absent", params)
    return Message("corrected-by", {**params, "was": was})
