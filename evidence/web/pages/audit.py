"""Nhật ký: what was done, by whom, from where; pages of fifty, all as CSV or JSON Lines, whether it is whole."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

from fastapi.responses import Response, StreamingResponse

from evidence.archive.audit.trail import AuditQuery
from evidence.messages import catalogue
from evidence.model.account import Capability
from evidence.report.audit_lines import render_csv, render_json_lines
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/nhat-ky"


@router.get(PAGE, Capability.READ_AUDIT)
def show_audit(
    visit: CurrentVisit, nguoi: str = "", viec: str = "", chu: str = "", tu: str = "", den: str = "", trang: int = 1
) -> Response:
    """A page of entries, the latest first: of that person, that action, with that text, between those days."""
    query = _query(nguoi, viec, chu, tu, den)
    page = visit.archive.audit.page(query, trang)
    return visit.render(
        "audit.html",
        page=page,
        actions=[(action, name_action(visit, action)) for action in visit.archive.audit.actions()],
        names={entry.action: name_action(visit, entry.action) for entry in page.entries},
        roles={entry.role: name_role(visit, entry.role) for entry in page.entries},
        nguoi=nguoi, viec=viec, chu=chu, tu=tu, den=den,
        address=f"{PAGE}?{urlencode(_chosen(nguoi, viec, chu, tu, den))}",
        export=f"{PAGE}/xuat?{urlencode(_chosen(nguoi, viec, chu, tu, den))}",
    )  # fmt: skip


@router.get(f"{PAGE}/xuat", Capability.READ_AUDIT)
def export_audit(
    visit: CurrentVisit, nguoi: str = "", viec: str = "", chu: str = "", tu: str = "", den: str = "", dang: str = "csv"
) -> Response:
    """All that the same question finds, in the order in which it was written, sent as it is read."""
    entries = visit.archive.audit.entries(_query(nguoi, viec, chu, tu, den))
    if dang == "jsonl":
        return _attach(render_json_lines(entries), "application/jsonl", "nhat-ky.jsonl")
    return _attach(render_csv(entries), "text/csv; charset=utf-8", "nhat-ky.csv")


@router.get(f"{PAGE}/kiem-tra", Capability.READ_AUDIT)
def check_chain(visit: CurrentVisit) -> Response:
    """Whether every entry is still what was written."""
    number = visit.archive.audit.find_break()
    sentence = visit.say("web-audit-whole") if number is None else visit.say("verify-audit", number=number)
    return visit.render("audit_check.html", whole=number is None, sentence=sentence)


def name_action(visit: Visit, action: str) -> str:
    """The action in the reader's language; as it was written where nobody gave it words."""
    code = f"audit-{action.replace(' ', '-')}"
    return visit.say(code) if code in catalogue() else action


def name_role(visit: Visit, role: str) -> str:
    """The role that somebody acted in, in the reader's language; as it was written where nobody gave it words."""
    code = f"role-{role}"
    return visit.say(code) if code in catalogue() else role


def _attach(lines: object, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines, media_type=media_type, headers=headers)  # type: ignore[arg-type]


def _query(person: str, action: str, text: str, since: str, until: str) -> AuditQuery:
    return AuditQuery(person.strip(), action, text.strip(), _iso_day(since), _iso_day(until))


def _chosen(person: str, action: str, text: str, since: str, until: str) -> dict[str, str]:
    values = {"nguoi": person, "viec": action, "chu": text, "tu": since, "den": until}
    return {name: value for name, value in values.items() if value}


def _iso_day(text: str) -> str:
    """A day as people write it; nothing where it is none.

    >>> _iso_day("31/01/2026"), _iso_day("2026-01-31"), _iso_day("hôm nay")
    ('2026-01-31', '2026-01-31', '')
    """
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return ""
