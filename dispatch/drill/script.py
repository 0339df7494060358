"""From a report of the feed to everything that people will do about it, all from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dispatch.domain.catalogue import UNCLASSIFIED, Catalogue
from dispatch.domain.codes import PUBLIC, Finding, Priority, Role, Source, State
from dispatch.domain.command import Command, Verb
from dispatch.drill.cast import VILLAGE, Cast
from dispatch.drill.chances import Chances
from dispatch.drill.feed import FeedIncident
from dispatch.drill.handling import Handling
from dispatch.drill.informing import inform
from dispatch.drill.people import wordlist
from dispatch.drill.scene import Scene, said
from dispatch.drill.step import FIELD, Player, Script
from dispatch.drill.turns import Turn, turns

_REPORTED: Final = frozenset({State.REPORTED})
_CONFIRMED_IN: Final = frozenset({State.FILED, State.SENT, State.WORK, State.DONE})
_OWN_INTAKE: Final = frozenset({Source.WORKER, Source.PATROL, Source.STATION})
"""What a station with a console takes in itself; calls come to the town's centre."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """What scripts are written from: the people, the list of matters, the chances, the seed."""

    cast: Cast
    catalogue: Catalogue
    seed: int
    chances: Chances = Chances()  # noqa: RUF009 - frozen


def scripts(feed: Iterable[FeedIncident], book: Playbook) -> tuple[Script, ...]:
    """Write the play of a whole feed, the same for the same arguments."""
    reports = tuple(feed)
    repeated = frozenset(each.repeats for each in reports if each.repeats is not None)
    taken = turns(reports, book.seed)
    return tuple(
        _script(each, book, taken.get(each.number), alone=each.number not in repeated)
        for each in reports
    )


def _script(report: FeedIncident, book: Playbook, turn: Turn | None, *, alone: bool) -> Script:
    """`alone`: nobody reports it again, so that it may be refused or voided."""
    rng = random.Random(f"script:{book.seed}:{report.number}")
    scene = Scene(report, book.cast, book.chances, rng, turn)
    _report(scene)
    if _intake(scene, alone=alone):
        _file(scene)
        item = book.catalogue.get(report.item)
        Handling(scene, item.department if item else "").write(alone=alone)
    inform(scene)
    return Script(report.number, report.at_ms, report.service.working, tuple(scene.steps))


def _report(scene: Scene) -> None:
    """T1: by who saw it, or by the clerk for who called."""
    report, rng = scene.report, scene.rng
    by = _reporter(scene)
    command = Command(
        verb=Verb.REPORT,
        incident="",
        item=report.item,
        source=report.source,
        lon=report.lon,
        lat=report.lat,
        grid=report.grid,
        place=report.place,
        text=report.text,
    )
    photos = rng.choice((1, 2, 3, 3)) if by.where == FIELD else 0
    if report.source in PUBLIC:
        name = rng.choice(wordlist("surnames")) + said("titles", rng)
        command = scene.with_(command, reporter=name, phone=f"138****{rng.randrange(10_000):04d}")
    scene.add(by, command, 0, frozenset(), photos=photos)


def _reporter(scene: Scene) -> Player:
    report, cast, rng = scene.report, scene.cast, scene.rng
    match report.source:
        case Source.WORKER:
            return cast.posted(report.grid, rng).at(FIELD)
        case Source.PATROL:
            return cast.posted(rng.choice(cast.squads), rng)
        case Source.STATION:
            return cast.posted(report.spot.village, rng)
        case _:
            return cast.seated(Role.CLERK, rng)


def _intake(scene: Scene, *, alone: bool) -> bool:
    """Merge, verify, correct or refuse; return whether it is filed after that."""
    report, rng, chances = scene.report, scene.rng, scene.chances
    clerk = scene.cast.seated(Role.CLERK, rng)
    wait = report.service.accept_s
    if report.repeats is not None:
        merge = Command(verb=Verb.MERGE, incident="", reason="same_matter")
        scene.add(clerk, merge, wait // 2, _REPORTED, into=report.repeats)
        if scene.turn is Turn.SPLIT:
            split = Command(verb=Verb.SPLIT, incident="", reason="another_matter")
            scene.add(clerk, split, 120, frozenset({State.MERGED}), into=report.repeats)
        wait -= wait // 2
    elif report.source in PUBLIC and scene.happens(chances.verify):
        # A turn is taken after the filing, so the report has to come to it.
        untrue = alone and scene.turn is None and scene.happens(chances.untrue)
        _verify(scene, clerk, wait // 2, untrue=untrue)
        wait -= wait // 2
        if untrue:
            _refuse(scene, clerk, wait)
            return False
    if scene.happens(chances.correct):
        place = report.place + said("corrected", rng)
        correct = Command(verb=Verb.CORRECT, incident="", place=place)
        scene.add(clerk, correct, wait // 3, _REPORTED)
    return True


def _verify(scene: Scene, clerk: Player, wait: int, *, untrue: bool) -> None:
    """T3 and T4: the worker of the grid looks."""
    rng = scene.rng
    worker = scene.cast.posted(scene.report.grid, rng).at(FIELD)
    asked = Command(verb=Verb.ASK_VERIFY, incident="", worker=worker.login)
    scene.add(clerk, asked, wait, _REPORTED)
    found = Command(
        verb=Verb.VERIFY,
        incident="",
        finding=rng.choice((Finding.FALSE, Finding.ABSENT)) if untrue else Finding.TRUE,
        text=said("not_true" if untrue else "verified", rng),
    )
    only = frozenset({State.VERIFY})
    scene.add(worker, found, scene.report.service.verify_s, only, photos=1)


def _refuse(scene: Scene, clerk: Player, wait: int) -> None:
    """T6: asked by the clerk, granted by the chief."""
    asked = Command(verb=Verb.ASK_REFUSE, incident="", reason="not_true")
    scene.add(clerk, asked, wait, _REPORTED)
    granted = Command(verb=Verb.GRANT_REFUSE, incident="", reason="agreed")
    chief = scene.cast.seated(Role.CHIEF, scene.rng)
    scene.add(chief, granted, scene.rng.randrange(60, 900), _REPORTED)


def _file(scene: Scene) -> None:
    """T5: by the clerk, by the village's own station, unclassified by the chief."""
    report, cast, rng = scene.report, scene.cast, scene.rng
    if report.item == UNCLASSIFIED:
        by = cast.seated(Role.CHIEF, rng)
    elif report.spot.village == cast.station and report.source in _OWN_INTAKE:
        by = cast.posted(cast.station, rng).at(VILLAGE)
    else:
        by = cast.seated(Role.CLERK, rng)
    wait = max(0, report.service.accept_s - scene.waited())
    scene.add(by, Command(verb=Verb.FILE, incident=""), wait, _REPORTED)
    if scene.turn is Turn.UNFILED:
        unfile = Command(verb=Verb.UNFILE, incident="", reason="slip")
        scene.add(by, unfile, 20, frozenset({State.FILED}))
        scene.add(by, Command(verb=Verb.FILE, incident=""), 60, _REPORTED)
    if report.priority_hint is not Priority.P3:
        confirm = Command(verb=Verb.CONFIRM, incident="")
        chief = cast.seated(Role.CHIEF, rng)
        scene.add(chief, confirm, min(60, report.service.dispatch_s // 2), _CONFIRMED_IN)
