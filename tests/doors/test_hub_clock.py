"""The hub's commands count days by the same clock as the hub that serves: a drill's, in a drill."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import hub
from console.clock import VARIABLE, clock, set_drill
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Role
from dispatch.hub.hub import open_hub
from dispatch.hub.people import NewAccount

LONG_AGO = 1_600_000_000_000


def test_a_day_of_a_token_is_a_day_of_the_drill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "clock"))
    set_drill(tmp_path / "clock", LONG_AGO)
    db = f"sqlite:///{tmp_path / 'hub.db'}"
    hub.hub_init(db)
    hub.account_add(db, NewAccount("w1", (Role.WORKER,), "441900106"), "correct-horse-9")

    token = hub.hub_token(db, "w1", 1)

    opened = open_hub(hub.place_of(db), clock())
    try:
        set_drill(tmp_path / "clock", LONG_AGO + DAY - HOUR)
        assert opened.people.of_token(token) is not None
        set_drill(tmp_path / "clock", LONG_AGO + DAY + HOUR)
        assert opened.people.of_token(token) is None
    finally:
        opened.close()
