"""A whole made-up shift in one go: town, hub, seats, station, field workers, and its papers."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from console import hub, sites
from console.clock import clock
from console.demo_order import Order, feed_of, setting_of, town_of
from console.drill_time import Jumping, Running
from console.drill_town import CLOCK_FILE, GUEST, DrillTown, Ground, drill_clock, drill_town
from console.printing import note
from console.values import iso
from console.words import say
from dispatch.desk.reporting import Reporting
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import Role
from dispatch.domain.errors import BadInput, Damage, ZhiwangError
from dispatch.drill.cast import SEAT_NAMES, SEATS, VILLAGE
from dispatch.drill.clash import clashes
from dispatch.drill.ending import ending
from dispatch.drill.play import Company, Frame, Play, Time
from dispatch.drill.script import Playbook, scripts
from dispatch.drill.step import FIELD, Script
from dispatch.drill.walkers import Walkers
from dispatch.files.tables import read_calendar
from resources import path

WALK_MS: Final = 20 * MINUTE
WALK_SHOWN_MS: Final = 5 * MINUTE
FIX_MS: Final = 2 * MINUTE
LONGEST_MS: Final = 60 * DAY
"""So long after the last report a play to the end may go on: the longest limits are 15 days."""
SPEED: Final = 6.0
WARM_MINUTES: Final = 150
"""So much of the shift has passed when the window opens."""
PICTURE: Final = "console.png"
PICTURE_SIZE: Final = (1920, 1080)

_OURS: Final = ("town", "report", PICTURE, "summary.json")


@dataclass(frozen=True, slots=True)
class Stage:
    """All that stands ready before the first report."""

    order: Order
    town: DrillTown
    scripts: tuple[Script, ...]
    company: Company
    walkers: Walkers
    clock_file: Path


@contextmanager
def prepare(order: Order, seats: tuple[str, ...] = SEATS) -> Iterator[Stage]:
    """Build hub, sites and people, and write the play; everything is closed at the end.

    `seats` are where the made-up people of the centre sit: behind a window only the second one.
    """
    folder = order.out / "town"
    ground = Ground(folder, town_of(order), order.db)
    setting = setting_of(ground.town)
    feed = feed_of(order, setting)
    _make_room(order.out)
    note(say(f"准备演练：{ground.town.name}", f"preparing the drill: {ground.town.code}"))
    with drill_clock(order.out, order.start_ms) as file, drill_town(ground, seats) as town:
        plays = scripts(feed, Playbook(town.cast, setting.catalogue, order.seed))
        for cut in order.cuts:
            if cut.site == VILLAGE:
                plays += clashes(len(plays) + 1, cut, town.cast, order.seed)
        walkers = Walkers(ground.town, town.cast.on_duty, order.seed)
        steps = (step for each in plays for step in each.steps)
        acting = {step.by.login for step in steps if step.by.where == FIELD}
        company = town.company(acting | set(walkers.logins))
        try:
            yield Stage(order, town, plays, company, walkers, file)
        finally:
            company.field.close()


def _make_room(out: Path) -> None:
    """Make the folder; an earlier drill's things go, anybody else's stay and are refused."""
    if any((out / name).exists() for name in _OURS) and not (out / CLOCK_FILE).exists():
        raise BadInput("--out", f"{out} 里有别的内容，请换一个目录")
    out.mkdir(parents=True, exist_ok=True)
    for name in _OURS:
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).unlink(missing_ok=True)


def play(
    stage: Stage,
    drill: Time,
    beside: Callable[[Play], None] | None = None,
    walk_ms: int = WALK_MS,
) -> Play:
    """Perform the whole play on a clock; return it with what it told.

    `beside` may plan more; every `walk_ms` the workers tell where they were.
    """
    order = stage.order
    until = order.end_ms + (LONGEST_MS if order.to_the_end else 0)
    frame = Frame(read_calendar(path("calendar")), until, order.cuts, order.seed)
    performed = Play(stage.scripts, stage.company, drill, frame)
    _shift(stage, performed, walk_ms)
    for hour in range(order.start_ms, order.end_ms, HOUR):
        performed.plan(hour, lambda: _progress(performed, drill))
    if beside is not None:
        beside(performed)
    performed.run()
    return performed


def _shift(stage: Stage, performed: Play, walk_ms: int) -> None:
    """Plan who comes and goes: the centre's people, and the workers with their positions."""
    order, hand = stage.order, stage.company.field
    performed.plan(order.start_ms, lambda: _come(stage))
    for at in range(order.start_ms + walk_ms, order.end_ms + 1, walk_ms):
        performed.plan(at, lambda at=at: stage.walkers.walk(hand, at, FIX_MS))  # type: ignore[misc]
    # The next shift's people come a minute before these go.
    performed.plan(order.end_ms + MINUTE, lambda: stage.walkers.sign_off(hand))


