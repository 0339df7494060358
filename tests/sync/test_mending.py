"""A site's database is damaged: it starts all the same, and every event is there in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dispatch.desk import keeping
from dispatch.domain.calendar import MINUTE
from dispatch.domain.command import Verb
from dispatch.domain.errors import Damage
from dispatch.hub.hub import Hub
from dispatch.store import backups
from dispatch.store.mending import DONE, FOLDER, damage, open_mended, set_asides
from dispatch.store.reissue import LOST
from dispatch.store.site import DATABASE
from dispatch.store.site_log import SiteLog
from dispatch.store.verify import verify
from tests.builders import NOON, PNG
from tests.given import TOWN
from tests.store.ruin import page_of, wipe, with_a_bad_head, with_bad_pages, with_garbage
from tests.sync.stations import Station, given_station

pytestmark = [
    pytest.mark.expects_log("store damaged: set aside"),
    pytest.mark.expects_log("own events saved from"),
    pytest.mark.expects_log("store was put back"),
]
BACKED_UP = pytest.mark.expects_log(r"backup .* put in its place")
NO_BACKUP = pytest.mark.expects_log("no backup to go on from")
Ruin = Callable[[Path], object]


class Seat:
    """A site that is opened for work, ruined and opened again."""

    def __init__(self, station: Station) -> None:
        station.store.close()
        self.station = station
        self.identity = station.store.identity
        self.folder = station.store.folder
        self.open()

    def open(self) -> None:
        self.station.store = open_mended(self.folder, self.identity)

    def close(self) -> None:
        """Close the store that is open now."""
        self.station.store.close()

    def ids(self) -> set[str]:
        return set(self.station.store.read(lambda reader: reader.open_ids()).result())

    def ruined(self, ruin: Ruin) -> None:
        """Close, ruin the file as if the machine had died, open again."""
        self.station.store.close()
        (self.folder / "open").mkdir(exist_ok=True)
        (self.folder / "open" / "4711-dead").touch()
        ruin(self.folder / DATABASE)
        self.open()

    def back_up(self) -> None:
        backups.make(self.folder, self.station.store.identity, NOON)


@pytest.fixture
def seat(hub: Hub, url: str, tmp_path: Path) -> Iterator[Seat]:
    """A seat that has sent three reports; its tables are there."""
    with ExitStack() as stack:
        made = Seat(given_station(hub, url, tmp_path / "a", TOWN))
        stack.callback(made.close)
        made.station.sync()
        for _ in range(3):
            made.station.report()
        made.station.sync()
        yield made


def on_the_hub(hub: Hub, url: str, folder: Path) -> set[str]:
    """Return what another seat of the town sees."""
    other = given_station(hub, url, folder)
    other.sync()
    found = set(other.store.read(lambda reader: reader.open_ids()).result())
    other.store.close()
    return found


@BACKED_UP
@pytest.mark.parametrize("ruin", [with_garbage, with_a_bad_head, with_bad_pages])
def test_what_the_hub_has_comes_back(
    seat: Seat, ruin: Ruin, hub: Hub, url: str, tmp_path: Path
) -> None:
    seat.back_up()
    seat.station.filed()
    seat.station.sync()
    before = seat.ids()
    old = seat.station.store.identity.inc

    seat.ruined(ruin)
    seat.station.sync()

    assert before == seat.ids()
    assert seat.station.store.identity.inc != old
    seat.station.report()
    assert not seat.station.sync().differs
    verify(seat.folder)
    assert seat.ids() == on_the_hub(hub, url, tmp_path / "other")


@BACKED_UP
@pytest.mark.parametrize("ruin", [with_a_bad_head, lambda path: wipe(path, 2)])
def test_what_only_the_damaged_file_had_is_saved_and_sent(
    seat: Seat, ruin: Ruin, hub: Hub, url: str, tmp_path: Path
) -> None:
    """Words, photo and all: seen at once, without the hub, and sent as it was signed."""
    seat.back_up()
    sha256 = seat.station.store.photos.add(PNG + b"saved")
    id_ = seat.station.report(text="阁楼上还有三个人", photos=(sha256,))
    seat.station.act(Verb.FILE, id_)
    long = seat.station.report(text="长" * 1500)

    seat.ruined(ruin)

    assert {id_, long} <= seat.ids() or ruin is with_a_bad_head
    row = seat.station.store.read(lambda reader: reader.row(id_)).result()
    assert row is not None
    assert "阁楼上还有三个人" == row.text
    assert 2 <= (set_asides(seat.folder)[0].events or 0)
    seat.station.sync()
    assert 0 == seat.station.status().unsent
    assert not seat.station.sync().differs
    assert id_ in on_the_hub(hub, url, tmp_path / "other")
    assert hub.photos.get(TOWN, sha256) == PNG + b"saved"
    verify(seat.folder)


@NO_BACKUP
def test_without_a_backup_everything_is_carved_and_fetched(
    seat: Seat, hub: Hub, url: str, tmp_path: Path
) -> None:
    mine = seat.station.report()
    before = seat.ids()

    seat.ruined(with_a_bad_head)

    assert before == seat.ids(), "own events need no hub"
    assert not seat.station.sync().differs
    assert before == seat.ids()
    assert mine in on_the_hub(hub, url, tmp_path / "other")
    verify(seat.folder)


@NO_BACKUP
def test_a_file_that_is_gone_is_as_a_damaged_one(seat: Seat) -> None:
    before = seat.ids()

    seat.ruined(Path.unlink)
    seat.station.sync()

    assert before == seat.ids()
    verify(seat.folder)


@NO_BACKUP
def test_an_event_that_is_lost_holds_up_none_after_it(
    seat: Seat, hub: Hub, url: str, tmp_path: Path
) -> None:
    """Three unsent reports, the first one's bytes are gone for ever: the other two go out."""
    seat.station.report(text="甲" * 400)
    later = [seat.station.report(text="乙" * 400), seat.station.report(text="丙" * 400)]
    seat.station.act(Verb.NOTE, later[0], text="补充一句")
    marks = [
        raw
        for (raw,) in seat.station.store.write(
            lambda log: log.connection.exec_driver_sql(
                "SELECT raw FROM event WHERE sent = 0 ORDER BY pos"
            ).all()
        ).result()
    ]

    def ruin(path: Path) -> None:
        whole = path.read_bytes()
        assert 1 == whole.count(marks[0][:600])
        path.write_bytes(whole.replace(marks[0][:600], bytes(range(200)) * 3))
        with_a_bad_head(path)

    seat.ruined(ruin)
    assert set(later) <= seat.ids()

    seat.station.sync()

    assert 0 == seat.station.status().unsent
    assert not seat.station.sync().differs
    assert set(later) <= on_the_hub(hub, url, tmp_path / "other")
    held = seat.station.store.read(lambda reader: reader.quarantine()).result()
    assert [LOST] * 3 == [each.why for each in held]
    row = seat.station.store.read(lambda reader: reader.row(later[1])).result()
    assert row is not None
    assert "丙" * 400 == row.text
    assert 2 == len(seat.station.seen(later[0]).facts)
    verify(seat.folder)


