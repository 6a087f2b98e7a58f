"""Accuracy on the labelled documents: measured, compared with what was committed, gains and losses shown.

    make eval                       read every labelled document and compare with docs/accuracy.json
    make eval ARGS=--reuse          use the pages read last time (out/eval): after a change of the grammar only
    make eval ARGS=--held-out       the documents that no rule was made with (--half tune|test for one half)
    make eval ARGS=--new            scans, faxes and photos of other offices (../shared/data/documents2)
    make eval ARGS="--new --only 56daa1,3d26"    those documents alone, by the first digits of their hash
    make eval ARGS="--archive HOME" an archive's own corrections as labelled cases, from its stored pages
    make eval ARGS=--accept         write docs/accuracy.json

Pages that the same code has recognised before are not recognised again (``EVIDENCE_EVAL_CACHE``: see ``labelled``).
The documents are given under neutral names (``<hash>.pdf``): a file name is a witness in life, not in the measurement.
The measures are those of ``../shared/tools/score.py``; where that folder is absent only an archive can be measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import archived
import labelled
from labelled import Case, Json

from evidence.extract.record import GRAMMAR
from evidence.model.record import SURE

COMMITTED = labelled.ROOT / "docs" / "accuracy.json"
Verdicts = dict[str, dict[str, str]]


def measure(score: ModuleType, cases: Iterable[Case], found: dict[str, Json]) -> Verdicts:
    """Per document (first 12 of its hash) and field: right, absent, wrong-doubtful or wrong-sure."""
    verdicts: Verdicts = {}
    for case in cases:
        mine = verdicts[case.sha256[:12]] = {"group": case.group}
        for field in score.FIELDS:
            if field in case.open:
                continue
            verdict, want, got = score.judge(case.want, found.get(case.sha256), field)
            mine[field] = verdict
            if verdict != "right":
                sure = (found.get(case.sha256, {}).get(field) or {}).get("confidence")  # type: ignore[attr-defined]
                short = f"{case.group:11} {field:8} {case.sha256[:12]}"
                print(f"  {verdict:14} {short}  want {want!r} got {got!r} ({sure})")
    return verdicts


def table(verdicts: Verdicts, fields: tuple[str, ...]) -> None:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for mine in verdicts.values():
        for field in fields:
            if field in mine:
                counts[mine["group"], field][mine[field]] += 1
    print(f"{'':12}{'field':9}{'n':>5}{'right':>7}{'%':>8}{'absent':>8}{'doubtful':>10}{'wrong+sure':>12}")
    for (group, field), count in sorted(counts.items()):
        total = sum(count.values())
        print(
            f"{group:12}{field:9}{total:5}{count['right']:7}{100 * count['right'] / total:8.1f}"
            f"{count['absent']:8}{count['wrong-doubtful']:10}{count['wrong-sure']:12}"
        )


def sure_and_right(cases: Iterable[Case], verdicts: Verdicts, found: dict[str, Json]) -> None:
    """Of the documents that have a number (a date), how many show it right with confidence 0.9 or more."""
    count: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for case in cases:
        for field in ("number", "date"):
            if case.want.get(field) and field not in case.open:
                shown = found.get(case.sha256, {}).get(field) or {}
                sure = shown.get("confidence", 0) >= SURE and not shown.get("doubtful")  # type: ignore[attr-defined]
                count[case.group, field][sure and verdicts[case.sha256[:12]][field] == "right"] += 1
    told = [f"{group} {field} {both[True]}/{sum(both.values())}" for (group, field), both in sorted(count.items())]
    print("sure and right:", ", ".join(told))


def compare(before: Verdicts, now: Verdicts, fields: tuple[str, ...], against: str) -> None:
    """Gains and losses, case by case."""
    gains = losses = 0
    for sha, mine in now.items():
        for field in fields:
            old, new = before.get(sha, {}).get(field), mine.get(field)
            if old and new and old != new:
                gained = new == "right" or (old == "wrong-sure" and new != "right")
                gains, losses = gains + gained, losses + (not gained)
                print(f"  {'gain' if gained else 'LOSS'}  {sha} {field:8} {old} -> {new}")
    print(f"gains {gains}, losses {losses} against {against}")


def of_archive(home: Path) -> int:
    """An appraiser's values against what this version reads from the same pages; gains since the archive read them."""
    before, now = archived.verdicts(home)
    table(now, archived.FIELDS)
    compare(before, now, archived.FIELDS, "the archive's own records")
    return 0


