from __future__ import annotations

from pathlib import Path

import pytest

from evidence.ingest.layout.spaced_letters import join_spaced_letters
from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.pdf.page_text import read_page_text
from evidence.ingest.pdf.reader import open_pdf
from evidence.ingest.pdf.words import join_words
from evidence.model.document import Word
from tests.support import papers


def row(text: str, letter: float = 8.0, blank: float = 12.0, left: float = 50.0) -> list[Word]:
    """Each letter a word; ``|`` stands for a wider gap between words."""
    words: list[Word] = []
    for char in text:
        if char == "|":
            left += blank
            continue
        words.append(Word(char, (left, 100.0, left + 7.0, 114.0)))
        left += 7.0 + letter
    return words


def texts(words: list[Word]) -> str:
    return " ".join(word.text for word in join_spaced_letters(words))


@pytest.mark.parametrize(
    ("letters", "joined"),
    [
        ("QUYẾT|ĐỊNH", "QUYẾT ĐỊNH"),
        ("CỘNG|HÒA|XÃ|HỘI|CHỦ|NGHĨA|VIỆT|NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Số:|615/QĐ-UBND", "Số: 615/QĐ-UBND"),
        ("ngày|15|tháng|3|năm|2019", "ngày 15 tháng 3 năm 2019"),
        ("KẾHOẠCH", "KẾ HOẠCH"),
        ("QUYẾTĐỊNH", "QUYẾT ĐỊNH"),
    ],
)
def test_letters_are_joined_by_their_gaps_or_syllables(letters: str, joined: str) -> None:
    assert texts(row(letters)) == joined


@pytest.mark.parametrize("letters", ["ABCDEFGH", "12345678", "xxxxxxx"])
def test_what_makes_no_words_stays(letters: str) -> None:
    assert texts(row(letters)) == " ".join(letters)


def test_letters_over_columns_stay() -> None:
    assert texts(row("ABANGA", letter=40.0)) == "A B A N G A"


def test_what_stands_around_stays_and_the_box_is_that_of_the_letters() -> None:
    before, after = Word("Điều", (10, 100, 40, 114)), Word("1.", (400, 100, 410, 114))
    joined = join_spaced_letters([before, *row("QUYẾT|ĐỊNH"), after])
    assert [word.text for word in joined] == ["Điều", "QUYẾT", "ĐỊNH", "1."]
    assert joined[1].box == (50.0, 100.0, 50.0 + 5 * 7 + 4 * 8, 114.0)


@pytest.mark.parametrize("way", ["blanks", "spacing"])
def test_a_page_of_such_rows_reads_as_words(way: str, tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "a.pdf")
    canvas.setFont("Serif", 13)
    for place, line in enumerate(["QUYẾT ĐỊNH", "THÔNG BÁO KẾT LUẬN"]):
        if way == "blanks":
            canvas.drawString(100, 700 - 30 * place, "   ".join(" ".join(word) for word in line.split()))
        else:
            canvas.drawString(100, 700 - 30 * place, line, charSpace=5)
    canvas.save()
    page = read_page_text(open_pdf(tmp_path / "a.pdf"), 0, FileProbe(tmp_path / "a.pdf"))
    assert " ".join(word.text for word in join_words(page.own)) == "QUYẾT ĐỊNH THÔNG BÁO KẾT LUẬN"
