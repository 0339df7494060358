"""The same act by seat, command line and field door is the same bytes but for who wrote it when.

One seat is made ready for every act and then copied, so that desk and command line do it on the
same incident after the same facts, at the same instant of the drill's clock; the field's doors
do it at the real hub, which knows the same facts too. So even what an act is based on is equal.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests

from console import sites
from console.acts_cli import OPTIONS
from console.clock import VARIABLE, clock
from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.domain.command import Command, Verb
from dispatch.domain.may import FOR_THE_CITY, NEW
from dispatch.wire.envelope import plaintext
from tests.e2e.acts import CASES, PHOTO, Case, photo_file
from tests.e2e.hands import FIRE, LAT, LON, OTHER, SAFETY, WORKER, Hands, Ready
from tests.e2e.town import NOW, PASSWORD, POINT, STAFF, TOWN, Town, zhiwang

OWN = frozenset({"id", "inc", "sseq", "prev", "at", "offset_ms", "offset_age_s", "session"})
"""Name, writer, time and session."""


@dataclass(frozen=True, slots=True)
class Places:
    """A town, two copies of its seat as it was made ready, and each case's incident."""

    town: Town
    ready: dict[int, Ready]
    by_desk: Path
    by_shell: Path
    photo: Path
    grid: str

    def of(self, case: Case) -> tuple[Case, Ready]:
        """Return the case with what is only known now, and what it is done on."""
        ready = self.ready[CASES.index(case)]
        said = {name: _named(value, ready) for name, value in case.said.items()}
        words = tuple(word.replace(OTHER, ready.other) for word in case.words)
        return replace(case, said=said, words=words), ready


def _named(value: Any, ready: Ready) -> Any:  # Any: an option of any kind
    if isinstance(value, tuple):
        return tuple(ready.other if each == OTHER else each for each in value)
    return ready.other if value == OTHER else value


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Everything made ready once: each test acts on an incident of its own."""
    folder = tmp_path_factory.mktemp("same")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder / "clock"))
        town = Town(folder, f"sqlite:///{folder / 'hub.db'}", NOW)
        town.build()
        try:
            yield _made_ready(town)
        finally:
            town.stop()


def _made_ready(town: Town) -> Places:
    grid = _hired(town)
    town.login("seat1", WORKER, *(name for name, *_ in STAFF if name != "station1"))
    with sites.open_site(town.site("seat1")) as site:
        hands = Hands(Desk(site, clock()))
        hands.contested = [hands.filed() for case in CASES if _is_contested(case)]
    _send_twice(town, hands.contested)
    with sites.open_site(town.site("seat1")) as site:
        hands = Hands(Desk(site, clock()), list(hands.contested))
        made = [case.ready(hands) for case in CASES]
    ready = [each if isinstance(each, Ready) else Ready(each) for each in made]
    town.sync("seat1")
    by_desk, by_shell = town.folder / "desk", town.folder / "shell"
    for copy in (by_desk, by_shell):
        shutil.copytree(town.site("seat1"), copy)
    return Places(town, dict(enumerate(ready)), by_desk, by_shell, photo_file(town.folder), grid)


def _hired(town: Town) -> str:
    """Give the grid in the middle of the town a worker; return the grid."""
    with sites.open_site(town.site("seat1")) as site:
        grid = Desk(site, clock()).place(LON, LAT).result().grid
    assert grid is not None
    words = ("account", "add", "--db", town.db, "--scope", grid, "--name", WORKER)
    assert 0 == zhiwang(*words, "--role", "worker", stdin=PASSWORD + "\n").code
    town.sync("seat1")
    return grid


def _is_contested(case: Case) -> bool:
    return case.verb in {Verb.RESOLVE, Verb.ANSWER_STAND_DOWN}


def _send_twice(town: Town, incidents: list[str]) -> None:
    """Two seats that do not hear of each other send the same incidents out."""
    town.sync("seat1")
    town.sync("seat2")
    town.login("seat2", "dispatcher2")
    for id_ in incidents:
        town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", FIRE)
        town.act("seat2", "dispatcher2", "dispatch", id_, "--unit", SAFETY)
    for seat in ("seat2", "seat1"):
        town.sync(seat)


def written(folder: Path, after: int) -> list[str]:
    """Return what a site wrote or took in after a place in its log, comparable."""
    with closing(sqlite3.connect(folder / "site.db")) as database:
        query = "SELECT raw, subject FROM event WHERE pos > ? ORDER BY pos"
        rows = database.execute(query, (after,)).fetchall()
        keys = database.execute("SELECT subject, key FROM secret").fetchall()
    told = [_bare(raw, [key for name, key in keys if name == subject]) for raw, subject in rows]
    for place, (raw, _) in enumerate(rows):
        # A later event of one act builds on an earlier one, whose hash is its own.
        name = hashlib.sha256(raw).hexdigest()
        told = [event.replace(name, f"event {place} of the act") for event in told]
        if not json.loads(raw)["base"]:
            told = [event.replace(rows[place][1], "the new incident") for event in told]
    return told


def end(folder: Path) -> int:
    """Return the last place in a site's log."""
    with closing(sqlite3.connect(folder / "site.db")) as database:
        return int(database.execute("SELECT max(pos) FROM event").fetchone()[0])


