"""Accuracy on the labelled documents: measured, compared with what was committed, gains and losses shown.

    make eval                 read every labelled document and compare with docs/accuracy.json
    make eval ARGS=--reuse    use the pages read last time (out/eval): after a change of the grammar only
    make eval ARGS=--accept   write docs/accuracy.json

The documents are given under neutral names (``<hash>.pdf``): a file name is a witness in life, not in the measurement.
The measures are those of ``../shared/tools/score.py``; where that folder is absent there is nothing to measure.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from evidence import config, pipeline, wire
from evidence.extract import record as extraction
from evidence.ingest import identify
from evidence.messages import Language
from evidence.model import Document
from evidence.report import record_json

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
KEPT = ROOT / "out" / "eval"
COMMITTED = ROOT / "docs" / "accuracy.json"


def load_score() -> ModuleType:
    """The scoring program as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golds() -> list[dict[str, object]]:
    lines = (SHARED / "data" / "documents" / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def records(reuse: bool) -> Iterator[dict[str, object]]:
    """The record of every labelled document, in the shape that others rely on."""
    KEPT.mkdir(parents=True, exist_ok=True)
    settings = config.load()
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for gold in golds():
            file = SHARED / "data" / "documents" / str(gold["file"])
            neutral = Path(folder) / f"{gold['sha256']}{file.suffix}"
            kept = KEPT / f"{gold['sha256']}.json"
            if reuse and kept.exists():
                document = wire.decode(kept.read_bytes(), Document)
                yield record_json.render(extraction.read(document), Language.EN)
                continue
            neutral.symlink_to(file)
            sources.append(identify.identify(neutral, settings.limits))
        for outcome in pipeline.read_files(sources, settings):
            (KEPT / f"{outcome.source.sha256}.json").write_bytes(wire.encode(outcome.document))
            print(f"{outcome.seconds:6.1f} s  {outcome.source.sha256[:12]}", file=sys.stderr)
            yield record_json.render(outcome.record, Language.EN)


def measure(score: ModuleType, found: dict[str, dict[str, object]]) -> dict[str, dict[str, str]]:
    """Per document (first 12 of its hash) and field: right, absent, wrong-doubtful or wrong-sure."""
    cases: dict[str, dict[str, str]] = {}
    for gold in golds():
        sha = str(gold["sha256"])
        verdicts = {"group": score.group_of(gold)}
        for field in score.FIELDS:
            verdict, want, got = score.judge(gold, found.get(sha), field)
            verdicts[field] = verdict
            if verdict != "right":
                print(f"  {verdict:14} {verdicts['group']:11} {field:8} {sha[:12]}  want {want!r} got {got!r}")
        cases[sha[:12]] = verdicts
    return cases


def table(cases: dict[str, dict[str, str]], fields: tuple[str, ...]) -> None:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for verdicts in cases.values():
        for field in fields:
            counts[verdicts["group"], field][verdicts[field]] += 1
    print(f"{'':12}{'field':9}{'n':>5}{'right':>7}{'%':>8}{'absent':>8}{'doubtful':>10}{'wrong+sure':>12}")
    for (group, field), count in sorted(counts.items()):
        total = sum(count.values())
        print(
            f"{group:12}{field:9}{total:5}{count['right']:7}{100 * count['right'] / total:8.1f}"
            f"{count['absent']:8}{count['wrong-doubtful']:10}{count['wrong-sure']:12}"
        )


def compare(before: dict[str, dict[str, str]], now: dict[str, dict[str, str]], fields: tuple[str, ...]) -> None:
    """Gains and losses, case by case."""
    gains = losses = 0
    for sha, verdicts in now.items():
        for field in fields:
            old, new = before.get(sha, {}).get(field), verdicts[field]
            if old and old != new:
                gained = new == "right" or (old == "wrong-sure" and new != "right")
                gains, losses = gains + gained, losses + (not gained)
                print(f"  {'gain' if gained else 'LOSS'}  {sha} {field:8} {old} -> {new}")
    print(f"gains {gains}, losses {losses} against {COMMITTED.relative_to(ROOT)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reuse", action="store_true", help="use the pages read last time")
    parser.add_argument("--accept", action="store_true", help="write docs/accuracy.json")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("no labelled documents beside the project (../shared): nothing measured", file=sys.stderr)
        return 0
    score = load_score()
    found = {str(one["source"]["sha256"]): one for one in records(options.reuse)}  # type: ignore[index]
    cases = measure(score, found)
    table(cases, score.FIELDS)
    if COMMITTED.exists():
        compare(json.loads(COMMITTED.read_text("utf-8"))["cases"], cases, score.FIELDS)
    if options.accept:
        body = {"grammar": extraction.GRAMMAR, "cases": dict(sorted(cases.items()))}
        COMMITTED.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
