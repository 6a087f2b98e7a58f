"""Fifty people at once on the pages, while files are read: a served archive of 20,000 documents under locust.

    .venv/bin/python -m tests.bench.people --home FOLDER [--documents 20000] [--engine tantivy] [--people 50]
        [--seconds 120] [--scans FILE ...]

The archive is made in FOLDER the first time (59 units, 64 requirements, made-up papers of about 4,600 characters) and
used again after that. People think two seconds between two pages and do what their role does (``people_at_work.py``).
The scans are handed in when all are at work; what was measured while people signed in is not counted. Printed: locust's
table, the processor time of the server and of its worker, and milliseconds of processor time a page.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import psutil

from evidence.archive.facade import Archive
from evidence.archive.uploads.uploads import HandedUpload, HandInRequest
from evidence.config import Settings
from evidence.model.account import Account, AccountRole
from evidence.model.placement import Submission
from evidence.search.scope import EVERYTHING
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.store import Store
from tests.bench.service import FIELDS, PER_FIELD, TOPICS, write_set
from tests.support import text_pipeline
from tests.support.service import PASSWORD, use_cheap_passwords

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ROOT / "tests" / "bench" / "people_at_work.py"
UNITS = 59
PORT = 8653
WARM = 40  # seconds in which all have signed in; not counted
START = 60.0  # seconds that the server has to begin


def make_archive(settings: Settings, documents: int) -> None:
    """Fills the archive: every unit with its share of the papers, findings found, an account a role."""
    words = sorted(
        set(re.findall(r"[^\W\d_]{2,}", (files("evidence.data") / "messages" / "web.yaml").read_text("utf-8")))
    )
    dice = random.Random(15)
    with Store.open(settings.home, create=True, resident=True) as store:
        CriteriaSetStore(store).put("bo", write_set(UNITS), "bo.yaml", "0" * 64)
        for at, unit in zip(range(documents), itertools.cycle(range(UNITS)), strict=False):
            topic, field = dice.choice(TOPICS), dice.randint(1, FIELDS)
            text = (
                f"Số: {at + 1}/KH-S{unit:02}\nLoại: Kế hoạch\nCơ quan: Sở {unit:02} tỉnh An Phú\n"
                f"Ngày: {dice.randint(5, 25):02}/01/2025\nVề: Kế hoạch {topic} năm 2025\n"
                f"Căn cứ {dice.randint(1, documents)}/KH-S{dice.randrange(UNITS):02}\n"
            ) + " ".join(dice.choices(words, k=900))
            document = text_pipeline.document(text, f"S{unit:02}/{field}.{at % PER_FIELD + 1}/{at}.txt")
            place = Submission(document.source.sha256, document.source.path, f"S{unit:02}", f"{field}.{at % 8 + 1}")
            store.put(document, text_pipeline.record(document), None, [place])
    with Archive.open(settings, resident=True) as archive:
        archive.reindex()
        archive.findings.refresh()
        add_accounts(archive)


def add_accounts(archive: Archive) -> None:
    """Somebody of each role that the crowd has."""
    use_cheap_passwords()
    archive.accounts.add(Account(0, "lanh", "Lành", AccountRole.HEAD), PASSWORD)
    archive.accounts.add(
        Account(0, "hoa", "Hoa", AccountRole.APPRAISER, tuple(f"S{at:02}" for at in range(20))), PASSWORD
    )
    archive.accounts.add(Account(0, "s03", "Sở 03", AccountRole.UNIT, ("S03",)), PASSWORD)


def hand_in(settings: Settings, scans: list[Path]) -> None:
    """Hands the scans in as the pages do; the worker of the server reads them."""
    with Archive.open(settings) as archive:
        drafts = [
            archive.uploads.spool("S03", f"1.1/{scan.name}", "Sở 03", [scan.read_bytes()], EVERYTHING) for scan in scans
        ]
        handed = tuple(HandedUpload(draft.token, "1.1") for draft in drafts)
        archive.uploads.hand_in(HandInRequest("S03", "bo", "Sở 03", handed), EVERYTHING)


def wait_for_server() -> None:
    last = time.monotonic() + START
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/dang-nhap", timeout=2).close()
            return
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.3)


def tell_processor_time(process: psutil.Process) -> float:
    """Seconds of the process itself."""
    times = process.cpu_times()
    return float(times.user + times.system)


def run(settings: Settings, options: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "evidence", "--home", str(settings.home), "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, env={**os.environ, "EVIDENCE_SEARCH": settings.search_engine})
    try:
        wait_for_server()
        watched = psutil.Process(server.pid)
        with tempfile.TemporaryDirectory() as folder:
            locust = [sys.executable, "-m", "locust", "-f", str(PEOPLE), "--headless", "--only-summary"]
            locust += ["--users", str(options.people), "--spawn-rate", "5", "--run-time", f"{options.seconds}s"]
            locust += ["--host", f"http://127.0.0.1:{PORT}", "--csv", f"{folder}/people"]
            crowd = subprocess.Popen(locust)
            time.sleep(WARM)
            before = tell_processor_time(watched)
            if options.scans:
                hand_in(settings, options.scans)
            crowd.wait()
            spent = tell_processor_time(watched) - before
            children = sum(tell_processor_time(child) for child in watched.children(recursive=True))
            with Path(folder, "people_stats.csv").open(encoding="utf-8", newline="") as file:
                whole = list(csv.DictReader(file))[-1]
        pages, faults = int(whole["Request Count"]), int(whole["Failure Count"])
        print(
            f"{settings.search_engine}: {pages} pages, {faults} faults, p95 {whole['95%']} ms, median {whole['50%']} ms"
        )
        print(
            f"server {spent:.1f} s of processor time, {spent / pages * 1000:.1f} ms a page; its worker {children:.1f} s"
        )
        return 1 if faults else 0
    finally:
        server.terminate()
        server.wait(30)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--scans", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    settings = replace(Settings(home=options.home, jobs=1), search_engine=options.engine)
    if not options.home.exists():
        make_archive(settings, options.documents)
    return run(settings, options)


if __name__ == "__main__":
    raise SystemExit(main())