def _bare(raw: bytes, keys: list[bytes]) -> str:
    """An event's bytes without what is its own, fields in the order they were written.

    What is sealed is compared in clear, for each sealing has a nonce of its own. A new subject
    has a name of its own, and a report a temporary number of its seat's.
    """
    event = json.loads(raw)
    kept = {name: value for name, value in event.items() if name not in OWN}
    if "sealed" in kept:
        clear = [told for key in keys if (told := plaintext(raw, key))]
        assert 1 == len(clear)
        kept["sealed"] = clear[0]
    if "unit" in kept:
        del kept["unit"]["id"]
    if not event["base"]:
        kept["subject"] = event["subject"]["kind"]
        kept["open"].pop("temp", None)
    return json.dumps(kept, ensure_ascii=False, indent=1)


def at_the_desk(places: Places, case: Case) -> list[str]:
    """Do it as the window does."""
    case, ready = places.of(case)
    after = end(places.by_desk)
    with sites.open_site(places.by_desk) as site:
        desk = Desk(site, clock())
        desk.resume(case.by)
        photos = (desk.add_photo(places.photo).result(),) if case.photo else ()
        command = Command(verb=case.verb, incident=ready.incident or new_id(), **case.said)
        if case.verb in NEW:
            desk.report_at(command, LON, LAT, photos).result()
        else:
            desk.act(command, photos).result()
    return written(places.by_desk, after)


def in_a_shell(places: Places, case: Case) -> list[str]:
    """Do it with words."""
    case, ready = places.of(case)
    after = end(places.by_shell)
    on = ("--at", POINT) if case.verb in NEW else (ready.incident,)
    photo = ("--photo", places.photo) if case.photo else ()
    who = ("--site", places.by_shell, "--as", case.by, "--json")
    ran = zhiwang("incident", case.verb, *on, *who, *case.words, *photo)
    assert 0 == ran.code, ran.err
    return written(places.by_shell, after)


