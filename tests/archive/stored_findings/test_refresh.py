"""Kept findings are those of a fresh check, whatever happened to the archive in whatever order."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from evidence.archive.assessment import assess_units, load_refusals
from evidence.archive.stored_findings.kept_findings import KeptFindings
from evidence.archive.stored_findings.refresh import FindingRefresh
from evidence.archive.stored_findings.unit_check import check_unit
from evidence.criteria.loader import parse_criteria
from evidence.match.check import UnitChecker
from evidence.messages import Message
from evidence.model.appraisal import Round, RoundStage
from evidence.model.assessment import Figure, Finding
from evidence.model.criteria import CriteriaSet
from evidence.model.document import Document
from evidence.model.placement import Submission
from evidence.model.problem import ProblemCode
from evidence.model.record import Citation, Record, Relation, Span
from evidence.model.review import CriteriaVersion
from evidence.search.scope import EVERYTHING, units_only
from evidence.store.criteria_reviews import CriteriaReviewStore
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.facts import Correction, Refusal
from evidence.store.ledger import Ledger
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger
from evidence.values import number
from tests.support import text_pipeline

UNITS = {"SA": "Sở A", "SB": "Sở B", "SC": "Sở C"}
SET = """\
set: {name}
title: Bộ thử
year: 2025
level: so
holidays: vn-2025
units:
  - {{code: SA, name: Sở A, issuer: Sở A tỉnh An Phú}}
  - {{code: SB, name: Sở B, issuer: Sở B tỉnh An Phú}}
  - {{code: SC, name: Sở C, issuer: Sở C tỉnh An Phú}}
criteria:
  - code: "1"
    title: Chỉ đạo
    points: 4
    children:
      - {{code: "1.1", title: Kế hoạch, points: 1, score: timeliness, evidence: [
          {{id: kh, title: Kế hoạch, kind: Kế hoạch, issuer: unit, subject: ["cải cách hành chính"], about: 2025,
            issued: 2024-10-01..2025-06-30, due: {due}}}]}}
      - {{code: "1.2", title: Theo tỉnh, points: 3, evidence: [
          {{id: tinh, title: Kế hoạch của tỉnh, kind: Kế hoạch, issuer: tinh, subject: ["cải cách hành chính"],
            about: 2025}},
          {{id: bc, title: Báo cáo, kind: Báo cáo, issuer: unit, subject: ["cải cách hành chính"], about: 2025,
            due: trigger + 30 days, trigger: 8/KH-UBND}}]}}
  - {{code: "2", title: Tỉ lệ, points: 2, score: {{rule: formula, formula: "min(xong / giao, 1) * points",
      figures: [xong, giao]}}, evidence: [
      {{id: qd, title: Quyết định, kind: Quyết định, issuer: unit, subject: ["cải cách hành chính"], about: 2025,
        due: 2025-09-30}}]}}
