"""What people in the field send: strict forms; a field nobody knows is refused by name."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from dispatch.domain.bodies_town import Checked, RoundKind
from dispatch.domain.calendar import instant
from dispatch.domain.codes import Finding, Priority, ReturnReason, Source

Text = Annotated[str, Field(max_length=2000)]
Short = Annotated[str, Field(max_length=120)]
Code = Annotated[str, Field(max_length=64)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class _Form(BaseModel):
    """Any form; a wrong name or type is refused."""

    model_config = ConfigDict(extra="forbid")


class DutyForm(_Form):
    """Signing on: the grid that the worker takes."""

    grid: Code


class FixForm(_Form):
    """A place of the caller at a time; degrees in CGCS2000, metres, degrees of heading."""

    lon: Lon
    lat: Lat
    at: AwareDatetime
    accuracy: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] = 0.0
    heading: Annotated[float | None, Field(ge=0, le=360, allow_inf_nan=False)] = None


class FixesForm(_Form):
    """A batch of places, oldest first."""

    fixes: Annotated[list[FixForm], Field(max_length=500)]


class ActForm(_Form):
    """What every act on an incident may say."""

    seen: Code | None = Field(None, description="版本：与现状不同则拒绝")
    reason: Code = ""
    text: Text = ""
    photos: Annotated[list[Sha256], Field(max_length=9)] = []

    def options(self) -> dict[str, object]:
        """Return the form as options of a command."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            **values,
            "photos": tuple(self.photos),
        }


class ReportForm(ActForm):
    """T1: a report. `lon`, `lat` in CGCS2000; the grid tells the village."""

    item: Code | None = None
    priority: Priority | None = None
    source: Source | None = None
    lon: Lon
    lat: Lat
    grid: Code | None = None
    village: Code | None = None
    place: Short = ""
    reporter: Short = ""
    phone: Short = ""
    found_at: AwareDatetime | None = None

    def options(self) -> dict[str, object]:
        """Return the form as options, the time in UTC milliseconds."""
        found = instant(self.found_at) if self.found_at else None
        return {**super().options(), "found_at": found}


class SelfHandledForm(ReportForm):
    """T2: a report of what was dealt with on the spot, with what came of it."""

    result: Short = ""


class VerifyForm(ActForm):
    """T4: what the worker named found."""

    finding: Finding


class SignForm(ActForm):
    """T8: who is in charge, and how that person is reached."""

    person: Short = ""
    phone: Short = ""


class ReturnForm(ActForm):
    """T9: why the order goes back, and to whom it should go."""

    why: ReturnReason
    propose: Code | None = None


class ArriveForm(ActForm):
    """T31: arrived, now or at a time."""

    at: AwareDatetime | None = None

    def options(self) -> dict[str, object]:
        """Return the form as options, the time in UTC milliseconds."""
        return {**super().options(), "at": instant(self.at) if self.at else None}


class MeasureForm(ActForm):
    """What was done, and its result."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    result: Short = ""


class FeedbackForm(MeasureForm):
    """T20: the measure taken, its result, and whether the item's closing condition is met.

    Without a word of it the event says that nobody confirmed it; `false` is refused with its text.
    """

    closing_met: bool | None = None


class SubSignForm(SignForm):
    """An assisting unit signs for its part; `unit` only where the caller has several.

    After a whistle all of `at`, `talked`, `text` (the measure) and `due` must be there.
    """

    unit: Code | None = None
    at: AwareDatetime | None = Field(None, description="吹哨的答复：受理时间")
    talked: Short = Field("", description="吹哨的答复：与谁沟通")
    due: AwareDatetime | None = Field(None, description="吹哨的答复：承诺办完的时限")

    def options(self) -> dict[str, object]:
        """Return the form as options, the times in UTC milliseconds."""
        times = {name: getattr(self, name) for name in ("at", "due")}
        return {
            **super().options(),
            **{name: instant(at) if at else None for name, at in times.items()},
        }


class SubArriveForm(ArriveForm):
    """An assisting unit is there."""

    unit: Code | None = None


class SubFeedbackForm(MeasureForm):
    """An assisting unit has done its part."""

    unit: Code | None = None


class SubReturnForm(ReturnForm):
    """An assisting unit gives its part back."""

    unit: Code | None = None


class InspectForm(ActForm):
    """A look at the place after the work: evidence for T21."""

    finding: Finding
    distance_m: Annotated[int | None, Field(ge=0, le=1_000_000)] = None


class TaskForm(_Form):
    """What was found at one place of a check."""

    target: Code
    finding: Checked
    text: Text = ""
    photos: Annotated[list[Sha256], Field(max_length=9)] = []


class FoundForm(_Form):
    """Something that was found on a round beyond its places; `incident`: the report it became."""

    text: Text = ""
    incident: Code | None = None
    photos: Annotated[list[Sha256], Field(max_length=9)] = []


class CheckForm(_Form):
    """A look at a managed object."""

    object: Code
    finding: Checked
    text: Text = ""
    photos: Annotated[list[Sha256], Field(max_length=9)] = []


class PlaceOut(BaseModel):
    """One place of a check; `finding` is absent while nobody has answered."""

    no: str
    name: str
    lon: float | None = None
    lat: float | None = None
    finding: Checked | None = None
    answered_at: int | None = None


class TaskOut(BaseModel):
    """A grid's or a squad's part of a round; times are UTC milliseconds.

    Before `sealed_until` the text is empty.
    """

    campaign: str
    title: str
    text: str
    grid: str
    due: int
    places: list[PlaceOut]
    kind: RoundKind = RoundKind.CHECK
    sealed_until: int | None = None


class TasksOut(BaseModel):
    """The caller's checks, the newest first."""

    tasks: list[TaskOut]


class CityAssignForm(ReportForm):
    """T19: a report under the city's own number."""

    order: Annotated[str, Field(min_length=1, max_length=64)]


class CityAnswerForm(ActForm):
    """T18: under which order of the city."""

    order: Annotated[str, Field(min_length=1, max_length=64)]


class PhotoKept(BaseModel):
    """The name under which a photo is kept."""

    sha256: str


class FixesKept(BaseModel):
    """How many fixes were kept."""

    kept: int


class RecordedOut(BaseModel):
    """What was recorded: ids of the events, and the incident as it now stands."""

    events: list[str]
    incident: str = ""
    number: str = ""
    state: str = ""
    version: str = ""


class ProblemOut(BaseModel):
    """Why not: a code for programs and one line for people."""

    code: str
    detail: str = ""
