"""A row altered or deleted in the hub's database is named by town and number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, update

from console.hub import import_tables
from dispatch.domain.errors import BadInput, Damage
from dispatch.hub.hub import Hub
from dispatch.hub.schema import EVENT, EVENT_KEY, HEAD, PROJECTION, WRITER
from dispatch.hub.status import status_of
from dispatch.hub.verify import check_town, towns_of
from tests.given import TOWN, given_filed
from tests.hub.office import given_seat

Harm = Callable[[Connection], object]
AT = (EVENT.c.town == TOWN) & (EVENT.c.seq == 3)


def _set(**values: object) -> Harm:
    return lambda connection: connection.execute(update(EVENT).where(AT).values(**values))


def _gone(connection: Connection) -> None:
    connection.execute(delete(EVENT_KEY).where(EVENT_KEY.c.seq == 3))
    connection.execute(delete(EVENT).where(AT))


def _last_gone(connection: Connection) -> None:
    connection.execute(delete(EVENT_KEY).where(EVENT_KEY.c.seq == 6))
    connection.execute(delete(EVENT).where(EVENT.c.seq == 6))


@pytest.mark.parametrize(
    ("harm", "place", "reason"),
    [
        (_set(bytes=b"{}"), f"{TOWN} 第 3 号", "哈希"),
        (_set(sig=b"x" * 64), f"{TOWN} 第 3 号", "签名"),
        (_set(number="441900106-2026-999999"), f"{TOWN} 第 3 号", "链"),
        (_set(received_at=1), f"{TOWN} 第 3 号", "链"),
        (_set(chain="0" * 64), f"{TOWN} 第 3 号", "链"),
        (_set(sseq=9), f"{TOWN} 第 3 号", "序号"),
        (_gone, f"{TOWN} 第 3 号", "缺号"),
        (_last_gone, f"{TOWN} 第 6 号", "计数行"),
        (lambda c: c.execute(update(HEAD).values(seq=7)), f"{TOWN} 第 7 号", "计数行"),
        (lambda c: c.execute(update(WRITER).values(pubkey=b"x" * 32)), "第 1 号", "签名"),
        (lambda c: c.execute(update(PROJECTION).values(state_hash="0" * 64)), "incident", "投影"),
    ],
)
def test_the_first_damage_is_named(hub: Hub, harm: Harm, place: str, reason: str) -> None:
    seat = given_seat(hub)
    for _ in range(3):
        given_filed(seat.log)
    seat.push()
    assert (6, 3) == (check_town(hub, TOWN).seq, check_town(hub, TOWN).subjects)

    hub.office.database.write(harm)

    with pytest.raises(Damage) as damage:
        check_town(hub, TOWN)
    assert place in damage.value.where
    assert reason in damage.value.what


def test_status_counts_what_is_there(hub: Hub) -> None:
    seat = given_seat(hub)
    given_filed(seat.log)
    seat.push()
    lagging = status_of(hub)
    hub.folding.catch_up(TOWN)
    told = status_of(hub)

    assert (TOWN,) == towns_of(hub)
    assert isinstance(lagging["towns"], dict)
    assert isinstance(told["towns"], dict)
    assert 2 == lagging["towns"][TOWN]["fold_lag"]
    town = told["towns"][TOWN]
    assert (2, 0, 0, {"filed": 1}) == (
        town["seq"],
        town["fold_lag"],
        town["quarantined"],
        town["states"],
    )
    assert (1, 0) == (told["sites"], told["accounts"])


def test_a_table_that_does_not_read_is_not_published(hub: Hub) -> None:
    for name, body in (("sla", "{}"), ("nothing", "{}"), ("organisation", "poison")):
        with pytest.raises(BadInput):
            hub.office.database.write(
                lambda connection, n=name, b=body: hub.reference.publish(connection, n, b)  # type: ignore[misc]
            )
    with pytest.raises(BadInput):
        import_tables("sqlite://", {})
