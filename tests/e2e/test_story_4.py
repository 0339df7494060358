"""Story 4: the wrong department; the order comes back, is sent again, a third return blocks."""

from __future__ import annotations

from tests.e2e.town import Town

MINUTE = 60_000


def test_a_wrong_department_costs_the_dispatcher_its_time(town: Town) -> None:
    """22 minutes lie with the unit that never should have had it, and the log says so."""
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1", "safety1")
    incident = town.report("seat1", "clerk1", "0605", "三楼通道堆满货物")
    id_ = incident["id"]
    town.act("seat1", "clerk1", "file", id_)
    sent = town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "安监")
    assert ("sent", "安监") == (sent["state"], sent["unit"])
    town.pass_time(22 * MINUTE)

    town.act("seat1", "safety1", "return", id_, "--reason", "not-ours", "--propose", "消防")
    again = town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")

    assert (1, "消防", "sent") == (again["returns"], again["unit"], again["state"])
    returned = town.event("seat1", id_, "returned")
    assert 22 * MINUTE <= returned["open"]["held_ms"] < 23 * MINUTE
    assert ("not-ours", "安监") == (returned["open"]["why"], returned["open"]["from_unit"])


def test_the_third_return_goes_to_the_chief(town: Town) -> None:
    """After it only the chief sends, and nobody returns any more."""
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1")
    id_ = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
    town.act("seat1", "clerk1", "file", id_)
    for _ in range(3):
        town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
        town.act("seat1", "fire1", "return", id_, "--reason", "evidence")

    blocked = town.tried("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    assert 2 == blocked.code
    assert "chief_decides" in blocked.err
    assert 1 == len(blocked.err.splitlines())
    sent = town.act("seat1", "chief1", "dispatch", id_, "--unit", "消防")
    assert "sent" == sent["state"]
    no_more = town.tried("seat1", "fire1", "return", id_, "--reason", "evidence")
    assert (2, True) == (no_more.code, "no_more_returns" in no_more.err)
