"""``evidence criteria``: criteria files, checked and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from evidence.cli.door import Door
from evidence.cli.named import require_file
from evidence.cli.output import emit, plain
from evidence.cli.parts import Argument, Command, Group, Option
from evidence.match.criteria import load
from evidence.model import CriteriaSet, Criterion, Requirement

criteria = Group("criteria", modules={"validate": __name__, "show": __name__})


@click.command("validate", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.pass_obj
def validate(door: Door, file: Path) -> None:
    require_file(file)
    found = load(file)
    every = list(_walk(found.criteria))
    emit(
        door.say(
            "cli-criteria-valid",
            path=plain(str(file)),
            set=found.set,
            units=len(found.units),
            criteria=len(every),
            evidence=sum(len(one.evidence) for one in every),
            points=sum(one.points for one in found.criteria),
        )
    )


@click.command("show", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show(door: Door, file: Path, as_json: bool) -> None:
    require_file(file)
    found = load(file)
    if as_json:
        emit(json.dumps(_tree(found), ensure_ascii=False, indent=2))
        return
    emit(door.say("cli-criteria-title", set=found.set, title=found.title, year=found.year))
    for one in found.criteria:
        for line in _outline(one, door, depth=0):
            emit(line)


def _walk(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for one in criteria:
        yield one
        yield from _walk(one.children)


def _outline(one: Criterion, door: Door, depth: int) -> Iterator[str]:
    """The criterion with what it asks for, then its children, each two blanks further in."""
    margin = "  " * depth
    yield margin + door.say("cli-criteria-row", code=one.code, title=one.title, points=one.points)
    for asked in one.evidence:
        due = door.say("cli-criteria-due", day=asked.due.strftime("%d/%m/%Y")) if asked.due else ""
        yield f"{margin}    - {asked.title}{due}"
    for child in one.children:
        yield from _outline(child, door, depth + 1)


def _tree(found: CriteriaSet) -> dict[str, Any]:
    return {
        "set": found.set,
        "title": found.title,
        "year": found.year,
        "level": found.level,
        "based_on": str(found.based_on) if found.based_on else None,
        "units": [
            {"code": one.code, "name": one.name, "issuer": one.issuer, "profile": one.profile} for one in found.units
        ],
        "criteria": [_branch(one) for one in found.criteria],
    }


def _branch(one: Criterion) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "points": str(one.points),
        "rule": one.score.value,
        "not_for": list(one.not_for),
        "evidence": [_asked(each) for each in one.evidence],
        "children": [_branch(child) for child in one.children],
    }


def _asked(one: Requirement) -> dict[str, Any]:
    window = [day.isoformat() if day else None for day in (one.issued_from, one.issued_to)]
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind.name if one.kind else None,
        "issuer": one.issuer,
        "subject": list(one.subject),
        "about": one.about,
        "issued": window if any(window) else None,
        "due": one.due.isoformat() if one.due else None,
        "clock": one.clock.value,
        "count": one.count,
        "annexes": list(one.annexes),
    }
