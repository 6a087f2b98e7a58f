"""What an appraiser marked for the letter to a unit: read from lists of codes and from tables, held against findings.

A table is one that ``check`` wrote, with the rows that are meant: a column of requirements, and where it has a column
"Đưa vào công văn" only the rows with something in it. A column "Ý kiến" holds the appraiser's own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from evidence.errors import UsageError
from evidence.model.appraisal import Decision, LetterChoice, LetterMark
from evidence.model.assessment import Finding, Verdict
from evidence.model.criteria import CriteriaSet, Unit, walk_criteria
from evidence.model.document import Table
from evidence.vietnamese.text import fold

ASKED = (Verdict.MISSING, Verdict.WRONG, Verdict.LATE, Verdict.UNCLEAR)  # what a letter may ask of
CODES = tuple(fold(word) for word in ("mã yêu cầu", "yêu cầu", "requirement"))
UNITS = tuple(fold(word) for word in ("mã đơn vị", "đơn vị", "unit"))
CHOSEN = tuple(fold(word) for word in ("đưa vào công văn", "công văn", "letter"))
NOTES = tuple(fold(word) for word in ("ý kiến", "ý kiến thẩm định", "note"))
_BETWEEN = re.compile(r"[,;\s]+")
Row = Sequence[str | None]


def parse_codes(text: str) -> tuple[LetterMark, ...]:
    """Codes as people list them.

    >>> [mark.code for mark in parse_codes("1.2, 3.1/q1;4")]
    ['1.2', '3.1/q1', '4']
    """
    return tuple(LetterMark(code) for code in _BETWEEN.split(text) if code)


def read_text_marks(text: str, unit: Unit) -> tuple[LetterMark, ...]:
    """Marks of the unit: findings as ``check --format json`` writes them, or codes."""
    marks: list[LetterMark] = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("{"):
            marks += parse_codes(line.partition("#")[0])
            continue
        row = _parse_object(line)
        code, note = row.get("requirement") or row.get("criterion"), row.get("note")
        if isinstance(code, str) and _is_of(str(row.get("unit") or ""), unit):
            marks.append(LetterMark(code, note if isinstance(note, str) else ""))
    return tuple(marks)


def _parse_object(line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def read_table_marks(tables: Iterable[Table], unit: Unit) -> tuple[LetterMark, ...] | None:
    """The marks of the unit in the tables that have a column of requirements; None where none has."""
    marks: list[LetterMark] = []
    known = False
    for table in tables:
        rows = [tuple(" ".join((cell or "").split()) for cell in row) for row in table.rows]
        head = next((at for at, row in enumerate(rows) if _find(row, CODES) is not None), None)
        if head is not None:
            known = True
            marks += _marks_below(rows[head], rows[head + 1 :], unit)
    return tuple(marks) if known else None


def _marks_below(head: tuple[str, ...], rows: list[tuple[str, ...]], unit: Unit) -> Iterable[LetterMark]:
    code, owner, chosen, note = (_find(head, names) for names in (CODES, UNITS, CHOSEN, NOTES))
    for row in rows:
        marked = chosen is None or bool(_cell(row, chosen))
        if _cell(row, code) and marked and _is_of(_cell(row, owner), unit):
            yield LetterMark(_cell(row, code), _cell(row, note))


def _find(row: tuple[str, ...], names: tuple[str, ...]) -> int | None:
    folded = [fold(cell) for cell in row]
    return next((folded.index(name) for name in names if name in folded), None)


def _cell(row: tuple[str, ...], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _is_of(name: str, unit: Unit) -> bool:
    """Whether a row is that unit's; a row that names no unit is."""
    return not name or fold(name) in (fold(unit.code), fold(unit.name))


def list_noted(decisions: Iterable[Decision], unit: Unit) -> tuple[LetterMark, ...]:
    """The criteria of the unit on which an appraiser's last word has a note, with it."""
    last = {decision.criterion: decision for decision in decisions if _is_of(decision.unit, unit)}
    return tuple(LetterMark(code, decision.note) for code, decision in last.items() if decision.note)


def choose_findings(marks: Sequence[LetterMark], findings: Sequence[Finding], criteria: CriteriaSet) -> LetterChoice:
    """What the letter is to hold. UsageError: no marks at all; codes that nothing has; codes without a note on which
    nothing is to be asked."""
    if not marks:
        raise UsageError("letter-no-marks")
    known = {fold(criterion.code) for criterion in walk_criteria(criteria.criteria)}
    known |= {fold(finding.requirement) for finding in findings}
    unknown = [mark.code for mark in marks if fold(mark.code) not in known]
    if unknown:
        raise UsageError("letter-unknown-codes", codes=", ".join(dict.fromkeys(unknown)), set=criteria.set)
    asked = {mark: _asked(mark, findings) for mark in marks if not mark.note}
    idle = [mark.code for mark, requirements in asked.items() if not requirements]
    if idle:
        raise UsageError("letter-nothing-to-ask", codes=", ".join(idle))
    noted = tuple(dict.fromkeys(mark for mark in marks if mark.note))
    worded = {fold(mark.code) for mark in noted}
    return LetterChoice(
        frozenset(
            finding.requirement
            for requirements in asked.values()
            for finding in requirements
            if not worded & {fold(finding.requirement), fold(finding.criterion)}
        ),
        noted,
    )


def _asked(mark: LetterMark, findings: Iterable[Finding]) -> list[Finding]:
    """The findings not in order that the mark means: that one, or all below the criterion."""
    code = fold(mark.code)
    return [
        finding
        for finding in findings
        if finding.status in ASKED
        and (
            code in (fold(finding.requirement), fold(finding.criterion))
            or fold(finding.criterion).startswith(f"{code}.")
        )
    ]