def _come(stage: Stage) -> None:
    stage.walkers.sign_on(stage.company.field, stage.order.start_ms)
    for name, seat in stage.company.seats.items():
        if name in SEATS:
            for person in stage.town.cast.at_site(name):
                if person.role in {Role.CHIEF, Role.DISPATCHER, Role.CLERK}:
                    seat.shift_on(person.login, SEAT_NAMES[name])


def _progress(performed: Play, drill: Time) -> None:
    acts = sum(performed.told.acts.values())
    reported = sum(1 for line in performed.lines.values() if line.id)
    moment = (iso(drill.now()) or "")[:16]
    note(
        say(
            f"{moment} 已上报 {reported} 件，{acts} 项操作",
            f"{moment} {reported} reports, {acts} acts",
        )
    )


def checked(stage: Stage) -> dict[str, Any]:  # Any: JSON values
    """Verify hub and sites, compare the digests; Damage at the first fault."""
    town = stage.town
    found: dict[str, Any] = {}
    for name, store in town.stores.items():
        whole = sites.verify(town.site(name))
        told = sites.status(store, clock()())
        keys = ("town_seq", "unsent", "quarantined", "contested", "digest", "hub_digest")
        found[name] = {key: told[key] for key in keys} | {"events": whole.get("events")}
    found["hub"] = whole = hub.hub_verify(town.ground.url)
    if whole["damage"]:
        raise Damage(str(whole["where"]), str(whole["damage"]))
    return found


def report(stage: Stage) -> tuple[str, ...]:
    """Issue the shift report at the chief's seat; return the files made."""
    order, chief = stage.order, stage.company.chief
    desk = stage.company.seats[chief.where].desk(chief.login)
    folder = order.out / "report"
    made = Reporting(desk).issue_report(order.start_ms, order.end_ms, folder).result()
    return tuple(str(each) for each in made.paths)


def demo(order: Order) -> dict[str, Any]:  # Any: JSON values
    """Play a shift without a screen; leave report, picture and `summary.json`; return that."""
    began = time.monotonic()
    with prepare(order) as stage:
        ready = time.monotonic()
        performed = play(stage, Jumping(stage.clock_file, order.start_ms, threading.Event()))
        played = time.monotonic()
        note(say("核对与出报告……", "verifying, issuing the report ..."))
        told = ending(performed, stage.company.seats[stage.company.chief.where])
        summary = {
            **_header(order),
            **told.plain(),
            "verified": checked(stage),
            "report": report(stage),
            "picture": picture(stage),
            "seconds": {
                "prepare": round(ready - began, 1),
                "play": round(played - ready, 1),
                "papers": round(time.monotonic() - played, 1),
            },
        }
    write_summary(order.out, summary)
    return summary


def picture(stage: Stage) -> str:
    """Draw the window of the chief's seat as it stands at the end; the seat is closed for it."""
    from console import app

    seat, town = stage.company.chief.where, stage.town
    town.login(seat, GUEST)
    town.contacts[seat].exchange(whole=True)
    town.shut(seat)
    out = stage.order.out / PICTURE
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app.picture(town.site(seat), out, size=PICTURE_SIZE, night=True, name=GUEST)
    return str(out)


def show(order: Order, speed: float = SPEED) -> int:
    """Play a shift behind a window on the first seat; return the window's exit code."""
    stop = threading.Event()
    with prepare(order, SEATS[1:]) as stage:
        warm_until = order.start_ms + min(WARM_MINUTES, order.minutes // 4) * MINUTE
        drill = Running(stage.clock_file, warm_until, speed, stop)
        failed: list[BaseException] = []
        player = threading.Thread(target=_played, args=(stage, drill, failed), name="drill")
        player.start()
        try:
            drill.warm.wait()
            if failed:
                raise failed[0]
            _seat_guest(stage.town)
            from console import app

            return app.run(stage.town.site(SEATS[0]), GUEST)
        finally:
            stop.set()
            player.join()


def _seat_guest(town: DrillTown) -> None:
    """Log the guest in at the first seat, and tell the password for when the session is over."""
    seat, word = SEATS[0], town.password
    town.open(seat)
    town.contacts[seat].exchange(whole=True)
    town.login(seat, GUEST)
    town.shut(seat)
    note(say(f"账号 {GUEST}，密码 {word}", f"account {GUEST}, password {word}"))


def _played(stage: Stage, drill: Running, failed: list[BaseException]) -> None:
    """Play in a thread of its own; what ends it is told, and nobody waits for it in vain."""
    try:
        play(stage, drill, walk_ms=WALK_SHOWN_MS)
    except ZhiwangError as error:
        failed.append(error)
        note(str(error))
    finally:
        drill.warm.set()


def _header(order: Order) -> dict[str, Any]:  # Any: JSON values
    return {
        "synthetic": True,
        "mark": "演示数据",
        "town": order.town,
        "seed": order.seed,
        "feed": order.source.file.name if order.source.file else "made_up",
        "from": iso(order.start_ms),
        "to": iso(order.end_ms),
    }


def write_summary(out: Path, summary: Mapping[str, Any]) -> Path:  # Any: JSON values
    """Write `summary.json`."""
    file = out / "summary.json"
    file.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file