@BACKED_UP
@pytest.mark.expects_log("is of no use")
def test_a_damaged_backup_is_passed_over_for_the_one_before(seat: Seat) -> None:
    seat.back_up()
    newest = seat.folder / backups.FOLDER / "site-99990101T000000000Z.zip"
    newest.write_bytes(backups.newest_first(seat.folder)[0].read_bytes()[:-200])
    before = seat.ids()

    seat.ruined(with_garbage)
    seat.station.sync()

    assert before == seat.ids()


@NO_BACKUP
def test_the_damaged_files_are_kept_as_they_were(seat: Seat) -> None:
    kept: dict[str, bytes] = {}

    def ruin(path: Path) -> None:
        with_a_bad_head(path)
        kept[DATABASE] = path.read_bytes()

    seat.ruined(ruin)

    (aside,) = set_asides(seat.folder)
    assert kept[DATABASE] == (aside.folder / DATABASE).read_bytes()
    assert aside.at > 0


@NO_BACKUP
def test_a_crash_between_setting_aside_and_saving_loses_nothing(seat: Seat) -> None:
    before = seat.ids() | {seat.station.report()}
    seat.ruined(with_a_bad_head)
    seat.station.store.close()
    (aside,) = set_asides(seat.folder)
    (aside.folder / DONE).unlink()
    for each in seat.folder.glob(f"{DATABASE}*"):
        each.unlink()

    seat.open()

    assert before == seat.ids()
    assert [aside.folder] == list((seat.folder / FOLDER).iterdir())
    assert (aside.folder / DONE).exists()


