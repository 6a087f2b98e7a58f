"""The expected record of a paper: what a perfect reader would find in the file."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from make.paper import Paper

Truth = dict[str, object]


def of(paper: Paper, **changes: object) -> Truth:
    """All fields of the paper; ``changes`` tell what became of it on the way into the file."""
    truth: Truth = {
        "status": "read",
        "number": paper.number,
        "date": paper.date.isoformat() if paper.date else None,  # a day left blank: not dated yet
        "place": paper.place,
        "issuer": paper.issuer,
        "parent": paper.parent,
        "kind": paper.kind,
        "subject": paper.subject,
        "signer": dataclasses.asdict(paper.signature),
        "recipients": list(paper.recipients),
        "citations": [
            {
                "kind": cite.kind,
                "number": cite.number,
                "date": cite.date.isoformat() if cite.date and cite.style != "bare" else None,
                "relation": cite.relation,
            }
            for cite in paper.cites()
        ],
        "annexes": [annex.title for annex in paper.annexes],
        "problems": list(paper.problems),
    }
    return truth | changes


def unread(problem: str) -> Truth:
    """The record of a file that nobody can read: the reason and nothing else."""
    return {"status": "unreadable", "problems": [problem]}


def write(truth: Truth, file: Path) -> None:
    file.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
