"""Doors of the city's own people and systems: an order to a town, a matter back or done."""

from __future__ import annotations

from fastapi import APIRouter, Request

from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_city import city_incident
from dispatch.hub import field_forms as forms
from dispatch.hub.counter import counter
from dispatch.hub.field_doors import NO, Key, on_incident, once, told

router = APIRouter(prefix="/v1/city/{town}", tags=["city"], responses=NO)


@router.put("/photos")
async def photo(request: Request, town: forms.Code) -> forms.PhotoKept:
    """Keep a photo (the body is the file); its name goes into `photos` of an act."""
    desk = counter(request)
    person = await desk.city_person(request, town)
    content = await request.body()
    name = await desk.pool.run(lambda: desk.hub.photos.put(person.town, content))
    return forms.PhotoKept(sha256=name)


@router.post("/incidents")
async def city_assign(
    request: Request, town: forms.Code, form: forms.CityAssignForm, key: Key = ""
) -> forms.RecordedOut:
    """T19: an order of the city becomes the town's incident; the same order is refused again."""
    desk = counter(request)
    person = await desk.city_person(request, town)
    incident = city_incident(town, form.order)
    options = form.options()
    command = Command(verb=Verb.CITY_ASSIGN, incident=incident, **options)  # type: ignore[arg-type]
    asked = once(request, key, form.model_dump_json())
    with desk.place(f"field:{person.id}"):
        return await told(desk, person, lambda: desk.hub.fieldwork.act(person, command, asked))


@router.post("/incidents/{incident}/city-return")
async def city_return(
    request: Request, town: forms.Code, incident: str, form: forms.CityAnswerForm, key: Key = ""
) -> forms.RecordedOut:
    """T18: the city gives a matter back to the town."""
    person = await counter(request).city_person(request, town)
    return await on_incident(request, person, (Verb.CITY_RETURN, incident, form), key)


@router.post("/incidents/{incident}/city-done")
async def city_done(
    request: Request, town: forms.Code, incident: str, form: forms.CityAnswerForm, key: Key = ""
) -> forms.RecordedOut:
    """T18: the city has handled a matter."""
    person = await counter(request).city_person(request, town)
    return await on_incident(request, person, (Verb.CITY_DONE, incident, form), key)
