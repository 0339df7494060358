"""What must hold when all is quiet: I1 to I4 and the digests, against a model of its own."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from dispatch.domain.codes import Kind
from dispatch.domain.errors import Damage
from dispatch.domain.event import Event, Subject
from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from dispatch.domain.organisation import Organisation
from dispatch.drill.faults.places import Place, nodes
from dispatch.drill.faults.rule import by_rule
from dispatch.drill.faults.station import Station
from dispatch.hub.folding import events_of
from dispatch.hub.hub import Hub
from dispatch.hub.schema import EVENT
from dispatch.hub.verify import check_town
from dispatch.store.reader import Reader

_TREE = Organisation(nodes(), "org-1")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row of the hub's log as it lies there."""

    seq: int
    id: str
    hash: str
    subject: Subject
    quarantined: str
    number: str | None
    unit: str


@dataclass(frozen=True, slots=True)
class Town:
    """One town at the hub: its log, and its incidents folded by the model."""

    code: str
    log: tuple[Numbered, ...]
    folds: dict[str, Incident]


def town_at(hub: Hub, town: str) -> Town:
    """Read a town's log and fold it anew, from its first number, apart from the hub's own fold."""

    def job(connection: Connection) -> Town:
        rows = connection.execute(select(EVENT).where(EVENT.c.town == town).order_by(EVENT.c.seq))
        log = tuple(_numbered(row) for row in rows)
        ids = sorted({each.subject.id for each in log if each.subject.kind is Kind.INCIDENT})
        folds = {id_: fold(events_of(connection, town, id_)) for id_ in ids}
        return Town(town, log, folds)

    return hub.office.database.read(job)


def seen_by_hub(hub: Hub, town: str, id_: str) -> Incident | None:
    """Return an incident folded to the town's last number; None when the hub has none of it."""

    def job(connection: Connection) -> Incident | None:
        events = events_of(connection, town, id_)
        return fold(events) if events else None

    return hub.office.database.read(job)


def _numbered(row: Any) -> Numbered:  # Any: EVENT's columns
    told = msgspec.json.decode(row.bytes)
    return Numbered(
        seq=row.seq,
        id=told["id"],
        hash=row.hash,
        subject=Subject(Kind(row.kind), row.subject),
        quarantined=row.quarantined,
        number=row.number,
        unit=(told.get("unit") or {"id": ""})["id"],
    )


def once(town: Town, acked: Iterable[Event], gone: frozenset[str]) -> Iterator[str]:
    """I1: what was shown as saved is on the hub exactly once; nothing is there twice.

    `gone`: hashes of events that no disk holds any more, for an older copy was put back.
    """
    count = Counter(each.id for each in town.log)
    for event in acked:
        if event.town == town.code and count[event.id] != 1 and event.hash not in gone:
            yield f"I1 {event.type}（{event.hash[:8]}）在中心有 {count[event.id]} 份"
    for id_, times in count.items():
        if times > 1:
            yield f"I1 {id_} 在中心有 {times} 份"


def ordered(hub: Hub, town: Town) -> Iterator[str]:
    """I4: numbers 1..n, chain and signatures, and the hub's own fold."""
    if [each.seq for each in town.log] != list(range(1, len(town.log) + 1)):
        yield f"I4 {town.code} 的编号不连续"
        return
    if not town.log:
        return
    try:
        check_town(hub, town.code)
    except Damage as damage:
        yield f"I4 {damage}"
    given = [each.number for each in town.log if each.number]
    if len(set(given)) != len(given):
        yield f"I4 {town.code} 有两件同一个编号"
    runs = [unit for unit, _ in groupby(town.log, key=lambda each: each.unit) if unit]
    if len(set(runs)) != len(runs):
        yield f"I4 {town.code} 有一组事件没有连着编号"


