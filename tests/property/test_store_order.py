"""Whatever the order of arrival and the cuts of pages: equal rows, equal digest, a whole log."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused
from dispatch.store.rows import IncidentRow
from dispatch.store.site import SiteStore
from dispatch.store.verify import verify
from tests.builders import NOON, TOWN, Numbering, a_note, given_reported, given_site, when

SITES = ("A", "B", "C")
ACTS = st.tuples(
    st.sampled_from(SITES),
    st.sampled_from(("report", "file", "dispatch", "note", "stand-down", "push", "pull")),
    st.integers(0, 3),
)


def rows(store: SiteStore) -> dict[str, IncidentRow]:
    """Return the rows by id, without their place, which is each site's own."""
    found = store.read(lambda reader: reader.page(1000)).result()
    return {row.id: dataclasses.replace(row, pos=0) for row in found}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(ACTS, min_size=4, max_size=30), cuts=st.lists(st.integers(1, 7), max_size=9))
def test_equal_sets_give_equal_stores(acts: list[tuple[str, str, int]], cuts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores = {letter: given_site(Path(folder) / letter, letter) for letter in SITES}
        hub, ids, now = Numbering(), list[str](), NOON
        for letter, act, which in acts:
            now += 1000
            _do(stores[letter], hub, ids, act, which, now)
        for store in stores.values():
            hub.take_from(store)
        for number, store in enumerate(stores.values()):
            _pull_in_pieces(store, hub, cuts[number:])
        found = [rows(store) for store in stores.values()]
        digests = {
            store.read(lambda reader: reader.digest(TOWN)).result() for store in stores.values()
        }
        for store in stores.values():
            store.close()
            assert len(hub.frames) == verify(store.folder).numbered
        assert found[0] == found[1] == found[2]
        assert 1 == len(digests)


def _do(store: SiteStore, hub: Numbering, ids: list[str], act: str, which: int, now: int) -> None:
    if act == "report":
        ids.append(given_reported(store, now=now))
    elif act == "push":
        hub.take_from(store)
    elif act == "pull":
        _pull_in_pieces(store, hub, [which + 1])
    elif ids:
        id_ = ids[which % len(ids)]
        command = {
            "file": Command(verb=Verb.FILE, incident=id_),
            "dispatch": Command(verb=Verb.DISPATCH, incident=id_, unit=("消防", "公安")[which % 2]),
            "stand-down": Command(verb=Verb.STAND_DOWN, incident=id_),
            "note": a_note(id_, f"批注{now}"),
        }[act]
        try:
            when(store, command, now=now).result()
        except Refused:
            return


def _pull_in_pieces(store: SiteStore, hub: Numbering, cuts: list[int]) -> None:
    """Pull everything, in pages of these lengths; each second page comes twice."""
    while True:
        cursor = store.read(lambda reader: reader.cursor(TOWN)).result()
        if cursor.seq == len(hub.frames):
            return
        length = cuts.pop(0) if cuts else len(hub.frames)
        page = hub.page(cursor, min(len(hub.frames), cursor.seq + length))
        store.apply_page(TOWN, page)
        store.apply_page(TOWN, page)
