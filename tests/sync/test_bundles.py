"""Exchange by file: a stick instead of a line, and both in any mixture."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.hub import bundles as at_hub
from dispatch.hub.folding import head_of
from dispatch.hub.hub import Hub
from dispatch.sync.bundles import Brought, export_bundle, import_bundle
from dispatch.wire.bundle import MAGIC, bundle_digest, unpack
from tests.given import FIRE, TOWN, VILLAGE
from tests.sync.conftest import Making
from tests.sync.stations import Station

NAME = "stick.zwb"


def written(station: Station) -> bytes:
    return export_bundle(station.store, station.link).raw


def brought(station: Station, raw: bytes) -> Brought:
    return import_bundle(station.store, station.link, raw, NAME)


def answered(hub: Hub, raw: bytes) -> bytes:
    """Take a site's file in at the hub; return the answer's file."""
    taken = at_hub.take_in(hub, raw, NAME)
    return at_hub.hand_out(hub, at_hub.answer_to(taken), NAME)[0]


def head(hub: Hub) -> int:
    return hub.office.database.read(lambda connection: head_of(connection, TOWN))


def equal(hub: Hub, *stations: Station) -> None:
    """Nothing waits anywhere, and every site has the hub's digest at the hub's number."""
    for each in stations:
        each.sync()
    for each in stations:
        told = each.status()
        assert (0, head(hub)) == (told.unsent, told.town_seq)
        assert told.hub_digest == told.digest


def test_a_stick_carries_a_days_work_to_the_hub_and_its_numbers_back(
    hub: Hub, station: Making
) -> None:
    village = station("v", VILLAGE)
    before = head(hub)
    ids = [village.report(), village.report()]

    raw = written(village)
    assert 2 == village.status().unsent  # a file that was written marks nothing
    answer = answered(hub, raw)
    assert 2 == village.status().unsent
    done = brought(village, answer)

    assert before + 2 == head(hub) == done.seq[1]
    told = village.status()
    assert (0, head(hub), told.digest) == (told.unsent, told.town_seq, told.hub_digest)
    assert all(village.seen(id_).number for id_ in ids)
    equal(hub, village)
    assert before + 2 == head(hub)


def test_file_and_line_mix_in_any_order(hub: Hub, station: Making) -> None:
    village, seat = station("v", VILLAGE), station("a")
    id_ = village.report()
    first = written(village)
    village.sync()  # the line came back after all
    assert {"duplicate": 1} == at_hub.take_in(hub, first, NAME).verdicts

    seat.sync()
    seat.act(Verb.FILE, id_)
    second, _ = written(seat), seat.sync()
    more = village.report()
    third = written(village)
    answer = answered(hub, third)
    again = answered(hub, third)  # the same stick twice
    assert {"duplicate": 1} == at_hub.take_in(hub, second, NAME).verdicts
    seat.act(Verb.DISPATCH, id_, unit=FIRE)
    seat.sync()
    village.sync()  # has gone on beyond the answers by the time they come
    for raw in (again, answer, answer):
        assert brought(village, raw).seq[0] == village.status().town_seq

    assert village.seen(more).number
    equal(hub, village, seat)


def test_a_town_seat_pushes_what_a_village_brought(hub: Hub, station: Making) -> None:
    """The pusher need not be the author: seen and worked on at once, numbered once."""
    village, seat = station("v", VILLAGE), station("a")
    village.sync()  # hears who else writes in the town
    before = head(hub)
    id_ = village.report()
    raw = written(village)

    done = brought(seat, raw)
    assert (1, 0, ()) == (done.taken.new, done.taken.known, done.taken.refused)
    assert (0, 1) == (brought(seat, raw).taken.new, brought(seat, raw).taken.known)
    assert 1 == seat.store.read(lambda reader: reader.count("阁楼")).result()
    seat.act(Verb.FILE, id_)
    assert before == head(hub)
    seat.sync()
    assert before + 2 == head(hub)
    assert 1 == village.status().unsent
    village.sync()

    assert village.seen(id_) == seat.seen(id_)
    equal(hub, village, seat)
    assert before + 2 == head(hub)


def test_what_a_seat_was_brought_goes_on_in_its_own_file(hub: Hub, station: Making) -> None:
    village, seat = station("v", VILLAGE), station("a")
    village.sync()
    id_ = village.report()
    brought(seat, written(village))
    seat.act(Verb.FILE, id_)

    taken = at_hub.take_in(hub, written(seat), NAME)

    assert {"accepted": 2} == taken.verdicts
    equal(hub, seat, village)


def test_a_lost_stick_tells_no_name_and_no_text(hub: Hub, station: Making) -> None:
    village = station("v", VILLAGE)
    id_ = village.report(text="档口阁楼有人住宿", reporter="演示甲", phone="138****6021")
    out = written(village)
    answer = answered(hub, out)
    number = village.store.read(lambda r: r.keys([id_])).result()
    assert number
    for raw in (out, answer):
        for secret in ("演示甲", "阁楼", "138****6021", id_, "reported", FIRE):
            assert secret.encode() not in raw
        assert all(each.key not in raw for each in number)
    stranger = station("w", VILLAGE)
    with pytest.raises(BadInput, match="不是给本机的"):
        brought(stranger, answer)
    with pytest.raises(BadInput, match="不是给这里的"):
        brought(stranger, out)


def test_a_file_that_was_cut_or_altered_anywhere_is_refused_in_one_line(
    hub: Hub, station: Making
) -> None:
    village = station("v", VILLAGE)
    village.report()
    out = written(village)
    answer = answered(hub, out)
    before = head(hub)
    places = [*range(0, 200, 7), *range(200, len(out), 97), len(out) - 1]
    for at in places:
        for bad in (out[:at], out[:at] + bytes([out[at] ^ 1]) + out[at + 1 :]):
            with pytest.raises(BadInput, match=NAME) as told:
                at_hub.take_in(hub, bad, NAME)
            assert "\n" not in str(told.value)
    for at in (3, len(MAGIC) + 2, 300, len(answer) - 1):
        for bad in (answer[:at], answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]):
            with pytest.raises(BadInput, match=NAME):
                brought(village, bad)
    assert (before, 1) == (head(hub), village.status().unsent)


def altered(raw: bytes, **changes: object) -> bytes:
    """Another head, with nobody's signature: as far as somebody without the key comes."""
    found = unpack(raw, NAME)
    text: bytes = msgspec.json.encode(msgspec.structs.replace(found.head, **changes))
    return MAGIC + len(text).to_bytes(4) + text + bytes(64) + found.body


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (lambda _: b"", "不是智网"),
        (lambda raw: b"PK\x03\x04" + raw, "不是智网"),
        (lambda _: MAGIC + b"\xff\xff\xff\xff", "没有拷完"),
        (lambda raw: altered(raw, town="441900107"), "签名不对"),
        (lambda raw: raw + b"\0", "校验值不符"),
    ],
)
def test_what_is_no_file_of_ours_is_told(
    hub: Hub, station: Making, what: Callable[[bytes], bytes], why: str
) -> None:
    village = station("v", VILLAGE)
    village.report()
    bad = what(written(village))
    with pytest.raises(BadInput, match=why):
        at_hub.take_in(hub, bad, NAME)
    with pytest.raises(BadInput, match=why):
        brought(village, bad)


def test_files_at_the_wrong_place_are_refused(hub: Hub, station: Making) -> None:
    village, seat = station("v", VILLAGE), station("a")
    village.report()
    out = written(village)
    with pytest.raises(BadInput, match="本机自己导出的"):
        brought(village, out)
    with pytest.raises(BadInput, match="不认识站点"):
        brought(station("x"), forged(out, seat))
    with pytest.raises(BadInput, match="市平台给站点的"):
        at_hub.take_in(hub, answered(hub, out), NAME)


def forged(raw: bytes, seat: Station) -> bytes:
    """A file that another site signed in the village's name."""
    found = unpack(raw, NAME)
    signer = seat.store.identity.signer
    head = msgspec.structs.replace(found.head, by=signer.public)
    text: bytes = msgspec.json.encode(head)
    sig = signer.sign(bundle_digest(text))
    return MAGIC + len(text).to_bytes(4) + text + sig + found.body