def concerned(incident: Incident, place: Place) -> bool:
    """Whether the model lets a site see an incident."""
    if place.whole:
        return True
    codes = (
        local if (local := f"{incident.town}/{code}") in _TREE else code
        for code in incident.concerned
    )
    return any(_TREE.within(code, place.scope) for code in codes)


def same(station: Station, town: Town) -> Iterator[str]:
    """I2: every incident in scope is folded as the model folds it; the figures are equal."""
    name = station.place.name
    mine = {id_: each for id_, each in town.folds.items() if concerned(each, station.place)}

    def look(reader: Reader) -> tuple[dict[str, Incident | None], str]:
        return {id_: reader.incident(id_) for id_ in mine}, reader.digest(station.place.town)

    found, digest = station.store.read(look).result()
    for id_, incident in mine.items():
        if found[id_] is None:
            yield f"I2 {name} 看不到事件 {id_}"
        elif found[id_] != incident:
            yield f"I2 {name} 的事件 {id_} 与模型不同：{_difference(found[id_], incident)}"
        yield from (f"I2 事件 {id_}：{each}" for each in by_rule(incident))
    if digest != _digest(mine, _others(town, station.place)):
        yield f"I2 {name} 的摘要与模型不同"


def _difference(one: Incident | None, two: Incident) -> str:
    return " ".join(
        name for name in Incident.__dataclass_fields__ if getattr(one, name) != getattr(two, name)
    )


def _others(town: Town, place: Place) -> dict[str, str]:
    """Return the state of subjects that are no incidents, of those a whole town's site sees."""
    del place
    facts: dict[Subject, dict[str, int]] = defaultdict(dict)
    for each in town.log:
        if each.subject.kind is not Kind.INCIDENT and not each.quarantined:
            facts[each.subject][each.hash] = each.seq
    return {
        f"{subject.kind}:{subject.id}": hashlib.sha256(
            "\n".join(sorted(f"{seq}:{hash_}" for hash_, seq in known.items())).encode()
        ).hexdigest()
        for subject, known in facts.items()
    }


def _digest(incidents: dict[str, Incident], others: dict[str, str]) -> str:
    """Return the figure as docs/protocol.md has it, section 6, worked out apart from `wire`."""
    lines = {f"incident:{id_}": _state(each) for id_, each in incidents.items()} | others
    told = "".join(f"{name}={lines[name]}\n" for name in sorted(lines))
    return hashlib.sha256(f"zhiwang projection 1\n{told}".encode()).hexdigest()


_EARLIER = "subs city_id city_order card extensions instructions".split()


def _state(incident: Incident) -> str:
    """Newer fields that say nothing are left out, all or none of them."""
    whole = msgspec.to_builtins(incident)
    blank = msgspec.to_builtins(Incident(id="", town="", facts=(), heads=()))
    if all(whole[name] == blank[name] for name in _EARLIER):
        whole = {name: value for name, value in whole.items() if name not in _EARLIER}
    return hashlib.sha256(msgspec.json.encode(whole)).hexdigest()


def within(station: Station, town: Town) -> Iterator[str]:
    """I3: nothing of others' incidents that are out of scope is on the site."""
    name = station.place.name
    if station.place.whole:
        return
    mine = {id_ for id_, each in town.folds.items() if concerned(each, station.place)}

    def look(reader: Reader) -> Sequence[tuple[str, str]]:
        view = reader.view.incident.name
        rows = reader.connection.exec_driver_sql(
            f"SELECT 'row', id FROM {view}"  # noqa: S608 - a table's own name
            " UNION SELECT 'key', subject FROM secret"
            " UNION SELECT 'event', subject FROM event WHERE kind = 'incident'"
            " AND inc NOT IN (SELECT inc FROM writer WHERE own = 1)"
        ).all()
        return [(row[0], row[1]) for row in rows]

    for what, id_ in station.store.read(look).result():
        if id_ not in mine:
            yield f"I3 {name} 还留着范围外事件 {id_} 的 {what}"
