"""The doors of the field app and of departments: OpenAPI, a token per person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Header, Request
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from dispatch.acts.perform import new_id
from dispatch.domain.calendar import instant
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_campaign import AnswerTask, ReportFound
from dispatch.domain.decide_force import CheckObject
from dispatch.domain.errors import BadInput
from dispatch.hub import field_forms as forms
from dispatch.hub.counter import PROBLEM, Counter, counter
from dispatch.hub.field_tasks import FieldTask
from dispatch.hub.fieldwork import Once, Recorded
from dispatch.hub.people import Bearer
from dispatch.wire.protocol import Fix

NO: Final[dict[int | str, dict[str, Any]]] = {  # Any: FastAPI's own shape of responses
    status: {
        "description": words,
        "content": {PROBLEM: {"schema": forms.ProblemOut.model_json_schema()}},
    }
    for status, words in (
        (400, "内容有误"),
        (401, "令牌未知、过期或作废"),
        (403, "超出令牌的范围或本人的职责"),
        (404, "没有这个事件"),
        (409, "规则不允许"),
        (413, "正文过大"),
        (422, "字段有误"),
        (429, "过于频繁"),
    )
}
router = APIRouter(prefix="/v1/field", tags=["field"], responses=NO)

Key = Annotated[
    str, Header(alias="Idempotency-Key", description="同一键的第二次请求得到第一次的回答")
]
_MOST_PHOTOS: Final = 9


def _form_body(form: type[forms.ReportForm]) -> dict[str, Any]:  # Any: a piece of OpenAPI
    """How a report is sent: as JSON, or with its photos beside it."""
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": form.model_json_schema()},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["report"],
                        "properties": {
                            "report": {"type": "string", "description": f"{form.__name__} 的 JSON"},
                            "photo": {
                                "type": "array",
                                "items": {"type": "string", "format": "binary"},
                            },
                        },
                    }
                },
            },
        }
    }


@router.post("/duty/on")
async def duty_on(request: Request, form: forms.DutyForm, key: Key = "") -> forms.RecordedOut:
    """Sign on (签到) in a grid."""
    desk = counter(request)
    person = await desk.person(request)
    asked = once(request, key, form.model_dump_json())
    return await told(desk, person, lambda: desk.hub.fieldwork.duty(person, form.grid, asked))


@router.post("/duty/off")
async def duty_off(request: Request, key: Key = "") -> forms.RecordedOut:
    """Sign off (签退)."""
    desk = counter(request)
    person = await desk.person(request)
    asked = once(request, key, "")
    return await told(desk, person, lambda: desk.hub.fieldwork.duty(person, None, asked))


@router.post("/positions")
async def positions(request: Request, form: forms.FixesForm) -> forms.FixesKept:
    """Say where the caller was. Only while on duty: the app sends none otherwise."""
    desk = counter(request)
    person = await desk.person(request)
    fixes = [
        Fix(person.account, each.lon, each.lat, instant(each.at), each.accuracy, each.heading)
        for each in form.fixes
    ]
    await desk.pool.run(lambda: desk.hub.telemetry.put(person.town, fixes))
    return forms.FixesKept(kept=len(fixes))


@router.put("/photos")
async def photo(request: Request) -> forms.PhotoKept:
    """Keep a photo (the body is the file); its name goes into `photos` of an act."""
    desk = counter(request)
    person = await desk.person(request)
    content = await request.body()
    name = await desk.pool.run(lambda: desk.hub.photos.put(person.town, content))
    return forms.PhotoKept(sha256=name)


@router.post("/incidents", openapi_extra=_form_body(forms.ReportForm))
async def report(request: Request, key: Key = "") -> forms.RecordedOut:
    """T1: report, as JSON or as a form with the photos beside it."""
    return await _made(request, Verb.REPORT, forms.ReportForm, key)


@router.post("/self-handled", openapi_extra=_form_body(forms.SelfHandledForm))
async def self_handled(request: Request, key: Key = "") -> forms.RecordedOut:
    """T2: report what was dealt with on the spot; the first half of the photos is of before."""
    return await _made(request, Verb.SELF_HANDLED, forms.SelfHandledForm, key)


async def _made(
    request: Request, verb: Verb, shape: type[forms.ReportForm], key: str
) -> forms.RecordedOut:
    desk = counter(request)
    person = await desk.person(request)
    with desk.place(f"field:{person.id}"):
        text, contents = await _parts(request)
        form = _parsed(text, shape)
        names = [
            await desk.pool.run(partial(desk.hub.photos.put, person.town, content))
            for content in contents
        ]
        options = form.options()
        options["photos"] = (*form.photos, *names)
        asked = once(request, key, form.model_dump_json() + " ".join(names))
        command = Command(verb=verb, incident=new_id(), **options)  # type: ignore[arg-type]
        return await told(desk, person, lambda: desk.hub.fieldwork.act(person, command, asked))


async def _parts(request: Request) -> tuple[bytes, list[bytes]]:
    """Return the report's JSON and the photos, from either kind of body."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body(), []
    async with request.form(max_files=_MOST_PHOTOS, max_fields=_MOST_PHOTOS) as form:
        text = form.get("report")
        if not isinstance(text, str):
            raise BadInput("report", "表单缺少 report 一项（JSON 文本）")
        files = form.getlist("photo")
        if any(not isinstance(each, UploadFile) for each in files):
            raise BadInput("photo", "应为文件")
        contents = [await each.read() for each in files if isinstance(each, UploadFile)]
        return text.encode(), contents


