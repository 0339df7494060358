"""Doors of the city's own sites: what lies below a town's floor, how all sites stand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dispatch.domain.codes import Level
from dispatch.hub.counter import Counter, counter
from dispatch.hub.places import Site
from dispatch.hub.sync_doors import answered, out_of_scope
from dispatch.wire import protocol as wire
from dispatch.wire.sites import SiteState, SiteStates

router = APIRouter(include_in_schema=False)

_LONGEST: Final = 80
Town = Annotated[str, Query(max_length=32)]
Text = Annotated[str, Query(max_length=_LONGEST)]


async def city_site(request: Request, desk: Counter, town: str) -> Site | Response:
    """Return the city's site that calls; the refusal where it is none, or the town is not its."""
    site = await desk.site(request)
    if site.level is not Level.CITY:
        return await out_of_scope(desk, site, town or "city")
    if town and town not in await desk.pool.run(lambda: desk.hub.towns_of(site)):
        return await out_of_scope(desk, site, town)
    return site


@router.get("/v1/older/standing")
async def standing(
    request: Request,
    town: Town,
    floor: Annotated[int, Query(ge=0, lt=wire.MOST)],
    after: Text = "",
) -> Response:
    """Return what is still open of a town though nothing came to it above a number."""
    desk = counter(request)
    site = await city_site(request, desk, town)
    if isinstance(site, Response):
        return site
    with desk.place(site.id):

        def job() -> wire.OlderPage:
            desk.hub.folding.catch_up(town)
            return desk.hub.office.database.read(
                lambda connection: desk.hub.citywide.standing(connection, town, floor, after)
            )

        found = await desk.pool.run(job)
    return answered(request, found)


@router.get("/v1/older/numbered")
async def numbered(
    request: Request,
    town: Town,
    number: Text,
    upto: Annotated[int, Query(ge=0, lt=wire.MOST)],
) -> Response:
    """Return a town's incidents of a human number up to the site's cursor; 404: there is none."""
    desk = counter(request)
    site = await city_site(request, desk, town)
    if isinstance(site, Response):
        return site
    with desk.place(site.id):
        found = await desk.pool.run(
            lambda: desk.hub.office.database.read(
                lambda connection: desk.hub.citywide.numbered(connection, town, number, upto)
            )
        )
    return answered(request, found)


@router.get("/v1/sites")
async def sites(request: Request) -> Response:
    """Return how every site stands with the hub."""
    desk = counter(request)
    site = await city_site(request, desk, "")
    if isinstance(site, Response):
        return site
    with desk.place(site.id):
        lines = await desk.pool.run(desk.hub.seen.table)
    states = tuple(SiteState(**asdict(each)) for each in lines)
    return answered(request, SiteStates(desk.hub.office.clock(), states))