@NO_BACKUP
@pytest.mark.expects_log("is not saved yet")
def test_a_disk_that_fails_while_saving_keeps_nobody_from_working(seat: Seat) -> None:
    seat.ruined(with_a_bad_head)
    seat.close()
    (aside,) = set_asides(seat.folder)
    (aside.folder / DONE).unlink()
    (aside.folder / DONE).mkdir()

    seat.open()

    seat.station.sync()
    assert seat.station.report() in seat.ids()
    (again,) = set_asides(seat.folder)
    assert (aside.folder, None) == (again.folder, again.events)
    assert abs(again.at - aside.at) < MINUTE
    kept = keeping.Keeping(seat.station.store).look(NOON)
    told = seat.station.store.read(lambda reader: keeping.lines(reader, kept, NOON)).result()
    (line,) = (each for each in told if each.kind == "damage")
    assert ("", again.at) == (line.what, line.since)


@NO_BACKUP
def test_a_start_beside_an_open_window_touches_nothing(seat: Seat) -> None:
    """The window has it open: nobody takes the database from under it."""
    window = seat.station.store
    (seat.folder / "open" / "4711-dead").touch()
    with_bad_pages(seat.folder / DATABASE, 0.5)
    bad = (seat.folder / DATABASE).read_bytes()

    with pytest.raises(Damage, match="全部关掉"):
        open_mended(seat.folder, seat.identity)

    assert bad == (seat.folder / DATABASE).read_bytes()
    window.close()
    seat.open()


@NO_BACKUP
def test_damage_that_is_met_while_it_runs_is_mended_by_the_next_start(seat: Seat) -> None:
    """Nothing looks at every page after a clean stop, but what was met is not forgotten."""
    before = seat.ids()
    seat.station.store.close()
    database = seat.folder / DATABASE
    for page in page_of(database, b'{"v":1,"id":'):
        wipe(database, page)
    seat.open()
    assert () == set_asides(seat.folder)
    with pytest.raises(Damage):
        seat.station.store.write(_all_events).result()
    seat.station.store.close()
    seat.open()
    assert 1 == len(set_asides(seat.folder))
    seat.station.sync()
    assert before == seat.ids()


def _all_events(log: SiteLog) -> int:
    return len(log.connection.exec_driver_sql("SELECT raw, sig FROM event").all())


@BACKED_UP
def test_a_killed_process_and_a_ruined_page(seat: Seat, hub: Hub, url: str, tmp_path: Path) -> None:
    """A real process is killed while it reports; every id it printed is at the hub in the end."""
    seat.back_up()
    seat.station.store.close()
    who = seat.identity
    command = [sys.executable, "-m", "tests.sync.mending_child", str(seat.folder)]
    command += [who.site, who.inc, who.signer.private.hex()]
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.strip())
            if len(lines) == 30:
                os.kill(process.pid, signal.SIGKILL)
                break
    raw = seat.folder / DATABASE
    assert 1 == len([each for each in (seat.folder / "open").iterdir() if each.name != "door"])
    with_bad_pages(raw, 0.5)
    assert "" != damage(seat.folder, closely=True)

    seat.open()

    assert set(lines) <= seat.ids()
    seat.station.sync()
    assert set(lines) <= on_the_hub(hub, url, tmp_path / "other")
    verify(seat.folder)
