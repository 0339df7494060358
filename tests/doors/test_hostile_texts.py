"""Hostile strings through every text field of a seat, and back out of log, search and report."""

from __future__ import annotations

import csv
import io
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Barrier
from typing import Any, Final

import pytest

from console import settings
from dispatch.acts.perform import new_id
from dispatch.desk import shift
from dispatch.desk.desk import Desk
from dispatch.desk.looking import SEARCH_PAGE
from dispatch.domain.codes import Kind
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Subject
from dispatch.reports import csv_out
from dispatch.reports.issue import make_report
from dispatch.reports.shift_input import Plain, ShiftInput
from dispatch.store.reader import Reader
from dispatch.store.readers import THREADS
from dispatch.store.site import SiteStore
from tests.desk.offices import FIRE, PASSWORD, Hand
from tests.doors.hostile import hostile, kept, subjects
from tests.doors.seat import make_seat
from tests.unit.towns import hengli

PIECES = 500
SPAN = 60 * 60_000
STAFF = ("clerk1", "dispatcher1", "fire1")
CHAIN = (
    ("clerk1", Verb.FILE, ()),
    ("clerk1", Verb.CORRECT, ("place", "reporter", "phone", "text")),
    ("clerk1", Verb.NOTE, ("text",)),
    ("dispatcher1", Verb.DISPATCH, ("text",)),
    ("fire1", Verb.SIGN, ("person", "phone", "text")),
    ("fire1", Verb.FEEDBACK, ("text", "result")),
)
"""After the report: who does what, and which fields take the hostile text."""
# Any: every option of a command has its own type.
MORE: Final[dict[Verb, dict[str, Any]]] = {
    Verb.DISPATCH: {"unit": FIRE},
    Verb.FEEDBACK: {"closing_met": True},
}


@dataclass
class Told:
    """A desk whose incidents carry the strings; `ids` by string."""

    desk: Desk
    hand: Hand
    ids: dict[str, str]

    def read(self, piece: str) -> list[str]:
        """Return what LIKE finds in the same texts, newest arrival first."""
        escaped = piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

        def job(reader: Reader) -> list[str]:
            view = reader.view
            sql = (
                f"SELECT i.id FROM {view.words.name} AS w JOIN {view.incident.name} AS i"
                " ON i.pos = w.pos WHERE w.body LIKE ? ESCAPE '\\' ORDER BY i.pos DESC"
            )
            return [row[0] for row in reader.connection.exec_driver_sql(sql, (f"%{escaped}%",))]

        return self.desk.site.read(job).result()

    def shift_input(self) -> ShiftInput:
        """Return what the shift report is made from."""
        site = self.desk.site
        asked = shift.Asked(self.hand.now - SPAN, self.hand.now + SPAN, self.hand.now)
        return self.desk.asked(
            lambda reader, tables: shift.gather(reader, tables, site.identity, asked, None)
        ).result()


def report(desk: Desk, text: str) -> str:
    """Report with the text in every field that takes one."""
    id_, grid = new_id(), hengli().grids[0]
    desk.resume("clerk1")
    fields = dict.fromkeys(("text", "place", "reporter", "phone"), text)
    place = {"lon": grid.lon, "lat": grid.lat, "grid": grid.area.code}
    desk.act(Command(verb=Verb.REPORT, incident=id_, item="0605", **place, **fields)).result()  # type: ignore[arg-type]
    return id_


def worked(desk: Desk, text: str) -> str:
    """Take an incident up to its feedback, the text in every field on the way."""
    id_ = report(desk, text)
    for name, verb, fields in CHAIN:
        desk.resume(name)
        given = dict.fromkeys(fields, text) | MORE.get(verb, {})
        desk.act(Command(verb=verb, incident=id_, **given)).result()
    return id_


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    texts = [text for text in hostile() if kept(text)]
    lines = subjects()
    folder = make_seat(tmp_path_factory.mktemp("hostile") / "seat")
    site = SiteStore.open(folder, settings.read(folder).identity)
    hand = Hand()
    desk = Desk(site, hand)
    for name in STAFF:
        desk.login(name, PASSWORD).result()
    ids = {text: worked(desk, text) for text in texts}
    ids |= {line: report(desk, line) for line in lines[::3] if line not in ids}
    hand.forward(60_000)
    # The readers' threads start when they are needed: now, not within one of the tests.
    both = Barrier(THREADS)
    for each in [site.read(lambda _: both.wait(60)) for _ in range(THREADS)]:
        each.result()
    yield Told(desk, hand, ids)
    site.close()


