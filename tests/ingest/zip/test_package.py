"""ZIPs and packed bytes: names are data, limits hold, damage is told."""

from __future__ import annotations

import email.message
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.config import Limits, Settings
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.ingest.formats import registry
from evidence.ingest.members import clean_name
from evidence.ingest.reader_protocol import ReadRequest
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file
from tests.support import papers
from tests.support.format_reading import odt, pack, read, refused, write

TEXT = "\n".join(papers.BODY)


def test_zip_names_are_data(tmp_path: Path) -> None:
    names = ["../../x.pdf", "/etc/x.pdf", "a\\b.txt", "bản\u202efdp.exe", "c\x1b[2J\n.txt"]
    names += ["é.txt", "e\u0301.txt", "É.TXT"]
    reading = read(pack(tmp_path / "a.zip", {name: f"nội dung {count}" for count, name in enumerate(names)}))
    names = [member.name for member in reading.embedded]
    assert names == ["x.pdf", "etc/x.pdf", "a/b.txt", "bảnfdp.exe", "c[2J.txt", "é.txt", "é.txt (2)", "É.TXT (3)"]
    assert all(Path(file.file).parent == tmp_path / "scratch" for file in reading.embedded)
    assert all(clean_name(name) == name for name in names)
    assert not (tmp_path.parent / "x.pdf").exists()


def test_what_systems_leave_behind_is_left_out(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.pdf", "a/.DS_Store", "Thumbs.db", "~$a.docx", "a.pdf"]
    assert [member.name for member in read(pack(tmp_path / "a.zip", dict.fromkeys(names, "x"))).embedded] == ["a.pdf"]


def test_zip_limits(tmp_path: Path) -> None:
    many = pack(tmp_path / "many.zip", {str(count): "x" for count in range(30)})
    assert refused(many, replace(Limits(), members=20)) == ("too-large", "too-many-members")
    fat = pack(tmp_path / "fat.zip", {str(count): bytes(500_000) for count in range(5)})
    assert refused(fat, replace(Limits(), unpacked_bytes=2_000_000)) == ("too-large", "too-large-unpacked")
    assert refused(fat) == ("too-large", "too-dense")
    assert refused(pack(tmp_path / "one.zip", {"x": bytes(2_000_000)})) == ("too-large", "too-dense")
    assert refused(pack(tmp_path / "empty.zip", {})) == ("damaged", "empty-zip")


def test_a_zip_that_lies_about_its_sizes(tmp_path: Path) -> None:
    file = pack(tmp_path / "liar.zip", {"x": bytes(900_000)})
    data = file.read_bytes()
    file.write_bytes(data.replace((900_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    reading = read(file)
    assert [problem.message.code for problem in reading.problems] == ["member-damaged"] or all(
        Path(file.file).stat().st_size <= 10 for file in reading.embedded
    )


def test_damaged_and_shut_members_are_told_and_the_others_come(tmp_path: Path) -> None:
    file = pack(tmp_path / "a.zip", {"hỏng.txt": "x" * 100, "lành.txt": "y" * 100})
    data = bytearray(file.read_bytes())
    data[data.index("hỏng.txt".encode()) + len("hỏng.txt".encode()) + 2] ^= 0xFF
    file.write_bytes(data)
    reading = read(file)
    assert [member.name for member in reading.embedded] == ["lành.txt"]
    assert [problem.message.code for problem in reading.problems] == ["member-damaged"]


def test_packed_bytes_that_are_broken_are_damage(tmp_path: Path) -> None:
    papers.word(tmp_path / "a.docx")
    odt(tmp_path / "a.odt", "<text:p>a</text:p>")
    for name in ("a.docx", "a.odt"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        pack(tmp_path / name, parts)
        data = bytearray((tmp_path / name).read_bytes())
        inner = b"word/document.xml" if name == "a.docx" else b"content.xml"
        at = data.index(inner) + len(inner)
        data[at : at + 40] = b"\xff" * 40
        (tmp_path / name).write_bytes(data)
        reader = registry.load_reader(media_types.DOCX if name == "a.docx" else media_types.ODT)
        assert reader is not None
        with pytest.raises(UnreadableError) as caught:
            reader(ReadRequest(tmp_path / name, tmp_path, Limits()))
        assert caught.value.problem == "damaged"


def test_a_message_in_a_message_keeps_its_parents_and_a_third_zip_is_not_opened(tmp_path: Path) -> None:
    inner, outer = email.message.EmailMessage(), email.message.EmailMessage()
    inner["From"], inner["Subject"] = "a@snv.vn", "Báo cáo"
    inner.set_content("xin gửi")
    inner.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="Báo cáo.txt")
    outer["From"], outer["Subject"] = "b@snv.vn", "Fwd: Báo cáo"
    outer.set_content("kính chuyển")
    outer.add_attachment(inner)
    nested = pack(tmp_path / "1.zip", {"a.txt": TEXT}).read_bytes()
    nested = pack(tmp_path / "2.zip", {"1.zip": nested}).read_bytes()
    files = [write(tmp_path / "a.eml", outer.as_bytes()), pack(tmp_path / "3.zip", {"2.zip": nested})]
    settings = Settings(home=tmp_path)
    outcomes = pipeline.read_files([request_file(file, settings.limits) for file in files], settings)
    records = {outcome.source.path.removeprefix(f"{tmp_path}/"): outcome.record for outcome in outcomes}
    assert sorted(records) == [
        "3.zip", "3.zip!/2.zip", "3.zip!/2.zip!/1.zip",
        "a.eml", "a.eml!/1.eml", "a.eml!/1.eml!/Báo cáo.txt",
    ]  # fmt: skip
    assert str(records["a.eml!/1.eml!/Báo cáo.txt"].kind.value) == "Tờ trình"
    assert [problem.message.code for problem in records["3.zip!/2.zip!/1.zip"].problems] == ["too-deep"]
