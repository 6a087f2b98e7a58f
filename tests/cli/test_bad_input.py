"""Bad input: each kind with a clear sentence in both languages and its exit code; the rest of the batch goes on."""

from __future__ import annotations

import ctypes
import json
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from evidence.archive import ingest_request
from evidence.ingest.sources.walk import OfferedFile, walk
from tests.support.past_the_program import copy_archive, open_past

from .conftest import SAMPLES, Run, sample

NO_PAGES = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
trailer<</Root 1 0 R>>
"""


def huge_image(path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(path, "PNG", compress_level=1)


BAD: dict[str, tuple[str, Callable[[Path], object], str, str]] = {
    "empty": ("rong.pdf", lambda path: path.write_bytes(b""), "rỗng", "is empty"),
    "text": ("van-ban.pdf", lambda path: path.write_text("không phải PDF\n" * 9), "nội dung là", "content is"),
    "truncated": (
        "cut.pdf",
        lambda path: path.write_bytes(sample("218-KH-SXD").read_bytes()[:3000]),
        "hỏng hoặc bị cắt cụt",
        "damaged or cut short",
    ),
    "encrypted": ("khoa.pdf", lambda path: shutil.copy(sample("mat khau"), path), "mật khẩu", "password"),
    "no pages": ("0.pdf", lambda path: path.write_bytes(NO_PAGES), "PDF", "PDF"),
    "huge": ("anh.png", huge_image, "vượt giới hạn", "exceeds the limit"),
    "broken zip": (
        "hong.docx",
        lambda path: path.write_bytes(sample("Báo cáo CCHC").read_bytes()[:5000]),
        "DOCX bị hỏng",
        "DOCX is damaged",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_said_and_the_next_is_read(evidence: Run, tmp_path: Path, letter: Path, case: str) -> None:
    name, make, vietnamese, english = BAD[case]
    bad = letter.parent / name
    make(bad)
    read = evidence("read", "--json", bad, letter)
    records = [json.loads(line) for line in read.out.splitlines()]
    assert read.code == 3
    assert [record["status"] for record in records] == ["unreadable", "read"]
    assert vietnamese in records[0]["problems"][0]["sentence"]
    home = tmp_path / "home"
    ingested = evidence("--home", home, "ingest", letter.parent, "--lang", "en")
    assert ingested.code == 3
    rows = ingested.out.splitlines()
    assert len(rows) == 2 and any(row.startswith("stored") for row in rows)
    assert any(row.startswith("unreadable") and english in row for row in rows)
    assert evidence("--home", home, "verify").code == 0


def test_a_file_that_vanishes(evidence: Run, tmp_path: Path, letter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going = Path(shutil.copy(letter, letter.with_name("a going.pdf")))

    def walk_then_lose(paths: Sequence[Path], *given: object) -> Iterator[OfferedFile]:
        yield from walk(paths)
        going.unlink()

    monkeypatch.setattr(ingest_request, "walk", walk_then_lose)
    result = evidence("--home", tmp_path / "home", "ingest", letter.parent)
    assert result.code == 3
    assert "Không còn thấy tệp" in result.out and result.out.count("đã lưu") == 1


def bound_by_permissions() -> None:
    """In the child, before the program starts: even root must ask (PR_CAPBSET_DROP of CAP_DAC_*)."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_folder_without_permission(tmp_path: Path, letter: Path, language: str) -> None:
    (letter.parent / "shut").mkdir(mode=0)
    command = [sys.executable, "-m", "evidence", "--home", str(tmp_path / "home"), "ingest", str(letter.parent)]
    done = subprocess.run(
        [*command, "--lang", language], capture_output=True, text=True, timeout=120, preexec_fn=bound_by_permissions
    )
    assert done.returncode == 3, done.stderr
    assert ("Không có quyền đọc" if language == "vi" else "no permission to read") in done.stdout
    assert len(done.stdout.splitlines()) == 2


