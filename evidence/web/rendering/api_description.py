"""The HTTP interface as OpenAPI describes it: what FastAPI knows of the routes, put right where we answer otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

VERSION = "1"
ANSWERS = {
    "/api/tai-lieu": ("201", "Biên nhận / The receipt", "application/json"),
    "/api/don-vi/{code}/ket-luan": ("200", "Mỗi kết luận một dòng / A finding a line", "application/jsonl"),
    "/api/tra-cuu": ("200", "Mỗi kết quả một dòng / A hit a line", "application/jsonl"),
    "/api/van-ban/{sha256}": ("200", "Bản ghi / The record", "application/json"),
}
FAULT = {
    "type": "object",
    "required": ["status", "error"],
    "properties": {"status": {"type": "integer"}, "error": {"type": "string"}},
}
FAULTS = {
    "400": "Yêu cầu không đúng dạng / The request is not understood",
    "401": "Chưa đăng nhập / Nobody is signed in",
    "404": "Không có, hoặc không được xem / Not there, or not to be seen",
}
FILE = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


def describe_api(routes: Sequence[BaseRoute]) -> dict[str, object]:
    """The description, version 3.1 of OpenAPI."""
    described = get_openapi(title="evidence", version=VERSION, routes=routes)
    for path, calls in described["paths"].items():
        for method, call in calls.items():
            call["responses"] = _answers(path)
            call["security"] = [{"token": []}]
            if method == "post":
                call["requestBody"] = FILE
    token = {
        "type": "http",
        "scheme": "bearer",
        "description": "Mã truy cập / an access token (/tai-khoan/ma-truy-cap)",
    }
    described["components"] = {"schemas": {"Fault": FAULT}, "securitySchemes": {"token": token}}
    return cast(dict[str, object], described)


def _answers(path: str) -> dict[str, object]:
    code, sentence, media_type = ANSWERS[path]
    fault = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}
    faults = {status: {"description": told, "content": fault} for status, told in FAULTS.items()}
    return {code: {"description": sentence, "content": {media_type: {"schema": {}}}}, **faults}
