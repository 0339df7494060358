"""The lines of the city's view painted: a town with its figures, a site with its state."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views_sites import SiteView
from ui import times
from ui.city.figures import WELL, TownFigures
from ui.city.words import SHAPES, told
from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.tongue import tr

HEAD: Final = 26
TOWN_COLUMNS: Final = (
    (14, tr("镇街"), Side.LEFT),
    (172, tr("未结"), Side.RIGHT),
    (220, tr("红"), Side.RIGHT),
    (264, tr("黄"), Side.RIGHT),
    (326, tr("站点"), Side.RIGHT),
)
SITE_COLUMNS: Final = (
    (40, tr("状态"), Side.LEFT),
    (150, tr("镇街"), Side.LEFT),
    (236, tr("站点"), Side.LEFT),
    (466, tr("上次联系"), Side.RIGHT),
    (530, tr("待发"), Side.RIGHT),
    (590, tr("未读"), Side.RIGHT),
    (650, tr("版本"), Side.RIGHT),
    (722, tr("钟差"), Side.RIGHT),
    (776, tr("隔离"), Side.RIGHT),
    (830, tr("分叉"), Side.RIGHT),
    (906, tr("检查点"), Side.RIGHT),
)
"""Where a column stands, at 100 %; its heads and its texts share one edge."""
_ROOM: Final = {40: 102, 150: 78, 236: 146}
"""How wide a left column's texts may be."""
TOWN_WIDTH: Final = 344
SITE_WIDTH: Final = 930


class Heads(QWidget):
    """The heads of a list's columns."""

    def __init__(
        self, columns: tuple[tuple[int, str, Side], ...], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._theme = theme
        self.setFixedHeight(theme.px(HEAD))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.fillRect(self.rect(), theme.tokens.panel)
        write = Writer(painter, theme.fonts)
        for x, name, side in self._columns:
            at = (theme.px(x), self.height() / 2)
            write.text(at, name, theme.tokens.text_3, 12, side=side)
        hairline(painter, 0, self.height() - 1, self.width(), theme.tokens.line)


class TownPaint:
    """Paints a town's line."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(self, painter: QPainter, box: QRect, town: TownFigures) -> None:
        """Paint it: figures of nought are quiet."""
        tokens = self._theme.tokens
        write = Writer(painter, self._theme.fonts)
        sites = f"{town.sites - town.troubled}/{town.sites}"
        texts = (
            (town.name, tokens.text_1),
            (f"{town.open:,}", tokens.text_1 if town.open else tokens.text_3),
            (f"{town.red:,}", tokens.red if town.red else tokens.text_3),
            (f"{town.yellow:,}", tokens.amber_text if town.yellow else tokens.text_3),
            (sites, tokens.amber_text if town.troubled else tokens.text_2),
        )
        middle = box.center().y() + 0.5
        for (x, _, side), (text, ink) in zip(TOWN_COLUMNS, texts, strict=True):
            write.text((box.left() + self._theme.px(x), middle), text, ink, 13, side=side)

    def spoken(self, town: TownFigures) -> str:
        """Return the line in words."""
        words = tr("{town}：未结 {open}，超时 {red}，将到时 {yellow}，站点正常 {well}/{sites}")
        return words.format(
            town=town.name,
            open=town.open,
            red=town.red,
            yellow=town.yellow,
            well=town.sites - town.troubled,
            sites=town.sites,
        )


class SitePaint:
    """Paints a site's line; `now` gives UTC milliseconds."""

    def __init__(self, theme: Theme, now: Callable[[], int]) -> None:
        self._theme = theme
        self._now = now

    def paint(self, painter: QPainter, box: QRect, site: SiteView) -> None:
        """Paint it: shape and words say what is wrong, the hue repeats it."""
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write = Writer(painter, theme.fonts)
        middle = box.center().y() + 0.5
        ratio = painter.device().devicePixelRatioF()
        shape = SHAPES[site.trouble]
        mark = theme.marks.light(shape, px(14), ratio)
        draw_centred(painter, mark, box.left() + px(22), middle)
        inks = {Light.RED: tokens.red, Light.YELLOW: tokens.amber_text}
        ink = inks.get(shape, tokens.text_2)
        for nth, ((x, _, side), text) in enumerate(
            zip(SITE_COLUMNS, self._texts(site), strict=True)
        ):
            colour = ink if nth == 0 else tokens.text_1 if nth in {1, 2} else tokens.text_2
            room = px(SITE_COLUMNS[nth + 1][0] - x - 8) if side is Side.LEFT and nth < 2 else 0
            room = px(156) if nth == 2 else room
            said = theme.fonts.elide(text, 13, room) if room else text
            bold = nth == 0 and site.trouble not in WELL
            at = (box.left() + px(x), middle)
            write.text(at, said, colour, 13, bold=bold, side=side)

    def _texts(self, site: SiteView) -> tuple[str, ...]:
        now = self._now()
        offset = site.offset_ms
        return (
            told(site, now),
            site.town_name,
            f"{site.scope_name} {site.letter}" + (f" · {site.name}" if site.name else ""),
            times.minute(site.contact, now) if site.contact is not None else "—",
            _count(site.unsent),
            _count(site.lag),
            site.version or "—",
            "—" if offset is None else tr("{seconds} 秒").format(seconds=f"{offset / 1000:+.1f}"),
            _count(site.held),
            _count(site.forks),
            times.age(site.checkpoint_at, now),
        )

    def spoken(self, site: SiteView) -> str:
        """Return the line in words."""
        named = (name for _, name, _ in SITE_COLUMNS)
        pairs = zip(named, self._texts(site), strict=True)
        return tr("，").join(f"{name} {text}" for name, text in pairs)


def _count(count: int | None) -> str:
    return "—" if count is None else f"{count:,}"
