"""Who may send orders to grids and squads, end and answer them, and what is written of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Final

from dispatch.domain.bodies_town import (
    CampaignEnded,
    CampaignIssued,
    Checked,
    Found,
    Post,
    RoundKind,
    Target,
    TaskAnswered,
    TaskIssued,
)
from dispatch.domain.calendar import DAY, local
from dispatch.domain.campaign import Campaign, Task, task_id
from dispatch.domain.codes import Kind, Level, Role
from dispatch.domain.decide_town import sealed_texts, town_role
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Subject
from dispatch.domain.may import is_code, writable
from dispatch.domain.rules import Actor, Rules

MAY_ISSUE: Final = frozenset({Role.CHIEF, Role.LEADER})
MAY_ANSWER: Final = frozenset({Role.WORKER, Role.PATROL, Role.STATION, Role.DISPATCHER})
MAY_FIND: Final = MAY_ANSWER | {Role.CHIEF, Role.LEADER, Role.CLERK}
"""What a leader's patrol finds is taken down by the office as well."""
EVERYBODY: Final = "*"
"""In `see_add`: every node of the town."""
LONGEST_NAME: Final = 60
LONGEST_ID: Final = 60
MOST_PLACES: Final = 5_000
MOST_OF_A_GRID: Final = 150
MOST_GRIDS: Final = 480
"""A round is one unit: numbered together or not at all, so it must fit into one push."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceToCheck:
    """A place in a grid; without a name it is the grid itself. CGCS2000 degrees or none.

    Of a squad's task `grid` is the squad.
    """

    grid: str
    name: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCampaign:
    """Send an order to every one of these places. `id` empty: made from day and content.

    A led patrol says its leader's post; a squad's task may be sealed: its text is shown to nobody
    before `sealed_until` (UTC milliseconds).
    """

    title: str
    due: int
    places: tuple[PlaceToCheck, ...] = field(repr=False)
    text: str = field(default="", repr=False)
    id: str = ""
    kind: RoundKind = RoundKind.CHECK
    leader: Post | None = None
    sealed_until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTask:
    """What was found at a place. `on_behalf`: the worker for whom it is recorded."""

    campaign: str
    grid: str
    target: str
    finding: Checked
    text: str = field(default="", repr=False)
    photos: tuple[str, ...] = ()
    on_behalf: str | None = None


def content_of(command: IssueCampaign) -> str:
    """Return the SHA-256 of what is asked; the limit is no part of it.

    Nor is a sealed text: who guesses it could tell from the open hash that the guess is right.
    """
    places = [[each.grid, each.name, each.lon, each.lat] for each in command.places]
    said: list[object] = [command.title, command.text, places]
    if command.kind is not RoundKind.CHECK:
        sealed = command.sealed_until is not None
        said = [command.title, "" if sealed else command.text, places]
        said += [command.kind, command.leader, command.sealed_until]
    text = json.dumps(said, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def name_of(command: IssueCampaign, now: int) -> str:
    """Return the round's id: the same order on the same day has the same."""
    return command.id or f"{local(now):%Y%m%d}-{content_of(command)[:12]}"


