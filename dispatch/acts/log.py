"""What an act needs of the place where events are kept; store and hub both give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dispatch.domain.event import Event, Subject
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Modes
from dispatch.domain.rules import Rules
from dispatch.wire.envelope import Signed
from dispatch.wire.keys import Signer


@dataclass(frozen=True, slots=True)
class Pen:
    """The writer's next place: incarnation, last own sequence and its hash, the key.

    `offset_ms` is what the hub's clock is ahead of ours, measured `offset_age_s` seconds ago.
    """

    inc: str
    sseq: int
    last: str
    signer: Signer
    offset_ms: int = 0
    offset_age_s: int = 0


class Log(Protocol):
    """One open write transaction over the events of one town."""

    @property
    def town(self) -> str:
        """Code of the town whose events are written."""

    def rules(self) -> Rules:
        """Return the reference tables in force."""

    def incident(self, id_: str) -> Incident | None:
        """Return the folded incident, or None when nothing is known of it."""

    def facts_of(self, subject: Subject) -> tuple[Event, ...]:
        """Return the facts of a subject that is no incident, in no particular order."""

    def modes(self) -> Modes:
        """Return the town's modes: standing signals, responses, what stands still."""

    def heads(self, subject: Subject) -> tuple[str, ...]:
        """Return the hashes of the subject's facts that no other has seen, sorted."""

    def secret(self, subject: str) -> bytes:
        """Return the subject's key, made and kept when there is none yet."""

    def log_in(self, hash_: str) -> str:
        """Return the hash by which an event names its author's log-in from now on."""

    def pen(self) -> Pen:
        """Return the writer's place after everything stored in this transaction."""

    def temp_number(self) -> str:
        """Return the next temporary number: site letter and counter."""

    def store(self, event: Event, signed: Signed, plain: dict[str, str]) -> None:
        """Insert a new event of the own writer, fold its subject, index its text."""
