"""Backups that others had in their hands: every byte may be another; the folder stays empty."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import strategies as st

from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.store.backup import FORMAT, MANIFEST, Manifest, Part, check
from dispatch.store.restore import restore
from dispatch.store.site import DATABASE, SiteStore
from dispatch.wire.protocol import BLOB_BYTES
from tests.doors.garbage import EXAMPLES, deep, documents, put_in, refusal, search
from tests.store.test_backup import empty, file, seat

__all__ = ["file", "seat"]  # fixtures
ENTRY, LISTED = b"PK\x03\x04", b"PK\x01\x02"


def other_way(raw: bytes, method: int) -> bytes:
    """The archive as if its parts were packed in another way: bzip2, LZMA, one that nobody has."""
    changed = bytearray(raw)
    for mark, place in ((ENTRY, 8), (LISTED, 10)):
        at = raw.find(mark)
        while at >= 0:
            changed[at + place : at + place + 2] = struct.pack("<H", method)
            at = raw.find(mark, at + 4)
    return bytes(changed)


def told(file: Path) -> None:
    """It is whole, or one line says what it is."""
    assert "\n" not in str(refusal(lambda: check(file), BadInput, StoreError))


@pytest.mark.parametrize("examples", EXAMPLES)
def test_any_byte_may_be_another(file: Path, tmp_path: Path, examples: int) -> None:
    good = file.read_bytes()
    target = tmp_path / "changed.zip"

    def body(raw: bytes) -> None:
        target.write_bytes(raw)
        told(target)

    ways = st.sampled_from([1, 8, 9, 12, 14, 93, 99]).map(lambda way: other_way(good, way))
    directory = good.rindex(LISTED)
    late = st.integers(directory, len(good) - 1).flatmap(
        lambda at: st.integers(0, 255).map(lambda b: good[:at] + bytes([b]) + good[at + 1 :])
    )
    search(body, st.one_of(put_in(good), ways, late), examples)


def repacked(target: Path, manifest: bytes, parts: dict[str, bytes]) -> Path:
    """A backup with this manifest and these parts."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(FORMAT), "1\n")
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, manifest)
    return target


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_manifest_that_is_none(tmp_path: Path, examples: int) -> None:
    target = tmp_path / "changed.zip"
    unknown = f'{{"x": {deep(100_000)}}}'.encode()

    def body(raw: bytes) -> None:
        told(repacked(target, raw, {}))

    search(body, st.one_of(documents(), st.just(unknown)), examples)


@pytest.mark.parametrize("large", ["photo", "more than was said"])
def test_a_part_that_unpacks_to_more_is_damage(
    seat: SiteStore, file: Path, tmp_path: Path, large: str
) -> None:
    """A photo is at most 8 MiB, a part no larger than the manifest says, however it unpacks."""
    good = check(file)
    content = b"\xff\xd8\xff" + bytes(BLOB_BYTES + 10)
    name = hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(file) as archive:
        database = archive.read(DATABASE)
    size = len(content) if large == "photo" else 100
    parts = (good.parts[0], Part(f"photos/{name}", size, name))
    manifest = Manifest(**{**msgspec.structs.asdict(good), "parts": parts})
    changed = repacked(
        tmp_path / "b.zip",
        msgspec.json.encode(manifest),
        {DATABASE: database, f"photos/{name}": content},
    )
    folder, identity = empty(tmp_path / "b", seat)

    with pytest.raises(Damage) as damage:
        restore(changed, folder, identity)

    assert "photos/" in str(damage.value)
    assert not (folder / DATABASE).exists()
    assert [] == [each for each in folder.rglob("*") if each.name.startswith(".restore")]