def test_the_log_gives_every_text_back(told: Told) -> None:
    for text in hostile():
        subject = Subject(Kind.INCIDENT, told.ids[text])
        stored = told.desk.site.read(lambda reader, of=subject: reader.events(of)).result()  # type: ignore[misc]
        said = {each.event.type: each.plain for each in stored}
        everywhere = dict.fromkeys(("text", "place", "reporter", "phone"), text)
        assert everywhere == said["reported"]
        assert everywhere == said["corrected"]
        assert {"text": text} == said["noted"]
        assert {"text": text} == said["dispatched"]
        assert {"text": text, "person": text, "person_phone": text} == said["signed"]
        assert {"measure": text, "result": text} == said["fed_back"]


def test_every_text_is_found_by_its_pieces(told: Told) -> None:
    for text in hostile():
        middle = len(text) // 2
        for piece in (text[:SEARCH_PAGE], text[:1], text[middle - 1 : middle + 2], text[-4:]):
            if piece:
                found = told.desk.search(piece, 10_000).result()
                assert told.ids[text] in {row.id for row in found}, piece


def test_a_search_equals_like_on_random_pieces(told: Told) -> None:
    rng = random.Random(17)
    texts, wrong, hits = [*hostile(), *subjects()], [], 0
    for number in range(PIECES):
        size = number % 4 + 1
        text = rng.choice([each for each in texts if len(each) >= size])
        start = rng.randrange(len(text) - size + 1)
        piece = text[start : start + size]
        liked = told.read(piece)
        hits += len(liked)
        found = [row.id for row in told.desk.search(piece, 10_000).result()]
        # What bears the piece as its number comes first.
        named = told.desk.site.read(lambda reader, name=piece: reader.named(name)).result()  # type: ignore[misc]
        if found != [*named, *(id_ for id_ in liked if id_ not in named)]:
            wrong.append(piece)
    assert [] == wrong
    assert hits > PIECES


def test_the_report_holds_every_place_and_breaks_nowhere(told: Told, tmp_path: Path) -> None:
    given = told.shift_input()
    villages = given.names.villages
    made = make_report(given, tmp_path / "hostile")
    plain = {id_: Plain("工业二路十八号门前" * 30) for id_ in given.plain}
    ordinary = make_report(replace(given, plain=plain), tmp_path / "ordinary", ("pdf",))

    matters = next(path for path in made.paths if path.name.endswith("-matters.csv"))
    lines = io.StringIO(matters.read_bytes().decode("utf-8-sig"), newline="")
    cells = {row["地点"] for row in csv.DictReader(lines)}
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    back = {csv_out.as_was(cell) for cell in cells}
    village = villages[hengli().grids[0].parent]
    assert {f"{village} {text}" for text in told.ids} <= back
    page, pages = words(made.paths[0]), count(made.paths[0])
    assert "值班交接班报告" in page
    assert "error:" not in page
    assert 1 < pages <= count(ordinary.paths[0])


@pytest.mark.parametrize("text", ["半\ud800个", "\udfff", "有\0无"])
@pytest.mark.parametrize("field", ["text", "place", "reporter", "phone"])
def test_what_nothing_can_keep_is_refused_at_the_desk(told: Told, text: str, field: str) -> None:
    grid = hengli().grids[0]
    desk = told.desk
    desk.resume("clerk1")
    place = {"lon": grid.lon, "lat": grid.lat, "grid": grid.area.code}
    before = desk.strip().result().unsent
    command = Command(verb=Verb.REPORT, incident=new_id(), **place, **{field: text})  # type: ignore[arg-type]
    with pytest.raises(BadInput) as bad:
        desk.act(command).result()
    assert field == bad.value.where
    assert before == desk.strip().result().unsent
    with pytest.raises(BadInput):
        desk.search(text).result()


def words(pdf: Path) -> str:
    """The pages' text, by poppler."""
    done = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True)
    return done.stdout


def count(pdf: Path) -> int:
    """How many pages there are: pdftotext ends each with a form feed."""
    return words(pdf).count("\f")
