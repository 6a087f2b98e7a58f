"""Bộ tiêu chí: the sets that are kept with their versions, one set as a tree, an annex or a list of units taken in."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import File, Form, UploadFile
from fastapi.responses import Response

from evidence.archive.criteria_import import set_name
from evidence.archive.criteria_sets import LEVELS, KeptCriteria
from evidence.errors import CriteriaError, UsageError
from evidence.jobs.set_files import SetFilesOutcome, SetFilesRequest, take_set_files
from evidence.model.account import Capability
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.web.error_pages import page_not_found
from evidence.web.routing import PageRouter
from evidence.web.security.guard import name_actor
from evidence.web.visit import CurrentVisit, Visit, at_one_moment

router = PageRouter()
PAGE = "/bo-tieu-chi"
LARGEST = 60_000_000  # bytes of an upload with its guides
DONE = ("imported", "known", "units", "accepted")
DEEPEST = 3  # steps by which the tree moves in


@router.get(PAGE, Capability.EDIT_CRITERIA)
@at_one_moment
def list_sets(visit: CurrentVisit) -> Response:
    """Every set with its versions and what is left to review; the form that takes in an annex."""
    return _render_list(visit)


@router.post(f"{PAGE}/nhap", Capability.EDIT_CRITERIA, body_bytes=LARGEST)
def import_annex(
    visit: CurrentVisit,
    file: Annotated[UploadFile | None, File()] = None,
    guide: Annotated[UploadFile | None, File()] = None,
    name: Annotated[str, Form()] = "",
    year: Annotated[str, Form()] = "",
    level: Annotated[str, Form()] = "",
    table: Annotated[str, Form()] = "",
) -> Response:
    """Makes a set of an annex as published; where it cannot be one, every fault by its place."""
    typed = {"name": name, "year": year, "level": level, "table": table}
    try:
        with spool_files(file, guide) as (annex, *guides):
            request = SetFilesRequest(
                str(annex), read_file_name(file), name_actor(visit), visit.person.full_name, visit.language,
                guides=tuple(map(str, guides)), name=set_name(name) if name.strip() else None,
                year=read_number(year, 1990, 2100), level=level if level in LEVELS else None,
                table=read_number(table, 1, 99),
            )  # fmt: skip
            outcome = take_set_files(visit.request.app.state.settings, request)
    except UsageError as error:
        outcome = SetFilesOutcome(failure=error.say(visit.language))
    if outcome.failure:
        return _render_list(visit, outcome, typed)
    return visit.redirect(f"{set_path(outcome.criteria_set)}?xong={'imported' if outcome.is_new else 'known'}")


@router.get(f"{PAGE}/{{name}}", Capability.EDIT_CRITERIA)
@at_one_moment
def show_set(visit: CurrentVisit, name: str, xong: str = "") -> Response:
    """The set as it counts: its tree with points, rules and evidence, its versions, its units."""
    return _render_set(visit, find_set(visit, name), done=xong)


@router.post(f"{PAGE}/{{name}}/don-vi", Capability.EDIT_CRITERIA, body_bytes=LARGEST)
def import_units(
    visit: CurrentVisit,
    name: str,
    file: Annotated[UploadFile | None, File()] = None,
    province: Annotated[str, Form()] = "",
) -> Response:
    """Gives the set the units of a list; where it cannot be read as one, every fault by its row."""
    kept = find_set(visit, name)
    try:
        with spool_files(file) as (units,):
            request = SetFilesRequest(
                str(units), read_file_name(file), name_actor(visit), visit.person.full_name, visit.language,
                units_of=name, province=province.strip() or None,
            )  # fmt: skip
            outcome = take_set_files(visit.request.app.state.settings, request)
    except UsageError as error:
        outcome = SetFilesOutcome(failure=error.say(visit.language))
    if outcome.failure:
        return _render_set(visit, kept, outcome=outcome)
    return visit.redirect(f"{set_path(name)}?xong=units")


@router.post(f"{PAGE}/{{name}}/cong-bo", Capability.EDIT_CRITERIA)
def accept_set(visit: CurrentVisit, name: str, target: Annotated[str, Form()] = "") -> Response:
    """Makes what was decided the version that ``check`` uses; proposals without an answer are taken as they stand."""
    kept = find_set(visit, name)
    try:
        other = set_name(target) if target.strip() else None
        accepted = visit.archive.review.accept_answers(name, visit.person.full_name, other)
    except (CriteriaError, UsageError) as error:
        return _render_set(visit, kept, status=400, failure=error.say(visit.language))
    return visit.redirect(f"{set_path(accepted.criteria.set)}?xong=accepted")


def find_set(visit: Visit, name: str) -> KeptCriteria:
    """The set of that name; the same 404 as for nonsense where there is none."""
    for kept in visit.archive.criteria_sets():
        if kept.criteria.set == name:
            return kept
    raise page_not_found()


def set_path(name: str) -> str:
    """The page of that set."""
    return f"{PAGE}/{quote(name, safe='')}"


def list_tree(criteria: CriteriaSet) -> Iterator[tuple[int, Criterion]]:
    """Every criterion with its depth, in the order of the annex."""
    stack = [(0, criterion) for criterion in reversed(criteria.criteria)]
    while stack:
        depth, criterion = stack.pop()
        yield min(depth, DEEPEST), criterion
        stack += [(depth + 1, child) for child in reversed(criterion.children)]


@contextmanager
def spool_files(*uploads: UploadFile | None) -> Iterator[tuple[Path, ...]]:
    """The uploads as files of a folder that is gone afterwards, under names of ours. UsageError: the first is none."""
    sent = [upload for upload in uploads if upload is not None and upload.filename]
    if not sent or sent[0] is not uploads[0]:
        raise UsageError("web-sets-no-file")
    with tempfile.TemporaryDirectory(prefix="evidence-set-") as folder:
        yield tuple(_spool(upload, Path(folder), number) for number, upload in enumerate(sent))


def _spool(upload: UploadFile, folder: Path, number: int) -> Path:
    """Written block by block; of the name only letters without marks and figures are kept, and its ending."""
    given = PurePath(read_file_name(upload))
    ending = given.suffix.lower() if re.fullmatch(r"\.[a-z0-9]{1,5}", given.suffix.lower()) else ""
    place = folder / str(number)
    place.mkdir()
    file = place / f"{set_name(given.stem)}{ending}"
    with file.open("wb") as out:
        shutil.copyfileobj(upload.file, out)
    return file


def read_file_name(upload: UploadFile | None) -> str:
    """What the person calls it, without folders."""
    name = (upload.filename if upload else None) or ""
    return re.split(r"[/\\]", name)[-1][:200]


def read_number(text: str, least: int, most: int) -> int | None:
    """UsageError where something else was typed."""
    if not text.strip():
        return None
    if not (text.strip().isdecimal() and least <= int(text) <= most):
        raise UsageError("web-sets-number", value=text.strip()[:40], least=least, most=most)
    return int(text)


def count_open(visit: Visit, criteria: CriteriaSet) -> tuple[int, int]:
    """How many proposals of the set nobody has decided on, of how many; none of a set that waits for nobody."""
    proposals = [row for row in visit.archive.review.rows(criteria.set) if row.requirement]
    left = sum(row.answer is None for row in proposals) if has_proposals(criteria) else 0
    return left, len(proposals)


def has_proposals(criteria: CriteriaSet) -> bool:
    """Whether the set holds what a machine proposed and nobody published: a set that people wrote waits for none."""
    return any(each.proposed for criterion in walk_criteria(criteria.criteria) for each in criterion.evidence)


def _render_list(visit: Visit, outcome: SetFilesOutcome | None = None, typed: dict[str, str] | None = None) -> Response:
    rows = [
        (kept, len(list(walk_criteria(kept.criteria.criteria))), count_open(visit, kept.criteria))
        for kept in visit.archive.criteria_sets()
    ]
    return visit.render(
        "criteria/criteria_sets.html",
        status=_status(visit, outcome),
        rows=rows,
        levels=LEVELS,
        outcome=outcome,
        typed=typed or dict.fromkeys(("name", "year", "level", "table"), ""),
    )


def _render_set(
    visit: Visit,
    kept: KeptCriteria,
    status: int = 200,
    done: str = "",
    failure: str = "",
    outcome: SetFilesOutcome | None = None,
) -> Response:
    left, proposals = count_open(visit, kept.criteria)
    return visit.render(
        "criteria/criteria_set.html",
        status=_status(visit, outcome) if outcome else status,
        kept=kept,
        criteria=kept.criteria,
        tree=list(list_tree(kept.criteria)),
        left=left,
        proposals=proposals,
        answered=len(visit.archive.review.answered(kept.criteria.set)),
        path=set_path(kept.criteria.set),
        outcome=outcome,
        failure=failure,
        done=visit.say(f"web-sets-done-{done}") if done in DONE else "",
        opened=done == "units",
    )


def _status(visit: Visit, outcome: SetFilesOutcome | None) -> int:
    """htmx puts in what is answered with 200 alone."""
    return 400 if outcome and outcome.failure and not visit.partial else 200
