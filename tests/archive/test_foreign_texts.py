"""An archive of before in which one file's text stands under another's hash: found, told, read anew; a right one is
left in peace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from evidence.archive.facade import Archive
from evidence.cli.main import run as command
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from evidence.messages import Language, say
from tests.support.outcomes import outcomes
from tests.support.past_the_program import open_past

pytestmark = pytest.mark.slow

HEAD = "SỞ NỘI VỤ\nSố: {number}/BC-SNV\nLạng Sơn, ngày {day} tháng {month} năm 2025\nBÁO CÁO\n{title}\n"
TREES = "Toàn tỉnh đã trồng {a} cây phân tán, chăm sóc {b} héc-ta rừng và nghiệm thu {c} tuyến đường dân sinh.\n"
POSTS = "Số hồ sơ tiếp nhận trực tuyến đạt {a}, trả đúng hạn {b}, còn {c} hồ sơ quá hạn phải xin lỗi công dân.\n"
FORM = (HEAD + TREES * 3).format
OTHER = (HEAD + POSTS * 3).format
FILES = {
    "cây tháng 4.txt": FORM(number=41, day=27, month=4, title="Về trồng cây", a=118, b=2460, c=37),
    "cây tháng 5.txt": FORM(number=59, day=30, month=5, title="Về trồng cây", a=903, b=7715, c=64),
    "một cửa.txt": OTHER(number=73, day=12, month=6, title="Về bộ phận một cửa", a=5521, b=98, c=14),
    "thi đua.txt": OTHER(number=88, day=19, month=8, title="Về phong trào thi đua", a=310, b=45, c=26),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "hồ sơ" / "SNV"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text)
    made = Settings(tmp_path / "kho", jobs=2)
    take_in(made)
    return made


def take_in(settings: Settings, rehash: bool = False) -> list[str]:
    with Archive.open(settings, create=True) as archive:
        return [str(one.outcome) for one in outcomes(archive.ingest(walk([settings.home.parent / "hồ sơ"]), rehash))]


def age(settings: Settings, *pair: str) -> set[str]:
    """Makes it an archive of before, and exchanges what is stored of those two files; their hashes."""
    with open_past(settings.home) as database:
        database.execute("UPDATE audit SET detail = 'read, grammar 8' WHERE action = 'stored'")
        rows = database.execute("SELECT sha256, path FROM submissions").fetchall()
        hashes = [next(sha256 for sha256, path in rows if path.endswith(name)) for name in pair]
        texts = [database.execute("SELECT data FROM pages WHERE sha256 = ?", (one,)).fetchone()[0] for one in hashes]
        for sha256, data in zip(hashes, reversed(texts), strict=True):
            database.execute("UPDATE pages SET data = ? WHERE sha256 = ?", (data, sha256))
    return set(hashes)


def accused(settings: Settings) -> set[str]:
    with Archive.open(settings) as archive:
        damages = [damage for damage in archive.verify() if damage.subject != "audit"]  # which ``age`` wrote in
    assert {damage.message.code for damage in damages} <= {"verify-foreign-text"}
    assert all(say(damage.message, language) and damage.lost for damage in damages for language in Language)
    return {damage.subject for damage in damages}


def test_a_right_archive_of_before_is_not_accused(settings: Settings) -> None:
    age(settings)
    assert accused(settings) == set()


@pytest.mark.parametrize("pair", [("một cửa.txt", "cây tháng 4.txt"), ("cây tháng 4.txt", "cây tháng 5.txt")])
def test_a_text_under_another_hash_is_found_and_read_anew(settings: Settings, pair: tuple[str, str]) -> None:
    """Of another paper, and of another month's paper of the same form."""
    hashes = age(settings, *pair)
    assert accused(settings) == hashes
    assert command(["--home", str(settings.home), "verify"]) == 6
    assert take_in(settings) == ["known"] * len(FILES)  # handed in again, and not read again
    assert accused(settings) == hashes
    assert take_in(settings, rehash=True).count("stored") == 2
    assert accused(settings) == set()


def test_an_archive_of_now_is_not_read_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.archive.foreign_texts.read_own_texts", None)
    assert accused(replace(settings, jobs=1)) == set()


def scan_pages(archive: Settings, pages: dict[str, tuple[int, tuple[int, int]]]) -> None:
    """Scans handed in, each of so many pages of that size in pixels at 100 dpi; their OCR is made up."""
    folder = archive.home.parent / "hồ sơ" / "SNV"
    for place, (name, (count, size)) in enumerate(pages.items()):
        frames = [Image.new("L", size, 250 - place) for _ in range(count)]
        frames[0].save(folder / name, save_all=True, append_images=frames[1:], dpi=(100, 100))
    take_in(archive)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ((1, (827, 1169)), (3, (827, 1169)), True),  # more pages
        ((1, (827, 1169)), (1, (583, 827)), True),  # A5
        ((2, (827, 1169)), (2, (827, 1169)), False),  # nothing tells without OCR
    ],
)
def test_scans_are_held_against_the_number_and_size_of_their_pages(
    tmp_path: Path, one: tuple[int, tuple[int, int]], other: tuple[int, tuple[int, int]], told: bool
) -> None:
    (tmp_path / "hồ sơ" / "SNV").mkdir(parents=True)
    archive = Settings(tmp_path / "kho", jobs=1)
    scan_pages(archive, {"a.tif": one, "b.tif": other})
    age(archive)
    assert accused(archive) == set()
    hashes = exchange_pages(archive, "a.tif", "b.tif")
    assert accused(archive) == (hashes if told else set())


def exchange_pages(settings: Settings, *pair: str) -> set[str]:
    """What is stored of the two files' pages, each under the other's hash; the hashes."""
    with open_past(settings.home) as database:
        rows = database.execute("SELECT sha256, path FROM submissions").fetchall()
        first, second = (next(sha256 for sha256, path in rows if path.endswith(name)) for name in pair)
        for source, target in ((first, "0" * 64), (second, first), ("0" * 64, second)):
            database.execute("UPDATE pages SET sha256 = ? WHERE sha256 = ?", (target, source))
        counts = dict(database.execute("SELECT sha256, count(*) FROM pages GROUP BY sha256").fetchall())
        for sha256 in (first, second):
            database.execute("UPDATE documents SET page_count = ? WHERE sha256 = ?", (counts[sha256], sha256))
    return {first, second}
