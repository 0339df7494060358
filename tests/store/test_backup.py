"""Backups: one file with everything but keys, and every way it can be wrong."""

from __future__ import annotations

import json
import random
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.store import backup as backups
from dispatch.store.backup import FORMAT, MANIFEST, Manifest, back_up, check
from dispatch.store.engine import DiskFull
from dispatch.store.identity import SiteIdentity
from dispatch.store.restore import restore
from dispatch.store.running import Running
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.verify import verify
from tests.builders import NOON, PNG, VILLAGES, given_reported, given_site
from tests.store.small_disk import fill, mounted

PUT_BACK = "store was put back"


@pytest.fixture
def seat(tmp_path: Path) -> SiteStore:
    """A closed seat: two reports, one with a photo; the photo of another is not here."""
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    given_reported(store, photos=(store.photos.add(PNG),))
    gone = store.photos.add(PNG + b"gone")
    given_reported(store, photos=(gone,))
    store.photos.remove(gone)
    store.close()
    return store


@pytest.fixture
def file(seat: SiteStore, tmp_path: Path) -> Path:
    """A backup of it."""
    made = tmp_path / "a.zip"
    back_up(seat.folder, made, seat.identity, NOON)
    return made


def empty(folder: Path, like: SiteStore) -> tuple[Path, SiteIdentity]:
    """Return an enrolled folder without a store."""
    folder.mkdir()
    return folder, like.identity


def ids(store: SiteStore) -> tuple[str, ...]:
    return store.read(lambda reader: reader.open_ids()).result()


def left(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_it_holds_the_database_photos_and_what_is_missing(seat: SiteStore, file: Path) -> None:
    made = check(file)

    assert (3, 1, 1, NOON) == (made.events, made.photos, len(made.left_out), made.made_at)
    assert 0o600 == file.stat().st_mode & 0o777
    assert "a.zip" in left(file.parent)
    assert [] == [name for name in left(file.parent) if name.startswith(".a.zip")]
    with zipfile.ZipFile(file) as archive:
        assert FORMAT == archive.namelist()[0]
        assert archive.testzip() is None
    assert seat.identity.site == made.site


def test_no_private_key_and_no_token_is_in_it(seat: SiteStore, tmp_path: Path) -> None:
    (seat.folder / "writer.key").write_bytes(seat.identity.signer.private)
    (seat.folder / "hub.token").write_text("zs_secret_token")
    back_up(seat.folder, tmp_path / "b.zip", seat.identity, NOON)

    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert seat.identity.signer.private not in whole
    assert b"zs_secret_token" not in whole


@pytest.mark.expects_log(PUT_BACK)
def test_it_comes_back_under_a_new_incarnation(seat: SiteStore, file: Path, tmp_path: Path) -> None:
    folder, identity = empty(tmp_path / "new", seat)

    restore(file, folder, identity)

    with closing(SiteStore.open(folder, identity)) as back:
        assert back.identity.inc != seat.identity.inc
        assert 3 == len(ids(back))
        given_reported(back)
    with pytest.raises(Damage, match="文件不见了"):
        verify(folder)  # the one photo that was left out is named, and nothing else is wrong


def test_it_is_made_while_acts_go_on(tmp_path: Path) -> None:
    """What was stored before it began is in it; it is one moment's state."""
    done = threading.Event()
    with closing(given_site(tmp_path / "a", "A")) as store:
        before = [given_reported(store) for _ in range(5)]

        def busy() -> None:
            while not done.is_set():
                given_reported(store)

        acting = threading.Thread(target=busy)
        acting.start()
        try:
            made = [
                back_up(store.folder, tmp_path / f"{n}.zip", store.identity, NOON) for n in (1, 2)
            ]
        finally:
            done.set()
            acting.join()
    assert len(before) <= made[0].events <= made[1].events
    assert made == [check(tmp_path / f"{n}.zip") for n in (1, 2)]


@pytest.mark.expects_log(PUT_BACK)
def test_a_folder_that_holds_events_is_not_touched(
    seat: SiteStore, file: Path, tmp_path: Path
) -> None:
    before = (seat.folder / DATABASE).read_bytes()
    with pytest.raises(BadInput, match="已有 3 条事件"):
        restore(file, seat.folder, seat.identity)
    assert before == (seat.folder / DATABASE).read_bytes()

    fresh = given_site(tmp_path / "fresh", "A")
    fresh.close()
    restore(file, fresh.folder, fresh.identity)
    with closing(SiteStore.open(fresh.folder, fresh.identity)) as back:
        assert 3 == len(ids(back)), "a store without an event is none"


def test_a_folder_whose_store_cannot_be_read_is_not_touched(seat: SiteStore, file: Path) -> None:
    (seat.folder / DATABASE).write_bytes(b"garbage" * 999)
    with pytest.raises(BadInput, match="读不出"):
        restore(file, seat.folder, seat.identity)
    assert b"garbage" * 999 == (seat.folder / DATABASE).read_bytes()


def test_a_folder_that_somebody_has_open_is_not_touched(
    seat: SiteStore, file: Path, tmp_path: Path
) -> None:
    folder, identity = empty(tmp_path / "new", seat)
    with Running(folder) as window:
        window.stay()
    with pytest.raises(BadInput, match="正开着"):
        restore(file, folder, identity)
    window.leave()
    assert ["open"] == left(folder)


def test_another_place_s_backup_is_refused(seat: SiteStore, file: Path, tmp_path: Path) -> None:
    folder, _ = empty(tmp_path / "new", seat)
    village = given_site(tmp_path / "v", "V", scope=VILLAGES[0])
    village.close()
    with pytest.raises(BadInput, match=f"本目录是 {VILLAGES[0]} 的"):
        restore(file, folder, village.identity)


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) * 2 // 3]


