"""Checkpoints: the hub signs each town's chain, so that whoever keeps one is a witness of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, select

from dispatch.domain.errors import BadInput
from dispatch.hub.places import Office
from dispatch.hub.schema import CHECKPOINT, HEAD
from dispatch.wire.header import read_header
from dispatch.wire.protocol import Checkpoint, Push, PushAnswer, checkpoint_digest, event_hash

EVERY_MS: Final = 10 * 60_000
"""A checkpoint is due so long after the last one, if there are new numbers."""
PAGE: Final = 100
"""Checkpoints in one answer at most."""
REPORT: Final = "report_issued"
"""The event that makes one due at once: what a shift report says stands under a signature."""


class Evidence:
    """Signs and hands out checkpoints. Any hub process may sign: a number has one row."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def sign(self, town: str) -> Checkpoint | None:
        """Sign the town's chain where it stands; None when there is nothing new."""
        return self._office.database.write(lambda connection: self._sign(connection, town))

    def round(self) -> tuple[Checkpoint, ...]:
        """Sign every town for which a checkpoint is due."""
        made = (self.sign(town) for town in self._office.database.read(self._due))
        return tuple(each for each in made if each is not None)

    def after(self, push: Push, answer: PushAnswer) -> None:
        """Sign the towns whose shift reports came with a push."""
        taken = {each.hash for each in answer.verdicts if each.status == "accepted"}
        for town in sorted(_reporting(push, taken)):
            self.sign(town)

    def _due(self, connection: Connection) -> list[str]:
        """Return the towns with new numbers whose last checkpoint is old enough."""
        before = self._office.clock() - EVERY_MS
        due: list[str] = []
        for row in connection.execute(select(HEAD).order_by(HEAD.c.town)).all():
            last = last_of(connection, row.town)
            if last is None or (last.seq < row.seq and last.at <= before):
                due.append(row.town)
        return due

    def _sign(self, connection: Connection, town: str) -> Checkpoint | None:
        head = connection.execute(select(HEAD).where(HEAD.c.town == town)).first()
        last = last_of(connection, town)
        if head is None or head.seq <= (last.seq if last else 0):
            return None
        now = self._office.clock()
        sig = self._office.keys.signer.sign(checkpoint_digest(town, head.seq, head.chain, now))
        row = {"town": town, "seq": head.seq, "chain": head.chain, "at": now, "sig": sig}
        self._office.database.insert_missing(connection, CHECKPOINT, [row])
        return Checkpoint(town, head.seq, head.chain, now, sig)


def last_of(connection: Connection, town: str) -> Checkpoint | None:
    """Return a town's newest checkpoint."""
    query = select(CHECKPOINT).where(CHECKPOINT.c.town == town).order_by(CHECKPOINT.c.seq.desc())
    row = connection.execute(query.limit(1)).first()
    return Checkpoint(row.town, row.seq, row.chain, row.at, row.sig) if row else None


def between(connection: Connection, town: str, after: int, upto: int) -> tuple[Checkpoint, ...]:
    """Return the checkpoints above one number up to another, oldest first, `PAGE` at most."""
    here = (CHECKPOINT.c.town == town) & (CHECKPOINT.c.seq > after) & (CHECKPOINT.c.seq <= upto)
    query = select(CHECKPOINT).where(here).order_by(CHECKPOINT.c.seq).limit(PAGE)
    return tuple(
        Checkpoint(row.town, row.seq, row.chain, row.at, row.sig)
        for row in connection.execute(query)
    )


def _reporting(push: Push, taken: Iterable[str]) -> set[str]:
    """Return the towns of the shift reports among the frames that were taken."""
    told = f'"{REPORT}"'
    wanted = set(taken)
    towns: set[str] = set()
    for frame in push.frames:
        if told not in frame.event or event_hash(frame) not in wanted:
            continue
        try:
            header = read_header(frame.event.encode())
        except BadInput:
            continue
        if header.type == REPORT:
            towns.add(header.town)
    return towns
