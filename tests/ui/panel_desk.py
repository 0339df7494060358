"""A small desk for panels and dialogs: made-up answers at once, every command kept."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TypeVar

import typst

from dispatch.advice.items import Entry, ItemSearch
from dispatch.desk.candidates import Candidate
from dispatch.desk.views import (
    Changes,
    DispatchAdvice,
    IncidentPane,
    ItemChoice,
    PlaceChoice,
    QueueRow,
    Strip,
    TownGeometry,
    UnitAdvice,
    WorkerRow,
)
from dispatch.desk.views_report import Numbers, Period, ReportProposal, ShiftCharts
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.codes import Role
from dispatch.domain.command import Command
from dispatch.domain.errors import BadInput, Refused
from dispatch.reports.page_types import Spot
from tests.ui import number_scene
from tests.ui import panel_scene as scene

T = TypeVar("T")


def given(value: T) -> Future[T]:
    """Return a future that has its answer."""
    future: Future[T] = Future()
    future.set_result(value)
    return future


def failed(error: BaseException) -> Future[T]:
    """Return a future that failed."""
    future: Future[T] = Future()
    future.set_exception(error)
    return future


@dataclass(frozen=True, slots=True)
class Acted:
    """What an act answers."""

    incident: str
    version: str


@dataclass(frozen=True, slots=True)
class Made:
    """What issuing a report made."""

    paths: tuple[Path, ...]
    revision: int
    provisional: bool
    balanced: bool
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is logged in."""

    account: str
    roles: tuple[Role, ...]
    at_city: bool = False


@dataclass
class PanelDesk:
    """Answers with the scene; `fails` is raised by the next act."""

    shown: IncidentPane = field(default_factory=scene.pane)
    acts: list[Command] = field(default_factory=list)
    photos: list[Path] = field(default_factory=list)
    proposed: list[tuple[str, tuple[float, float] | None]] = field(default_factory=list)
    fails: BaseException | None = None
    logins: list[tuple[str, str]] = field(default_factory=list)
    asked_reports: list[tuple[Period, tuple[str, ...], Event]] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)
    reveals: list[tuple[str, str, str]] = field(default_factory=list)

    def rows(self, ids: frozenset[str] | None = None) -> Future[tuple[QueueRow, ...]]:
        wanted = (self.shown.row, scene.row(number="1025"))
        return given(tuple(row for row in wanted if ids is None or row.id in ids))

    def search(self, text: str, limit: int = 50) -> Future[tuple[QueueRow, ...]]:
        rows = (scene.row(number="1025"), scene.row(number="0931"))
        return given(tuple(row for row in rows if text in row.item_name)[:limit])

    def find(self, text: str) -> Future[str]:
        if text == "1025":
            return given(scene.row(number="1025").id)
        return failed(Refused("unknown_incident", text=text))

    def items(self, text: str) -> Future[tuple[ItemChoice, ...]]:
        choices = {each.code: each for each in scene.items()}
        search = ItemSearch(Entry(each.code, each.name) for each in choices.values())
        return given(tuple(choices[match.entry.code] for match in search.find(text)))

    def place(self, lon: float, lat: float) -> Future[PlaceChoice]:
        if abs(lon - 113.96) > 0.1 or abs(lat - 23.03) > 0.1:
            return failed(BadInput("lonlat", "不在本镇的任何网格内"))
        return given(scene.place())

    def proposal(self, item: str, point: tuple[float, float] | None) -> Future[ReportProposal]:
        self.proposed.append((item, point))
        return given(scene.proposal(item, point))

    def act(self, command: Command) -> Future[Acted]:
        if self.fails is not None:
            error, self.fails = self.fails, None
            return failed(error)
        self.acts.append(command)
        return given(Acted(command.incident, "v2"))

    def pane(self, id: str, /) -> Future[IncidentPane]:  # noqa: A002 - the desk's own name
        return given(self.shown) if id == self.shown.row.id else failed(Refused("unknown_incident"))

    def advice(self, _id: str, /) -> Future[DispatchAdvice]:
        return given(scene.advice())

    def units(self) -> Future[tuple[UnitAdvice, ...]]:
        return given(scene.unit_advice())

    def workers(self) -> Future[tuple[WorkerRow, ...]]:
        return given(scene.workers())

    def candidates(self, _id: str, /) -> Future[tuple[Candidate, ...]]:
        return given(tuple(Candidate(row, "own", 100) for row in scene.workers()))

    def geometry(self) -> Future[TownGeometry]:
        return given(TownGeometry(scene.TOWN, "横沥镇", True, None, (), (), (), ()))

    def charts(self, _from_at: int, _to_at: int) -> Future[ShiftCharts]:
        return given(scene.charts())

    formats = ("pdf", "csv", "xlsx", "docx")
    usual = ("pdf", "csv")

    def numbers(self, _period: Period) -> Future[Numbers]:
        return given(number_scene.numbers())

    def issue(
        self, period: Period, out: Path, formats: tuple[str, ...], stop: Event
    ) -> Future[Made]:
        self.asked_reports.append((period, formats, stop))
        return self.issue_report(period.from_at, period.to_at, out)

    def preview(self, period: Period, out: Path, stop: Event) -> Future[Made]:
        self.asked_reports.append((period, ("pdf",), stop))
        return self.issue_report(period.from_at, period.to_at, out)

    def issue_report(self, _from_at: int, _to_at: int, out: Path) -> Future[Made]:
        out.mkdir(parents=True, exist_ok=True)
        pdf = out / "HL-20251121-D-R1.pdf"
        pdf.write_bytes(typst.compile(b'#set page(paper: "a4")\n= 1\n#pagebreak()\n= 2'))
        return given(Made((pdf, out / "figures.json"), 1, provisional=True, balanced=True))

    def add_photo(self, path: Path) -> Future[str]:
        self.photos.append(path)
        return given(f"{len(self.photos):064x}")

    def reveal(self, incident: str, field: str, reason: str) -> Future[str]:
        self.reveals.append((incident, field, reason))
        return given("13800006021")

    def login(self, name: str, password: str) -> Future[Somebody]:
        self.logins.append((name, password))
        if password != "correct-horse-9":
            return failed(Refused("login_failed", name=name))
        return given(Somebody(name, (Role.CHIEF,)))

    def shift_on(self, seat: str) -> Future[None]:
        self.seats.append(seat)
        return given(None)

    def strip(self) -> Future[Strip]:
        return given(
            Strip(scene.TOWN, "横沥镇", "town", "白班", "", "", "", "", True, 0, None, None, "ok")
        )

    def exceptions(self) -> Future[tuple[Exceptional, ...]]:
        return given(())

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        callback(Changes())
