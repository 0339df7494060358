from __future__ import annotations

import os
from pathlib import Path

import pytest

from dispatch.domain.errors import BadInput, StoreError
from dispatch.store.photos import Photos, kind_of
from dispatch.wire.protocol import BLOB_BYTES
from tests.builders import PNG

JPEG = b"\xff\xd8\xff\xe0made up"
WEBP = b"RIFF\0\0\0\0WEBPmade up"


@pytest.fixture
def photos(tmp_path: Path) -> Photos:
    return Photos(tmp_path / "photos")


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "jpeg"), (PNG, "png"), (WEBP, "webp")])
def test_a_photo_is_a_file_with_its_hash_for_a_name(
    photos: Photos, content: bytes, kind: str
) -> None:
    sha256 = photos.add(content)

    assert kind == kind_of(content)
    assert content == photos.read(sha256)
    assert [sha256] == [each.name for each in photos.path(sha256).parent.iterdir()]
    assert sha256[:2] == photos.path(sha256).parent.name
    photos.remove(sha256)
    photos.remove(sha256)
    assert not photos.has(sha256)


def test_the_same_photo_twice_is_one_file(photos: Photos) -> None:
    first = photos.add(PNG)
    written = photos.path(first).stat().st_mtime_ns

    assert first == photos.add(PNG)
    assert written == photos.path(first).stat().st_mtime_ns


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "不是 JPEG"),
        (b"GIF89a", "不是 JPEG"),
        (b"RIFF\0\0\0\0WAVE", "不是 JPEG"),
        (PNG.ljust(BLOB_BYTES + 1), "超过 8 MiB"),
    ],
)
def test_what_is_no_photo_is_refused_and_leaves_nothing(
    photos: Photos, tmp_path: Path, content: bytes, what: str
) -> None:
    with pytest.raises(BadInput, match=what):
        photos.add(content, "附件")
    assert [] == list(tmp_path.iterdir())


def test_a_photo_of_exactly_the_limit_is_taken(photos: Photos, tmp_path: Path) -> None:
    source = tmp_path / "source.png"
    source.write_bytes(PNG.ljust(BLOB_BYTES))
    assert photos.has(photos.add_file(source))
    source.write_bytes(PNG.ljust(BLOB_BYTES + 1))
    with pytest.raises(BadInput, match=r"source\.png"):
        photos.add_file(source)
    with pytest.raises(BadInput, match="nowhere"):
        photos.add_file(tmp_path / "nowhere")


def test_names_that_lead_elsewhere_are_refused(photos: Photos) -> None:
    for name in ("../../etc/passwd", "AB" * 32, "ab" * 31, ""):
        with pytest.raises(BadInput):
            photos.path(name)


def test_an_altered_or_missing_photo_is_told(photos: Photos) -> None:
    sha256 = photos.add(PNG)
    photos.path(sha256).write_bytes(PNG + b"altered")
    with pytest.raises(StoreError, match="不符"):
        photos.read(sha256)
    photos.remove(sha256)
    with pytest.raises(StoreError):
        photos.read(sha256)


def test_file_then_folder_are_on_the_disk_before_the_name_is_told(
    photos: Photos, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cut at any step leaves either no photo or a whole one."""
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")  # noqa: PTH112 - a handle's link
        real_fsync(handle)

    def replace(self: Path, target: Path) -> Path:
        steps.append("name")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)

    photos.add(PNG)

    assert ["file", "name", "folder"] == steps[:3]


def test_a_full_disk_leaves_no_piece(photos: Photos, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space"):
        photos.add(PNG, "现场照片")

    assert not any(path.is_file() for path in photos.path("ab" * 32).parent.parent.rglob("*"))