def _parsed(text: bytes, shape: type[forms.ReportForm]) -> forms.ReportForm:
    try:
        return shape.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(".".join(map(str, first["loc"])) or "report", first["msg"]) from None


@router.post("/incidents/{incident}/verify")
async def verify(
    request: Request, incident: str, form: forms.VerifyForm, key: Key = ""
) -> forms.RecordedOut:
    """T4: what the worker found."""
    return await _act(request, Verb.VERIFY, (incident, form), key)


@router.post("/incidents/{incident}/sign")
async def sign(
    request: Request, incident: str, form: forms.SignForm, key: Key = ""
) -> forms.RecordedOut:
    """T8: sign for the order."""
    return await _act(request, Verb.SIGN, (incident, form), key)


@router.post("/incidents/{incident}/return")
async def give_back(
    request: Request, incident: str, form: forms.ReturnForm, key: Key = ""
) -> forms.RecordedOut:
    """T9: give the order back."""
    return await _act(request, Verb.RETURN, (incident, form), key)


@router.post("/incidents/{incident}/arrive")
async def arrive(
    request: Request, incident: str, form: forms.ArriveForm, key: Key = ""
) -> forms.RecordedOut:
    """T31: arrived at the place."""
    return await _act(request, Verb.ARRIVE, (incident, form), key)


@router.post("/incidents/{incident}/feedback")
async def feedback(
    request: Request, incident: str, form: forms.FeedbackForm, key: Key = ""
) -> forms.RecordedOut:
    """T20: what was done, with what result."""
    return await _act(request, Verb.FEEDBACK, (incident, form), key)


@router.post("/incidents/{incident}/inspect")
async def inspect(
    request: Request, incident: str, form: forms.InspectForm, key: Key = ""
) -> forms.RecordedOut:
    """A look at the place after the work."""
    return await _act(request, Verb.INSPECT, (incident, form), key)


@router.get("/tasks")
async def tasks(request: Request) -> forms.TasksOut:
    """List the checks that are the caller's: those of grids within the token's scope."""
    desk = counter(request)
    person = await desk.person(request)

    def job() -> tuple[FieldTask, ...]:
        desk.hub.folding.catch_up(person.town)
        return desk.hub.fieldwork.tasks(person)

    found = await desk.pool.run(job)
    return forms.TasksOut.model_validate({"tasks": msgspec.to_builtins(found)})


@router.post("/tasks/{campaign}/{grid}")
async def answer_task(
    request: Request, campaign: str, grid: str, form: forms.TaskForm, key: Key = ""
) -> forms.RecordedOut:
    """Say what was found at one place of a check."""
    desk = counter(request)
    person = await desk.person(request)
    _check_names(campaign, grid)
    asked = once(request, key, form.model_dump_json())
    command = AnswerTask(
        campaign=campaign,
        grid=grid,
        target=form.target,
        finding=form.finding,
        text=form.text,
        photos=tuple(form.photos),
    )
    with desk.place(f"field:{person.id}"):
        return await told(
            desk, person, lambda: desk.hub.fieldwork.answer_task(person, command, asked)
        )


