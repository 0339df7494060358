"""What the exchange asks to be done, and what it is told: no socket, no clock, no thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from dispatch.domain.errors import HubError
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.wire.objects import Delta
from dispatch.wire.protocol import Fix, TownPage


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `wait_s` is how long the hub may take of its own will (long poll).

    `cut`: of a 206 that was cut, what came is the answer.
    """

    method: str
    path: str
    body: bytes = field(default=b"", repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    wait_s: float = 0.0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A job for a reader of the store."""

    job: Callable[[Reader], Any]  # Any: each job's own result


@dataclass(frozen=True, slots=True)
class Write:
    """A job for the writer of the store."""

    job: Callable[[SiteLog], Any]  # Any: each job's own result


@dataclass(frozen=True, slots=True)
class Apply:
    """A page to be checked and taken in."""

    town: str
    page: TownPage


@dataclass(frozen=True, slots=True)
class KeepPhoto:
    """A photo that came."""

    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LoadPhoto:
    """A photo to be sent; the answer is its bytes."""

    sha256: str


@dataclass(frozen=True, slots=True)
class LoadSmall:
    """The small picture that goes ahead of a photo; None when none can be made."""

    sha256: str


@dataclass(frozen=True, slots=True)
class HasSmall:
    """Whether the small picture has come."""

    sha256: str


@dataclass(frozen=True, slots=True)
class KeepSmall:
    """The small picture that came ahead of a photo."""

    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PartSize:
    """How many bytes of a file on its way are here; the answer is their number."""

    sha256: str


@dataclass(frozen=True, slots=True)
class AddPart:
    """A piece of a file on its way; the answer is how many bytes are here now."""

    sha256: str
    offset: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepPart:
    """A photo that came in pieces; the answer is whether it is what its name says."""

    sha256: str


@dataclass(frozen=True, slots=True)
class ProvePart:
    """Whether a file that came in pieces is what its name says; one that is not goes."""

    sha256: str


@dataclass(frozen=True, slots=True)
class DropPart:
    """A file that came in pieces is needed no longer."""

    sha256: str


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record of a snapshot that is here: its bytes and the next one's place, None at the end."""

    sha256: str
    at: int


@dataclass(frozen=True, slots=True)
class KeepFixes:
    """Positions for the telemetry file."""

    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class ObjectsCursor:
    """How far the managed objects are here; the answer is the hub's revision."""


@dataclass(frozen=True, slots=True)
class KeepObjects:
    """A page of changed objects, its signature checked."""

    delta: Delta


@dataclass(frozen=True, slots=True)
class CheckRoom:
    """Raises NoRoom when the site's disk has none for more of this."""

    what: Literal["pages", "photos"]


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing to do for this long; `deaf`: not even an operator's act shortens it."""

    seconds: float
    deaf: bool = False


@dataclass(frozen=True, slots=True)
class Nudge:
    """Another lane has something to do now."""

    lane: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `at_ms` is this machine's clock at that moment, `took_ms` the way."""

    status: int
    body: bytes = field(repr=False)
    headers: dict[str, str]
    at_ms: int
    took_ms: int


Op: TypeAlias = (
    Ask
    | Read
    | Write
    | Apply
    | KeepPhoto
    | LoadPhoto
    | LoadSmall
    | HasSmall
    | KeepSmall
    | PartSize
    | AddPart
    | KeepPart
    | ProvePart
    | DropPart
    | ReadRecord
    | KeepFixes
    | ObjectsCursor
    | KeepObjects
    | CheckRoom
    | Rest
    | Nudge
)
Steps: TypeAlias = Generator[Op, Any, None]  # Any: each op's own answer


SHUT_OUT: Final = frozenset({"site_revoked", "certificate_expired"})
"""Codes of troubles that no waiting mends: the operator is told which."""


class Trouble(HubError):
    """The hub answered with a refusal or with something unusable.

    `again_s`: it asked not to be tried again before so many seconds.
    """

    def __init__(self, code: str, detail: str = "", again_s: float = 0.0) -> None:
        self.code = code
        self.detail = detail
        self.again_s = again_s
        super().__init__(f"{code} {detail}".strip())
