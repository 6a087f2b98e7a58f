"""Several machines on one archive: what one stores another reads, finds and shows; who is killed loses nothing."""

from __future__ import annotations

from pathlib import Path

from evidence.archive.facade import Archive
from evidence.model.kept_finding import FindingFilter
from evidence.search.scope import EVERYTHING
from evidence.store.verify import find_damages
from tests.cluster.kills import run_kills
from tests.cluster.orphans import run_orphans
from tests.cluster.site import OF_UNIT, Site, hand_in, wait_until
from tests.support import papers


def test_what_one_machine_takes_in_another_reads_and_a_third_process_finds(site: Site, tmp_path: Path) -> None:
    with Archive.open(site.settings(0)) as first, Archive.open(site.settings(1)) as second:
        number = hand_in(first, [papers.digital(tmp_path / "to-trinh.pdf")])
        site.start_worker(1)
        for _ in wait_until(120):
            (file,) = second.uploads.show_receipt(number, OF_UNIT).files
            if file.is_read and not second.findings.tell_state("bo", EVERYTHING).pending:
                break
        assert file.record is not None and str(file.record.number.value) == "187/TTr-SNV"
        counts = first.findings.count_left("bo", FindingFilter(), EVERYTHING)
        assert sum(count.every for count in counts) == 12
        sha256 = file.record.source.sha256
        original = first._store.originals
        assert original.bring(sha256).read_bytes() == second._store.originals.bring(sha256).read_bytes()
        assert list(find_damages(first._store)) == list(find_damages(second._store)) == []


def test_workers_and_the_database_are_killed_and_nothing_is_lost_or_twice(site: Site, tmp_path: Path) -> None:
    assert run_kills(site, tmp_path, files=30, kills=6, seed=7) == []


def test_who_stores_is_killed_before_the_commit_and_no_record_lacks_its_original(site: Site, tmp_path: Path) -> None:
    assert run_orphans(site, tmp_path, files=8, kills=8) == []


def test_a_new_machine_begins_with_an_empty_folder(site: Site) -> None:
    machine = site.add_machine()
    assert site.start_worker(machine, "--once").wait(120) == 0
    with Archive.open(site.settings(0)) as first, Archive.open(site.settings(machine)) as new:
        assert new._store.archive == first._store.archive
        assert new._store.originals.bucket is not None
