"""Dossiers made up at random whose truth is known: units x criteria, in each one trap, and what a check must say.

Every criterion has a topic of its own, so that no document of one can serve another; what a trap puts in and what it
expects stand side by side. ``make(seed, units)`` gives the set, the documents, and the expected verdicts.
"""

from __future__ import annotations

import datetime
import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from evidence.model.criteria import CriteriaSet
from evidence.model.document import Origin
from evidence.model.placement import Submission
from evidence.model.problem import ProblemCode
from evidence.model.record import Citation, Record, Relation, Status
from evidence.values import date, number
from evidence.vietnamese.text import strip_marks
from tests.support.dossier import SPAN, load_set, record, submit, unreadable

Row = tuple[Submission, Record]
Expected = dict[str, tuple[str, int | None]]  # by requirement: status, days late
AS_OF = datetime.date(2025, 10, 31)
TOPICS = ("cải cách hành chính", "chuyển đổi số", "tinh giản biên chế", "phòng chống tham nhũng", "rà soát văn bản",
          "đào tạo bồi dưỡng", "kiểm soát thủ tục hành chính", "tài chính công")  # fmt: skip
HEAD = """\
set: sinh-2025
title: Bộ sinh ra
year: 2025
level: so
holidays: vn-2025
units:
"""
PLAN = """\
  - {{code: "{code}", title: Kế hoạch, points: 1, score: timeliness, evidence: [
      {{id: kh, title: Kế hoạch, kind: Kế hoạch, issuer: unit, subject: ["{topic}"], about: 2025,
        issued: 2024-10-01..2025-06-30, due: 2025-01-24}}]}}
"""
SERIES = """\
  - {{code: "{code}", title: Báo cáo, points: 1, score: all-or-nothing, evidence: [
      {{id: bc, title: Báo cáo, kind: Báo cáo, issuer: unit, subject: ["{topic}"], about: 2025,
        series: cchc-quarterly, shift: next-working-day}}]}}
"""
ITEMS = """\
  - {{code: "{code}", title: Sáng kiến, points: 2, score: {{rule: per-item, each: 0.5, late: 0}}, evidence: [
      {{id: sk, title: Sáng kiến, kind: [Quyết định, Công văn], count: 4, issued: 2025-01-01..2025-12-31,
        subject: ["{topic}"], accept: [{{level: tinh or above, subject: ["công nhận"]}}]}}]}}
"""
FOLLOWS = """\
  - {{code: "{code}", title: Theo kế hoạch tỉnh, points: 3, evidence: [
      {{id: tinh, title: Kế hoạch của tỉnh, kind: Kế hoạch, issuer: tinh, subject: ["{topic}"], about: 2025}},
      {{id: don, title: Kế hoạch của đơn vị, kind: Kế hoạch, issuer: unit, subject: ["{topic}"], about: 2025,
        due: trigger + 10 working days, trigger: {code}/tinh, cites: [{{of: {code}/tinh, relation: implements}}],
        number: "*/KH-*"}}]}}
"""


@dataclass
class Bench:
    """One criterion of one unit being filled."""

    unit: str
    issuer: str
    code: str
    topic: str
    numbers: count[int]
    rows: list[Row] = field(default_factory=list)

    def put(self, of: Record, criterion: str | None = "-", unit: str | None = None, **how: object) -> Record:
        row = submit(of, self.code if criterion == "-" else criterion, unit or self.unit, **how)  # type: ignore[arg-type]
        self.rows.append(row)
        return of

    def paper(
        self, what: str = "Kế hoạch", period: str = "", dated: str | None = "2025-01-10", **how: object
    ) -> Record:
        at = next(self.numbers)
        short = {"Kế hoạch": "KH", "Báo cáo": "BC", "Quyết định": "QĐ"}[what]
        how.setdefault("subject", f"{what} công tác {self.topic} {period} năm 2025".replace("  ", " "))
        how.setdefault("issuer", self.issuer)
        how.setdefault("no", f"{at}/{short}-{self.unit}")
        return record(f"{self.unit}-{at}.pdf", what, dated=dated, **how)  # type: ignore[arg-type]


def _with(dated: str | None = "2025-01-10", **how: object) -> Callable[[Bench], None]:
    return lambda bench: void(bench.put(bench.paper(dated=dated, **how)))


def void(_: object) -> None:
    return None


def _ended(bench: Bench, dated: str | None) -> None:
    plan = bench.put(bench.paper())
    citation = Citation("Kế hoạch số …", SPAN, Relation.REPLACES, number=plan.number.value,
                        date=date.parse(dated) if dated else None, confidence=0.95)  # fmt: skip
    later = bench.paper("Quyết định", dated="2025-05-05", subject="Thay thế văn bản")
    bench.put(replace(later, citations=(citation,)), None)


def _tie(bench: Bench) -> None:
    bench.put(bench.paper())
    bench.put(bench.paper())


def _copies(bench: Bench, dated: str) -> None:
    bench.put(bench.paper(no=f"7/KH-{bench.unit}"))
    bench.put(bench.paper(no=f"7/KH-{bench.unit}", dated=dated))


