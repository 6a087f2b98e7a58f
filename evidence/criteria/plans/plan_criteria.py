"""A plan as a criteria set: the products that are documents, asked of their owner alone.

A product that is no document ("100% hồ sơ được tiếp nhận", "kết quả giải quyết") asks for nothing: a person confirms
the task. So does a task of owners that nobody knows: whom another paper names, or a group without a list of units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evidence.criteria.annex.proposals import subjects, vocabulary
from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.model.criteria import CriteriaSet, Criterion, Requirement, Unit
from evidence.model.plan import OwnerKind, Plan, PlanTask, TaskOwner
from evidence.values import agency as agencies
from evidence.values.letterhead import Letterhead, Likeness, compare_letterhead
from evidence.vietnamese.text import fold

_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s+[A-ZĐÀ-Ỹ].*$")
_LEVEL_END = re.compile(r"\s+(?:tỉnh|thành phố|huyện|xã)$")
_BARE_KIND = re.compile(
    r"(?P<kind>kế hoạch|báo cáo|quyết định|công văn|chương trình|quy chế|đề án)(?:\s+(?:của|do)\s|\s*$)", re.IGNORECASE
)
_PREPARED = re.compile(
    r"\bcủa tỉnh\b|UBND tỉnh|ủy ban nhân dân tỉnh|uỷ ban nhân dân tỉnh|cấp tỉnh|của thành phố\b", re.IGNORECASE
)
_ADVISES = re.compile(r"\s*(?:giao\s.{3,60}\s)?tham mưu", re.IGNORECASE)
_OWN = re.compile(r"của\s+(?:các\s+)?(?:cơ quan|đơn vị|sở|ngành|địa phương)", re.IGNORECASE)
_ALL = re.compile(r"cơ quan|đơn vị", re.IGNORECASE)
# the words of a group, and how the name or code of a unit in it begins
_GROUPS = (
    (re.compile(r"\bsở\b", re.IGNORECASE), re.compile(r"sở|s[a-zđ&]{2,5}$", re.IGNORECASE)),
    (re.compile(r"\bban\b|\bngành\b", re.IGNORECASE), re.compile(r"ban|thanh tra|văn phòng|vpubnd|bql", re.IGNORECASE)),
    (re.compile(r"\bxã\b|\bphường\b|đặc khu|cấp xã", re.IGNORECASE),
     re.compile(r"(?:ubnd |ủy ban nhân dân |uỷ ban nhân dân )?(?:xã|phường|đặc khu|thị trấn)", re.IGNORECASE)),
    (re.compile(r"\bhuyện\b|cấp huyện", re.IGNORECASE),
     re.compile(r"(?:ubnd |ủy ban nhân dân |uỷ ban nhân dân )?(?:huyện|thành phố|thị xã|quận)", re.IGNORECASE)),
    (re.compile(r"địa phương", re.IGNORECASE),
     re.compile(r"ubnd|ủy ban|uỷ ban|xã|phường|đặc khu|huyện", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """What is asked for a task: the criterion that asks it, None where a person must confirm; and of whom."""

    task: PlanTask
    criterion: Criterion | None
    units: tuple[Unit, ...]
    open_owners: tuple[TaskOwner, ...]


def build_questions(plan: Plan, units: Sequence[Unit]) -> tuple[PlanQuestion, ...]:
    """One for each task, in order. ``units``: those that are known, of a criteria set; may be empty."""
    return tuple(_question(task, plan, units) for task in plan.tasks)


def build_plan_set(plan: Plan, unit: Unit) -> CriteriaSet:
    """A set without criteria yet, of that unit alone: nobody else is asked for what it is to do."""
    return CriteriaSet(f"plan:{plan.name}", plan.title, plan.year, "", (unit,), ())


def list_owner_units(plan: Plan, owner: TaskOwner, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units that an owner stands for: itself, or those of the group; none where nobody knows them."""
    if owner.kind is OwnerKind.REFERENCE:
        return ()
    if owner.kind is OwnerKind.GROUP:
        return tuple(unit for unit in units if _in_group(owner.name, unit))
    named = next((unit for unit in units if _is_owner(owner.name, unit)), None)
    return (named or Unit(owner.name, owner.name, place_name(owner.name, plan.issuer)),)