def decide_issue(
    command: IssueCampaign,
    actor: Actor,
    rules: Rules,
    place: tuple[str, Campaign],
    now: int,
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the role and the events of one unit; none when this very round is there already.

    `place`: the town, and what is known of the round of that id.
    """
    town, known = place
    role = town_role(actor, rules, town, MAY_ISSUE, "issue_campaign")
    name, content = name_of(command, now), content_of(command)
    if not is_code(name) or len(name) > LONGEST_ID:
        raise BadInput("id", f"须为 1 至 {LONGEST_ID} 位字母、数字或连字符")
    if known.order is not None:
        if known.order.content != content:
            raise Refused("campaign_exists", campaign=name)
        return role, ()
    _check_words(command)
    if not now < command.due <= now + 366 * DAY:
        raise BadInput("due", "时限必须晚于现在，且在一年之内")
    _check_kind(command, now)
    grids = _by_grid(command, rules, town)
    tasks = [_task(name, grid, command.due, found) for grid, found in grids.items()]
    body = CampaignIssued(
        due=command.due,
        tasks=len(tasks),
        targets=len(command.places),
        content=content,
        kind=command.kind,
        leader=command.leader,
        sealed_until=command.sealed_until,
    )
    head = Draft(
        subject=Subject(Kind.CAMPAIGN, name),
        type="campaign_issued",
        body=body,
        sealed=sealed_texts({"title": command.title, "text": command.text}),
        see_add=(EVERYBODY,),
    )
    return role, (head, *tasks)


def _check_kind(command: IssueCampaign, now: int) -> None:
    led, squad = command.kind is RoundKind.LED, command.kind is RoundKind.SQUAD
    if led and command.leader is None:
        raise BadInput("leader", "带队巡查须写带队领导的职务")
    if command.leader is not None and not led:
        raise BadInput("leader", "只有带队巡查写带队领导")
    if command.sealed_until is None:
        return
    if not squad:
        raise BadInput("sealed_until", "只有机动队任务可以密封")
    if not now < command.sealed_until < command.due:
        raise BadInput("sealed_until", "开封时间须晚于现在、早于时限")
    if not command.text.strip():
        raise BadInput("text", "密封任务须写内容")


def _check_words(command: IssueCampaign) -> None:
    if not command.title.strip() or len(command.title) > LONGEST_NAME:
        raise BadInput("title", f"须有 1 至 {LONGEST_NAME} 字")
    sealed_texts({"title": command.title, "text": command.text})
    for nth, each in enumerate(command.places, 1):
        if len(each.name) > LONGEST_NAME or not writable(each.name):
            raise BadInput("places", f"第 {nth} 处名称须在 {LONGEST_NAME} 字以内，可以保存")
        if (each.lon is None) != (each.lat is None):
            raise BadInput("places", f"第 {nth} 处的经度和纬度须一起写")
        if each.lon is not None and each.lat is not None:
            _check_point(nth, each.lon, each.lat)


def _check_point(nth: int, lon: float, lat: float) -> None:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput("places", f"第 {nth} 处的坐标不在经纬度范围之内")


def _by_grid(command: IssueCampaign, rules: Rules, town: str) -> dict[str, list[PlaceToCheck]]:
    if not command.places:
        raise BadInput("places", "没有要检查的网格或地点")
    if len(command.places) > MOST_PLACES:
        raise BadInput("places", f"{len(command.places)} 处，一次最多 {MOST_PLACES} 处")
    found: dict[str, list[PlaceToCheck]] = {}
    squad = command.kind is RoundKind.SQUAD
    level, word = (Level.SQUAD, "机动队") if squad else (Level.GRID, "网格")
    for each in command.places:
        node = rules.organisation.get(each.grid)
        if node is None or node.level is not level:
            raise BadInput("places", f"组织表中没有{word} {each.grid}")
        if not rules.organisation.within(each.grid, town):
            raise BadInput("places", f"{word} {each.grid} 不在本镇")
        found.setdefault(each.grid, []).append(each)
    for grid, places in found.items():
        if len(places) > MOST_OF_A_GRID:
            raise BadInput("places", f"网格 {grid} 有 {len(places)} 处，最多 {MOST_OF_A_GRID} 处")
    if len(found) > MOST_GRIDS:
        raise BadInput("places", f"{len(found)} 个网格，一次最多 {MOST_GRIDS} 个")
    return dict(sorted(found.items()))


def _task(campaign: str, grid: str, due: int, places: list[PlaceToCheck]) -> Draft:
    numbered = [(str(nth), each) for nth, each in enumerate(places, 1)]
    body = TaskIssued(
        campaign=campaign,
        grid=grid,
        due=due,
        targets=tuple(Target(no=no, lon=each.lon, lat=each.lat) for no, each in numbered),
    )
    return Draft(
        subject=Subject(Kind.CAMPAIGN, task_id(campaign, grid)),
        type="task_issued",
        body=body,
        sealed=tuple((f"place:{no}", each.name) for no, each in numbered if each.name),
        see_add=(grid,),
    )


def decide_end(
    campaign: str, actor: Actor, rules: Rules, place: tuple[str, Campaign]
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the event that ends a round; none when it has ended."""
    town, known = place
    role = town_role(actor, rules, town, MAY_ISSUE, "end_campaign")
    if known.order is None:
        raise Refused("unknown_campaign", campaign=campaign)
    if known.ended is not None:
        return role, ()
    subject = Subject(Kind.CAMPAIGN, campaign)
    return role, (Draft(subject=subject, type="campaign_ended", body=CampaignEnded()),)


def decide_answer(
    command: AnswerTask, actor: Actor, rules: Rules, known: tuple[Campaign, Task]
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the event of an answer. A later answer to the same place takes the earlier's."""
    order = checked_task(command, actor, rules, known)
    role = actor.role(MAY_ANSWER, "answer_task")
    if command.target not in {each.no for each in order.targets}:
        raise BadInput("target", f"本任务没有第 {command.target[:20]} 处")
    if role in {Role.STATION, Role.DISPATCHER} and not command.on_behalf:
        raise Refused("needs_on_behalf", unit=command.grid, worker="")
    body = TaskAnswered(target=command.target, finding=command.finding, on_behalf=command.on_behalf)
    draft = Draft(
        subject=Subject(Kind.CAMPAIGN, task_id(command.campaign, command.grid)),
        type="task_answered",
        body=body,
        sealed=sealed_texts({"text": command.text}),
        blobs=command.photos,
    )
    return role, (draft,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFound:
    """Something was found in a grid of a round. `incident`: the report it became, if it did."""

    campaign: str
    grid: str
    incident: str | None = None
    text: str = field(default="", repr=False)
    photos: tuple[str, ...] = ()
    on_behalf: str | None = None


def decide_found(
    command: ReportFound, actor: Actor, rules: Rules, known: tuple[Campaign, Task]
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the event of a finding. Each is one more: none takes another's place."""
    checked_task(command, actor, rules, known)
    role = actor.role(MAY_FIND, "report_found")
    if command.incident is not None and not is_code(command.incident):
        raise BadInput("incident", "须为事件编号")
    if not command.text.strip() and command.incident is None:
        raise BadInput("text", "须写发现了什么，或写明已上报的事件")
    draft = Draft(
        subject=Subject(Kind.CAMPAIGN, task_id(command.campaign, command.grid)),
        type="task_found",
        body=Found(incident=command.incident, on_behalf=command.on_behalf),
        sealed=sealed_texts({"text": command.text}),
        blobs=command.photos,
    )
    return role, (draft,)


def checked_task(
    command: AnswerTask | ReportFound, actor: Actor, rules: Rules, known: tuple[Campaign, Task]
) -> TaskIssued:
    """Return the task that is spoken of, or refuse: none, over, or out of the person's scope."""
    campaign, task = known
    if task.order is None:
        raise Refused("unknown_task", campaign=command.campaign, grid=command.grid)
    if campaign.ended is not None:
        raise Refused("campaign_ended", campaign=command.campaign)
    organisation = rules.organisation
    node, grid = actor.node, command.grid
    if not (organisation.within(grid, node) or organisation.within(node, grid)):
        raise Refused("out_of_scope", node=node, grid=grid)
    if command.on_behalf and not is_code(command.on_behalf):
        raise BadInput("on_behalf", "须为人员编号")
    if len(command.photos) > 9:
        raise BadInput("photos", "最多 9 张")
    return task.order
