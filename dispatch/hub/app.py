"""The hub's web application: doors of sites, doors of the field, health."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError

from dispatch.hub import (
    blob_doors,
    city_doors,
    city_site_doors,
    field_doors,
    sync_doors,
    watching_doors,
)
from dispatch.hub.counter import Counter, answer_problems, counter
from dispatch.hub.hub import Hub
from dispatch.hub.limits import BodyLimit
from dispatch.hub.metrics import Counted, CountRequests
from dispatch.hub.pool import Busy, Pool
from dispatch.hub.tus import Tus
from dispatch.hub.wake import Wake

log = logging.getLogger(__name__)

# It tells every letter of a form that it cannot read, and whoever sends forms could fill the log.
logging.getLogger("python_multipart").setLevel(logging.ERROR)

_PURGE_EVERY_S = 6 * 3600.0
_SIGN_EVERY_S = 30.0
"""How often it is looked whether a checkpoint is due."""
_DOORS = (sync_doors, blob_doors, field_doors, city_doors, city_site_doors, watching_doors)


def make_app(hub: Hub, watch_token: str = "") -> FastAPI:
    """Return the application over a hub, which stays the caller's to close.

    `watch_token` opens `/metrics` to whoever has it; without one it opens to this machine alone.
    """
    counted = Counted()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        pool = Pool()
        database = hub.office.database
        wake = Wake(database, pool)
        listener = database.dialect.listen(database.url, wake.heard)
        app.state.counter = Counter(hub, pool, wake, counted)
        tasks = [asyncio.create_task(each(hub, pool)) for each in (_purge, _sign)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await wake.last_words()
            await _last_words(hub, pool)
            if listener is not None:
                await asyncio.get_running_loop().run_in_executor(None, listener.stop)
            pool.close()

    app = FastAPI(title="智网市级中心", version="1", lifespan=life, redoc_url=None, docs_url=None)
    app.state.watch_token = watch_token
    app.add_middleware(BodyLimit)
    app.add_middleware(Tus)
    app.add_middleware(CountRequests, counted=counted)
    answer_problems(app)
    for doors in _DOORS:
        app.include_router(doors.router)

    @app.get("/v1/health", include_in_schema=False)
    async def health(request: Request) -> Response:
        """Answer 204 when the database answers."""
        desk = counter(request)
        await desk.pool.run(desk.hub.office.database.answers)
        return Response(status_code=204)

    return app


def end_polls(app: FastAPI) -> None:
    """Answer every waiting long poll now; called in the event loop before the server closes."""
    found: Counter | None = getattr(app.state, "counter", None)
    if found is not None:
        found.wake.end()


async def _purge(hub: Hub, pool: Pool) -> None:
    """At the start too: a hub that is restarted every few hours keeps no track for ever."""
    while True:
        try:
            await pool.run(hub.telemetry.purge)
            await pool.run(hub.uploads.purge)
            await pool.run(hub.snapshots.purge)
        except (SQLAlchemyError, OSError, Busy) as error:
            log.warning("what is old could not be deleted: %s", type(error).__name__)
        await asyncio.sleep(_PURGE_EVERY_S)


async def _sign(hub: Hub, pool: Pool) -> None:
    """Sign checkpoints as they fall due; keep what was heard of the sites."""
    while True:
        try:
            await pool.run(hub.evidence.round)
            await pool.run(hub.seen.flush)
        except (SQLAlchemyError, Busy) as error:
            log.warning("checkpoints or contacts could not be kept: %s", type(error).__name__)
        await asyncio.sleep(_SIGN_EVERY_S)


async def _last_words(hub: Hub, pool: Pool) -> None:
    """What was noted of the sites since the last time goes down with no restart."""
    try:
        await pool.run(hub.seen.flush)
    except (SQLAlchemyError, Busy) as error:
        log.warning("contacts could not be kept: %s", type(error).__name__)
