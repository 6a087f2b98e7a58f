"""The rules: one function holds one question against one document and answers yes, no or *doubt*, with the proof.

The declared bias: to call present evidence missing is worse than to ask a person to look. So a value below the
threshold (``model.SURE``) never answers a rule, neither yes nor no: the answer is doubt and names the field and page.
A document surely is not the one asked for as soon as one rule surely says no, whatever is in doubt besides.

``Judged.likely`` is the answer if the doubtful value were right: it decides which documents, not handed in for a
requirement, are worth showing for it. A rule that a requirement does not ask returns None.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from evidence.match import periods
from evidence.match.candidate import Candidate
from evidence.match.judged import Judged, day, proof, settle, shown, stretch, unseen
from evidence.match.words import Match, find, lay, words
from evidence.model import Origin, ProblemCode, Requirement, Status, Unit
from evidence.text import fold
from evidence.values import agency as agencies
from evidence.values import number as numbers

LEVELS = ("tinh", "bo", "so", "huyen", "xa")
WITHOUT_NUMBER = {fold("Biên bản")}  # drawn up by those present, often without a number of its own
ISSUING = ("ban hành", "phê duyệt")  # "Quyết định ban hành Kế hoạch ..."


def kind(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The kind of document. A plan may come inside the decision that issues it: that is doubt, not another kind."""
    if wanted.kind is None:
        return None
    found, asked = one.record.kind, wanted.kind.name
    if found.value is None:
        return unseen("kind", one, found, likely=False, wanted=asked)
    right = fold(found.value.name) == fold(asked)
    if not right and any(find(f"{verb} {asked}", one.subject) for verb in ISSUING):
        reason = proof("kind", None, "rule-kind-inside", one, found, value=found.value.name, wanted=asked)
        return Judged(reason, likely=True)
    return settle("kind", right, one, found, found.value.name, wanted=asked)


