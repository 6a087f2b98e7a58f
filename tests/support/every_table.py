"""An archive in which no table is empty: what people did, by the program; then made-up rows where that left none."""

from __future__ import annotations

import datetime
from pathlib import Path

from sqlalchemy import Boolean, Column, Connection, Double, Integer, LargeBinary, Table, func, insert, select

from evidence.archive.facade import Archive
from evidence.archive.scores.scoring_year import YearRequest
from evidence.archive.stored_findings.kept_findings import FindingVerdict, SeenFinding
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest
from evidence.config import Settings
from evidence.model.appraisal import DecisionAct, RoundStage
from evidence.model.assessment import Verdict
from evidence.model.placement import Submission
from evidence.search.scope import EVERYTHING
from evidence.store.engines.all_tables import METADATA
from evidence.store.store import Store
from tests.support.service import fill_archive, use_cheap_passwords
from tests.support.text_pipeline import store_text

SET = "cchc-so-son-ha-2025"
AS_OF = datetime.date(2026, 1, 31)
ODD = "tệp\x00 \ufdd0 \ufdd0dcff.pdf"  # what PostgreSQL does not keep, and what is written in its place
Rows = dict[str, list[tuple[object, ...]]]


def fill_worked_archive(home: Path) -> Settings:
    """Documents, accounts, a receipt and its jobs, a decision, a correction, a slip, a round, scores."""
    use_cheap_passwords()
    settings = fill_archive(home)
    with Store.open(home) as store:
        sha256 = store_text(store, "Số: 7/KH-X\nCăn cứ Nghị định 34/2019/NĐ-CP\fTrang hai", "SXD/1.1/kh.txt")
        store.submit(Submission(sha256, ODD, "SXD\x00", "1.2", path_bytes=b"/kho/\xff\x01\x00"))
    with Archive.open(settings) as archive:
        _work_as_people(archive, sha256)
    return settings


def fill_the_rest(home: Path) -> None:
    """Made-up rows into every table that is empty: nothing that could be read as what they are."""
    with Store.open(home) as store, store.database.writing() as session:
        _make_rows(session.connection())


def read_all_rows(home: Path) -> Rows:
    """Every row of every table in the order of its keys, but whose database it is."""
    with Store.open(home) as store, store.database.engine.reader.connect() as connection:
        rows: Rows = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
        }
    rows["facts"] = [row for row in rows["facts"] if row[0] != "archive"]
    return rows


def _work_as_people(archive: Archive, sha256: str) -> None:
    archive.correct(sha256, "number", "8/KH-X", "hoa", EVERYTHING)
    draft = archive.uploads.spool("SXD", "1.1/moi.pdf", "sxd", [b"%PDF-1.7 moi"], EVERYTHING)
    archive.uploads.hand_in(HandInRequest("SXD", SET, "sxd", (HandedUpload(draft.token, "1.1"),)), EVERYTHING)
    archive.findings.refresh()
    criteria = archive.criteria(SET)
    archive.appraisal.open_round(RoundStage.FIRST, criteria, AS_OF, "Lành")
    findings = archive.findings.show_unit(SET, "SXD", EVERYTHING).findings
    kept = next(each for each in findings if each.finding.status is Verdict.WRONG)
    seen = SeenFinding(kept.facts, kept.decision)
    verdict = FindingVerdict(kept.key, DecisionAct.RETURN, None, "Không phải báo cáo\x00", "Hoa", seen)
    archive.findings.decide(SET, verdict, EVERYTHING)
    archive.slips.send(SET, "SXD", "Hoa", EVERYTHING)
    archive.slips.answer(SET, kept.key, "Đã nộp lại", "SXD", EVERYTHING)
    archive.scores.freeze(YearRequest(criteria, AS_OF), "tạm", "Lành", provisional=True)


def _make_rows(connection: Connection) -> None:
    sets = METADATA.tables["criteria_sets"]
    connection.execute(insert(sets), [_make_row(sets, 1), _make_row(sets, 2)])  # what is made up of sets is of these
    for table in METADATA.sorted_tables:
        if not connection.scalar(select(func.count()).select_from(table)):
            connection.execute(insert(table), _make_row(table, 1) | _link_row(connection, table, 0))
            links = _link_row(connection, table, 1)
            if links or not table.foreign_key_constraints:
                connection.execute(insert(table), _make_row(table, 2) | links)


def _make_row(table: Table, number: int) -> dict[str, object]:
    """The second has nothing wherever nothing may stand."""
    return {
        column.name: None if number == 2 and column.nullable else _make_value(column, number)
        for column in table.columns
    }


def _link_row(connection: Connection, table: Table, place: int) -> dict[str, object]:
    """What leads to rows that are there; empty where one of the tables has too few of them."""
    links: dict[str, object] = {}
    for constraint in table.foreign_key_constraints:
        keys = [key.column for key in constraint.elements]
        theirs = connection.execute(select(*keys).order_by(*(key.desc() for key in keys)).offset(place)).first()
        if theirs is None:
            return {}
        links |= {key.parent.name: value for key, value in zip(constraint.elements, theirs, strict=True)}
    return links


def _make_value(column: Column[object], number: int) -> object:
    if isinstance(column.type, Boolean):
        return number == 1
    if isinstance(column.type, Integer):
        return 2**40 + number
    if isinstance(column.type, Double):
        return number / 3
    if isinstance(column.type, LargeBinary):
        return b"\x00\xff" + bytes([number])
    length = getattr(column.type, "length", None)
    return f"{number}" * length if length else f"{column.name} {number} {ODD}"
