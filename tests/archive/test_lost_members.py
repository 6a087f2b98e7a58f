"""Files inside a package that could not be taken out were handed in all the same: each has its line."""

from __future__ import annotations

import zipfile
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.archive.file_reading import read_documents
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from evidence.model.record import Status


def half_broken(place: Path) -> Path:
    """A ZIP of two notes, one with a wrong checksum."""
    place.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(place / "nộp.zip", "w") as archive:
        archive.writestr("hỏng.txt", "Báo cáo số 45/BC-SNV")
        archive.writestr("lành.txt", "Báo cáo số 46/BC-SNV")
    data = (place / "nộp.zip").read_bytes()
    (place / "nộp.zip").write_bytes(data.replace(b"45/BC", b"47/BC", 1))
    return place / "nộp.zip"


def test_each_time_it_is_handed_in(tmp_path: Path) -> None:
    file = half_broken(tmp_path / "hồ sơ" / "SNV" / "1.2")
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as archive:
        for _ in range(2):
            outcomes = {
                result.path.partition("nộp.zip")[2]: result for result in archive.ingest(walk([file.parents[2]]))
            }
            assert set(outcomes) == {"", "!/hỏng.txt", "!/lành.txt"}
            assert outcomes["!/hỏng.txt"].outcome == "unreadable"
        refusals = archive._store.refusals()
        assert [(refusal.path[-8:], refusal.unit, refusal.criterion) for refusal in refusals] == [
            ("hỏng.txt", "SNV", "1.2")
        ]
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("hỏng.txt", "Báo cáo số 45/BC-SNV")
        assert {result.outcome for result in archive.ingest(walk([file.parents[2]]))} == {"stored"}
        assert archive._store.refusals() == ()


def test_read_gives_it_a_record_of_its_own(tmp_path: Path) -> None:
    records = [record for _, record in read_documents([half_broken(tmp_path)], Settings(home=tmp_path))]
    assert [(record.source.path.partition("!/")[2], record.status) for record in records] == [
        ("", Status.READ), ("hỏng.txt", Status.UNREADABLE), ("lành.txt", Status.READ),
    ]  # fmt: skip