def flipped(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 0x10]) + raw[middle + 1 :]


@pytest.mark.parametrize(
    ("broken", "kind"),
    [
        (cut, Damage),
        (flipped, Damage),
        (lambda raw: raw[:60], Damage),
        (lambda raw: raw.replace(MANIFEST.encode(), b"manifest.jsom"), Damage),
        (lambda _: b"", BadInput),
        (lambda _: b"PK\x03\x04 some other archive" * 40, BadInput),
        (lambda _: b"SQLite format 3\0" * 99, BadInput),
    ],
)
def test_a_cut_an_altered_and_a_foreign_file_leave_the_folder_as_it_was(
    seat: SiteStore,
    file: Path,
    tmp_path: Path,
    broken: Callable[[bytes], bytes],
    kind: type[StoreError | BadInput],
) -> None:
    folder, identity = empty(tmp_path / "new", seat)
    file.write_bytes(broken(file.read_bytes()))

    with pytest.raises(kind) as refused:
        restore(file, folder, identity)

    assert 1 == len(str(refused.value).splitlines())
    assert "a.zip" in str(refused.value)
    assert not (folder / DATABASE).exists()


@pytest.mark.expects_log(PUT_BACK)
def test_no_flipped_byte_is_taken_for_whole(seat: SiteStore, file: Path, tmp_path: Path) -> None:
    """Whatever byte was altered: told, or it was one that nobody reads."""
    whole = file.read_bytes()
    expected = check(file)
    rng = random.Random(5)
    for _ in range(300):
        place = rng.randrange(len(whole))
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            found = check(file)
        except (Damage, BadInput, StoreError):
            continue
        assert expected == found
    file.write_bytes(whole)
    folder, identity = empty(tmp_path / "new", seat)
    restore(file, folder, identity)


def made_up(file: Path, has: dict[str, tuple[bytes, int]], **more: object) -> Path:
    """Write an archive with each part's bytes, and a list that gives it another size."""
    told = [{"name": name, "size": size, "sha256": "0" * 64} for name, (_, size) in has.items()]
    like = json.loads(zipfile.ZipFile(file).read(MANIFEST)) | {"parts": told} | more
    made = file.with_name("made-up.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FORMAT, "1\n", zipfile.ZIP_STORED)
        for name, (content, _) in has.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps(like))
    return made


TERABYTE = 1 << 40


@pytest.mark.parametrize(
    ("name", "content", "size", "said"),
    [
        (DATABASE, b"x" * 100, TERABYTE, "site.db 与清单不符"),
        (f"photos/{'0' * 64}", PNG, TERABYTE, "与清单不符"),
        (DATABASE, b"x" * 100, -5, "site.db 与清单不符"),
    ],
    ids=["database", "photo", "negative"],
)
def test_a_list_that_names_other_sizes_than_the_archive_has_writes_nothing(
    seat: SiteStore, file: Path, tmp_path: Path, name: str, content: bytes, size: int, said: str
) -> None:
    folder, identity = empty(tmp_path / "new", seat)
    made = made_up(file, {name: (content, size)})

    with pytest.raises(Damage, match=said):
        restore(made, folder, identity)
    with pytest.raises(Damage, match=said):
        check(made)
    assert ["open"] == left(folder), "the mark of who looked alone"


