"""The small picture that goes ahead of a photo, made where Qt is: at the seat that sends it."""

from __future__ import annotations

from functools import cache
from typing import Final

SIDE: Final = 320
"""Pixels of the longer side."""
BYTES: Final = 20_000
_QUALITIES: Final = (70, 50, 30, 15)


def small(content: bytes) -> bytes | None:
    """Return a JPEG of about 20 KB at most; None for what cannot be read as a picture.

    Any thread; no application is needed. Takes tens of milliseconds.
    """
    # A command line that sends no photo does not wait for Qt.
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
    from PySide6.QtGui import QImageReader, QImageWriter

    _hush()
    source = QBuffer()
    source.setData(QByteArray(content))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setAutoTransform(True)
    full = reader.size()
    if full.isValid() and max(full.width(), full.height()) > SIDE:
        reader.setScaledSize(full.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    for quality in _QUALITIES:
        target = QBuffer()
        target.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(target, QByteArray(b"jpeg"))
        writer.setQuality(quality)
        writer.write(image)
        made = bytes(target.data().data())
        if len(made) <= BYTES:
            break
    return made


@cache
def _hush() -> None:
    """Have Qt's decoders keep their English lines of a damaged picture to themselves.

    They would stand on the command line of whoever sends the photo: that it is no picture is
    `small`'s own answer, and no trouble. `QT_LOGGING_RULES` brings them back for who looks.
    """
    from PySide6.QtCore import QLoggingCategory

    QLoggingCategory.setFilterRules("qt.gui.imageio*.warning=false")
