"""The routes: each says which capability it asks for, or it cannot be built.

A page module makes a ``PageRouter``, and ``evidence.web.pages.ROUTERS`` lists it. What is written down here is what the
guard holds people to (``security.guard``), what the menu is drawn from, and what the tests go through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from evidence.model.account import Capability

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])
SMALL_BODY = 1_000_000  # bytes; uploads say more
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class PageRoute:
    """One route. ``body_bytes``: the largest body that is read; ``in_api``: whether OpenAPI describes it."""

    path: str
    methods: tuple[str, ...]
    capability: Capability
    endpoint: Callable[..., object]
    body_bytes: int = SMALL_BODY
    in_api: bool = False


class PageRouter:
    """The routes of one page."""

    def __init__(self) -> None:
        self.routes: list[PageRoute] = []

    def get(self, path: str, capability: Capability) -> Callable[[Endpoint], Endpoint]:
        """A page, or a part of one: asked for by GET, changes nothing."""
        return self._add(path, ("GET",), capability)

    def post(self, path: str, capability: Capability, body_bytes: int = SMALL_BODY) -> Callable[[Endpoint], Endpoint]:
        """A change; the guard has held its token against forgery before the endpoint runs."""
        return self._add(path, ("POST",), capability, body_bytes)

    def api(
        self, method: str, path: str, capability: Capability, body_bytes: int = SMALL_BODY
    ) -> Callable[[Endpoint], Endpoint]:
        """A call of the HTTP interface, described by OpenAPI."""
        return self._add(path, (method,), capability, body_bytes, in_api=True)

    def _add(
        self,
        path: str,
        methods: tuple[str, ...],
        capability: Capability,
        body_bytes: int = SMALL_BODY,
        in_api: bool = False,
    ) -> Callable[[Endpoint], Endpoint]:
        def register(endpoint: Endpoint) -> Endpoint:
            self.routes.append(PageRoute(path, methods, capability, endpoint, body_bytes, in_api))
            return endpoint

        return register


def list_routes(routers: Iterable[PageRouter]) -> tuple[PageRoute, ...]:
    """Every route of those routers. ValueError: two for one path and method."""
    routes = tuple(route for router in routers for route in router.routes)
    seen = [(route.path, method) for route in routes for method in route.methods]
    if len(seen) != len(set(seen)):
        raise ValueError(f"two routes for {sorted(each for each in seen if seen.count(each) > 1)}")
    return routes
