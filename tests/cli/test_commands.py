"""What each command prints when all goes well, and how a run is stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence import third_party
from evidence.archive import office_reading
from evidence.archive.facade import Archive
from evidence.cli.commands.appraisal import check as check_module
from evidence.config import Settings
from evidence.third_party import PackageFile
from tests.support.past_the_program import copy_archive

from .conftest import SAMPLES, Run, sample

CRITERIA = SAMPLES / "criteria.yaml"
COMMAND = [sys.executable, "-m", "evidence"]


def test_read_prints_json_lines_in_the_order_given(evidence: Run) -> None:
    files = [sample("07-KH-VP"), sample("1327-QD-UBND"), sample("07-KH-VP")]
    result = evidence("read", "--json", *files)
    records = [json.loads(line) for line in result.out.splitlines()]
    assert (result.code, result.err) == (0, "")
    assert [Path(record["source"]["path"]).name for record in records] == [file.name for file in files]
    assert [record["number"]["value"] for record in records] == ["7/KH-VP", "1327/QĐ-UBND", "7/KH-VP"]


def test_read_text_is_what_spans_count(evidence: Run) -> None:
    file = sample("1327-QD-UBND")
    record = json.loads(evidence("read", "--json", file).out)
    pages = evidence("read", "--text", file).out.split("\f")
    for citation in record["citations"]:
        assert pages[citation["page"] - 1][citation["start"] : citation["end"]] == citation["text"]
    assert record["citations"]


def test_read_text_and_tables_inside_json(evidence: Run) -> None:
    result = json.loads(evidence("read", "--json", "--text", "--tables", sample("132-BC-SXD")).out)
    assert all(page["text"] for page in result["pages"])
    assert any(page["tables"] for page in result["pages"])
    plain = evidence("read", "--tables", sample("132-BC-SXD")).out
    assert "bảng 1:" in plain and " | " in plain


def test_read_for_people(evidence: Run) -> None:
    vietnamese = evidence("read", sample("1327-QD-UBND")).out
    assert "1327/QĐ-UBND" in vietnamese and "Quyết định" in vietnamese
    assert evidence("read", "--lang", "en", sample("1327-QD-UBND")).out != vietnamese


def test_the_same_command_twice(evidence: Run, letter: Path, tmp_path: Path) -> None:
    arguments = ["--home", tmp_path / "home", "ingest", letter.parent, "--unit", "VPUBND"]
    first, second = evidence(*arguments), evidence(*arguments)
    assert first.out.startswith("đã lưu") and "lưu mới 1" in first.err
    assert second.out.startswith("đã có") and "lưu mới 0, đã có 1" in second.err
    assert (first.code, second.code) == (0, 0)


def test_ingest_json(evidence: Run, letter: Path, tmp_path: Path) -> None:
    result = evidence("--home", tmp_path / "home", "ingest", letter, "--json", "-q")
    (row,) = map(json.loads, result.out.splitlines())
    assert row["outcome"] == "stored" and row["record"]["source"]["sha256"] == row["sha256"]
    assert result.err == ""


def test_check_formats(evidence: Run, stored: Path, tmp_path: Path) -> None:
    base = ["--home", stored, "check", "--criteria", CRITERIA, "--as-of", "31/1/2026"]
    table = evidence(*base)
    assert table.code == 0 and "SXD" in table.out
    assert table.out == evidence(*base).out
    rows = [json.loads(line) for line in evidence(*base, "--format", "json").out.splitlines()]
    assert {row.get("unit") for row in rows} == {"SXD", "VPUBND", None}
    table_rows = list(csv.reader(io.StringIO(evidence(*base, "--format", "csv").out)))
    assert [row[0] for row in table_rows].count("SXD") == [row.get("unit") for row in rows].count("SXD")
    page = tmp_path / "report.html"
    written = evidence(*base, "-o", page)
    assert written.out == "" and "report.html" in written.err
    assert page.read_text("utf-8").lstrip().lower().startswith("<!doctype html")
    assert [path.name for path in tmp_path.glob("*report*")] == ["report.html"]


def test_check_of_one_unit(evidence: Run, stored: Path) -> None:
    result = evidence("--home", stored, "check", "--criteria", CRITERIA, "--unit", "SXD", "--format", "json")
    assert {json.loads(line).get("unit") for line in result.out.splitlines()} == {"SXD", None}


def test_strict(evidence: Run, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = ["--home", stored, "check", "--criteria", CRITERIA, "--as-of", "2026-01-31"]
    assert evidence(*base, "--strict").code == 10
    assert evidence(*base).code == 0
    monkeypatch.setattr(check_module, "FAULTS", frozenset())
    assert evidence(*base, "--strict").code == 0


def test_criteria(evidence: Run) -> None:
    valid = evidence("criteria", "validate", CRITERIA)
    assert valid.code == 0 and "hợp lệ" in valid.out
    assert "1.2  " in evidence("criteria", "show", CRITERIA).out
    tree = json.loads(evidence("criteria", "show", "--json", CRITERIA).out)
    branch = tree["criteria"][0]
    contract = {"code", "title", "points", "rule", "evidence", "children", "page"}
    further = {"not_for", "rule_text", "evidence_text", "scoring", "points_for", "timely", "weight", "owners", "block"}
    assert set(branch) == contract | further | {"not_applicable_if", "full_points_if", "self_assessed"}
    assert isinstance(branch["points"], str) and branch["children"][0]["evidence"][0]["id"]


def test_search(evidence: Run, stored: Path) -> None:
    people = evidence("--home", stored, "search", "cai cach hanh chinh")
    assert people.code == 0 and "«" in people.out and "  1. " in people.out
    lines = evidence("--home", stored, "search", "--json", "1327/QĐ-UBND").out.splitlines()
    rows = [json.loads(line) for line in lines]
    assert rows[0]["bears"] and rows[0]["record"]["number"]["value"] == "1327/QĐ-UBND"
    for snippet in rows[0]["snippets"]:
        assert all(0 <= start < end <= len(snippet["text"]) for start, end in snippet["marks"])
    none = evidence("--home", stored, "search", "khôngcótừnày")
    assert (none.code, none.out) == (0, "") and "0/0" in none.err


def test_show(evidence: Run, stored: Path) -> None:
    tree = json.loads(evidence("--home", stored, "show", "1327/QĐ-UBND", "--json").out)
    assert tree["submissions"][0]["unit"] == "VPUBND"
    assert all("sha256" in citation for citation in tree["citations"])
    short = evidence("--home", stored, "show", tree["source"]["sha256"][:8])
    long = evidence("--home", stored, "show", tree["source"]["sha256"][:8], "--why")
    assert "VPUBND / 4.1" in short.out and len(long.out) > len(short.out)


def test_upkeep(evidence: Run, stored: Path, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    copy_archive(stored, home)
    evidence("--home", home, "reindex")  # where machines share a database, a copied folder is another machine's
    assert "nguyên vẹn: 3 tài liệu" in evidence("--home", home, "verify").out
    (index,) = home.glob("index-*")
    for file in (home / "index.json", index / "evidence-index.json"):  # as an earlier version made it
        file.write_text(json.dumps(json.loads(file.read_text()) | {"analysis": 0}))
    earlier = evidence("--home", home, "verify")
    assert earlier.code == 0 and "evidence reindex" in earlier.out and "nguyên vẹn" in earlier.out
    assert "3 văn bản" in evidence("--home", home, "reindex").out
    assert "3 tài liệu, 0 có thay đổi" in evidence("--home", home, "reread").out
    assert "0 tài liệu" in evidence("--home", home, "reread", "--stale").out
    assert "xếp hàng 3 tài liệu" in evidence("--home", home, "reread", "--queue").out
    told = evidence("--home", home, "jobs").out
    assert "Rút lại số" in told and "1 việc đang chờ" in told
    assert json.loads(evidence("--home", home, "jobs", "--rates", "--json").out)["waiting"] == 1


@pytest.mark.slow
def test_doctor(evidence: Run) -> None:
    result = evidence("doctor", "--lang", "en")
    assert result.code == 0 and "This machine is ready." in result.out


def test_doctor_proves_how_old_formats_are_read(evidence: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        office_reading, "prove_office_reading", lambda _: office_reading.OfficeReading(True, ("doc", "xls"))
    )
    result = evidence("doctor", "--lang", "en")
    assert result.code == 0 and "did not convert our test files .doc rightly" in result.out
    assert "Our .xls test file was not read rightly" in result.out and "--reinstall libreoffice-writer" in result.out


@pytest.mark.slow
def test_doctor_recommends_another_engine_for_a_large_archive(
    evidence: Run, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "kho"
    assert "văn bản" not in evidence("--home", home, "doctor").out.partition("Tìm kiếm")[2]
    with Archive.open(Settings(home=home), create=True):
        pass
    assert "Tìm kiếm bằng whoosh, hợp với kho 0 văn bản" in evidence("--home", home, "doctor").out
    monkeypatch.setattr("evidence.cli.commands.system.doctor.LARGE", -1)
    assert "EVIDENCE_SEARCH=tantivy" in evidence("--home", home, "doctor").out
    monkeypatch.setenv("EVIDENCE_SEARCH", "tantivy")
    assert "Tìm kiếm bằng tantivy" in evidence("--home", home, "doctor").out


def test_doctor_names_a_part_of_a_package_that_moved(evidence: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(third_party, "PARTS", (PackageFile("underthesea", "moved.txt"),))
    result = evidence("doctor", "--lang", "en")
    assert result.code == 4 and "underthesea/moved.txt" in result.out and "requirements.lock" in result.out


def test_a_fault_of_ours(evidence: Run, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Archive) -> int:
        raise RuntimeError("lạ quá")

    monkeypatch.setattr(Archive, "reindex", fail)
    short = evidence("--home", stored, "reindex")
    assert short.code == 1 and "RuntimeError: lạ quá" in short.err and "Traceback" not in short.err
    assert "Traceback" in evidence("--home", stored, "-v", "reindex").err


def test_stopped_by_hand(evidence: Run, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Archive.ingest

    def stop(self: Archive, *given: object, **named: object) -> Iterator[object]:
        yield next(iter(real(self, *given, **named)))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Archive, "ingest", stop)
    shutil.copy(sample("07-KH-VP"), letter.parent)
    result = evidence("--home", tmp_path / "home", "ingest", letter.parent)
    assert result.code == 130 and "1 tệp mới đã lưu" in result.err and "còn 1 tệp" in result.err


@pytest.mark.slow
def test_ctrl_c_loses_nothing(tmp_path: Path, evidence: Run) -> None:
    """A real interrupt of a real process; the next run goes on."""
    dossier, home = tmp_path / "dossier", tmp_path / "home"
    dossier.mkdir()
    for part in ("218-KH", "1327-QD", "07-KH-VP", "165-BC", "28-BC", "09-KH", "41-GM", "1045-SXD"):
        shutil.copy(sample(part), dossier)
    running = subprocess.Popen(
        [*COMMAND, "--home", str(home), "ingest", str(dossier), "--jobs", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    told = [running.stdout.readline()]
    running.send_signal(signal.SIGINT)
    rest, complaint = running.communicate(timeout=60)
    told += rest.splitlines()
    assert running.returncode == 130, complaint
    assert "chạy lại đúng lệnh này" in complaint and "Traceback" not in complaint
    again = evidence("--home", home, "ingest", dossier)
    assert again.code == 0
    assert again.out.count("đã có") >= len(told) and len(again.out.splitlines()) == 8
    assert evidence("--home", home, "verify").code == 0


@pytest.mark.slow
def test_a_reader_that_goes_away() -> None:
    command = [*COMMAND, "criteria", "show", str(CRITERIA)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    assert running.stderr.read() == ""
    running.stderr.close()
    assert running.wait(timeout=30) == 0


def test_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([*COMMAND, "--help"], capture_output=True, env=environment, timeout=30)
    assert "Cách dùng" in done.stdout.decode("utf-8")