@router.post("/tasks/{campaign}/{grid}/found")
async def report_found(
    request: Request, campaign: str, grid: str, form: forms.FoundForm, key: Key = ""
) -> forms.RecordedOut:
    """Say what was found on a round beyond its places."""
    desk = counter(request)
    person = await desk.person(request)
    _check_names(campaign, grid)
    asked = once(request, key, form.model_dump_json())
    command = ReportFound(
        campaign=campaign,
        grid=grid,
        incident=form.incident,
        text=form.text,
        photos=tuple(form.photos),
    )
    with desk.place(f"field:{person.id}"):
        return await told(
            desk, person, lambda: desk.hub.fieldwork.report_found(person, command, asked)
        )


def _check_names(campaign: str, grid: str) -> None:
    if any(len(each) > 80 or not each.isprintable() for each in (campaign, grid)):
        raise BadInput("tasks", "编号最长 80 个字符")


@router.post("/checks")
async def check_object(request: Request, form: forms.CheckForm, key: Key = "") -> forms.RecordedOut:
    """Say that a managed object was looked at, and what was found."""
    desk = counter(request)
    person = await desk.person(request)
    asked = once(request, key, form.model_dump_json())

    def job() -> Recorded:
        grid = desk.hub.object_grid(person.town, form.object)
        if grid is None:
            raise BadInput("object", "没有这个对象")
        command = CheckObject(
            object=form.object,
            grid=grid,
            finding=form.finding,
            text=form.text,
            photos=tuple(form.photos),
        )
        return desk.hub.fieldwork.check_object(person, command, asked)

    with desk.place(f"field:{person.id}"):
        return await told(desk, person, job)


@router.post("/incidents/{incident}/sub-sign")
async def sub_sign(
    request: Request, incident: str, form: forms.SubSignForm, key: Key = ""
) -> forms.RecordedOut:
    """T14: an assisting unit signs for its part."""
    return await _act(request, Verb.SUB_SIGN, (incident, form), key)


@router.post("/incidents/{incident}/sub-arrive")
async def sub_arrive(
    request: Request, incident: str, form: forms.SubArriveForm, key: Key = ""
) -> forms.RecordedOut:
    """T14: an assisting unit arrived at the place."""
    return await _act(request, Verb.SUB_ARRIVE, (incident, form), key)


@router.post("/incidents/{incident}/sub-feedback")
async def sub_feedback(
    request: Request, incident: str, form: forms.SubFeedbackForm, key: Key = ""
) -> forms.RecordedOut:
    """T14: what an assisting unit did, with what result."""
    return await _act(request, Verb.SUB_FEEDBACK, (incident, form), key)


@router.post("/incidents/{incident}/sub-return")
async def sub_return(
    request: Request, incident: str, form: forms.SubReturnForm, key: Key = ""
) -> forms.RecordedOut:
    """T14: an assisting unit gives its part back."""
    return await _act(request, Verb.SUB_RETURN, (incident, form), key)


async def _act(
    request: Request, verb: Verb, on: tuple[str, forms.ActForm], key: str
) -> forms.RecordedOut:
    person = await counter(request).person(request)
    return await on_incident(request, person, (verb, *on), key)


async def on_incident(
    request: Request, person: Bearer, act: tuple[Verb, str, forms.ActForm], key: str
) -> forms.RecordedOut:
    """Do one act on an incident, named by its id or whole number, as this person."""
    verb, text, form = act
    desk = counter(request)
    if len(text) > 80 or not text.isprintable():
        raise BadInput("incident", "事件编号最长 80 个字符")
    asked = once(request, key, form.model_dump_json())
    options = form.options()

    def job() -> Recorded:
        desk.hub.folding.catch_up(person.town)
        incident = desk.hub.fieldwork.find(person, text)
        command = Command(verb=verb, incident=incident, **options)  # type: ignore[arg-type]
        return desk.hub.fieldwork.act(person, command, asked)

    with desk.place(f"field:{person.id}"):
        return await told(desk, person, job)


def once(request: Request, key: str, body: str) -> Once:
    """Return what is asked under a key, so that the second time is answered as the first."""
    text = f"{request.method} {request.url.path}\n{body}"
    return Once(key, hashlib.sha256(text.encode()).hexdigest())


async def told(desk: Counter, person: Bearer, job: Callable[[], Recorded]) -> forms.RecordedOut:
    """Do a job of the field, wake the town's sites, answer what was recorded."""

    def folded() -> Recorded:
        done = job()
        desk.hub.folding.catch_up(person.town)
        return done

    try:
        done = await desk.pool.run(folded)
    finally:
        # A refusal out of scope leaves an audit event behind.
        desk.wake.ring(person.town)
    return forms.RecordedOut(**msgspec.to_builtins(done))