def at_the_hub(places: Places, case: Case) -> list[str]:
    """Do it with a telephone; a seat hears of it."""
    case, ready = places.of(case)
    town, after = places.town, end(places.town.site("seat1"))
    words = ("hub", "token", "--db", town.db, "--as", case.by, "--days", "1")
    headers = {
        "Authorization": f"Bearer {zhiwang(*words).out.strip()}",
        "Idempotency-Key": new_id(),
    }
    part = f"city/{TOWN}" if case.verb in FOR_THE_CITY else "field"
    doors, form = f"{town.url}/v1/{part}", dict(case.form or {})
    if case.verb in {Verb.REPORT, Verb.SELF_HANDLED}:
        door = "incidents" if case.verb is Verb.REPORT else "self-handled"
        form |= {"lon": LON, "lat": LAT, "grid": places.grid}
        answer = requests.post(
            f"{doors}/{door}",
            headers=headers,
            data={"report": json.dumps(form)},
            files={"photo": ("a.jpg", PHOTO)},
            timeout=20,
        )
    else:
        if case.photo:
            kept = requests.put(f"{doors}/photos", headers=headers, data=PHOTO, timeout=20)
            form["photos"] = [kept.json()["sha256"]]
        door = f"{doors}/incidents/{ready.incident}/{case.verb}"
        if case.verb is Verb.CITY_ASSIGN:
            form |= {"lon": LON, "lat": LAT, "grid": places.grid}
            door = f"{doors}/incidents"
        answer = requests.post(door, headers=headers, json=form, timeout=20)
    assert 200 == answer.status_code, answer.text
    town.sync("seat1")
    return written(town.site("seat1"), after)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_act_is_the_same_bytes_by_every_door(places: Places, case: Case) -> None:
    told = at_the_desk(places, case)

    assert told
    assert all(f'"actor": "{case.by}"' in event for event in told)
    assert told == in_a_shell(places, case)
    if case.form is not None:
        assert told == at_the_hub(places, case)


def test_there_is_no_act_and_no_door_beside_these(places: Places) -> None:
    """Every verb, every option of the command line, every act that the field has a door for."""
    assert set(Verb) == {case.verb for case in CASES}
    for verb, options in OPTIONS.items():
        words = {word for case in CASES if case.verb is verb for word in case.words}
        assert {each.flag for each in options} - words - UNTRIED.get(verb, set()) == set()
    paths = requests.get(f"{places.town.url}/openapi.json", timeout=20).json()["paths"]
    acts = {path.rpartition("/")[2] for path in paths if "/incidents/{incident}/" in path}
    assert acts | set(NEW) == {case.verb for case in CASES if case.form is not None}


UNTRIED = {
    # The grid is found from the point at every door; a village is only given where none is.
    Verb.REPORT: {"--grid", "--village"},
    Verb.SELF_HANDLED: {"--grid", "--village"},
    # What an order says beside its number is what a report says.
    Verb.CITY_ASSIGN: {each.flag for each in OPTIONS[Verb.REPORT]} - {"--item"},
    # A check that needs no call-back is another way out of the same case.
    Verb.INSPECT_PASS: {"--no-visit"},
    # A unit with one part need not name it; the other acts on parts do.
    Verb.SUB_SIGN: {"--unit"},
}


def test_logging_in_and_the_shift_are_the_same_bytes_too(places: Places) -> None:
    """What a person does that is no act on an incident."""
    name, seat = "police1", "席位一"  # of no other test: logging out would end its session
    desks, shell = end(places.by_desk), end(places.by_shell)
    with sites.open_site(places.by_desk) as site:
        desk = Desk(site, clock())
        desk.login(name, PASSWORD).result()
        desk.shift_on(seat).result()
        desk.shift_off().result()
        desk.logout().result()
    who = ("--site", places.by_shell, "--as", name)
    for words in (
        ("login", *who),
        ("shift", "on", *who, "--seat", seat),
        ("shift", "off", *who),
        ("logout", *who),
    ):
        assert 0 == zhiwang(*words, stdin=PASSWORD + "\n").code

    told = [_no_names(event) for event in written(places.by_desk, desks)]

    assert 4 == len(told)
    assert told == [_no_names(event) for event in written(places.by_shell, shell)]


def _no_names(event: str) -> str:
    """A session is a subject of its own; the events of one shift have different heads."""
    kept = json.loads(event)
    if kept["type"] in {"logged_in", "logged_out"}:
        kept["subject"] = "session"
    kept["base"] = len(kept["base"])
    return json.dumps(kept, ensure_ascii=False)