def place_name(name: str, issuer: str) -> str:
    """An agency's full name: "Sở Nội vụ" in a plan of Lâm Đồng is "Sở Nội vụ tỉnh Lâm Đồng".

    >>> place_name("Công an tỉnh", "Ủy ban nhân dân tỉnh Lâm Đồng"), place_name("Sở Nội vụ", "")
    ('Công an tỉnh Lâm Đồng', 'Sở Nội vụ')
    """
    place = _PLACE.search(issuer)
    if place is None or _PLACE.search(name):
        return name
    return f"{_LEVEL_END.sub('', name)} {place[0]}"


def _question(task: PlanTask, plan: Plan, units: Sequence[Unit]) -> PlanQuestion:
    meant = [(owner, list_owner_units(plan, owner, units)) for owner in task.owners]
    asked = tuple({unit.code: unit for _, listed in meant for unit in listed}.values())
    unknown = tuple(owner for owner, listed in meant if not listed)
    return PlanQuestion(task, _criterion(task, plan), asked, unknown)


def _criterion(task: PlanTask, plan: Plan) -> Criterion | None:
    asked = [_ask(read, product, task, plan) for product in task.products for read in _documents(product, task, plan)]
    return Criterion(f"nv-{task.code}", task.text, Decimal(0), evidence=tuple(_numbered(asked))) if asked else None


def _documents(product: str, task: PlanTask, plan: Plan) -> list[Requirement]:
    """The documents that a product names surely, by kind and matter; "Kế hoạch của UBND tỉnh" says no matter, and the
    task does ("Xây dựng kế hoạch chuyển đổi số")."""
    context = CriterionContext(task.text, (task.field,), task.due.text, plan.year)
    read = read_proposals(product, context)
    bare = _BARE_KIND.match(product) if not read else None
    named = re.search(rf"(?<![^\W_]){bare['kind']}(?![^\W_]).*", task.text, re.IGNORECASE) if bare else None
    if named:
        read = read_proposals(named[0][:1].upper() + named[0][1:], context)
    return [asked for asked in read if asked.kind is not None and _is_sure(asked, named[0] if named else product)]


def _is_sure(asked: Requirement, words: str) -> bool:
    """Whether the words name the document itself, at their head or behind "hoặc", and say enough of its matter: two
    syllables that name no field of work ("sử dụng") would take any document."""
    kind = asked.kind.name if asked.kind else ""
    heads = re.search(rf"(?:^|[/;+&]\s*|\bhoặc\s+|\bvà\s+){kind}(?![^\W_])", words, re.IGNORECASE)
    matter = " ".join(asked.subject)
    telling = len(matter.split()) > 2 or bool(vocabulary.first_topic(matter))
    return bool(heads) and telling and not subjects.is_weak(asked.subject)


def _ask(requirement: Requirement, product: str, task: PlanTask, plan: Plan) -> Requirement:
    """As the plan asks it: by the deadline that it prints, of its owner; what is the province's, its owner only
    prepares, and either may have issued it."""
    advised = _ADVISES.match(task.text) and not _OWN.search(product)
    joint = bool(plan.issuer) and bool(_PREPARED.search(product) or advised)
    return replace(
        requirement,
        issuer=plan.issuer if joint else "unit",
        other_issuers=("unit",) if joint else (),
        due=task.due.date,
        due_unknown=False,
        due_rule=None,
        due_offered=None,
        due_text=task.due.text,
        proposed=False,
    )


def _numbered(requirements: Iterable[Requirement]) -> Iterable[Requirement]:
    used: dict[str, int] = {}
    for requirement in requirements:
        used[requirement.id] = used.get(requirement.id, 0) + 1
        count = used[requirement.id]
        yield requirement if count == 1 else replace(requirement, id=f"{requirement.id}-{count}")


def _is_owner(name: str, unit: Unit) -> bool:
    if fold(name) in (fold(unit.code), fold(unit.name), fold(unit.issuer)):
        return True
    if agencies.is_same_agency(agencies.parse(name), agencies.parse(unit.name)):
        return True
    return compare_letterhead(name, Letterhead(unit.issuer), unit.issuer) in (Likeness.SAME, Likeness.PARTLY)


def _in_group(name: str, unit: Unit) -> bool:
    """Whether a unit is of the group: of all agencies and units, or of the kinds that its words name."""
    if _ALL.search(name):
        return True
    meant = [begins for words, begins in _GROUPS if words.search(name)]
    if not meant:
        return fold(unit.group or "") in fold(name) if unit.group else False
    return any(begins.match(text.strip()) for begins in meant for text in (unit.name, unit.issuer, unit.code))
