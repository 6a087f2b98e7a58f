from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from evidence.errors import CriteriaError, UsageError
from evidence.ingest.sources import walk as walking
from evidence.ingest.sources.walk import OfferedFile, walk


def make(root: Path, *names: str) -> Path:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    return root


def seen(root: Path, offered: Iterator[OfferedFile]) -> list[tuple[str, str | None, str | None]]:
    return [(str(one.path.relative_to(root)), one.unit, one.criterion) for one in offered]


def test_layout(tmp_path: Path) -> None:
    make(
        tmp_path,
        "SNV/1.2.1 - Báo cáo CCHC/quý I.pdf",
        "SNV/1.2.1 - Báo cáo CCHC/phụ lục/pl1.pdf",
        "SNV/1.3/a.pdf",
        "SNV/chung.pdf",
        "đọc trước.pdf",
    )
    assert seen(tmp_path, walk([tmp_path])) == [
        ("SNV/1.2.1 - Báo cáo CCHC/phụ lục/pl1.pdf", "SNV", "1.2.1"),
        ("SNV/1.2.1 - Báo cáo CCHC/quý I.pdf", "SNV", "1.2.1"),
        ("SNV/1.3/a.pdf", "SNV", "1.3"),
        ("SNV/chung.pdf", "SNV", None),
        ("đọc trước.pdf", None, None),
    ]


def test_flags_override_the_layout(tmp_path: Path) -> None:
    make(tmp_path, "SNV/1.3/a.pdf")
    (one,) = walk([tmp_path], unit="STC", criterion="9", received=date(2025, 1, 2))
    assert (one.unit, one.criterion, one.received) == ("STC", "9", date(2025, 1, 2))


def test_a_unit_s_own_folder_with_the_unit_named(tmp_path: Path) -> None:
    make(tmp_path, "1.3 - Kiểm tra/a.pdf", "b.pdf")
    expected = [("1.3 - Kiểm tra/a.pdf", "SNV", "1.3"), ("b.pdf", "SNV", None)]
    assert seen(tmp_path, walk([tmp_path], unit="SNV")) == expected


def test_single_files(tmp_path: Path) -> None:
    make(tmp_path, "SNV/1.3/a.pdf")
    (one,) = walk([tmp_path / "SNV/1.3/a.pdf"])
    assert (one.unit, one.criterion) == (None, None)


def test_litter_and_links_to_folders_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "U/.DS_Store", "U/Thumbs.db", "U/~$to trinh.docx", "U/.git/x", "__MACOSX/U/y", "U/a.pdf")
    (tmp_path / "U" / "ring").symlink_to(tmp_path)
    assert seen(tmp_path, walk([tmp_path])) == [("U/a.pdf", "U", None)]


def test_names_are_codes_composed(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "Sở Nội vụ/1.1 - Kế hoạch/tệp\nhai dòng.pdf"))
    (one,) = walk([tmp_path])
    assert (one.unit, one.criterion) == ("Sở Nội vụ", "1.1")
    assert one.path.exists()


def test_a_shut_folder_is_offered_as_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "SNV/1.1/a.pdf", "SNV/1.2/b.pdf", "SNV/1.3/c.pdf")
    listing = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "1.2":
            raise PermissionError(13, "no")
        return listing(path)

    monkeypatch.setattr(walking.os, "scandir", guarded)
    assert seen(tmp_path, walk([tmp_path])) == [
        ("SNV/1.1/a.pdf", "SNV", "1.1"),
        ("SNV/1.2", "SNV", "1.2"),
        ("SNV/1.3/c.pdf", "SNV", "1.3"),
    ]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        list(walk([tmp_path / "không có"]))
    assert "không có" in caught.value.say("vi")


# --- manifests ------------------------------------------------------------------------------------------------------


def manifest(root: Path, text: str, encoding: str = "utf-8") -> Path:
    file = root / "kê khai.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_manifest_overrides_the_layout(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    data = make(tmp_path / "data", "SNV/1.1/a.pdf", "SNV/1.2/b.pdf")
    rows = [
        ["file", "unit", "criterion", "number", "date", "received", "page"],
        ["SNV/1.1/a.pdf", "STC", "4.2", "12/BC-STC", "15/3/2019", "2019-03-20", "3"],
        ["SNV/1.1/a.pdf", "STC", "4.3", "", "", "", ""],
    ]
    file = manifest(tmp_path, end.join(delimiter.join(row) for row in rows) + end, encoding)
    one, two, three = walk([data], manifest=file)
    assert (one.unit, one.criterion, one.claimed_number, one.page) == ("STC", "4.2", "12/BC-STC", 3)
    assert (one.claimed_date, one.received) == ("15/3/2019", date(2019, 3, 20))
    assert (two.criterion, two.received) == ("4.3", None)
    assert (three.unit, three.criterion) == ("SNV", "1.2")


