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
from dataclasses import replace

from evidence.criteria import periods
from evidence.criteria.levels import LEVELS
from evidence.criteria.phrases import PhraseMatch, comparable_words, find_phrase, fold_name
from evidence.match.rules import validity
from evidence.match.rules.answer import Judged, day, proof, quoted, settle, shown, stretch, unseen
from evidence.match.rules.candidate import Candidate
from evidence.model.assessment import Reason
from evidence.model.criteria import Acceptance, Requirement, Unit
from evidence.values import agency as agencies

ISSUING = ("ban hành", "phê duyệt")  # "Quyết định ban hành Kế hoạch ..."


def kind(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The kind of document, one of those asked for. A plan may come inside the decision that issues it: that is doubt,
    not another kind."""
    if wanted.kind is None:
        return None
    found, asked = one.record.kind, " / ".join(kind.name for kind in wanted.kinds)
    if found.value is None:
        return unseen("kind", one, found, likely=False, wanted=asked)
    right = any(fold_name(found.value.name) == fold_name(kind.name) for kind in wanted.kinds)
    if not right and any(find_phrase(f"{verb} {kind.name}", one.subject) for verb in ISSUING for kind in wanted.kinds):
        reason = proof("kind", None, "rule-kind-inside", one, found, value=found.value.name, wanted=asked)
        return Judged(reason, likely=True)
    return settle("kind", right, one, found, found.value.name, wanted=asked)


def issuer(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """Who issued it: the unit itself, a named agency, or any agency of a level; of several, the one that fits best."""
    if "any" in wanted.issuers:
        return None
    answers = [_issued_by(name, one, unit) for name in wanted.issuers]
    return min(answers, key=lambda answer: (answer.ok is not True, answer.ok is False, not answer.likely))


def _issued_by(wanted: str, one: Candidate, unit: Unit) -> Judged:
    found = one.record.issuer
    asked = unit.issuer if wanted == "unit" else wanted
    if wanted in LEVELS:
        return _level((wanted,), one)
    if found.value is None:
        return unseen("issuer", one, found, likely=True, wanted=asked)
    names = (unit.issuer, unit.name) if wanted == "unit" else (asked,)
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
    short, long = sorted((comparable_words(one), comparable_words(other)), key=len)
    return bool(short) and long[: len(short)] == short


def _level(levels: tuple[str, ...], one: Candidate) -> Judged:
    found, asked = one.record.issuer, " / ".join(levels)
    if found.value is None:
        return unseen("issuer", one, found, likely=True, wanted=asked)
    actual = agencies.level(found.value)
    if actual is None:
        reason = proof("issuer", None, "rule-issuer-level", one, found, value=found.value.name, wanted=asked)
        return Judged(reason, likely=True)
    return settle("issuer", actual in levels, one, found, found.value.name, wanted=asked)


def subject(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """The words asked for, each in the subject. Periods (``quý I``) are compared as periods."""
    if not wanted.subject:
        return None
    found = one.record.subject
    if found.value is None:
        return unseen("subject", one, found, likely=False, wanted=quoted(wanted.subject))
    answers = [(phrase, _stands(phrase, wanted, one)) for phrase in wanted.subject]
    absent = tuple(phrase for phrase, match in answers if match is PhraseMatch.NONE)
    near = tuple(phrase for phrase, match in answers if match is PhraseMatch.NEAR)
    if near and not absent:
        code = "rule-subject-near"
        return Judged(proof("subject", None, code, one, found, wanted=quoted(near), value=found.value), True)
    return settle("subject", not absent, one, found, found.value, wanted=quoted(absent or wanted.subject))


def speaks_of(wanted: Requirement, one: Candidate) -> bool:
    """Whether no word asked for is absent: the quick look before the rules are asked, at every document of a unit."""
    for phrase in wanted.subject:  # noqa: SIM110 (a loop takes half the time of all())
        if not _stands(phrase, wanted, one):
            return False
    return True


def _stands(phrase: str, wanted: Requirement, one: Candidate) -> PhraseMatch:
    period = periods.parse_period(phrase)
    if period is None:
        return one.says(phrase)
    report = any(kind.code == "BC" for kind in wanted.kinds)
    if period == periods.WHOLE_YEAR:
        others = [other for other in wanted.subject if other != phrase and periods.parse_period(other)]
        if others or not report or phrase.strip().isdigit():
            return one.says(phrase)  # it only names the year
        years = periods.read_periods(phrase).years
        if years and not years & one.named.years:
            return PhraseMatch.NONE
    return _covers(period, one)


def _covers(period: str, one: Candidate) -> PhraseMatch:
    """Whether the subject covers that period. A subject that names no period at all leaves it in doubt."""
    named = one.named
    if period in named.covered:
        return PhraseMatch.EXACT
    if not named.covered and not named.ahead:
        return PhraseMatch.NEAR
    if named.covered == {periods.WHOLE_YEAR} and _before_autumn(one):
        return PhraseMatch.NEAR
    return PhraseMatch.NEAR if periods.is_similar_period(period, named.covered) else PhraseMatch.NONE


def _before_autumn(one: Candidate) -> bool:
    """Dated before October of the year it names: too early to be the report on that whole year."""
    date = one.record.date.value
    return date is not None and date.month is not None and date.month < 10 and date.year in one.named.years


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


def accept(wanted: Requirement, one: Candidate, unit: Unit) -> Judged | None:
    """What counts this year: one of the ways must hold, such as a decision of recognition at province level or above.
    One that was only handed up for recognition does not have the words, and does not count."""
    if not wanted.accept:
        return None
    ways = [_way(way, wanted, one, unit) for way in wanted.accept]
    best = min(ways, key=lambda way: (any(it.ok is False for it in way), any(it.ok is None for it in way)))
    against = next((it for it in best if it.ok is False), None) or next((it for it in best if it.ok is None), None)
    if against is None:
        return Judged(proof("accept", True, "rule-accept-yes", one, one.record.issuer), True)
    reason = against.reason
    return Judged(Reason("accept", reason.ok, reason.message, reason.document, reason.page, reason.box), against.likely)


def _way(way: Acceptance, wanted: Requirement, one: Candidate, unit: Unit) -> list[Judged]:
    asked = Requirement(wanted.id, wanted.title, subject=way.subject)
    if way.kinds:
        asked = replace(asked, kind=way.kinds[0], other_kinds=way.kinds[1:])
    answers = [kind(asked, one, unit), subject(asked, one, unit), _level(way.levels, one) if way.levels else None]
    return [answer for answer in answers if answer is not None]


Rule = Callable[[Requirement, Candidate, Unit], Judged | None]

# The field of the record that a rule asks: two doubtful fields weigh more than one, two rules on one field do not.
FIELDS = {
    "kind": "kind", "issuer": "issuer", "subject": "subject", "about": "subject", "issued": "date", "accept": "issuer",
}  # fmt: skip
RULES: dict[str, Rule] = {
    "kind": kind,
    "issuer": issuer,
    "subject": subject,
    "about": about,
    "issued": issued,
    "number": validity.number,
    "pattern": validity.pattern,
    "accept": accept,
    "annexes": validity.annexes,
    "signature": validity.signature,
    "claim": validity.claim,
    "claim_date": validity.claim_date,
}
