"""One run: the steps of a program, then everything healed, then quiet, then the invariants."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from dispatch.acts.perform import new_id
from dispatch.domain.codes import Role
from dispatch.domain.errors import ZhiwangError
from dispatch.domain.event import Event
from dispatch.drill.faults import checks
from dispatch.drill.faults.acts import next_act, report
from dispatch.drill.faults.centre import Centre
from dispatch.drill.faults.disk import Disk
from dispatch.drill.faults.fixed import fixed, quick, sized
from dispatch.drill.faults.line import FATES, Weather, WireLine
from dispatch.drill.faults.met import Met
from dispatch.drill.faults.photos import in_pieces, on_their_way, whole, with_photo
from dispatch.drill.faults.places import PLACES, START
from dispatch.drill.faults.points import Points
from dispatch.drill.faults.prepared import folder_of_runs, prepared
from dispatch.drill.faults.program import HUB, Program, Step
from dispatch.drill.faults.station import Parts, Station
from dispatch.drill.faults.timeline import Timeline
from dispatch.hub.fieldwork import Once
from dispatch.hub.folding import levels
from dispatch.hub.hub import Hub
from dispatch.hub.people import Bearer
from dispatch.store.disk import MIB

QUIET_MS: Final = 240_000
"""I6: so long after everything has healed nothing may be on its way any more."""
_LOOK_MS: Final = 1_000
_PATHS: Final = {"/v1/events": "上送", "/v1/pull": "下拉", "/v1/blobs": "照片"}
_FILES: Final = ("/v1/blobs", "/v1/snapshots")
_WHERE: Final = {
    "cut": ("",),
    "garbled": _FILES,
    "stale": ("/v1/events", "/v1/events", "/v1/pull", ""),
}
"""What is struck by faults that are not drawn evenly: an empty path is all requests."""
_ROOM: Final = (0, 0, 100 * MIB, 400 * MIB)
"""Of a disk that is filled: none, too little to pull, too little for photos."""


@dataclass(slots=True)
class Outcome:
    """What a run came to. `problems` is empty when every invariant held."""

    program: Program
    problems: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    met: Met = field(default_factory=Met)
    events: int = 0
    quiet_ms: int = 0
    trace: str = ""


class World:
    """The towns of one run."""

    def __init__(self, program: Program, folder: Path, timeline: Timeline) -> None:
        begin = prepared()
        self.program = program
        self.timeline = timeline
        self.outcome = Outcome(program)
        self._incidents: dict[int, tuple[str, str]] = {}
        self._gone: set[str] = set()
        self._late: set[int] = set()
        self._hash = hashlib.sha256()
        self._kept: dict[int, tuple[int, ...]] = {}
        told = partial(self._told, "市级中心")
        self.centre = Centre(begin, folder, self.timeline, told)
        self.stations: list[Station] = []
        for enrolled in begin.sites[: program.sites]:
            name = enrolled.place.name
            rng = random.Random(f"{program.seed} {name}")
            points = Points()
            disk = Disk(folder / name, enrolled.image, points, rng)
            line = WireLine(self.centre, self.timeline, enrolled.token, rng)
            line.behind = partial(self._behind, len(self.stations))
            parts = Parts(self.timeline, line, disk, points, rng)
            told = partial(self._told, name)
            self.stations.append(Station(enrolled, begin.keys.signer.public, parts, told))

    def run(self) -> Outcome:
        """Do the program, heal, wait for quiet, check."""
        late = self.stations[-1] if self.program.late else None
        for station in self.stations:
            if station is not late:
                station.start()
        if late is not None:
            self.timeline.after(self.program.late, late.start)
        for step in self.program.steps:
            self.timeline.until(START + step.at)
            self._do(step)
        self.timeline.until(START + self.program.lasts)
        self._heal()
        self._settle()
        self._check()
        self._finish()
        return self.outcome

    def close(self) -> None:
        """Let go of every file."""
        for station in self.stations:
            station.stop()
        self.centre.hub.close()

    # Steps.

    def _do(self, step: Step) -> None:
        if step.what == "field":
            self._field(step)
            return
        if step.site == HUB:
            self._at_hub(step)
            return
        station = self.stations[step.site]
        if step.what in FATES:
            self._turn(station, step)
            return
        match step.what:
            case "act":
                self._act(station, step)
            case "power":
                self._told(station.place.name, f"将在第 {step.length} 个写入点断电")
                station.parts.points.fail_in(step.length)
            case "clock":
                station.skew = step.length
                self._late.add(step.site)
                self.centre.met.add("clock", mattered=False)
                self._told(station.place.name, f"时钟偏差 {step.length // 1000} 秒")
            case "full":
                self._fill(station, step)
            case "backup":
                station.keep_copy()
                self._kept[step.site] = (len(station.memory.acked),)
                self._told(station.place.name, "做了一份备份")
            case "copy":
                self._put_back(station, step)

    def _at_hub(self, step: Step) -> None:
        name = "市级中心"
        match step.what:
            case "hub power":
                self._told(name, f"将在第 {step.length} 个写入点断电")
                self.centre.points.fail_in(step.length)
            case "backup":
                self.centre.keep_copy()
                self._kept[HUB] = self._heads()
                self._told(name, "做了一份备份")
            case "hub copy":
                before = self._heads()
                if self.centre.put_back(step.length):
                    self._told(name, "恢复了旧副本，并运行 hub restore")
                    lacking = before != self._kept.get(HUB)
                    self.centre.met.add(step.what, mattered=lacking)

    def _turn(self, station: Station, step: Step) -> None:
        rng = random.Random(f"{step.pick} {step.what}")
        share = rng.choice((0.3, 0.6, 1.0))
        path = rng.choice(_WHERE.get(step.what, ("", "", *_PATHS)))
        until = self.timeline.now + step.length
        station.parts.line.weather.append(Weather(step.what, until, share, path, rng))
        told = f"{step.length / 1000:.0f} 秒内 {share:.0%} 的{_PATHS.get(path, '')}请求"
        self._told(station.place.name, f"{told}：{FATES[step.what]}")

    def _fill(self, station: Station, step: Step) -> None:
        free = _ROOM[step.pick % len(_ROOM)]
        self._told(station.place.name, f"磁盘只余 {free // MIB} MB")
        self.centre.met.add("full", mattered=False)
        station.fill(free)
        self.timeline.after(step.length, station.clear)

    def _act(self, station: Station, step: Step) -> None:
        known = self._incidents.get(step.which)
        name = station.place.name
        if known is None:
            id_ = new_id()
            command = report(id_, station.place, step.pick)
            done = station.act(with_photo(station, command, step.pick))
            if not isinstance(done, str):
                self._incidents[step.which] = (id_, station.place.town)
            self._acted(name, f"上报 事件{step.which}", done)
            return
        if not station.up or known[1] != station.place.town:
            return
        seen = station.store.read(lambda reader: reader.incident(known[0])).result()
        if seen is None:
            return
        others = tuple(
            id_
            for id_, town in self._incidents.values()
            if town == station.place.town and id_ != known[0]
        )
        command = next_act(seen, step.pick, others)
        done = station.act(with_photo(station, command, step.pick))
        self._acted(name, f"{command.verb} 事件{step.which}", done)
        if station.skew and step.site in self._late and not isinstance(done, str):
            self._late.discard(step.site)
            self.centre.met.mattered["clock"] += 1

    def _field(self, step: Step) -> None:
        known = self._incidents.get(step.which)
        town = known[1] if known else PLACES[0].town
        id_ = known[0] if known else new_id()
        place = next(each for each in PLACES if each.town == town)
        who = Bearer("token", "W001", tuple(Role), town, town, town)

        def job(hub: Hub) -> str:
            incident = checks.seen_by_hub(hub, town, id_)
            command = (
                next_act(incident, step.pick, ()) if incident else report(id_, place, step.pick)
            )
            if known is not None and incident is None:
                return "中心还没有这件"
            try:
                done = hub.fieldwork.act(who, command, Once("", ""))
            except ZhiwangError as refused:
                return str(refused)
            self._incidents.setdefault(step.which, (id_, town))
            return f"{command.verb} 事件{step.which}：{len(done.events)} 条"

        found = self.centre.work(job, 8_000)
        self.centre.ring(town)
        self._told("现场", found or "中心不通")

    def _put_back(self, station: Station, step: Step) -> None:
        # What only this disk held since the copy is gone for good: no system can keep that.
        before = {each.hash for each in station.memory.acked} - self._on_hub(station.place.town)
        if station.put_back(step.length):
            self._gone |= before
            lacking = (len(station.memory.acked),) != self._kept.get(step.site)
            self.centre.met.add("copy", mattered=lacking)
            self._told(station.place.name, "恢复了旧副本")

    # The end.

    def _heal(self) -> None:
        self._told("", "——故障全部结束——")
        self.centre.points.calm()
        for station in self.stations:
            station.parts.points.calm()
            station.parts.line.weather.clear()
            station.skew = 0
            station.clear()

    def _settle(self) -> None:
        begin = self.timeline.now
        while self.timeline.now < begin + QUIET_MS:
            self.timeline.until(self.timeline.now + _LOOK_MS)
            if self._quiet():
                self.outcome.quiet_ms = self.timeline.now - begin
                return
        self._fail("I6 没有在限定时间内安静下来：" + "；".join(self._noise()))

    def _quiet(self) -> bool:
        return next(self._noise(), None) is None

    def _behind(self, site: int) -> bool:
        """Whether a site that asks something has anything to send or to hear."""
        station = self.stations[site]
        if not self.centre.up:  # its file may be replaced just now: nobody opens it
            return True
        return station.up and station.behind(self._head(station.place.town))

    def _heads(self) -> tuple[int, ...]:
        return tuple(self._head(place.town) for place in PLACES) if self.centre.up else ()

    def _noise(self) -> Iterator[str]:
        if not self.centre.up:
            yield "中心停着"
            return
        heads = {place.town: self._head(place.town) for place in PLACES}
        for station in self.stations:
            name = station.place.name
            if not station.up:
                yield f"{name} 停着"
                continue
            town = station.place.town
            cursor, unsent = station.store.read(
                lambda reader, town=town: (reader.cursor(town).seq, reader.unsent().count)  # type: ignore[misc]
            ).result()
            if unsent:
                yield f"{name} 有 {unsent} 条未送"
            if cursor != heads[town]:
                yield f"{name} 收到 {cursor} 号，中心 {heads[town]} 号"
            if not station.exchange.met:
                yield f"{name} 未与中心相识：{station.exchange.told.trouble}"
            yield from on_their_way(station)

    def _head(self, town: str) -> int:
        read = self.centre.hub.office.database.read
        return read(lambda connection: levels(connection, town))[0]

    def _on_hub(self, town: str) -> set[str]:
        return {each.hash for each in checks.town_at(self.centre.hub, town).log}

    def _check(self) -> None:
        hub = self.centre.hub
        towns = {each.place.town for each in self.stations}
        for code in sorted(towns):
            town = checks.town_at(hub, code)
            self.outcome.events += len(town.log)
            acked = [event for each in self.stations for event in each.memory.acked]
            self._fail(*checks.ordered(hub, town))
            self._fail(*checks.once(town, acked, frozenset(self._gone)))
            for station in self.stations:
                if station.up and station.place.town == code:
                    self._fail(*checks.within(station, town), *checks.same(station, town))
            self._fail(*whole(hub, town, self.stations))
            self._hash.update(f"{code} {[each.hash for each in town.log]}".encode())
        self._fail(*self.centre.defects)
        for station in self.stations:
            self._fail(*station.memory.defects)
            if station.up and station.exchange.told.differs:
                self._fail(f"I2 {station.place.name} 自己发现摘要不同")

    def _finish(self) -> None:
        self.outcome.met = self.centre.met
        self.outcome.trace = self._hash.hexdigest()

    # Telling.

    def _acted(self, name: str, what: str, done: tuple[Event, ...] | str) -> None:
        if isinstance(done, str):
            self._told(name, f"{what}：未成（{done}）")
        else:
            marks = " ".join(each.hash[:8] for each in done)
            self._told(name, f"{what}：已保存 {marks}")

    def _fail(self, *problems: str) -> None:
        self.outcome.problems += problems

    def _told(self, who: str, what: str) -> None:
        at = (self.timeline.now - START) / 1000
        line = f"{at:8.3f} 秒  {who}  {what}"
        self.outcome.story.append(line)
        self._hash.update(line.encode())


@contextmanager
def _world(program: Program, *, files: bool) -> Iterator[World]:
    prepared()
    folder = folder_of_runs(files=files)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    timeline = Timeline()
    seed = f"run {program.seed}"
    with (
        fixed(seed, lambda: timeline.now),
        sized(program.push, program.pull),
        quick(threads=files),
        in_pieces(program.seed),
    ):
        world = World(program, folder, timeline)
        try:
            yield world
        finally:
            world.close()


def run(program: Program, *, files: bool = False) -> Outcome:
    """Run a program from its beginning; `files`: on the machine's disk, stores with threads."""
    with _world(program, files=files) as world:
        return world.run()