def test_flags_override_the_manifest(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    file = manifest(tmp_path, "file,unit\na.pdf,STC\n")
    assert {one.unit for one in walk([tmp_path], unit="SNV", manifest=file)} == {"SNV"}


def test_manifest_names_files_outside_the_folders_and_decomposed_ones(tmp_path: Path) -> None:
    make(tmp_path, "data/x.pdf", unicodedata.normalize("NFD", "ngoài/tờ trình.pdf"))
    file = manifest(tmp_path, "file,unit\nngoài\\tờ trình.pdf,SNV\n")
    found = list(walk([tmp_path / "data"], manifest=file, outside=True))
    assert [(one.path.name[-5:], one.unit) for one in found] == [("x.pdf", None), ("h.pdf", "SNV")]


@pytest.mark.parametrize("shape", ["ngoài/a.pdf", "data/../ngoài/a.pdf", "{here}/ngoài/a.pdf", "data/lối/a.pdf"])
def test_a_manifest_takes_no_file_from_elsewhere(tmp_path: Path, shape: str) -> None:
    make(tmp_path, "data/x.pdf", "ngoài/a.pdf")
    (tmp_path / "data" / "lối").symlink_to(tmp_path / "ngoài")
    (tmp_path / "data" / "nối.pdf").symlink_to(tmp_path / "ngoài" / "a.pdf")  # the walk takes such a link too
    file = manifest(tmp_path, f"file,unit\n{shape.format(here=tmp_path)},SNV\ndata/nối.pdf,STC\n")
    with pytest.raises(CriteriaError) as caught:
        list(walk([tmp_path / "data"], manifest=file))
    assert [(line, message.code) for line, message in caught.value.faults] == [(2, "manifest-file-outside")]
    assert {one.unit for one in walk([tmp_path / "data"], manifest=file, outside=True)} == {"SNV", "STC", None}
    assert list(walk([tmp_path / "data", tmp_path / "ngoài"], manifest=file))


def test_folders_deeper_than_python_calls_itself(tmp_path: Path) -> None:
    place = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_300):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(os.open("a.pdf", os.O_CREAT, dir_fd=place))
    os.close(place)
    (file,) = walk([tmp_path / "d"])
    assert (file.path.name, file.unit, file.criterion) == ("a.pdf", "d", "d")
    subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # Python's own removal calls itself


def test_pointers_to_elsewhere_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "SNV/a.pdf", "SNV/Lối tắt.lnk", "SNV/trang.URL", "SNV/desktop.ini", "SNV/Thumbs.db")
    assert [file.path.name for file in walk([tmp_path])] == ["a.pdf"]


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "b.pdf")
    text = (
        "file,unit,criterian,date,received,page\n"
        '"a.pdf","two\nlines",1.1,32/13/2019,2019-03-01,1\n'
        "\n"
        "gone.pdf,SNV,1.1,,,\n"
        "b.pdf,SNV,1.1,,2019,0,extra\n"
    )
    with pytest.raises(CriteriaError) as caught:
        list(walk([tmp_path], manifest=manifest(tmp_path, text)))
    assert [(line, message.code) for line, message in caught.value.faults] == [
        (1, "manifest-unknown-column"),
        (2, "manifest-bad-date"),
        (5, "manifest-file-missing"),
        (6, "manifest-too-many-cells"),
        (6, "manifest-bad-date"),
        (6, "manifest-bad-page"),
    ]
    assert caught.value.exit_code == 5
    assert all(str(line) in caught.value.say("vi") for line in (1, 2, 5, 6))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"file\na.pdf\xff\n", "manifest-file-missing"),
        (b"PK\x03\x04\x00\xff\x00", "manifest-not-utf8"),
        (b"\xff\xfef\x00i\x00l", "manifest-not-utf8"),
        (b"hoso,unit\na.pdf,SNV\n", "manifest-no-file-column"),
        (b"", "manifest-no-file-column"),
        (b'file\n"a.pdf\n', "manifest-not-csv"),
    ],
)
def test_what_is_no_manifest(tmp_path: Path, data: bytes, code: str) -> None:
    make(tmp_path, "a.pdf")
    file = tmp_path / "m.csv"
    file.write_bytes(data)
    with pytest.raises(CriteriaError) as caught:
        list(walk([tmp_path], manifest=file))
    assert code in [message.code for _, message in caught.value.faults]
    assert caught.value.say("vi") != caught.value.say("en")


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CriteriaError) as caught:
        list(walk([tmp_path], manifest=tmp_path / "none.csv"))
    assert caught.value.message.code == "manifest-missing"