def _beside(bench: Bench, **how: object) -> None:
    bench.put(bench.paper())
    bench.put(bench.paper(**how))


PROVINCE = "Ủy ban nhân dân tỉnh Lạng Sơn"
SCAN = {"origin": Origin.OCR}
# What is put in for a plan, and what the check must say of it.
PLANS: list[tuple[str, Callable[[Bench], object], tuple[str, int | None]]] = [
    ("in time", _with(), ("met", None)),
    ("on the due day", _with("2025-01-24"), ("met", None)),
    ("a day late", _with("2025-01-25"), ("late", 1)),
    ("late", _with("2025-03-05"), ("late", 40)),
    ("nothing", void, ("missing", None)),
    ("dated the year before", _with("2024-12-20"), ("met", None)),
    ("other kind", lambda b: b.put(b.paper("Báo cáo")), ("wrong", None)),
    ("other issuer", _with(issuer="Sở Y tế tỉnh Bình An"), ("wrong", None)),
    ("other topic", _with(subject="Kế hoạch thanh niên tình nguyện năm 2025"), ("wrong", None)),
    ("other year", lambda b: b.put(b.paper(subject=f"Kế hoạch {b.topic} năm 2024")), ("wrong", None)),
    ("out of the window", lambda b: b.put(b.paper(dated="2023-01-10", subject=f"Kế hoạch {b.topic}")), ("wrong", None)),
    ("draft", _with(problems=(ProblemCode.DRAFT,)), ("wrong", None)),
    ("blank number, typed", _with(no=None, problems=(ProblemCode.BLANK_NUMBER,)), ("wrong", None)),
    ("blank number, scan", _with(no=None, problems=(ProblemCode.BLANK_NUMBER,), **SCAN), ("unclear", None)),
    ("doubtful date", _with(doubt=("date",), **SCAN), ("unclear", None)),
    ("doubtful late date", _with("2025-03-05", doubt=("date",), **SCAN), ("unclear", None)),
    ("doubtful kind", _with(doubt=("kind",), **SCAN), ("unclear", None)),
    ("doubtful issuer", _with(doubt=("issuer",), **SCAN), ("unclear", None)),
    ("doubtful subject", _with(doubt=("subject",), **SCAN), ("unclear", None)),
    ("doubtful number only", _with(doubt=("number",), **SCAN), ("met", None)),
    ("no date", _with(None), ("unclear", None)),
    ("month only, before", _with("2024-12"), ("met", None)),
    ("month only, the due month", _with("2025-01"), ("unclear", None)),
    ("month only, after", _with("2025-02"), ("late", None)),
    ("unreadable", lambda b: b.put(unreadable(f"{b.unit}{b.code}x.pdf")), ("unclear", None)),
    ("for another criterion", lambda b: b.put(b.paper(), "0"), ("unclear", None)),
    ("for no criterion", lambda b: b.put(b.paper(), None), ("met", None)),
    ("for no criterion, late", lambda b: b.put(b.paper(dated="2025-01-31"), None), ("late", 7)),
    ("for no criterion, doubtful", lambda b: b.put(b.paper(doubt=("date",)), None), ("unclear", None)),
    ("of another unit", lambda b: b.put(b.paper(), "-", "KHAC"), ("missing", None)),
    ("two different ones", _tie, ("unclear", None)),
    ("two copies", lambda b: _copies(b, "2025-01-10"), ("met", None)),
    ("one number, two dates", lambda b: _copies(b, "2025-01-11"), ("unclear", None)),
    ("a wrong one beside", lambda b: _beside(b, issuer="Sở Y tế tỉnh Bình An"), ("met", None)),
    ("replaced", lambda b: _ended(b, "2025-01-10"), ("wrong", None)),
    ("perhaps replaced", lambda b: _ended(b, None), ("unclear", None)),
    ("another one was replaced", lambda b: _ended(b, "2024-01-10"), ("met", None)),
    ("manifest: other number", lambda b: b.put(b.paper(), claimed="999/KH-X"), ("unclear", None)),
    ("several documents in one file", lambda b: b.put(b.paper("Báo cáo", problems=(ProblemCode.MIXED_DOCUMENTS,))),
     ("unclear", None)),
    ("partly read", _with(status=Status.PARTLY_READ), ("met", None)),
    ("no diacritics", lambda b: b.put(b.paper(subject=strip_marks(f"kế hoạch {b.topic} năm 2025"), **SCAN)),
     ("unclear", None)),
]  # fmt: skip

# By slot: period as named, due day after the shift (20/9/2025 is a Saturday, 20/12 too), a day in time, a late day.
SLOTS = {
    "q1": ("quý I", "2025-03-19", "2025-03-22", 2),
    "6t": ("6 tháng đầu năm", "2025-06-20", "2025-06-25", 5),
    "q3": ("quý III", "2025-09-22", "2025-09-23", 1),
    "nam": ("", None, None, None),
}