NAMES = [
    unicodedata.normalize("NFD", "Báo cáo quý I.pdf"),
    "có dấu cách  và 'nháy' \"kép\".pdf",
    "xuống\ndòng.pdf",
    "-dash.pdf",
    "esc\x1b[31m.pdf",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_every_kind(evidence: Run, tmp_path: Path, letter: Path, name: str) -> None:
    letter.rename(letter.with_name(name))
    home = tmp_path / "home"
    result = evidence("--home", home, "ingest", letter.parent)
    assert result.code == 0
    assert len(result.out.splitlines()) == 1 and "\x1b" not in result.out
    assert unicodedata.is_normalized("NFC", result.out)
    told = json.loads(evidence("read", "--json", "--", letter.with_name(name)).out)
    assert told["source"]["path"].endswith(unicodedata.normalize("NFC", name))
    assert evidence("--home", home, "show", "1327/QĐ-UBND").code == 0
    assert evidence("--home", home, "ingest", letter.parent).out.startswith("đã có")


def test_ten_faults_at_once(evidence: Run, tmp_path: Path) -> None:
    file = tmp_path / "faults.yaml"
    lines = (SAMPLES / "criteria.yaml").read_text("utf-8").splitlines()
    spoilt = [line.replace("score: ", "skore: ").replace("due: ", "due: hôm nay ") for line in lines]
    file.write_text("\n".join(spoilt), "utf-8")
    for language in ("vi", "en"):
        result = evidence("criteria", "validate", file, "--lang", language)
        assert (result.code, result.out) == (5, "")
        assert len(result.err.splitlines()) > 10
        assert all(row.split(":")[0].strip().isdigit() for row in result.err.splitlines()[1:])
    assert evidence("check", "--criteria", file).code == 5


def test_a_folder_that_is_no_archive(evidence: Run, letter: Path) -> None:
    for command in (["verify"], ["search", "a"], ["reindex"], ["ingest", str(letter)]):
        result = evidence("--home", letter.parent, *command)
        assert (result.code, result.out) == (6, "")
        assert "không phải là kho hồ sơ" in result.err
        assert "is not an archive" in evidence("--home", letter.parent, "--lang", "en", *command).err
    assert [path.name for path in letter.parent.iterdir()] == [letter.name]


def test_no_archive_yet(evidence: Run, tmp_path: Path) -> None:
    result = evidence("--home", tmp_path / "none", "search", "a")
    assert result.code == 6 and "Chưa có kho hồ sơ" in result.err
    assert not (tmp_path / "none").exists()


def test_a_database_of_a_newer_version(evidence: Run, tmp_path: Path, stored: Path) -> None:
    home = tmp_path / "newer"
    copy_archive(stored, home)
    with open_past(home) as database:
        database.execute("update alembic_version set version_num = '9999'")
    result = evidence("--home", home, "search", "a")
    assert result.code == 6 and "phiên bản mới hơn" in result.err
    assert "newer version" in evidence("--home", home, "search", "a", "--lang", "en").err


def test_a_damaged_archive(evidence: Run, tmp_path: Path, stored: Path) -> None:
    home = tmp_path / "damaged"
    copy_archive(stored, home)
    original = next(path for path in (home / "originals").rglob("*") if path.is_file())
    original.chmod(0o644)
    original.write_bytes(b"other")
    result = evidence("--home", home, "verify")
    assert result.code == 6 and "1 chỗ hư hỏng" in result.out


@pytest.mark.slow
def test_without_tesseract(evidence: Run, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = sample("BC quy I.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert evidence("read", letter).code == 0  # its text needs no OCR
    for command in (["read", str(scan)], ["--home", str(tmp_path / "home"), "ingest", str(scan)]):
        result = evidence(*command)
        assert (result.code, result.out) == (4, "")
        assert "Chưa cài chương trình nhận dạng chữ Tesseract" in result.err and "apt-get install" in result.err
        assert "Tesseract is not installed" in evidence(*command, "--lang", "en").err
    doctor = evidence("doctor")
    assert doctor.code == 4
    assert "sudo apt-get install tesseract-ocr tesseract-ocr-vie antiword" in doctor.out
    assert "This machine is not ready" in evidence("doctor", "--lang", "en").out


PATHS = [
    (["read", "{}/none.pdf"], "Không có tệp", "no file"),
    (["read", "{}"], "là thư mục", "is a folder"),
    (["ingest", "{}/none"], "Không có tệp hay thư mục", "no file or folder"),
    (["ingest", "{}/empty"], "Không tìm thấy tệp nào", "No file was found"),
    (["criteria", "validate", "{}/none.yaml"], "Không có tệp", "no file"),
    (["check", "--criteria", str(SAMPLES / "criteria.yaml"), "--unit", "XYZ"], "XYZ", "XYZ"),
    (["check", "--criteria", str(SAMPLES / "criteria.yaml"), "-o", "{}/none/a.html"], "Không ghi được", "cannot be"),
    (["show", "ffffffff"], "ffffffff", "ffffffff"),
]


@pytest.mark.parametrize(("command", "vietnamese", "english"), PATHS)
def test_what_is_not_there(
    evidence: Run, tmp_path: Path, stored: Path, command: list[str], vietnamese: str, english: str
) -> None:
    (tmp_path / "empty").mkdir()
    arguments = ["--home", str(stored), *(part.format(tmp_path) for part in command)]
    result = evidence(*arguments)
    assert (result.code, result.out) == (2, "")
    assert vietnamese in result.err
    assert english in evidence(*arguments, "--lang", "en").err


def test_manifest_faults(evidence: Run, letter: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,unit,recieved\nnone.pdf,SXD,\n", "utf-8")
    result = evidence("--home", tmp_path / "home", "ingest", letter.parent, "--manifest", manifest)
    assert result.code == 5 and "recieved" in result.err
    assert evidence("--home", tmp_path / "home", "ingest", letter, "--manifest", tmp_path / "no.csv").code in (2, 5)
