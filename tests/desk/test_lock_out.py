"""Five wrong passwords lock a name for 15 minutes, and an auditor sees that it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch.desk.people import FAILURES_ALLOWED, LOCKED_MS
from dispatch.domain.bodies import Audited
from dispatch.domain.codes import Kind
from dispatch.domain.errors import Refused
from dispatch.store.reader import Reader
from tests.desk.offices import PASSWORD, Hand, open_desk


def test_the_fifth_wrong_password_locks_and_leaves_a_trace(tmp_path: Path) -> None:
    clock = Hand()
    desk = open_desk(tmp_path / "seat", clock)

    def traces(reader: Reader) -> list[Audited]:
        every = (each for subject in reader.subjects(Kind.AUDIT) for each in reader.events(subject))
        return [each.event.body for each in every if isinstance(each.event.body, Audited)]

    def audited() -> list[Audited]:
        return desk.site.read(traces).result()

    for _ in range(FAILURES_ALLOWED):
        assert [] == audited()
        with pytest.raises(Refused) as wrong:
            desk.login("chief1", "wrong password").result()
        assert "login_failed" == wrong.value.code
    desk.site.write(lambda _: None).result()  # the trace was queued before
    assert [Audited(what="locked_out", about="chief1")] == audited()

    with pytest.raises(Refused) as locked:
        desk.login("chief1", PASSWORD).result()
    assert "locked_out" == locked.value.code
    clock.forward(LOCKED_MS)
    assert "chief1" == desk.login("chief1", PASSWORD).result().account
    desk.site.close()
