"""Small pictures of photos, read once at the size they are shown."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap


class Thumbnails:
    """Pictures by SHA-256 and size; at most some hundred are kept."""

    def __init__(self, most: int = 300) -> None:
        self._kept: dict[tuple[str, int, int], QPixmap] = {}
        self._most = most

    def get(self, sha256: str, path: str, size: QSize) -> QPixmap | None:
        """Return the picture filling that size; None for a file that is no picture."""
        key = (sha256, size.width(), size.height())
        found = self._kept.get(key)
        if found is None:
            found = _read(path, size)
            if found is None:
                return None
            if len(self._kept) >= self._most:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = found
        return found


def _read(path: str, size: QSize) -> QPixmap | None:
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    full = reader.size()
    if full.isValid():
        # The decoder scales a JPEG while it reads: a tenth of the time of reading it whole.
        reader.setScaledSize(full.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return None
    x = max(0, (image.width() - size.width()) // 2)
    y = max(0, (image.height() - size.height()) // 2)
    return QPixmap.fromImage(image.copy(x, y, size.width(), size.height()))