"""
DUE = "2025-01-24"
DAYS = ("2025-01-10", "2025-01-20", "2025-02-03", "2025-03-05", "2025-05-06")
KINDS = {"Kế hoạch": "KH", "Báo cáo": "BC", "Quyết định": "QĐ"}
RELATIONS = (Relation.CITES, Relation.REPLACES, Relation.REPEALS, Relation.IMPLEMENTS)
AT = datetime.datetime(2025, 6, 1, tzinfo=datetime.UTC)


@dataclass
class Workplace:
    """An archive in which things happen at random; numbers are few, so that documents meet."""

    store: Store
    random: random.Random
    day: datetime.date = datetime.date(2025, 6, 1)
    documents: list[Document] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    serial: Iterator[int] = field(default_factory=count)

    def write_paper(self) -> tuple[Document, Record]:
        """A paper that cites others, some of them ended by it."""
        draw = self.random
        kind, unit = draw.choice(list(KINDS)), draw.choice([*UNITS, "UBND"])
        agent = "Ủy ban nhân dân tỉnh An Phú" if unit == "UBND" else f"{UNITS[unit]} tỉnh An Phú"
        cited = [self._number() for _ in range(draw.randint(0, 3))]
        words = draw.choice(["về cải cách hành chính năm 2025", ""])
        text = "\n".join(
            [
                f"Số: {draw.randint(1, 9)}/{KINDS[kind]}-{unit}", f"Loại: {kind}", f"Cơ quan: {agent}",
                f"Ngày: {'/'.join(reversed(draw.choice(DAYS).split('-')))}",
                f"Về: {kind} cải cách hành chính năm {draw.choice((2025, 2025, 2024))}",
                *(f"Theo {name} {words}" for name in cited), f"Tờ {next(self.serial)}",
            ]
        )  # fmt: skip
        document = text_pipeline.document(text, f"{unit}/{len(self.documents)}.txt")
        record = text_pipeline.record(document)
        related = tuple(replace(one, relation=draw.choice(RELATIONS), confidence=0.95) for one in record.citations)
        return document, replace(record, citations=related)

    def _number(self) -> str:
        draw = self.random
        return f"{draw.randint(1, 9)}/{draw.choice(list(KINDS.values()))}-{draw.choice([*UNITS, 'UBND'])}"

    def place(self) -> tuple[str | None, str | None]:
        draw = self.random
        unit = draw.choice(["SA", "sở b", "SC", "SC", None])
        return unit, draw.choice(["1.1", "1.2", "2", None, "9"])

    def submission(self, document: Document) -> Submission:
        unit, criterion = self.place()
        received = datetime.date.fromisoformat(self.random.choice(DAYS))
        path = f"{document.source.path}.{self.random.randint(0, 3)}"
        return Submission(document.source.sha256, path, unit, criterion, received)

    # --- what happens -------------------------------------------------------------------------------------------

    def ingest(self) -> None:
        document, record = self.write_paper()
        self.documents.append(document)
        self.store.put(document, record, None, [self.submission(document)])

    def hand_in_again(self) -> None:
        self.store.submit(self.submission(self.random.choice(self.documents)))

    def reread(self) -> None:
        old, (_, record) = self.random.choice(self.documents), self.write_paper()
        self.store.replace_record(replace(record, source=old.source))

    def correct(self) -> None:
        sha256 = self.random.choice(self.documents).source.sha256
        value = {
            "number": self._number(), "date": self.random.choice(DAYS), "kind": self.random.choice(list(KINDS)),
            "issuer": "Sở A tỉnh An Phú", "subject": "Kế hoạch cải cách hành chính năm 2025",
        }  # fmt: skip
        name = self.random.choice(list(value))
        self.store.correct(Correction(sha256, name, self.random.choice([value[name], None]), "Hoa", AT.isoformat()))

    def move(self) -> None:
        for entry in self._entries():
            unit, criterion = self.place()
            SubmissionLedger(self.store).move(entry, unit, criterion, "Hoa", "nhầm")

    def withdraw(self) -> None:
        for entry in self._entries():
            SubmissionLedger(self.store).withdraw(entry, "Hoa", "rút")

    def _entries(self) -> list[int]:
        entries = SubmissionLedger(self.store).entries(self.random.choice(self.documents).source.sha256)
        return [entry.id for entry in entries[:1]]

    def refuse(self) -> None:
        unit, criterion = self.place()
        self.store.refuse(Refusal(f"hong{self.random.randint(0, 2)}.pdf", unit, criterion, None, ProblemCode.DAMAGED,
                                  Message("empty-file", {"path": "hong.pdf"})))  # fmt: skip

    def give_figure(self) -> None:
        figure = Figure(self.random.choice(list(UNITS)), "2", self.random.choice(["xong", "giao"]), Decimal(3))
        KeptFindings(self.store).put_figures(self.random.choice(self.sets), [figure], "Hoa")

    def import_set(self) -> None:
        name = f"bo-{len(self.sets)}"
        CriteriaSetStore(self.store).put(name, SET.format(name=name, due=DUE), "bo.yaml", "0" * 64)
        self.sets.append(name)

    def change_set(self) -> None:
        name, due = self.random.choice(self.sets), self.random.choice((DUE, "2025-02-28"))
        version = CriteriaVersion(0, name, "units", "bo.yaml", "0" * 64, (), "Hoa", AT)
        CriteriaReviewStore(self.store).put_version(version, SET.format(name=name, due=due))

    def open_round(self) -> None:
        opened = Round(0, RoundStage.FIRST, self.random.choice(self.sets), "v", self.day, "Hoa", AT)
        Ledger(self.store).open_round(opened, ())

    def let_days_pass(self) -> None:
        self.day = datetime.date(2025, 1, 1) + datetime.timedelta(self.random.randint(0, 330))


CHANGES = {
    Workplace.ingest: 8, Workplace.hand_in_again: 3, Workplace.reread: 3, Workplace.correct: 5, Workplace.move: 4,
    Workplace.withdraw: 2, Workplace.refuse: 1, Workplace.give_figure: 2, Workplace.change_set: 1,
    Workplace.open_round: 1, Workplace.let_days_pass: 1,
}  # fmt: skip


@cache
def read_set(text: str) -> CriteriaSet:
    return parse_criteria(text)


def kept(findings: KeptFindings, name: str) -> tuple[list[Finding], list[Finding]]:
    """Both views of what is kept of a set."""
    whole = [each.finding for unit in UNITS for each in findings.show_unit(name, unit, EVERYTHING).findings]
    alone = [each.finding for unit in UNITS for each in findings.show_unit(name, unit, units_only([unit])).findings]
    return whole, alone


def fresh(store: Store, criteria: CriteriaSet, day: datetime.date) -> tuple[list[Finding], list[Finding]]:
    """The same of a check that knows nothing of what is kept."""
    figures = KeptFindings(store).figures(criteria.set)
    checker = UnitChecker(criteria, day, figures)
    alone = [check_unit(store, checker, unit, load_refusals(store)).views[1] for unit in criteria.units]
    own = [placed.finding for view in alone for placed in view.findings]
    return list(assess_units(store, criteria, (), day, figures).findings), own


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_what_is_kept_is_what_a_check_finds(tmp_path: Path, seed: int) -> None:
    """Fifty changes each: after one or a few of them, each set's findings are those of a fresh check, in both views.
    Who is stale is at any time what one tells who asks for the first time, also where a single unit was found anew."""
    with Store.open(tmp_path / "home", create=True, resident=True) as store:
        place = Workplace(store, random.Random(seed))
        findings, refresh = KeptFindings(store, lambda: place.day), FindingRefresh(store, lambda: place.day)
        place.import_set()
        for _ in range(6):
            place.ingest()
        done = []
        for step in range(1, 51):
            change = place.random.choices(list(CHANGES), list(CHANGES.values()))[0]
            change(place)
            done.append(change.__name__)
            if step == 30:
                place.import_set()
            if place.random.random() < 0.3:
                list(FindingRefresh(store, lambda: place.day).run({place.random.choice(list(UNITS))}))
            for name in place.sets:
                assert refresh.list_stale(name) == FindingRefresh(store, lambda: place.day).list_stale(name), done[-5:]
            if step < 50 and place.random.random() < 0.7:
                continue
            findings.refresh()
            for name in place.sets:
                criteria = read_set(CriteriaReviewStore(store).current_text(name) or SET.format(name=name, due=DUE))
                assert kept(findings, name) == fresh(store, criteria, place.day), (step, done[-5:])
        assert findings.refresh() == 0 and not findings.tell_state("bo-0", EVERYTHING).pending


def test_one_document_of_one_unit_is_found_anew_for_that_unit_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home", create=True, resident=True) as store:
        place = Workplace(store, random.Random(1))
        place.import_set()
        document = text_pipeline.document("Số: 3/KH-SA\nLoại: Kế hoạch\nNgày: 20/01/2025\nVề: cải cách hành chính")
        refresh = FindingRefresh(store, lambda: place.day)
        assert [unit for _, unit in refresh.run()] == ["SA", "SB", "SC"]
        store.put(document, text_pipeline.record(document), None, [text_pipeline.submission(document, "Sở A", "1.1")])
        assert [unit for _, unit in refresh.run()] == ["SA"]
        ending = text_pipeline.document("Số: 4/QĐ-SB\nLoại: Quyết định\nNgày: 20/03/2025\nThay 3/KH-SA")
        cited = Citation("3/KH-SA", Span(1, 0, 1), Relation.REPEALS, number=number.parse("3/KH-SA"), confidence=0.95)
        record = replace(text_pipeline.record(ending), citations=(cited,))
        store.put(ending, record, None, [text_pipeline.submission(ending, "Sở B", None)])
        assert [unit for _, unit in refresh.run()] == ["SA", "SB"]
