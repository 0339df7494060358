"""The small picture that goes ahead of a photo."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from console.thumbnail import BYTES, SIDE, small
from dispatch.store.photos import kind_of
from tests.hub.field import JPEG


def noisy(width: int, height: int) -> bytes:
    """A picture that no codec makes small: every pixel its own."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for y in range(height):
        for x in range(width):
            image.setPixel(x, y, (x * 2654435761 ^ y * 40503) & 0xFFFFFF)
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(target, QByteArray(b"png")).write(image)
    return bytes(target.data().data())


def test_it_is_a_jpeg_of_about_twenty_kilobytes() -> None:
    content = noisy(640, 400)

    made = small(content)

    assert made is not None
    assert "jpeg" == kind_of(made)
    assert len(made) <= BYTES < len(content)
    image = QImage.fromData(QByteArray(made))
    assert (SIDE, SIDE * 400 // 640) == (image.width(), image.height())


def test_what_is_no_picture_has_none_and_nothing_is_said_of_it() -> None:
    """Qt's own warnings would be lines on the command line; the harness fails on any."""
    assert small(b"\xff\xd8\xff") is None
    assert small(JPEG) is None
    assert small(b"") is None