def issuer(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """Who issued it: the unit itself, a named agency, or any agency of a level."""
    if wanted.issuer == "any":
        return None
    found = one.record.issuer
    asked = unit.issuer if wanted.issuer == "unit" else wanted.issuer
    if wanted.issuer in LEVELS:
        return _level(wanted.issuer, one)
    if found.value is None:
        return unseen("issuer", one, found, likely=True, wanted=asked)
    names = (unit.issuer, unit.name) if wanted.issuer == "unit" else (asked,)
    right = any(agencies.same(agencies.parse(name), found.value) for name in names)
    if not right and (under := _under_parent(names, one)) is not None:
        return under
    if not right and any(_shorter(name, found.value.name) for name in names):
        reason = proof("issuer", None, "rule-issuer-partly", one, found, value=found.value.name, wanted=asked)
        return Judged(reason, likely=True)
    return settle("issuer", right, one, found, found.value.name, wanted=asked)


def _under_parent(names: tuple[str, ...], one: Candidate) -> Judged | None:
    """Yes where the letterhead's two lines together are the name: ``UBND TỈNH AN PHÚ`` / ``VĂN PHÒNG``."""
    found, parent = one.record.issuer, one.record.parent
    if found.value is None or parent.value is None:
        return None
    whole = agencies.parse(f"{found.value.name} {parent.value.name}")
    if not any(agencies.same(agencies.parse(name), whole) for name in names):
        return None
    weaker = found if found.confidence <= parent.confidence else parent
    return settle("issuer", True, one, weaker, whole.name, wanted=names[0])


def _shorter(one: str, other: str) -> bool:
    """Whether one name begins with the other: ``Sở Nội vụ`` may be short for ``Sở Nội vụ tỉnh An Phú``."""
    short, long = sorted((words(one), words(other)), key=len)
    return bool(short) and long[: len(short)] == short


def _level(level: str, one: Candidate) -> Judged:
    found = one.record.issuer
    if found.value is None:
        return unseen("issuer", one, found, likely=True, wanted=level)
    actual = agencies.level(found.value)
    if actual is None:
        reason = proof("issuer", None, "rule-issuer-level", one, found, value=found.value.name, wanted=level)
        return Judged(reason, likely=True)
    return settle("issuer", actual == level, one, found, found.value.name, wanted=level)


def subject(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The words asked for, each in the subject. Periods (``quý I``) are compared as periods."""
    if not wanted.subject:
        return None
    found = one.record.subject
    if found.value is None:
        return unseen("subject", one, found, likely=False, wanted=_quoted(wanted.subject))
    answers = [(phrase, _stands(phrase, wanted, one)) for phrase in wanted.subject]
    absent = tuple(phrase for phrase, match in answers if match is Match.NONE)
    near = tuple(phrase for phrase, match in answers if match is Match.NEAR)
    if near and not absent:
        code = "rule-subject-near"
        return Judged(proof("subject", None, code, one, found, wanted=_quoted(near), value=found.value), True)
    return settle("subject", not absent, one, found, found.value, wanted=_quoted(absent or wanted.subject))


def speaks_of(wanted: Requirement, one: Candidate) -> bool:
    """Whether no word asked for is absent: the quick look before the rules are asked."""
    return all(_stands(phrase, wanted, one) for phrase in wanted.subject)


def _stands(phrase: str, wanted: Requirement, one: Candidate) -> Match:
    period = periods.only(phrase)
    if period is None:
        return find(phrase, one.subject)
    report = wanted.kind is not None and wanted.kind.code == "BC"
    if period == periods.WHOLE_YEAR:
        others = [other for other in wanted.subject if other != phrase and periods.only(other)]
        if others or not report or phrase.strip().isdigit():
            return find(phrase, one.subject)  # it only names the year
        years = periods.read(phrase).years
        if years and not years & one.named.years:
            return Match.NONE
    return _covers(period, one)


def _covers(period: str, one: Candidate) -> Match:
    """Whether the subject covers that period. A subject that names no period at all leaves it in doubt."""
    named = one.named
    if period in named.covered:
        return Match.EXACT
    if not named.covered and not named.ahead:
        return Match.NEAR
    if named.covered == {periods.WHOLE_YEAR} and _before_autumn(one):
        return Match.NEAR
    return Match.NEAR if periods.akin(period, named.covered) else Match.NONE


def _before_autumn(one: Candidate) -> bool:
    """Dated before October of the year it names: too early to be the report on that whole year."""
    date = one.record.date.value
    return date is not None and date.month is not None and date.month < 10 and date.year in one.named.years


def _quoted(phrases: tuple[str, ...]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def about(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The year that the subject names; a plan for year Y is normally dated in Y-1, so the issue year is no proof.

    A subject without a year: yes where the issue window is asked for and surely holds the date (the window then says
    which year is meant), no where the date is surely more than a year off, doubt otherwise.
    """
    if wanted.about is None:
        return None
    found, year = one.record.subject, wanted.about
    if found.value is None:
        return unseen("about", one, found, likely=True, wanted=year)
    named = one.named
    inside = any(first <= year <= last for first, last in named.ranges)
    if named.years == {year} or (named.years and year not in named.years and not inside):
        shown = ", ".join(str(one_year) for one_year in sorted(named.years))
        return settle("about", year in named.years, one, found, shown, wanted=year)
    if named.years or named.ranges:
        shown = ", ".join([str(one_year) for one_year in sorted(named.years)] + [f"{a}-{b}" for a, b in named.ranges])
        right = year in named.years or inside
        code = "rule-about-several" if right else "rule-about-no"
        ok = None if right or not found.sure else False
        return Judged(proof("about", ok, code, one, found, value=shown, wanted=year), right)
    return _about_date(wanted, one, year)


def _about_date(wanted: Requirement, one: Candidate, year: int) -> Judged:
    found, date = one.record.date, one.record.date.value
    window = issued(wanted, one, None)
    if window is not None and window.ok and wanted.issued_from and wanted.issued_to:
        return Judged(proof("about", True, "rule-about-window", one, found, wanted=year), True)
    if date is not None and found.sure and abs(date.year - year) > 1:
        return Judged(proof("about", False, "rule-about-far", one, found, value=date.year, wanted=year), False)
    code = "rule-about-unnamed"
    return Judged(proof("about", None, code, one, one.record.subject, wanted=year), date is None or date.year == year)


def issued(wanted: Requirement, one: Candidate, unit: Unit | None) -> Judged | None:
    """The date on the paper, inside the window. A date without a day decides only where the whole month does."""
    if wanted.issued_from is None and wanted.issued_to is None:
        return None
    start, end = wanted.issued_from or datetime.date.min, wanted.issued_to or datetime.date.max
    asked = {"start": day(wanted.issued_from), "end": day(wanted.issued_to)}
    found = one.record.date
    if found.value is None:
        return unseen("issued", one, found, likely=True, **asked)
    first, last = stretch(found.value)
    if first < start <= last or first <= end < last:
        reason = proof("issued", None, "rule-issued-partly", one, found, value=shown(found.value), **asked)
        return Judged(reason, likely=True)
    return settle("issued", start <= first and last <= end, one, found, shown(found.value), **asked)


def number(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """That it was issued and is no draft: it bears a number. Which number does not matter here, so a doubtful reading
    of one (handwritten figures) still shows that there is one. A blank on a scan is doubt: ink is often not read."""
    found = one.record.number
    if one.has(ProblemCode.DRAFT):
        return Judged(proof("number", False, "rule-number-draft", one, found), False)
    if wanted.kind is None or fold(wanted.kind.name) in WITHOUT_NUMBER:
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


def annexes(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The annexes asked for. Their absence is sure only in a file read whole whose pages all have typed text."""
    if not wanted.annexes:
        return None
    seen = [lay(f"{annex.value or ''} {annex.raw or ''}") for annex in one.record.annexes]
    absent = tuple(name for name in wanted.annexes if not any(find(name, row) is Match.EXACT for row in seen))
    if not absent:
        first = one.record.annexes[0]
        return Judged(proof("annexes", True, "rule-annexes-yes", one, first, wanted=_quoted(wanted.annexes)), True)
    typed = all(page.origin in (Origin.TEXT, Origin.BLANK) for page in one.record.pages)
    sure = typed and bool(one.record.pages) and one.record.status is Status.READ
    code = "rule-annexes-no" if sure else "rule-annexes-doubt"
    return Judged(proof("annexes", False if sure else None, code, one, wanted=_quoted(absent)), not sure)


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


Rule = Callable[[Requirement, Candidate, Unit], Judged | None]

# The field of the record that a rule asks: two doubtful fields weigh more than one, two rules on one field do not.
FIELDS = {"kind": "kind", "issuer": "issuer", "subject": "subject", "about": "subject", "issued": "date"}
RULES: dict[str, Rule] = {
    "kind": kind,
    "issuer": issuer,
    "subject": subject,
    "about": about,
    "issued": issued,
    "number": number,
    "annexes": annexes,
    "claim": claim,
}
