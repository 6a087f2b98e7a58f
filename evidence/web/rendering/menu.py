"""The menu: a link that one may not follow is not drawn, and neither is a page that is not built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from evidence.model.account import Account, AccountRole, Capability
from evidence.web.routing import PageRoute


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """``code``: of its words; ``current``: whether the page shown is this one or below it."""

    path: str
    code: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """``main``: along the top; ``own``: below the person's name; ``finds``: whether there is a box to search in."""

    main: tuple[MenuEntry, ...]
    own: tuple[MenuEntry, ...]
    finds: bool = False


MAIN = (
    ("/", "web-menu-overview", Capability.SEE_OVERVIEW),
    ("/tham-dinh", "web-menu-appraise", Capability.APPRAISE),
    ("/nop", "web-menu-hand-in", Capability.HAND_IN),
    ("/tra-cuu", "web-menu-search", Capability.SEARCH),
    ("/don-vi", "web-menu-units", Capability.SEE_UNIT),
    ("/xep-hang", "web-menu-ranking", Capability.SEE_RANKING),
    ("/ke-hoach", "web-menu-plans", Capability.SEE_UNIT),
    ("/bo-tieu-chi", "web-menu-criteria", Capability.EDIT_CRITERIA),
)
OWN = (
    ("/vong", "web-menu-rounds", Capability.LEAD_ROUNDS),
    ("/so-lieu", "web-menu-figures", Capability.APPRAISE),
    ("/khao-sat", "web-menu-surveys", Capability.LEAD_ROUNDS),
    ("/nguoi-dung", "web-menu-users", Capability.MANAGE_USERS),
    ("/viec-nen", "web-menu-jobs", Capability.READ_AUDIT),
    ("/nhat-ky", "web-menu-audit", Capability.READ_AUDIT),
    ("/tai-khoan", "web-menu-account", Capability.SIGNED_IN),
)
UNIT_PAGE = "/don-vi/{code}"
SEARCH_PAGE = "/tra-cuu"


def draw_menu(account: Account | None, routes: Iterable[PageRoute], path: str) -> Menu:
    """What that person may follow, with the page of ``path`` marked."""
    if account is None:
        return Menu((), ())
    built = {route.path for route in routes if "GET" in route.methods}
    main = [MenuEntry(page, code) for page, code, asked in MAIN if account.can(asked) and page in built]
    if account.role is AccountRole.UNIT and UNIT_PAGE in built:
        own = [MenuEntry(unit_path(unit), "web-menu-own-unit") for unit in account.units[:1]]
        main = [*own, *(entry for entry in main if entry.path != "/don-vi")]
    below = [MenuEntry(page, code) for page, code, asked in OWN if account.can(asked) and page in built]
    finds = any(entry.path == SEARCH_PAGE for entry in main)
    return Menu(_mark(main, path), _mark(below, path), finds)


def find_home(account: Account | None, routes: Iterable[PageRoute]) -> str:
    """The first page of the menu: where that person begins."""
    menu = draw_menu(account, routes, "")
    return next((entry.path for entry in (*menu.main, *menu.own)), "/dang-nhap")


def unit_path(unit: str) -> str:
    """The page of that unit."""
    return f"/don-vi/{quote(unit, safe='')}"


def _mark(entries: Iterable[MenuEntry], path: str) -> tuple[MenuEntry, ...]:
    return tuple(
        MenuEntry(
            entry.path, entry.code, path == entry.path or (entry.path != "/" and path.startswith(f"{entry.path}/"))
        )
        for entry in entries
    )
