"""Mutants of real files through ``evidence read`` for as long as asked; what must not happen is told and kept.

    .venv/bin/python -m tests.fuzz.run --minutes 30                  # prints its seed
    .venv/bin/python -m tests.fuzz.run --minutes 30 --seed 615       # the same mutants again
    .venv/bin/python -m tests.fuzz.run --again out/fuzz/findings.json

A finding is a line of ``out/fuzz/findings.json``: the base's hash and the mutant's seed bring it back wherever the
base is there; mutants of our own files are written beside it as well, for ``tests/fuzz/seeds``. Exit code 1 where
there is one.
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.corpus import ROOT, Base, gather
from tests.fuzz.mutate import mutate
from tests.fuzz.watch import Seen, foster, watch

BATCH = 40  # the program's start costs as much as two files
OUT = ROOT / "out" / "fuzz"


@dataclass(frozen=True, slots=True)
class Mutant:
    base: Base
    seed: str  # of its own dice
    name: str

    @property
    def data(self) -> bytes:
        return mutate(self.base.data, random.Random(self.seed))


def breed(bases: list[Base], seed: int, number: int) -> Mutant:
    """The mutant of that number: every kind of file has the same chance, however many of it there are."""
    dice = random.Random(f"{seed}/{number}")
    kind = dice.choice(sorted({base.suffix for base in bases}))
    base = dice.choice([one for one in bases if one.suffix == kind])
    return Mutant(base, f"{seed}:{number}", f"{number}{kind}")


def look(mutants: list[Mutant]) -> Seen:
    """One batch; where something is wrong, each of its files alone, so that the finding names its file."""
    seen = once(mutants)
    if seen.faults and len(mutants) > 1:
        alone = [(one, once([one])) for one in mutants]
        guilty = [one for one, own in alone if own.faults]
        for one, own in alone:
            keep(one, own.faults)
        if not guilty:
            keep(mutants[0], [f"only in a batch with the {len(mutants) - 1} after it", *seen.faults])
    elif seen.faults:
        keep(mutants[0], seen.faults)
    return seen


def once(mutants: list[Mutant]) -> Seen:
    place = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        return watch(place, {one.name: one.data for one in mutants})
    finally:
        shutil.rmtree(place, ignore_errors=True)


def keep(mutant: Mutant, faults: list[str]) -> None:
    if not faults:
        return
    OUT.mkdir(parents=True, exist_ok=True)
    line = {"base": mutant.base.name, "sha256": mutant.base.sha256, "seed": mutant.seed, "faults": faults}
    with (OUT / "findings.json").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
    if mutant.base.ours:
        (OUT / mutant.name).write_bytes(mutant.data)
    print(f"FINDING {mutant.base.name} {mutant.seed}: {faults}", file=sys.stderr, flush=True)


def run(minutes: float, seed: int, start: int = 0) -> Seen:
    bases, seen, number = gather(), Seen(), start
    print(f"seed {seed}, {len(bases)} files", file=sys.stderr, flush=True)
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        seen.add(look([breed(bases, seed, number + at) for at in range(BATCH)]))
        number += BATCH
        print(f"{seen.files} mutants, {len(seen.faults)} faults, {dict(seen.odd)}", file=sys.stderr, flush=True)
    return seen


def again(file: Path) -> Seen:
    """The findings of an earlier run, those whose bases are here."""
    bases, seen = {one.sha256: one for one in gather()}, Seen()
    for line in map(json.loads, file.read_text("utf-8").splitlines()):
        if base := bases.get(line["sha256"]):
            seen.add(look([Mutant(base, line["seed"], f"again{base.suffix}")]))
    return seen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 32))
    parser.add_argument("--start", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--again", type=Path)
    options = parser.parse_args()
    foster()
    seen = again(options.again) if options.again else run(options.minutes, options.seed, options.start)
    for name, count in [*sorted(seen.codes.items()), *seen.odd.most_common()]:
        print(f"{count:6} {name}")
    print(f"seed {options.seed}: {seen.files} files, slowest {seen.slowest:.1f} s, {len(seen.faults)} faults")
    return 1 if seen.faults else 0


if __name__ == "__main__":
    sys.exit(main())