def _series(bench: Bench, random_: random.Random) -> Expected:
    """Each slot on its own; sometimes one report for two of them, which is for a person to place."""
    expected: Expected = {}
    both = random_.random() < 0.2
    for slot, (period, good, late, days) in SLOTS.items():
        way = "not due" if good is None else "both" if both and slot in ("q1", "q3") else random_.choice(
            ("good", "late", "none", "free", "scan"))  # fmt: skip
        if way in ("good", "free"):
            bench.put(bench.paper("Báo cáo", period, good), None if way == "free" else "-")
        elif way == "late":
            bench.put(bench.paper("Báo cáo", period, late))
        elif way == "scan":
            bench.put(bench.paper("Báo cáo", period, good, doubt=("date",), **SCAN))
        expected[f"bc-{slot}"] = {
            "good": ("met", None), "free": ("met", None), "late": ("late", days), "none": ("missing", None),
            "scan": ("unclear", None), "not due": ("not_due", None), "both": ("unclear", None),
        }[way]  # fmt: skip
    if both:
        subject = f"Báo cáo {bench.topic} quý I và quý III năm 2025"
        bench.put(bench.paper("Báo cáo", dated="2025-03-18", subject=subject))
    return expected


def _items(bench: Bench, random_: random.Random) -> Expected:
    """So many decisions of recognition by the province; those only asked for, or by a department, do not count."""
    good, bad = random_.randint(0, 5), random_.choice(("none", "pending", "low"))
    subject = f"Công nhận sáng kiến {bench.topic} năm 2025"
    for _ in range(good):
        bench.put(bench.paper("Quyết định", dated="2025-05-05", subject=subject, issuer=PROVINCE))
    if bad == "pending":
        asked = f"Đề nghị xét sáng kiến {bench.topic} năm 2025"
        bench.put(bench.paper("Quyết định", dated="2025-05-06", subject=asked, issuer=PROVINCE))
    elif bad == "low":
        bench.put(bench.paper("Quyết định", dated="2025-05-06", subject=subject))
    status = "met" if good >= 4 else "wrong" if bad != "none" else "not_due"
    return {"sk": (status, None)}


def _follows(bench: Bench, random_: random.Random) -> Expected:
    """The unit's plan within ten working days of the province's: from 24/4/2025 until 12/5 (26/4 worked; 30/4, 1/5 and
    2/5 off)."""
    way = random_.choice(("good", "late", "no trigger", "uncited", "number", "nothing"))
    if way != "no trigger":
        bench.put(bench.paper(dated="2025-04-24", issuer=PROVINCE, no="88/KH-UBND"))
    own = bench.paper(dated="2025-05-13" if way == "late" else "2025-05-12")
    if way == "number":
        own = bench.paper(dated="2025-05-12", no="5/CV-SNV")
    cited = Citation("Kế hoạch số 88/KH-UBND", SPAN, Relation.IMPLEMENTS, number=number.parse("88/KH-UBND"))
    if way != "nothing":
        bench.put(own if way == "uncited" else replace(own, citations=(cited,)))
    status = {"good": ("met", None), "late": ("late", 1), "no trigger": ("unclear", None), "uncited": ("wrong", None),
              "number": ("wrong", None), "nothing": ("missing", None)}[way]  # fmt: skip
    return {"tinh": ("missing", None) if way == "no trigger" else ("met", None), "don": status}


def _plan(bench: Bench, random_: random.Random, name: str | None = None) -> Expected:
    chosen = next(trap for trap in PLANS if trap[0] == name) if name else random_.choice(PLANS)
    chosen[1](bench)
    return {"kh": chosen[2]}


FORMS = ((PLAN, _plan), (PLAN, _plan), (SERIES, _series), (ITEMS, _items), (FOLLOWS, _follows))


def make(seed: int, units: int) -> tuple[CriteriaSet, list[Row], dict[tuple[str, str], tuple[str, int | None]]]:
    """The set, the documents, and what must be found, by unit and requirement."""
    random_, numbers = random.Random(seed), count(100)
    names = [f"S{letter}" for letter in string.ascii_uppercase[:units]]
    heads = [f"  - {{code: {name}, name: Sở {name}, issuer: Sở {name} tỉnh An Phú}}\n" for name in names]
    forms = [random_.choice(FORMS) for _ in TOPICS]
    body = [form.format(code=at, topic=TOPICS[at - 1]) for at, (form, _) in enumerate(forms, start=1)]
    free = '  - {code: "0", title: Khác, points: 0}\n'
    criteria = load_set(HEAD + "".join(heads) + "criteria:\n" + free + "".join(body))
    rows: list[Row] = []
    expected = {}
    for name in names:
        for at, (_, fill) in enumerate(forms, start=1):
            bench = Bench(name, f"Sở {name} tỉnh An Phú", str(at), TOPICS[at - 1], numbers)
            for requirement, outcome in fill(bench, random_).items():
                expected[name, f"{at}/{requirement}"] = outcome
            rows += bench.rows
    random_.shuffle(rows)
    return criteria, rows, expected