def test_sizes_that_the_archive_only_says_it_has_write_nothing(
    seat: SiteStore, file: Path, tmp_path: Path
) -> None:
    """A terabyte in the archive's own table of contents too, over a hundred bytes."""
    folder, identity = empty(tmp_path / "new", seat)
    size = (1 << 32) - 2
    made = made_up(file, {DATABASE: (b"x" * 100, size)})
    raw = made.read_bytes()
    entry = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"PK\x01\x02"))
    assert DATABASE.encode() == raw[entry + 46 : entry + 46 + len(DATABASE)]
    lying = raw[: entry + 24] + size.to_bytes(4, "little") + raw[entry + 28 :]
    made.write_bytes(lying)

    with pytest.raises(Damage, match="在这个文件里放不下"):
        restore(made, folder, identity)
    assert not [each for each in left(folder) if each.endswith(".db")]


def test_the_same_part_twice_writes_nothing(seat: SiteStore, file: Path, tmp_path: Path) -> None:
    folder, identity = empty(tmp_path / "new", seat)
    part = {"name": DATABASE, "size": 100, "sha256": "0" * 64}
    made = made_up(file, {DATABASE: (b"x" * 100, 100)}, parts=[part] * 1000)

    with pytest.raises(Damage, match="出现两次"):
        restore(made, folder, identity)
    gone = made_up(file, {}, parts=[part])
    with pytest.raises(Damage, match="不在备份里"):
        restore(gone, folder, identity)


def test_a_true_size_that_the_disk_has_no_room_for_writes_nothing(
    seat: SiteStore, tmp_path: Path
) -> None:
    """A real archive of 64 MB of nothing, a real disk of 16."""
    small = 64 << 20
    with mounted(tmp_path / "disk", 16) as disk:
        folder, identity = empty(disk / "new", seat)
        back_up(seat.folder, tmp_path / "b.zip", seat.identity, NOON)
        made = made_up(tmp_path / "b.zip", {DATABASE: (bytes(small), small)})

        with pytest.raises(DiskFull, match=r"要 64 MB，只有 1\d MB"):
            restore(made, folder, identity)
        assert not [each for each in left(folder) if each.endswith(".db")]


def test_a_newer_backup_is_told(seat: SiteStore, tmp_path: Path, file: Path) -> None:
    folder, identity = empty(tmp_path / "new", seat)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dispatch.store.restore.SHAPE", "0000")
        with pytest.raises(StoreError, match="比本程序新"):
            restore(file, folder, identity)
        patch.setattr(backups, "VERSION", 0)
        with pytest.raises(StoreError, match="备份格式 1 比本程序新"):
            check(file)


def test_an_existing_file_is_not_overwritten(seat: SiteStore, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(BadInput, match="已有这个文件"):
        back_up(seat.folder, tmp_path / "diary.txt", seat.identity, NOON)
    with pytest.raises(BadInput, match="没有这个目录"):
        back_up(seat.folder, tmp_path / "nowhere" / "a.zip", seat.identity, NOON)
    assert "mine" == (tmp_path / "diary.txt").read_text()


def test_a_damaged_database_makes_no_backup(seat: SiteStore, tmp_path: Path) -> None:
    raw = bytearray((seat.folder / DATABASE).read_bytes())
    raw[3 * 4096 : 9 * 4096] = random.Random(1).randbytes(6 * 4096)
    (seat.folder / DATABASE).write_bytes(raw)

    with pytest.raises(Damage):
        back_up(seat.folder, tmp_path / "a.zip", seat.identity, NOON)

    assert [] == [name for name in left(tmp_path) if "a.zip" in name]


def test_a_stick_without_room_is_left_as_it_was(seat: SiteStore, tmp_path: Path) -> None:
    with mounted(tmp_path / "stick", 1) as stick:
        fill(stick, leave=20_000)
        before = left(stick)
        with pytest.raises((DiskFull, StoreError)):
            back_up(seat.folder, stick / "a.zip", seat.identity, NOON)
        assert before == left(stick)


def test_a_manifest_says_how_many_photos() -> None:
    made = Manifest(
        format=FORMAT,
        version=1,
        made_at=0,
        site="s",
        town="t",
        scope="t",
        shape="0001",
        events=0,
        parts=(
            backups.Part("site.db", 1, ""),
            backups.Part("photos/1", 1, ""),
            backups.Part("photos/2", 1, ""),
        ),
    )
    assert 2 == made.photos
