"""Readings put where they belong among the page's lines."""

from __future__ import annotations

from evidence.ingest.ocr.fields.field_rows import FieldRow, merge_rows
from evidence.ingest.ocr.fields.header_rows import RowKind
from evidence.model.document import Line, Origin, Word
from tests.support.readings import reading


def line(text: str, left: float, top: float, right: float, bottom: float) -> Line:
    return Line((Word(text, (left, top, right, bottom), 0.5, Origin.OCR),))


READ = (reading("trueocr", "Số: 615 /QĐ-UBND", 0.8), reading("ppocr", "S: 615 /QD-UBND", 0.9, 1))


def test_readings_go_to_the_line_in_their_place() -> None:
    lines = (line("Số: 6I5/QĐ", 100, 100, 230, 112), line("Lạng Sơn, ngày", 300, 100, 500, 112))
    merged = merge_rows(lines, [FieldRow((98, 98, 235, 114), RowKind.NUMBER, READ)])
    assert merged[0].readings == READ
    assert merged[1].readings == ()
    assert [line.text for line in merged] == [line.text for line in lines]


def test_a_row_that_ocr_lost_becomes_a_line() -> None:
    lines = (line("TỈNH", 100, 80, 230, 92), line("QUYẾT ĐỊNH", 200, 200, 400, 212))
    merged = merge_rows(lines, [FieldRow((98, 108, 235, 124), RowKind.NUMBER, READ)])
    assert [line.text for line in merged] == ["TỈNH", "Số: 615 /QĐ-UBND", "QUYẾT ĐỊNH"]
    assert all(word.confidence < 0.9 and word.origin is Origin.OCR for word in merged[1].words)
    assert merged[1].readings == READ[1:]  # the words are the first reading: no witness of itself
    assert merged[1].engine == READ[0].engine


def test_a_lost_row_of_another_kind_becomes_a_line_where_its_words_are_clear() -> None:
    assert merge_rows((), [FieldRow((0, 0, 9, 9), RowKind.OTHER, READ)]) == ()
    clear = (reading("trueocr", "Lê Thị Mẫu", 0.95), reading("trueocr", "Lê Thị Mẫu", 0.9, 8))
    merged = merge_rows((), [FieldRow((300, 700, 380, 714), RowKind.OTHER, clear)])
    assert [line.text for line in merged] == ["Lê Thị Mẫu"] and merged[0].readings == clear[1:]


def test_ink_of_a_stamp_hides_no_number() -> None:
    rubbish = Line((Word("VT", (166.0, 108.0, 200.0, 131.0), 0.0, Origin.OCR),))
    row = FieldRow(
        (166, 108, 208, 131),
        RowKind.NUMBER,
        (reading("trueocr", "TB-VPCP", 0.9), reading("ppocr", "153", 0.9)),
    )
    assert [line.text for line in merge_rows((rubbish,), (row,))] == ["TB-VPCP"]
    printed = Line((Word("Số:", (140.0, 108.0, 160.0, 131.0), 0.3, Origin.OCR), *rubbish.words))
    assert [line.text for line in merge_rows((printed,), (row,))] == ["Số: VT"]


def printed(text: str, left: float, top: float, right: float, bottom: float, sure: float = 0.97) -> FieldRow:
    return FieldRow((left, top, right, bottom), RowKind.OTHER, (reading("trueocr", text, sure),))


TWO_ROWS = [printed("LIÊN ĐOÀN LAO ĐỘNG", 93, 84, 238, 97), printed("TỈNH LÂM ĐỒNG", 105, 98, 228, 110)]


def test_a_line_that_is_two_rows_in_one_gives_way_to_them() -> None:
    mixed = line("LIÊN TĨNH ĐOÀN LÂM LAO ĐỒNG ĐỘNG", 93, 83, 238, 110)
    assert [row.text for row in merge_rows((mixed,), TWO_ROWS)] == ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LÂM ĐỒNG"]


def test_a_high_line_stays_where_its_rows_stand_side_by_side_or_are_not_clear() -> None:
    both = line("UBND TỈNH CỘNG HÒA", 93, 83, 438, 110)
    beside = [printed("UBND TỈNH", 93, 88, 200, 104), printed("CỘNG HÒA", 300, 88, 438, 104)]
    assert [row.text for row in merge_rows((both,), beside)] == [both.text]
    seal = [TWO_ROWS[0], printed("TNH LM DNG", 105, 98, 228, 110, 0.6)]
    assert [row.text for row in merge_rows((both,), seal)] == [both.text]


def test_the_end_of_a_row_whose_front_was_lost_gives_way_to_the_row() -> None:
    rest, whole = line("O ĐỘNG", 187, 85, 239, 95), printed("LIÊN ĐOÀN LAO ĐỘNG", 93, 84, 240, 97)
    assert [row.text for row in merge_rows((rest,), [whole])] == ["LIÊN ĐOÀN LAO ĐỘNG"]
    front = line("LIÊN ĐOÀN LA", 93, 85, 180, 95)
    assert len(merge_rows((front, rest), [whole])) == 2  # nothing is lost: the engine cut it in two
