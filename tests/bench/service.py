"""What the pages of the service cost in the archive: findings of 59 units, one document, one unit found anew.

    .venv/bin/python -m tests.bench.service [--units 59] [--papers 12]

Made-up papers (8 fields x 8 requirements a unit), stored without OCR; CPU time of this process, the middle of 30 calls.
``resident``: with connections that are kept, as the server has them.
"""

from __future__ import annotations

import argparse
import datetime
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.model.kept_finding import FindingFilter, FindingKey
from evidence.model.placement import Submission
from evidence.search.scope import EVERYTHING, units_only
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.store import Store
from tests.support import text_pipeline

FIELDS, PER_FIELD = 8, 8
TOPICS = ("cải cách hành chính", "chuyển đổi số", "tinh giản biên chế", "phòng chống tham nhũng")
HEAD = "set: bo\ntitle: Bộ thử\nyear: 2025\nlevel: so\nunits:\n"
UNIT = "  - {{code: S{0:02}, name: Sở {0:02}, issuer: Sở {0:02} tỉnh An Phú}}\n"
CRITERION = """\
      - {{code: "{field}.{at}", title: Kế hoạch {at}, points: 1, score: timeliness, evidence: [
          {{id: kh, title: Kế hoạch, kind: Kế hoạch, issuer: unit, subject: ["{topic}"], about: 2025,
            issued: 2024-10-01..2025-06-30, due: 2025-01-{due:02}}}]}}
"""


def write_set(units: int) -> str:
    rows = [HEAD, *(UNIT.format(at) for at in range(units)), "criteria:\n"]
    for field in range(1, FIELDS + 1):
        rows.append(f'  - code: "{field}"\n    title: Lĩnh vực {field}\n    points: {PER_FIELD}\n    children:\n')
        rows += [
            CRITERION.format(field=field, at=at, topic=TOPICS[at % len(TOPICS)], due=10 + at)
            for at in range(1, PER_FIELD + 1)
        ]
    return "".join(rows)


def put_papers(store: Store, units: int, papers: int) -> list[str]:
    chance, hashes = random.Random(0), []
    for unit in range(units):
        for at in range(papers):
            topic, field = chance.choice(TOPICS), chance.randint(1, FIELDS)
            text = (
                f"Số: {at + 1}/KH-S{unit:02}\nLoại: Kế hoạch\nCơ quan: Sở {unit:02} tỉnh An Phú\n"
                f"Ngày: {chance.randint(5, 25):02}/01/2025\nVề: Kế hoạch {topic} năm 2025\n"
                f"Căn cứ {chance.randint(1, papers)}/KH-S{chance.randrange(units):02}"
            )
            document = text_pipeline.document(text, f"S{unit:02}/{field}.{at % PER_FIELD + 1}/{at}.txt")
            place = Submission(document.source.sha256, document.source.path, f"S{unit:02}", f"{field}.{at % 8 + 1}")
            store.put(document, text_pipeline.record(document), None, [place])
            hashes.append(document.source.sha256)
    return hashes


def measure(name: str, call: Callable[[], object], times: int = 30) -> None:
    call()
    spent = []
    for _ in range(times):
        began = time.process_time()
        call()
        spent.append((time.process_time() - began) * 1000)
    print(f"{name:46} {statistics.median(spent):8.1f} ms CPU   most {max(spent):8.1f}")


def run(home: Path, units: int, papers: int) -> None:
    settings = Settings(home)
    with Store.open(home, create=True, resident=True) as store:
        CriteriaSetStore(store).put("bo", write_set(units), "bo.yaml", "0" * 64)
        hashes = put_papers(store, units, papers)
    with Archive.open(settings, resident=True) as archive:
        archive.reindex()
        began = time.process_time()
        archive.findings.refresh()
        print(f"{units} units x {FIELDS * PER_FIELD} findings, {len(hashes)} documents")
        print(f"{'all units found anew':46} {(time.process_time() - began) * 1000:8.0f} ms CPU")
    for resident in (True, False):
        with Archive.open(settings, resident=resident) as archive:
            print("resident" if resident else "a connection a transaction")
            measure_reads(archive, hashes)


def measure_reads(archive: Archive, hashes: list[str]) -> None:
    findings, key = archive.findings, FindingKey("S03", "2.3/kh")
    since = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    chosen, own = FindingFilter(fields=frozenset({"2"})), units_only(["S03"])
    measure("matrix: counts and totals of all units", lambda: (findings.count("bo", EVERYTHING),
                                                               findings.total_units("bo", EVERYTHING)))  # fmt: skip
    measure("unit page: all findings, points", lambda: findings.summarise_unit("bo", "S03", own))
    measure("work page: queue, finding, next", lambda: (findings.count_left("bo", chosen, EVERYTHING),
                                                       findings.list_lines("bo", "S03", EVERYTHING),
                                                       findings.show("bo", key, EVERYTHING),
                                                       findings.find_next("bo", chosen, key, EVERYTHING)))  # fmt: skip
    measure("what changed since", lambda: findings.list_changes("bo", since, EVERYTHING))
    measure("how far findings go", lambda: findings.tell_state("bo", EVERYTHING))
    measure("show a document", lambda: archive.show(hashes[70][:16], EVERYTHING))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=59)
    parser.add_argument("--papers", type=int, default=12)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder) / "home", given.units, given.papers)
