"""What the forms ask of the desk beyond the shell's part: places, advice, photos, people."""

from pathlib import Path
from typing import Protocol

from dispatch.desk.candidates import Candidate
from dispatch.desk.form_drafts import FormDraft
from dispatch.desk.views import DispatchAdvice, IncidentPane, PlaceChoice, TownGeometry, UnitAdvice
from dispatch.desk.views_report import ReportProposal
from dispatch.domain.codes import Role
from ui.door import Door, Promise


class Person(Protocol):
    """Who is logged in."""

    @property
    def account(self) -> str:
        """The account's name."""
        ...

    @property
    def roles(self) -> tuple[Role, ...]:
        """All roles."""
        ...

    @property
    def at_city(self) -> bool:
        """Whether it is one of the city's people."""
        ...


class ActsDoor(Door, Protocol):
    """The part of the desk that pane, forms and boards use."""

    def pane(self, id: str, /) -> Promise[IncidentPane]:  # noqa: A002 - the desk's own name
        """Ask for everything about one incident."""
        ...

    def place(self, lon: float, lat: float) -> Promise[PlaceChoice]:
        """Ask what lies at a point."""
        ...

    def advice(self, id: str, /) -> Promise[DispatchAdvice]:  # noqa: A002 - the desk's own name
        """Ask what the dispatch dialog opens with."""
        ...

    def proposal(self, item: str, point: tuple[float, float] | None) -> Promise[ReportProposal]:
        """Ask what a report of that item at that point would bring."""
        ...

    def units(self) -> Promise[tuple[UnitAdvice, ...]]:
        """Ask for all units of the town."""
        ...

    def geometry(self) -> Promise[TownGeometry]:
        """Ask for the places of the town."""
        ...

    def candidates(self, id: str, /) -> Promise[tuple[Candidate, ...]]:  # noqa: A002 - the desk's
        """Ask who could look at an incident's place, the likeliest first."""
        ...

    def add_photo(self, path: Path) -> Promise[str]:
        """Store a photo; its SHA-256."""
        ...

    def reveal(self, incident: str, field: str, reason: str) -> Promise[str]:
        """Ask for a masked value in clear; it leaves a trace."""
        ...

    def login(self, name: str, password: str) -> Promise[Person]:
        """Log a person in."""
        ...

    def shift_on(self, seat: str) -> Promise[object]:
        """Take a seat in the shift."""
        ...


class DraftsDoor(ActsDoor, Protocol):
    """The part of the desk that half-filled forms need beside it."""

    @property
    def person(self) -> Person | None:
        """Who is at the desk."""
        ...

    def keep_draft(self, draft: FormDraft) -> Promise[None]:
        """Keep a half-filled form on this seat."""
        ...

    def drop_draft(self, id_: str) -> Promise[None]:
        """Forget a half-filled form."""
        ...

    def drafts(self) -> Promise[tuple[FormDraft, ...]]:
        """Ask for the forms that were left half-filled here, newest first."""
        ...
