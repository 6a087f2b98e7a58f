"""Style, scripts and signs. Only files that lie there are known: no name ever becomes a path."""

from __future__ import annotations

from fastapi.responses import Response

from evidence.model.account import Capability
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.assets import MEDIA_TYPES, static_address, static_files
from evidence.web.routing import PageRouter

router = PageRouter()
FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name:path}", Capability.PUBLIC)
def send_static(name: str, v: str = "") -> Response:
    """That file; under its own hash it may be kept for ever."""
    if name not in static_files():
        raise page_not_found()
    current = static_address(name).endswith(f"?v={v}")
    return Response(
        static_files()[name].read_bytes(),
        media_type=MEDIA_TYPES[f".{name.rpartition('.')[2]}"],
        headers={"cache-control": FOR_EVER if current else "no-cache"},
    )
