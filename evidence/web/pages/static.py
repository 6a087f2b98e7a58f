"""Style, scripts and signs. Only files that lie there are known: no name ever becomes a path."""

from __future__ import annotations

from fastapi.responses import Response

from evidence.model.account import Capability
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.assets import find_asset
from evidence.web.routing import PageRouter

router = PageRouter()
FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name:path}", Capability.PUBLIC)
def send_static(name: str) -> Response:
    """What is joined under that name; under its own hash it may be kept for ever. A page that was loaded before an
    upgrade asks for another hash, and gets what there is now."""
    asset = find_asset(name)
    if asset is None:
        raise page_not_found()
    held, current = asset
    cached = FOR_EVER if current else "no-cache"
    return Response(held.content, media_type=held.media_type, headers={"cache-control": cached})
