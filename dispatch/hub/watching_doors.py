"""`GET /metrics`: for a monitoring system on this machine, or one that has the hub's own token."""

from __future__ import annotations

import hmac
import ipaddress

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dispatch.hub.counter import counter, problem, token_of
from dispatch.hub.metrics import TYPE, figures_of, process_figures, text_of

router = APIRouter(include_in_schema=False)
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Return the figures; a site's or a person's token opens nothing here."""
    if not _allowed(request):
        return problem(403, "not_for_you", "只给本机，或持有监视令牌的")
    desk = counter(request)
    stored = await desk.pool.run(lambda: figures_of(desk.hub))
    return Response(text_of((*process_figures(desk.counted, desk.pool), *stored)), media_type=TYPE)


def _allowed(request: Request) -> bool:
    """With a token set it alone opens; without one, a caller on this machine and no proxy's."""
    wanted: str = request.app.state.watch_token
    if wanted:
        return hmac.compare_digest(token_of(request).encode(), wanted.encode())
    host = request.client.host if request.client else ""
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    return here and not any(name in request.headers for name in _PASSED_ON)
