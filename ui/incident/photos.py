"""The photos of an incident, three across with caption and time; one line where it is narrow."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPixmap

from dispatch.desk.views import Photo
from ui import labels, times
from ui.acts.keys import PHOTOS
from ui.incident.section import SIDE, Section
from ui.incident.thumbnails import Thumbnails
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer
from ui.tongue import tr

_ACROSS: Final = 3
_GAP: Final = 8
_HIGH: Final = 132
_CAPTION: Final = 22
_NARROW: Final = 440
_ONE_LINE: Final = 40
_THUMBNAILS: Final = Thumbnails()


class Photos(Section):
    """`photo_wanted` tells the place of the photo that is to be looked at."""

    photo_wanted = Signal(int)
    _photos: tuple[Photo, ...] = ()

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        """Show the photos."""
        self._photos = photos
        self.refresh()

    def height_for(self, width: int) -> int:
        if not self._photos:
            return 0
        if width < self.theme.px(_NARROW):
            return self.theme.px(_ONE_LINE)
        rows = (len(self._photos) + _ACROSS - 1) // _ACROSS
        return rows * (self.theme.px(_HIGH) + _GAP) + 16

    def boxes(self) -> list[QRect]:
        """Return where each photo lies; one for all in the narrow pane."""
        if self.width() < self.theme.px(_NARROW):
            return [self.rect()]
        high = self.theme.px(_HIGH)
        wide = (self.width() - 2 * SIDE - (_ACROSS - 1) * _GAP) // _ACROSS
        return [
            QRect(
                SIDE + at % _ACROSS * (wide + _GAP), 12 + at // _ACROSS * (high + _GAP), wide, high
            )
            for at in range(len(self._photos))
        ]

    def draw(self, painter: QPainter, write: Writer) -> None:
        if self.width() < self.theme.px(_NARROW):
            self._one_line(painter, write)
            return
        for photo, box in zip(self._photos, self.boxes(), strict=True):
            draw_photo(painter, write, self, (photo, box))

    def _one_line(self, painter: QPainter, write: Writer) -> None:
        tokens, fonts, middle = self.theme.tokens, self.theme.fonts, self.height() / 2
        self.theme.icons.draw(painter, "image", (SIDE + 8, middle), tokens.text_2)
        said = self.tr("照片 {count} 张").format(count=len(self._photos))
        write.text((SIDE + 26, middle), said, tokens.text_1, 14)
        x = self.width() - SIDE - keycap_width(fonts, PHOTOS)
        draw_keycap(painter, QPointF(x, middle - CAP / 2), PHOTOS, (tokens, fonts))
        write.text((x - 10, middle), self.tr("查看"), tokens.blue, 13, side=Side.RIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, box in enumerate(self.boxes()):
            if box.contains(event.position().toPoint()):
                self.photo_wanted.emit(at)


def _picture(photo: Photo, box: QRect) -> QPixmap | None:
    """What there is of a photo: itself, or what came ahead of it."""
    if photo.path is not None:
        return _THUMBNAILS.get(photo.sha256, photo.path, box.size())
    return (
        _THUMBNAILS.get(f"{photo.sha256} small", photo.small, box.size()) if photo.small else None
    )


def draw_photo(painter: QPainter, write: Writer, owner: Section, what: tuple[Photo, QRect]) -> None:
    """Paint one photo with its caption band, or that it is still on its way."""
    photo, box = what
    tokens, fonts = owner.theme.tokens, owner.theme.fonts
    picture = _picture(photo, box)
    if picture is not None:
        painter.drawPixmap(box, picture)
    else:
        painter.fillRect(box, tokens.raised)
    if picture is None or photo.path is None:
        said = tr("照片上传中") if photo.path is None else tr("照片打不开")
        said = fonts.elide(said, 12, box.width() - 8)
        middle, colour = QPointF(box.center().x(), box.center().y() - 8), tokens.text_2
        if picture is not None:
            wide = fonts.width(said, 12) + 16
            band = QRectF(middle.x() - wide / 2, middle.y() - 11, wide, 22)
            painter.fillRect(band, QColor(0, 0, 0, 190))
            colour = QColor("#F2F4F6")
        write.text((middle.x(), middle.y()), said, colour, 12, side=Side.MIDDLE)
    band = QRectF(box.x(), box.bottom() + 1 - owner.theme.px(_CAPTION), box.width(), 22)
    painter.fillRect(band, QColor(0, 0, 0, 190))
    white, y = QColor("#F2F4F6"), band.center().y()
    time = times.clock(photo.at)
    x = band.right() - 6 - fonts.width(time, 11)
    room = x - band.left() - 12
    caption = labels.event(photo.caption)
    if room > 24:
        write.text((band.left() + 6, y), fonts.elide(caption, 11, room), white, 11, bold=True)
    if fonts.width(time, 11) <= band.width() - 12:
        write.text((x, y), time, white, 11)
