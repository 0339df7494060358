"""A photo as large as the window: arrows turn the pages, Esc leaves."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from dispatch.desk.views import Photo
from ui import labels, times
from ui.look.painting import Side, Writer
from ui.look.theme import Theme

_BAND = 44


class PhotoViewer(QWidget):
    """Lies over its host. `closed` tells that it is gone."""

    closed = Signal()

    def __init__(self, theme: Theme, host: QWidget, photos: tuple[Photo, ...], at: int) -> None:
        """Open at one of the photos."""
        super().__init__(host)
        self._theme = theme
        self._photos = photos
        self.at = at
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(host.rect())

    def open(self) -> None:
        """Show and take the keys."""
        self._load()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def turn(self, by: int) -> None:
        """Show the next or the former photo."""
        self.at = max(0, min(self.at + by, len(self._photos) - 1))
        self._load()

    def _load(self) -> None:
        photo = self._photos[self.at]
        path = photo.path or photo.small
        self._picture = None
        if path is not None:
            reader = QImageReader(path)
            reader.setAutoTransform(True)
            room = QSize(self.width() - 32, self.height() - 2 * _BAND)
            full = reader.size()
            if full.isValid() and (full.width() > room.width() or full.height() > room.height()):
                reader.setScaledSize(full.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
            image = reader.read()
            self._picture = None if image.isNull() else QPixmap.fromImage(image)
        self.update()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.turn(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.turn(-1)
            case Qt.Key.Key_Escape | Qt.Key.Key_Space | Qt.Key.Key_Return:
                self._close()
            case _:
                pass
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.turn(1 if event.position().x() > self.width() / 2 else -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.fillRect(self.rect(), tokens.app)
        write, middle = Writer(painter, fonts), _BAND / 2
        photo = self._photos[self.at]
        said = f"{labels.event(photo.caption)} {times.clock(photo.at)}"
        write.text((16, middle), said, tokens.text_1, 14, bold=True)
        place = self.tr("{at} / {count}　← → 翻看　Esc 关闭").format(
            at=self.at + 1, count=len(self._photos)
        )
        write.text((self.width() - 16, middle), place, tokens.text_2, 13, side=Side.RIGHT)
        if self._picture is not None:
            size = self._picture.deviceIndependentSize()
            box = QRectF(
                (self.width() - size.width()) / 2,
                _BAND + (self.height() - _BAND - size.height()) / 2,
                size.width(),
                size.height(),
            )
            painter.drawPixmap(box.topLeft(), self._picture)
        if self._picture is None or photo.path is None:
            words = self.tr("照片上传中") if photo.path is None else self.tr("照片打不开")
            y = self.height() / 2 if self._picture is None else self.height() - _BAND / 2
            write.text((self.width() / 2, y), words, tokens.text_2, 14, side=Side.MIDDLE)
