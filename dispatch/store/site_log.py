"""The whole of a write transaction: what acts need, and what sync, desk and shift need too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert

from dispatch.domain.codes import Kind
from dispatch.domain.event import Subject
from dispatch.domain.shift import Shift
from dispatch.store import answers, apply, meta, reference, reissue, rewinding, shifts, writers
from dispatch.store.kept import Shelf
from dispatch.store.log import ActLog
from dispatch.store.page import Chunk
from dispatch.store.rows import SessionRow
from dispatch.store.schema import BLOB, SESSION
from dispatch.wire.protocol import Secret, Table, Verdict


class SiteLog(ActLog):
    """One job's hold on the store; nothing of it may be used after the job."""

    def apply(self, chunk: Chunk) -> None:
        """Take in a piece of a page (`page.cut`), cursor and chain with it."""
        apply.apply(self, chunk)

    def mark_answered(self, verdicts: Iterable[Verdict]) -> None:
        """Mark pushed events as the hub answered."""
        answers.mark(self, verdicts)

    def set_broken_aside(self) -> int:
        """Hold waiting events whose bytes have changed on the disk (`answers`)."""
        return answers.set_broken_aside(self)

    def send_again(self, inc: str, after: int) -> int:
        """Put a writer's unnumbered events after this own sequence back into the outbox."""
        return answers.send_again(self, inc, after)

    def issue_again(self, inc: str, expected: int) -> int:
        """Write own events anew that wait behind one which is lost (`reissue`)."""
        return reissue.issue_again(self, inc, expected)

    def step_back(self, town: str, to: int) -> int:
        """Take back numbers that the hub has lost, a step at a time (`rewinding`)."""
        return rewinding.step_back(self, town, to)

    def tell_rewound(self, town: str, at: int, between: tuple[int, int]) -> None:
        """Keep that the hub went back, for the operator; `at` UTC ms, by this machine's clock."""
        rewinding.tell(self, town, at, between)

    def rescue_settled(self) -> None:
        """Look whether others' events still wait to be offered to the hub."""
        rewinding.settled(self)

    def set_keys(self, keys: Iterable[Secret]) -> None:
        """Keep subjects' keys and show what they open."""
        apply.refold(self, apply.put_keys(self, keys))

    def set_table(self, table: Table, etag: str) -> None:
        """Keep a reference table; the caller has checked the hub's signature."""
        reference.put(self.connection, table, etag)
        self.memory.rules = None
        self.flags.add("tables")

    def shift(self, id_: str) -> Shift:
        """Return a shift as its facts say, those of this transaction too."""
        return shifts.load(self.connection, id_, Shelf(1))

    def set_fact(self, name: str, value: str) -> None:
        """Keep a small fact (timeline, last contact, …) under a name of the caller's."""
        meta.put(self.connection, name, value)
        self.flags.add("sync")

    def see_as(self, sight: str) -> None:
        """Keep the hub's word for what this site sees (`protocol.TownPage`)."""
        if meta.get(self.connection, "sight") != sight:
            self.set_fact("sight", sight)

    def set_clock(self, offset_ms: int, measured_s: int) -> None:
        """Keep how far the hub's clock is ahead, and when (Unix seconds) that was measured."""
        meta.put(self.connection, "clock_offset_ms", str(offset_ms))
        meta.put(self.connection, "clock_measured_s", str(measured_s))
        self.flags.add("sync")
        self.memory.clock = offset_ms, measured_s

    def learn_writers(
        self, town: str, keys: Mapping[str, bytes], asked: Iterable[str] = ()
    ) -> None:
        """Keep a town's writers' keys as the hub has told them; its signature is checked."""
        writers.learn(self, town, keys, asked)

    def blob_is(self, sha256: str, state: str) -> None:
        """Say of a photo that it is `kept`: sent to the hub, or fetched from there."""
        self.connection.execute(update(BLOB).where(BLOB.c.sha256 == sha256).values(state=state))
        self.show_photo(sha256)

    def show_photo(self, sha256: str) -> None:
        """Tell that more is to be seen of a photo, and so of the incidents that speak of it."""
        found = select(BLOB.c.subject).where(BLOB.c.sha256 == sha256)
        self._seen |= {Subject(Kind.INCIDENT, id_) for id_ in self.connection.scalars(found)}
        self.flags.add("sync")

    def open_session(self, session: SessionRow) -> None:
        """Keep a log-in; its `logged_in` event has been stored in the same job."""
        statement = insert(SESSION)
        row = {
            "hash": session.hash,
            "account": session.account,
            "roles": " ".join(session.roles),
            "node": session.node,
            "expires_at": session.expires_at,
            "ended": int(session.ended),
        }
        changed = {"expires_at": session.expires_at, "ended": int(session.ended)}
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["hash"], set_=changed), row
        )
        self.flags.add("shift")

    def end_session(self, hash_: str) -> None:
        """Mark a session as ended."""
        self.connection.execute(update(SESSION).where(SESSION.c.hash == hash_).values(ended=1))
        self.flags.add("shift")
