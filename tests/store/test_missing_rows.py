"""A row that memory believes in and the table has lost is noticed by the act that comes to it."""

from __future__ import annotations

import pytest

from dispatch.acts.perform import perform
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.store.verify import verify
from tests.builders import NOON, a_note, a_person, given_reported


@pytest.mark.expects_log("1 rows of incidents were missing")
def test_an_act_on_a_lost_row_writes_it_anew(store: SiteStore) -> None:
    """The act changes nothing that an index is made of: a plain update would hit no row."""
    lost, there = given_reported(store), given_reported(store)
    before = store.read(lambda reader: reader.row(lost)).result()
    assert before is not None

    def job(log: SiteLog) -> int:
        gone = log.connection.exec_driver_sql("DELETE FROM incident_a WHERE id = ?", (lost,))
        for each in (lost, there):
            perform(log, a_note(each, "补记"), a_person(), NOON)
        return gone.rowcount

    assert 1 == store.write(job).result()

    after = store.read(lambda reader: reader.row(lost)).result()
    assert after is not None
    assert (before.text, before.unsent + 1) == (after.text, after.unsent)
    found = store.read(lambda reader: reader.search("消防通道")).result().ids
    assert {lost, there} == set(found)
    verify(store.folder)
