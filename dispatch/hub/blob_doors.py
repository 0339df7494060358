"""The doors of photos: whole by PUT, piece by piece as the tus protocol does it, out by Range."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator
from email.utils import formatdate
from functools import partial
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from dispatch.domain.errors import BadInput, Refused
from dispatch.hub import tus
from dispatch.hub.counter import Counter, counter, problem
from dispatch.hub.places import Site
from dispatch.hub.ranges import BYTES, file_of
from dispatch.hub.uploads import Upload
from dispatch.wire.protocol import BLOB_BYTES

router = APIRouter(prefix=tus.DOOR, include_in_schema=False)

PIECE_TYPE: Final = "application/offset+octet-stream"
PIECE: Final = 256 * 1024


@router.options("")
@router.options("/{name}")
async def can() -> Response:
    """Say what of the tus protocol is spoken."""
    return tus.can()


@router.put("/{sha256}")
async def put_blob(request: Request, sha256: str) -> Response:
    """Keep a whole photo."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(f"blob:{site.id}", 1):
        content = await request.body()
        await desk.pool.run(lambda: desk.hub.photos.put(site.town, content, sha256))
    return Response(status_code=204)


@router.get("/{sha256}")
async def get_blob(request: Request, sha256: str) -> Response:
    """Return a photo, whole or from a place on."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(f"blob:{site.id}", 1):
        path = await desk.pool.run(lambda: desk.hub.photos.find(site.town, sha256))
    if path is None:
        raise Refused("unknown_blob", sha256=sha256)
    return file_of(request, path, sha256)


@router.put("/{sha256}/thumbnail")
async def put_thumbnail(request: Request, sha256: str) -> Response:
    """Keep the small picture that goes ahead of a photo."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(f"blob:{site.id}", 1):
        content = await request.body()
        await desk.pool.run(lambda: desk.hub.photos.put_thumbnail(site.town, sha256, content))
    return Response(status_code=204)


@router.get("/{sha256}/thumbnail")
async def get_thumbnail(request: Request, sha256: str) -> Response:
    """Return what went ahead of a photo."""
    desk = counter(request)
    site = await desk.site(request)
    with desk.place(f"blob:{site.id}", 1):
        content = await desk.pool.run(lambda: desk.hub.photos.thumbnail(site.town, sha256))
    if content is None:
        raise Refused("unknown_thumbnail", sha256=sha256)
    return Response(content, media_type=BYTES)


@router.post("")
@router.post("/{sha256}")
async def begin(request: Request, sha256: str = "") -> Response:
    """Begin an upload; its name stands in the path, in Upload-Metadata, or nowhere yet."""
    desk = counter(request)
    site = await desk.site(request)
    if "upload-defer-length" in request.headers:
        return problem(400, "bad_input", "Upload-Defer-Length: 不支持，须先报长度")
    length = _number(request, "Upload-Length")
    if length > BLOB_BYTES:
        return problem(413, "too_large", f"照片最多 {BLOB_BYTES} 字节")
    name = sha256 or _metadata(request).get("sha256", "")
    with desk.place(f"blob:{site.id}", 1):
        upload = await desk.pool.run(lambda: desk.hub.uploads.begin(site, name, length))
    answer = _answer(upload, 201)
    answer.headers["Location"] = f"{tus.DOOR}/{upload.name}"
    return answer


@router.head("/{name}")
async def where(request: Request, name: str) -> Response:
    """Say how far an upload is."""
    desk = counter(request)
    site = await desk.site(request)
    upload = await desk.pool.run(lambda: desk.hub.uploads.at(site, name))
    if upload is None:
        raise Refused("unknown_upload", name=name)
    return _answer(upload, 200)


@router.patch("/{name}")
async def append(request: Request, name: str) -> Response:
    """Append at an offset. What came before a cut is kept."""
    desk = counter(request)
    site = await desk.site(request)
    if request.headers.get("content-type", "").partition(";")[0].strip() != PIECE_TYPE:
        return problem(415, "media_type", f"Content-Type: 应为 {PIECE_TYPE}")
    offset = _number(request, "Upload-Offset")
    with desk.place(f"blob:{site.id}", 1):
        upload = await desk.pool.run(lambda: desk.hub.uploads.at(site, name))
        if upload is None:
            raise Refused("unknown_upload", name=name)
        if upload.offset != offset:
            raise Refused("upload_offset", offset=upload.offset)
        try:
            upload = await _appended(desk, site, upload, _pieces(request))
        except OSError as error:
            return problem(503, "storage", error.strerror or "写不进磁盘", 60)
    return _answer(upload, 204)


async def _appended(
    desk: Counter, site: Site, upload: Upload, pieces: AsyncIterator[bytes]
) -> Upload:
    async for piece in pieces:
        job = partial(desk.hub.uploads.append, site, upload.name, upload.offset, piece)
        upload = await desk.pool.run(job)
    return upload


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """Gather the body into pieces; a cut or a silence gives what came first, then its error."""
    stream = request.stream()
    gathered = bytearray()
    failed: Exception | None = None
    while True:
        try:
            gathered += await anext(stream)
        except StopAsyncIteration:
            break
        except (ClientDisconnect, HTTPException) as error:
            failed = error
            break
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)
    if failed is not None:
        raise failed


def _answer(upload: Upload, status: int) -> Response:
    told = {
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.length),
        "Cache-Control": "no-store",
    }
    if upload.expires_at is not None:
        told["Upload-Expires"] = formatdate(upload.expires_at / 1000, usegmt=True)
    if upload.sha256:
        told["ETag"] = f'"{upload.sha256}"'
        told["Content-Location"] = f"{tus.DOOR}/{upload.sha256}"
    return Response(status_code=status, headers=told)


def _number(request: Request, name: str) -> int:
    told = request.headers.get(name, "")
    if not (told.isascii() and told.isdigit() and len(told) < 16):
        raise BadInput(name, "应为 0 以上的整数")
    return int(told)


def _metadata(request: Request) -> dict[str, str]:
    """Return Upload-Metadata taken apart; an empty one says nothing."""
    found: dict[str, str] = {}
    for pair in request.headers.get("upload-metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if not key:
            continue
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            raise BadInput("Upload-Metadata", f"{key[:32]} 的值不是 Base64") from None
    return found
