"""How long a year's scoring takes: ``python -m tests.bench.scores [--forms 1611] [--units 300] [--criteria 100]``.

A survey of that many forms with 20 questions (as CSV and as XLSX) is taken into a new archive; then a set of so many
units and criteria, every criterion decided, is scored and ranked. Wall clock and processor time, each by itself.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import random
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl

from evidence.archive.facade import Archive
from evidence.archive.scores.scoring_year import RankingRules, SurveyRequest, YearRequest
from evidence.config import load_settings
from evidence.criteria import loader
from evidence.model.appraisal import Decision, RoundStage
from evidence.store.ledger import Ledger

QUESTIONS = 20
OPTIONS = ("Rất tốt", "Tốt", "Khá", "Không biết", "")


def time_call(name: str, call: Callable[[], object]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    call()
    print(f"{name}: {time.perf_counter() - wall:.2f} s ({time.process_time() - processor:.2f} s of the processor here)")


def write_set(units: int, criteria: int) -> str:
    head = "set: bench\ntitle: Bench\nyear: 2025\nlevel: xa\ngrades: {A: 80, B: 65}\nunits:\n"
    rows = "".join(f"  - {{code: U{at:03d}, name: Xã số {at}, group: xa}}\n" for at in range(units))
    surveyed = "".join(
        f'      - {{code: "S.{at}", title: Hỏi {at}, points: 1, score: survey}}\n' for at in range(QUESTIONS)
    )
    leaves = "".join(
        f'      - {{code: "1.{at}", title: Việc {at}, points: 1, score: manual}}\n' for at in range(criteria)
    )
    return (
        f'{head}{rows}criteria:\n  - code: "1"\n    title: Thẩm định\n    points: {criteria}\n    children:\n{leaves}'
        f'  - code: "S"\n    title: Điều tra\n    points: {QUESTIONS}\n    children:\n{surveyed}'
    )


def write_forms(folder: Path, forms: int, units: int) -> None:
    random.seed(15)
    head = ["Dấu thời gian", "Email", "Đơn vị", *(f"Câu {at}. Ông/bà đánh giá thế nào?" for at in range(QUESTIONS))]
    rows = [
        ["2025-03-01", f"nguoi{at}@tinh.vn", f"Xã số {at % units}", *(random.choice(OPTIONS) for _ in range(QUESTIONS))]
        for at in range(forms)
    ]
    with (folder / "forms.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, *rows])
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [head, *rows]:
        sheet.append(row)
    book.save(folder / "forms.xlsx")
    questions = "".join(f'  Câu {at}: "S.{at}"\n' for at in range(QUESTIONS))
    options = "options: {Rất tốt: 100%, Tốt: 75%, Khá: 50%}\n"
    (folder / "map.yaml").write_text(f"unit: Đơn vị\nrespondent: Email\n{options}questions:\n{questions}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    for name, count in (("forms", 1611), ("units", 300), ("criteria", 100)):
        parser.add_argument(f"--{name}", type=int, default=count)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        criteria = loader.parse_criteria(write_set(given.units, given.criteria))
        write_forms(place, given.forms, given.units)
        for kind in ("csv", "xlsx"):
            with Archive.open(load_settings(home=place / kind), create=True) as archive:
                request = SurveyRequest(place / f"forms.{kind}", place / "map.yaml", "bench")
                time_call(f"{given.forms} forms, {kind}", lambda: archive.scores.import_survey(request, criteria))  # noqa: B023
        with Archive.open(load_settings(home=place / "csv")) as archive:
            opened = archive.appraisal.open_round(RoundStage.FIRST, criteria, datetime.date(2025, 12, 1), "bench")
            decide_all(Ledger(archive._store), opened.id, given.units, given.criteria)
            asked = YearRequest(criteria, datetime.date(2025, 12, 1))
            name = f"{given.units} units x {given.criteria} criteria, scored and ranked"
            time_call(name, lambda: archive.scores.rank(asked, RankingRules(criteria.grades, provisional=True)))


def decide_all(ledger: Ledger, number: int, units: int, criteria: int) -> None:
    """A decision on each criterion of the first units; the others are scored by the rules: 30,000 writes take long."""
    at = datetime.datetime.now(datetime.UTC)
    for unit in range(min(units, 10)):
        for code in range(criteria):
            points = random.choice((Decimal("0.5"), Decimal(1)))
            ledger.decide(Decision(number, f"U{unit:03d}", f"1.{code}", points, "", "bench", at))


if __name__ == "__main__":
    main()