def test_a_folder_of_numbered_folders_is_a_unit_s_own(tmp_path: Path) -> None:
    unit = tmp_path / "Sở Y tế"
    for name in ("3.1 - Kế hoạch", "3.2", "khác", "4"):
        (unit / name).mkdir(parents=True)
        (unit / name / "a.pdf").touch()
    expected = [("Sở Y tế", "3.1"), ("Sở Y tế", "3.2"), ("Sở Y tế", "4"), ("Sở Y tế", "khác")]
    for root in (unit, tmp_path, tmp_path / "x" / ".." / "Sở Y tế"):
        (tmp_path / "x").mkdir(exist_ok=True)
        offered = sorted((str(file.unit), str(file.criterion)) for file in walk([root]))
        assert offered == expected
    assert len({file.path_bytes for root in (unit, tmp_path) for file in walk([root])}) == 4


def test_numbered_units_are_no_criteria(tmp_path: Path) -> None:
    for name in ("01 - Sở Y tế", "02 - Sở Nội vụ"):
        (tmp_path / name / "1.1").mkdir(parents=True)
        (tmp_path / name / "1.1" / "a.pdf").touch()
    assert [(file.unit, file.criterion) for file in walk([tmp_path])] == [
        ("01 - Sở Y tế", "1.1"),
        ("02 - Sở Nội vụ", "1.1"),
    ]


NAME = "SYT/4.1 - Đào tạo/Quyết định số 3 về bồi dưỡng.pdf"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "cp1258"])
@pytest.mark.parametrize("sign", [";", "\t", ","])
@pytest.mark.parametrize("told", [False, True])
def test_a_manifest_as_spreadsheets_save_it(tmp_path: Path, encoding: str, sign: str, told: bool) -> None:
    make(tmp_path, NAME)
    header = ["STT", "Tên tệp", "Mã đơn vị", "TIÊU CHÍ", "Số ký hiệu", "Ngày  nhận", "Ghi chú"]
    row = ["1", NAME, "STC", "4.2", "3/QĐ-SYT", "20/3/2026", "bổ sung"]
    text = f"{sign.join(header)}\r\n{sign.join(row)}\r\n"
    text = f"sep={sign}\r\n{text}" if told else text
    data = unicodedata.normalize("NFD", text) if encoding == "cp1258" else text
    mark = b"\xfe\xff" if encoding == "utf-16-be" and told else b""
    (tmp_path / "kê khai.csv").write_bytes(mark + data.encode(encoding, "replace"))
    (file,) = walk([tmp_path / "SYT"], manifest=tmp_path / "kê khai.csv")
    assert (file.unit, file.criterion, file.received) == ("STC", "4.2", date(2026, 3, 20))
    assert file.claimed_number == "3/QĐ-SYT" or encoding == "cp1258"


def test_a_name_with_lost_letters_is_found_only_where_one_fits(tmp_path: Path) -> None:
    make(tmp_path, "Kế hoạch.pdf")
    (tmp_path / "m.csv").write_text("file,unit\nKe?\u0301 ho?ch.pdf,SYT\n", "utf-8")
    assert [file.unit for file in walk([tmp_path / "Kế hoạch.pdf"], manifest=tmp_path / "m.csv")] == ["SYT"]
    make(tmp_path, "Kể hoạch.pdf")
    with pytest.raises(CriteriaError) as caught:
        list(walk([tmp_path / "Kế hoạch.pdf"], manifest=tmp_path / "m.csv"))
    assert [message.code for _, message in caught.value.faults] == ["manifest-file-ambiguous"]
