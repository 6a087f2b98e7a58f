"""The rules on whether a document is one at all, as asked: issued and not a draft, its number, annexes, signature, and
what the manifest claims about it. Answers as in ``rules``: yes, no or doubt, with the proof.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from evidence.criteria.phrases import PhraseMatch, find_phrase, fold_name, prepare_text
from evidence.match.rules.answer import Judged, proof, quoted, settle, shown, stretch, unseen
from evidence.match.rules.candidate import Candidate
from evidence.model.criteria import Requirement, Unit
from evidence.model.document import Origin
from evidence.model.problem import ProblemCode
from evidence.model.record import Status
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.date import PartialDate
from evidence.vietnamese.text import fold

WITHOUT_NUMBER = {fold("Biên bản")}  # drawn up by those present, often without a number of its own


def number(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """That it was issued and is no draft: it bears a number. Which number does not matter here, so a doubtful reading
    of one (handwritten figures) still shows that there is one. A blank on a scan is doubt: ink is often not read."""
    found = one.record.number
    if one.has(ProblemCode.DRAFT):
        return Judged(proof("number", False, "rule-number-draft", one, found), False)
    if wanted.kind is None or any(fold_name(kind.name) in WITHOUT_NUMBER for kind in wanted.kinds):
        return None
    if found.value is not None:
        code = "rule-number-yes" if found.sure else "rule-number-seen"
        return Judged(proof("number", True, code, one, found, value=found.value), True)
    if one.has(ProblemCode.BLANK_NUMBER):
        page = found.span.page if found.span else 1
        typed = any(page == it.number and it.origin is Origin.TEXT for it in one.record.pages)
        code = "rule-number-blank" if typed else "rule-number-blank-scan"
        return Judged(proof("number", False if typed else None, code, one, found, page=page), not typed)
    return unseen("number", one, found, likely=True)


def pattern(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The number, where its pattern is asked for: ``*/BC-SNV``, ``*/KH-*``. Case and look-alikes make no difference."""
    if wanted.number_pattern is None:
        return None
    found = one.record.number
    if found.value is None:
        return unseen("pattern", one, found, likely=True, wanted=wanted.number_pattern)
    right = fnmatchcase(_bare(str(found.value)), _bare(wanted.number_pattern))
    return settle("pattern", right, one, found, str(found.value), wanted=wanted.number_pattern)


def _bare(number: str) -> str:
    return "".join(fold(number).replace("[", "").split())


def annexes(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The annexes asked for. Their absence is sure only in a file read whole whose pages all have typed text."""
    if not wanted.annexes:
        return None
    seen = [prepare_text(f"{annex.value or ''} {annex.raw or ''}") for annex in one.record.annexes]
    absent = tuple(
        name for name in wanted.annexes if not any(find_phrase(name, row) is PhraseMatch.EXACT for row in seen)
    )
    if not absent:
        first = one.record.annexes[0]
        return Judged(proof("annexes", True, "rule-annexes-yes", one, first, wanted=quoted(wanted.annexes)), True)
    typed = all(page.origin in (Origin.TEXT, Origin.BLANK) for page in one.record.pages)
    sure = typed and bool(one.record.pages) and one.record.status is Status.READ
    code = "rule-annexes-no" if sure else "rule-annexes-doubt"
    return Judged(proof("annexes", False if sure else None, code, one, wanted=quoted(absent)), not sure)


def signature(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """A digital signature: there and intact, or for a person to see (another file may be the signed one)."""
    if not wanted.digital:
        return None
    intact = next((it for it in one.record.signatures if it.intact), None)
    if intact is not None:
        name = intact.organisation or intact.signer or "?"
        return Judged(proof("signature", True, "rule-signature-yes", one, name=name), True)
    code = "rule-signature-unproven" if one.record.signatures else "rule-signature-none"
    return Judged(proof("signature", None, code, one), True)


def claim(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """Number as claimed in the manifest against number as read: a contradiction is for a person to settle."""
    found = one.record.number
    claims = {it.claimed_number for it in one.submissions if it.claimed_number}
    if not claims or found.value is None or not found.sure:
        return None
    parsed = {text: numbers.parse(text) for text in claims}
    other = sorted(text for text, it in parsed.items() if it is None or it.key != found.value.key)
    if not other:
        return None
    return Judged(proof("claim", None, "rule-claim", one, found, value=found.value, wanted=", ".join(other)), True)


def claim_date(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """Date as claimed in the manifest against date as read."""
    found = one.record.date
    claims = {it.claimed_date for it in one.submissions if it.claimed_date}
    if not claims or found.value is None or not found.sure:
        return None
    other = sorted(text for text in claims if (read := dates.parse(text)) is not None and _apart(read, found.value))
    if not other:
        return None
    asked = {"value": shown(found.value), "wanted": ", ".join(other)}
    return Judged(proof("claim_date", None, "rule-claim-date", one, found, **asked), True)


def _apart(one: PartialDate, other: PartialDate) -> bool:
    """Whether no day is meant by both."""
    first, last = stretch(one)
    start, end = stretch(other)
    return last < start or end < first
