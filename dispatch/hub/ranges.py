"""A file that is answered whole or from a place on, under a name that changes with its bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import FileResponse, Response

from dispatch.hub.counter import problem

BYTES: Final = "application/octet-stream"
_RANGE: Final = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))")


def file_of(request: Request, path: Path, mark: str) -> Response:
    """Answer a file whose strong ETag is `mark`: all of it, one range (206), or 304."""
    etag = f'"{mark}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    asked = request.headers.get("range")
    if asked is not None and request.headers.get("if-range", etag) == etag:
        wrong = _wrong(asked, path.stat().st_size)
        if wrong is not None:
            return wrong
    return FileResponse(path, headers={"ETag": etag}, media_type=BYTES)


def _wrong(asked: str, size: int) -> Response | None:
    found = _RANGE.fullmatch(asked.strip())
    if found is None or (found[2] and int(found[2]) < int(found[1])):
        return problem(400, "bad_input", "Range: 应为 bytes=起-止，只取一段")
    if (found[1] and int(found[1]) >= size) or found[3] == "0":
        answer = problem(416, "range", f"共 {size} 字节")
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    return None