def sure_and_wrong(verdicts: Verdicts, found: dict[str, Json], fields: tuple[str, ...]) -> None:
    """All fields together: how many are right, and of the sure ones how many are wrong."""
    judged = [(sha, field, mine[field]) for sha, mine in verdicts.items() for field in fields if field in mine]
    shown = {sha[:12]: record for sha, record in found.items()}
    sure = [verdict for sha, field, verdict in judged if _is_sure(shown.get(sha, {}).get(field))]
    right, wrong = sum(verdict == "right" for _, _, verdict in judged), sure.count("wrong-sure")
    print(f"fields right {right} of {len(judged)} ({100 * right / max(len(judged), 1):.1f} %), ", end="")
    print(f"wrong {wrong} of {len(sure)} sure ({100 * wrong / max(len(sure), 1):.2f} %)")


def _is_sure(shown: object) -> bool:
    return isinstance(shown, dict) and shown.get("value") is not None and (shown.get("confidence") or 0) >= SURE


def part_of(options: argparse.Namespace, score: ModuleType) -> tuple[str, list[Case], Path]:
    """The part's name in the committed file, its documents, and where their pages are kept."""
    if options.new:
        return "new", labelled.new_set(score), labelled.KEPT_NEW
    if options.held_out:
        return "held_out", labelled.held_out(options.half), labelled.KEPT_HELD_OUT
    return "cases", labelled.first_set(score), labelled.KEPT


def of_labelled(options: argparse.Namespace) -> int:
    score = labelled.load_score()
    part, cases, kept = part_of(options, score)
    chosen = tuple(filter(None, options.only.split(",")))
    cases = [case for case in cases if not chosen or case.sha256.startswith(chosen)]
    found = labelled.records(cases, kept, options.reuse)
    verdicts = measure(score, cases, found)
    table(verdicts, score.FIELDS)
    sure_and_wrong(verdicts, found, score.FIELDS)
    sure_and_right(cases, verdicts, found)
    committed = json.loads(COMMITTED.read_text("utf-8")) if COMMITTED.exists() else {}
    compare(committed.get(part, {}), verdicts, score.FIELDS, f"{COMMITTED.relative_to(labelled.ROOT)} ({part})")
    if options.accept:
        merged = {**committed.get(part, {}), **verdicts} if options.half or chosen else verdicts
        body = {**committed, "grammar": GRAMMAR, part: dict(sorted(merged.items()))}
        COMMITTED.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reuse", action="store_true", help="use the pages read last time")
    parser.add_argument("--held-out", action="store_true", help="measure the documents that no rule was made with")
    parser.add_argument("--new", action="store_true", help="measure the scans and photos of other offices")
    parser.add_argument(
        "--only", default="", metavar="HASH,...", help="those documents alone, by the hash's first digits"
    )
    parser.add_argument("--half", choices=tuple(labelled.HALVES), help="one half of the held-out documents")
    parser.add_argument("--archive", type=Path, metavar="HOME", help="measure an archive's corrections")
    parser.add_argument("--accept", action="store_true", help="write docs/accuracy.json")
    options = parser.parse_args()
    if options.archive:
        return of_archive(options.archive)
    if not labelled.SHARED.is_dir():
        print("no labelled documents beside the project (../shared): nothing measured", file=sys.stderr)
        return 0
    return of_labelled(options)


if __name__ == "__main__":
    sys.exit(main())
