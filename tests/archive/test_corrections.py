"""An appraiser's value: kept beside the machine's, used instead of it, never lost by reading again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.config import Settings
from evidence.criteria import loader
from evidence.errors import UsageError
from evidence.extract import record as extract
from evidence.ingest.sources.walk import OfferedFile
from evidence.messages import Language, say
from evidence.model.assessment import Verdict
from evidence.store.corrections import FIELDS, GRAMMARS, normalise_value
from tests.archive.test_facade import SET
from tests.support import page_layout, text_pipeline

pytestmark = pytest.mark.slow

REPORT = "Số: 7/BC-SNV\nNgày: 20/3/2018\nLoại: Báo cáo\nVề: cải cách hành chính quý I năm 2018"
DAY = datetime.date(2019, 1, 1)
GOOD = {
    "number": ("số 615/qđ-ubnd", "615/QĐ-UBND"),
    "date": ("15/3/2019", "2019-03-15"),
    "place": ("  Lạng   Sơn ", "Lạng Sơn"),
    "issuer": ("UBND tỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn"),
    "parent": ("UBND tỉnh Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn"),
    "kind": ("QĐ", "Quyết định"),
    "subject": ("Về việc công bố", "Về việc công bố"),
    "signer": ("Phạm Ngọc Thưởng; CHỦ TỊCH", "Phạm Ngọc Thưởng; CHỦ TỊCH"),
    "recipients": ("Sở Nội vụ; Lưu: VT", "Sở Nội vụ; Lưu: VT"),
}
BAD = [
    ("number", "sáu trăm mười lăm"),
    ("number", ""),
    ("date", "31/2/2019"),
    ("date", "hôm qua"),
    ("kind", "Quyết toán định"),
    ("issuer", "   "),
    ("signer", "; CHỦ TỊCH"),
    ("signer", "a; b; c; d"),
    ("recipients", " ; ; "),
    ("subject", "x" * 2001),
]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    (tmp_path / "bc.txt").write_text(REPORT)
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as opened:
        list(opened.ingest([OfferedFile(tmp_path / "bc.txt", "SNV", "1.2")]))
        yield opened


def test_every_field_has_its_grammar() -> None:
    assert set(GOOD) == set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_a_value_is_kept_in_its_canonical_form(archive: Archive, field: str) -> None:
    given, kept = GOOD[field]
    assert normalise_value(field, given) == kept and normalise_value(field, kept) == kept
    corrected = archive.correct("7/BC-SNV", field, given, "Hoa", EVERYTHING).correction
    assert (corrected.field, corrected.value, corrected.author) == (field, kept, "Hoa")
    found = getattr(archive.show(corrected.sha256, EVERYTHING).record, field)
    assert found.sure and GRAMMARS[field].show(found.value) == kept
    assert all("Hoa" in say(found.note, language) for language in Language)


@pytest.mark.parametrize(("field", "value"), BAD)
def test_a_bad_value_is_refused_with_an_example(archive: Archive, field: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        archive.correct("7/BC-SNV", field, value, "Hoa", EVERYTHING)
    assert caught.value.message.code == "correct-value"
    assert all(caught.value.say(language) for language in Language)
    assert archive.show("7/BC-SNV", EVERYTHING).corrections == ()


@pytest.mark.parametrize(
    ("field", "value", "author", "code"),
    [
        ("citations", "x", "Hoa", "correct-field"),
        ("number", "1/QĐ-UBND", " ", "correct-author"),
        ("number", None, "Hoa", "correct-nothing"),
    ],
)
def test_what_cannot_be_corrected(archive: Archive, field: str, value: str | None, author: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        archive.correct("7/BC-SNV", field, value, author, EVERYTHING)
    assert caught.value.message.code == code
    assert all(caught.value.say(language) for language in Language)


def test_both_values_stay_and_the_appraiser_s_is_found(archive: Archive) -> None:
    sha256 = archive.correct("7/BC-SNV", "number", "8/BC-SNV", "Hoa", EVERYTHING).correction.sha256
    shown = archive.show("8/BC-SNV", EVERYTHING)
    assert (str(shown.record.number.value), str(shown.machine.number.value)) == ("8/BC-SNV", "7/BC-SNV")
    assert shown.record.number.raw == shown.machine.number.raw
    assert [one.bears for one in archive.search(SearchRequest("8/BC-SNV", 5), EVERYTHING).hits] == [True]
    assert archive.search(SearchRequest("so:7/BC-SNV", 5), EVERYTHING).total == 0
    with pytest.raises(UsageError):
        archive.show("7/BC-SNV", EVERYTHING)
    archive.correct(sha256, "number", None, "Lan", EVERYTHING)
    assert str(archive.show("7/BC-SNV", EVERYTHING).record.number.value) == "7/BC-SNV"
    views = archive.show(sha256, EVERYTHING).corrections
    assert [(view.correction.value, view.correction.author) for view in views] == [
        ("8/BC-SNV", "Hoa"),
        (None, "Lan"),
    ]
    assert archive.verify() == ()


def test_findings_rest_on_the_appraiser_s_value(archive: Archive) -> None:
    rules = loader.parse_criteria(SET)

    def verdict() -> Verdict:
        return archive.check(rules, ("SNV",), DAY).findings[0].status

    assert verdict() is not Verdict.MET  # the issuer is unknown
    archive.correct("7/BC-SNV", "issuer", "Sở Nội vụ tỉnh Lạng Sơn", "Hoa", EVERYTHING)
    assert verdict() is Verdict.MET
    archive.correct("7/BC-SNV", "date", "26/3/2018", "Hoa", EVERYTHING)
    assert verdict() is Verdict.LATE


def test_reading_again_keeps_the_correction(archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sha256 = archive.correct("7/BC-SNV", "number", "8/BC-SNV", "Hoa", EVERYTHING).correction.sha256
    monkeypatch.setattr(extract, "GRAMMAR", 2)
    monkeypatch.setattr(extract, "read_record", text_pipeline.record)
    assert [one.changed for one in archive.reread()] == [()]  # told of the machine's value, which is the same
    assert archive.show("8/BC-SNV", EVERYTHING).record.source.sha256 == sha256
    assert [one.outcome for one in archive.ingest([OfferedFile(tmp_path / "bc.txt", "SNV", "1.2")])] == ["known"]
    assert archive.show("8/BC-SNV", EVERYTHING).corrections


def test_a_correction_of_another_grammar_is_named(archive: Archive) -> None:
    sha256 = archive.correct("7/BC-SNV", "number", "8/BC-SNV", "Hoa", EVERYTHING).correction.sha256
    with archive._store.database.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO corrections (sha256, field, value, author, at) VALUES (?, 'number', 'chưa rõ', 'x', 'y')",
            (sha256,),
        )
    assert str(archive.show(sha256, EVERYTHING).record.number.value) == "7/BC-SNV"
    assert [one.message.code for one in archive.verify()] == ["verify-correction"]


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """A file with two plans, as the real grammar reads it."""
    rows = ["UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ"], "Lạng Sơn, ngày 15 tháng 3 năm 2019", ["KẾ HOẠCH", "Kiểm tra năm 2019"]
    end = page_layout.signature(600, ["GIÁM ĐỐC"], "Nguyễn Văn Minh", ["- Như trên;", "- Lưu: VT."])
    plans = [[*page_layout.head(rows[0], f"Số: {serial}/KH-SNV", rows[1], rows[2]), *end] for serial in (12, 13)]
    pages = page_layout.document(*plans).pages
    monkeypatch.setattr(intake, "read_queue", text_pipeline.read_text_files)
    monkeypatch.setattr(text_pipeline, "record", lambda of: extract.read_record(replace(of, pages=pages)))
    (tmp_path / "hai.txt").write_text("hai kế hoạch")
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as opened:
        list(opened.ingest([OfferedFile(tmp_path / "hai.txt", "SNV", "1.2")]))
        yield opened


def test_of_several_documents_in_a_file_the_one_on_that_page_is_corrected(mixed: Archive) -> None:
    sha256 = mixed.show("12/KH-SNV", EVERYTHING).record.source.sha256
    mixed.correct(sha256, "number", "14/KH-SNV", "Hoa", EVERYTHING, page=2)
    mixed.correct(sha256, "date", "17/3/2019", "Hoa", EVERYTHING, page=1)
    shown = mixed.show(sha256, EVERYTHING)
    first, second = shown.record, shown.record.parts[0]
    assert [str(one.number.value) for one in (first, second)] == ["12/KH-SNV", "14/KH-SNV"]
    assert [str(one.date.value) for one in (first, second)] == ["2019-03-17", "2019-03-15"]
    assert second.number.sure and str(shown.machine.parts[0].number.value) == "13/KH-SNV"
    assert [view.correction.page for view in shown.corrections] == [2, 1]
    assert (
        mixed.search(SearchRequest("so:14/KH-SNV", 5), EVERYTHING).total == 1
        and mixed.search(SearchRequest("so:13/KH-SNV", 5), EVERYTHING).total == 0
    )


def test_a_part_s_correction_is_withdrawn_by_its_page(mixed: Archive) -> None:
    sha256 = mixed.correct("12/KH-SNV", "number", "14/KH-SNV", "Hoa", EVERYTHING, page=2).correction.sha256
    with pytest.raises(UsageError) as caught:
        mixed.correct(sha256, "number", None, "Hoa", EVERYTHING)  # nothing was said of the first document
    assert caught.value.message.code == "correct-nothing"
    mixed.correct(sha256, "number", None, "Lan", EVERYTHING, page=2)
    assert str(mixed.show(sha256, EVERYTHING).record.parts[0].number.value) == "13/KH-SNV"
    assert mixed.verify() == ()


def test_a_page_without_a_document_is_refused(mixed: Archive) -> None:
    with pytest.raises(UsageError) as caught:
        mixed.correct("12/KH-SNV", "number", "14/KH-SNV", "Hoa", EVERYTHING, page=3)
    assert caught.value.message.code == "correct-page" and all(caught.value.say(language) for language in Language)
