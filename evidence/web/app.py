"""The application: every route behind the guard, one archive open as long as it lives."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.jobs.page_drawer import PageDrawer
from evidence.jobs.upload_checker import UploadChecker
from evidence.web.error_pages import HANDLERS
from evidence.web.event_hub import EventHub
from evidence.web.oidc.provider import OpenIdProvider
from evidence.web.pages import ROUTERS
from evidence.web.routing import PageRouter, list_routes
from evidence.web.security.guard import BODY_BYTES, CAPABILITY, GuardedRoute
from evidence.web.security.headers import SecurityHeaders


def create_app(settings: Settings, routers: Sequence[PageRouter] = ROUTERS, warm: bool = False) -> FastAPI:
    """The service over the archive in ``settings.home``; it is opened when the application starts and closed when it
    ends. ``warm``: what draws pages is started at once, not with the first page. ArchiveError at the start: there is
    none, or it is damaged or in use. UsageError: the provider of sign-ins cannot be used as it is configured."""
    routes = list_routes(routers)

    @asynccontextmanager
    async def keep_archive_open(app: FastAPI) -> AsyncIterator[None]:
        with (
            PageDrawer(settings) as drawer,
            Archive.open(settings, resident=True) as archive,
            UploadChecker(settings) as checker,
        ):
            app.state.archive, app.state.upload_checker = archive, checker
            archive.page_images.drawer = drawer
            app.state.events = events = EventHub(archive.live.look)
            if warm:
                drawer.warm()
            yield
            events.close()

    app = FastAPI(lifespan=keep_archive_open, docs_url=None, redoc_url=None, openapi_url=None, title="evidence")
    app.state.routes, app.state.language = routes, settings.language
    app.state.settings, app.state.provider = settings, OpenIdProvider(settings.oidc) if settings.oidc else None
    app.router.route_class = GuardedRoute
    for route in routes:
        app.router.add_api_route(
            route.path,
            route.endpoint,
            methods=list(route.methods),
            response_model=None,
            include_in_schema=route.in_api,
            openapi_extra={CAPABILITY: route.capability.value, BODY_BYTES: route.body_bytes},
        )
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(SecurityHeaders)
    return app
