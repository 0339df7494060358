"""What stands in the town, painted: the signal bar, the response, checks and notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_town import CampaignView, ForceView, ModesView, NoticeView, Standing
from dispatch.domain.bodies_town import RoundKind
from dispatch.domain.warning import SIGNALS, Colour
from ui import times, town_words
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_bar, draw_centred, outline
from ui.look.theme import Theme
from ui.look.tokens import signals
from ui.tongue import tr
from ui.town.force_lines import draw_force, force_lines

LINE: Final = 30
_HEAD: Final = 36
_BOX: Final = 30
_BAR: Final = 120
MOST: Final = 6
_DARK: Final = "#14191F"
_LIGHT_ON: Final = frozenset({Colour.BLUE, Colour.RED})


@dataclass(frozen=True, slots=True)
class Told:
    """What the board shows; None until it has come."""

    modes: ModesView | None = None
    campaigns: tuple[CampaignView, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    force: ForceView | None = None

    def led(self) -> tuple[CampaignView, ...]:
        """Return the patrols under way that leaders lead."""
        kind = RoundKind.LED
        return tuple(e for e in self.campaigns if e.kind is kind and not e.ended and e.nodes)

    def to_read(self) -> tuple[NoticeView, ...]:
        """Return the notices that this person has still to read, as they are numbered."""
        return tuple(each for each in self.notices[:MOST] if each.mine and not each.read)


class TownBoard(Section):
    """Three parts, one under the other; a count stands where a list was cut."""

    closed_by_line = False

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self.told = Told()
        self.now = 0
        super().__init__(theme, parent)
        self.refresh()

    def show_told(self, told: Told, now: int) -> None:
        """Show it as of now, UTC milliseconds."""
        self.told, self.now = told, now
        self.refresh()

    def _counts(self) -> tuple[int, int, int]:
        modes = self.told.modes
        signals_ = len(modes.signals) if modes else 0
        responses = len(modes.responses) + len(modes.frozen) if modes else 0
        rounds = min(len(self.told.campaigns), MOST)
        return max(1, signals_), max(1, responses), max(1, rounds)

    def height_for(self, width: int) -> int:
        shown, responses, rounds = self._counts()
        notices = max(1, min(len(self.told.notices), MOST))
        force = force_lines(self.told.force)
        lines = shown * (_BOX + 12) + (responses + rounds + notices + force) * LINE
        return self.theme.px(lines + 5 * _HEAD + 16)

    def draw(self, painter: QPainter, write: Writer) -> None:
        y = self._signals(painter, write, float(self.theme.px(_HEAD) / 2))
        y = self._responses(painter, write, y)
        y = draw_force(self, painter, write, y)
        y = self._campaigns(painter, write, y)
        self._notices(painter, write, y)

    def _empty(self, write: Writer, y: float, words: str) -> float:
        write.text((SIDE, y), words, self.theme.tokens.text_2, 13)
        return y + self.theme.px(LINE)

    def begin(self, write: Writer, y: float, title: str, right: str = "") -> float:
        """Write a part's title; return where its first line stands."""
        self.title(write, y, title, right)
        return y + self.theme.px(_HEAD - 4)

    def _signals(self, painter: QPainter, write: Writer, y: float) -> float:
        modes, px = self.told.modes, self.theme.px
        said = self.tr("{count} 种有争议").format(count=modes.contested) if modes else ""
        y = self.begin(write, y, self.tr("预警信号"), said if modes and modes.contested else "")
        if modes is None or not modes.signals:
            return self._empty(write, y, self.tr("没有生效的预警信号。S 发布")) + px(12)
        for each in modes.signals:
            self._bar_of(painter, write, y, each)
            y += px(_BOX + 12)
        return y + px(4)

    def _bar_of(self, painter: QPainter, write: Writer, y: float, stand: Standing) -> None:
        """The kind, its colours from left to right with the one that stands filled, since when."""
        tokens, px = self.theme.tokens, self.theme.px
        order = stand.order
        word = town_words.signal(order.kind, None)
        write.text((SIDE, y), word, tokens.text_1, 14, bold=True)
        x = float(SIDE + px(84))
        rivals = {each.colour for each in stand.rivals}
        for colour in SIGNALS.get(order.kind, tuple(Colour)):
            box = QRectF(round(x), round(y - px(_BOX) / 2), px(64), px(_BOX))
            public: QColor = getattr(signals(), colour.value)
            stands = colour is order.colour
            if stands:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(public)
                painter.drawRoundedRect(box, 4, 4)
                if colour is Colour.WHITE:
                    outline(painter, box, tokens.control, 4)
            else:
                pale = colour is Colour.WHITE and not tokens.dark
                edge = tokens.control if pale else public
                outline(painter, box, tokens.violet if colour in rivals else edge, 4)
            ink = QColor("#FFFFFF" if colour in _LIGHT_ON else _DARK) if stands else tokens.text_1
            at = (box.center().x(), y)
            write.text(at, town_words.colour(colour), ink, 13, bold=stands, side=Side.MIDDLE)
            x += px(64 + 8)
        self._when(write, y, x, stand)

    def _when(self, write: Writer, y: float, x: float, stand: Standing) -> None:
        tokens, fonts = self.theme.tokens, self.theme.fonts
        order = stand.order
        since = self.tr("{at} 起").format(at=times.minute(order.since, self.now))
        parts = [part for part in (order.order_no, since, order.by) if part]
        if stand.rivals:
            parts.insert(0, self.tr("争议"))
        right = self.width() - SIDE
        said = fonts.elide(" · ".join(parts), 12, right - x - 12)
        ink = tokens.violet if stand.rivals else tokens.text_2
        write.text((right, y), said, ink, 12, side=Side.RIGHT)

    def _responses(self, painter: QPainter, write: Writer, y: float) -> float:
        modes, px, tokens = self.told.modes, self.theme.px, self.theme.tokens
        y = self.begin(write, y, self.tr("应急响应"))
        if modes is None or not modes.responses:
            return self._empty(write, y, self.tr("没有启动应急响应。R 调整")) + px(12)
        for each in modes.responses:
            word = town_words.response(each.order.kind, each.order.level)
            x = SIDE + write.text((SIDE, y), word, tokens.text_1, 14, bold=True)
            if each.rivals:
                rivals = tr("、").join(town_words.level(rival.level) for rival in each.rivals)
                told = self.tr("另有 {levels}").format(levels=rivals)
                x += px(12) + write.text((x + px(12), y), told, tokens.violet, 13, bold=True)
            self._when(write, y, x, each)
            y += px(LINE)
        for priority, since in modes.frozen:
            mark = self.theme.marks.light(Light.HOLD, px(14), self.devicePixelRatioF())
            draw_centred(painter, mark, SIDE + px(7), y)
            told = self.tr("{priority} 时限已冻结").format(priority=priority)
            write.text((SIDE + px(24), y), told, tokens.text_1, 13)
            count = self.tr("{count} 件 · {at} 起 · 解除后续计").format(
                count=modes.still, at=times.minute(since, self.now)
            )
            at = (self.width() - SIDE, y)
            write.text(at, count, tokens.text_2, 12, side=Side.RIGHT)
            y += px(LINE)
        return y + px(4)

    def _campaigns(self, painter: QPainter, write: Writer, y: float) -> float:
        every, px = self.told.campaigns, self.theme.px
        y = self.begin(write, y, self.tr("专项检查、带队巡查、机动队任务"), self._more(len(every)))
        if not every:
            return self._empty(write, y, self.tr("没有下发的检查。C 下发到全部网格")) + px(12)
        for each in every[:MOST]:
            self._campaign(painter, write, y, each)
            y += px(LINE)
        return y + px(4)

    def _campaign(self, painter: QPainter, write: Writer, y: float, each: CampaignView) -> None:
        tokens, fonts, px = self.theme.tokens, self.theme.fonts, self.theme.px
        right = float(self.width() - SIDE)
        late = not each.ended and self.now > each.due and each.targets_done < each.targets
        counts = f"{each.targets_done} / {each.targets}"
        ink = tokens.amber_text if late else tokens.text_1
        right -= write.text((right, y), counts, ink, 13, bold=True, side=Side.RIGHT) + px(12)
        box = QRectF(right - px(_BAR), y - 3, px(_BAR), 6)
        share = each.targets_done / max(1, each.targets)
        draw_bar(painter, box, share, tokens, tokens.amber if late else None)
        right -= px(_BAR + 12)
        parts = [self.tr("已结束")] if each.ended else []
        if each.sealed_until is not None and self.now < each.sealed_until:
            parts.append(
                self.tr("密封至 {at}").format(at=times.minute(each.sealed_until, self.now))
            )
        if each.found or each.kind is RoundKind.LED:
            parts.append(self.tr("发现 {count}").format(count=each.found))
        if each.problems:
            parts.append(self.tr("有问题 {count}").format(count=each.problems))
        parts.append(self.tr("{at} 前").format(at=times.minute(each.due, self.now)))
        right -= write.text((right, y), " · ".join(parts), tokens.text_2, 12, side=Side.RIGHT)
        title = fonts.elide(self._called(each), 13, right - SIDE - px(12))
        write.text((SIDE, y), title, tokens.text_1, 13)

    def _called(self, each: CampaignView) -> str:
        """The title, before it who leads a patrol or that it is a squad's."""
        title = each.title or each.id
        if each.kind is RoundKind.LED and each.leader is not None:
            leader = town_words.POSTS.get(each.leader, each.leader)
            return self.tr("{leader}带队 · {title}").format(leader=leader, title=title)
        if each.kind is RoundKind.SQUAD:
            return self.tr("机动队 · {title}").format(title=title)
        return title

    def _notices(self, painter: QPainter, write: Writer, y: float) -> float:
        every, px = self.told.notices, self.theme.px
        y = self.begin(write, y, self.tr("通知"), self._more(len(every)))
        if not every:
            return self._empty(write, y, self.tr("没有通知。G 发通知"))
        keys = {each.id: str(nth) for nth, each in enumerate(self.told.to_read(), 1)}
        for each in every[:MOST]:
            self._notice(painter, write, y, (each, keys.get(each.id, "")))
            y += px(LINE)
        return y

    def _notice(
        self, painter: QPainter, write: Writer, y: float, shown: tuple[NoticeView, str]
    ) -> None:
        tokens, fonts, px = self.theme.tokens, self.theme.fonts, self.theme.px
        each, key = shown
        x, right = float(SIDE), float(self.width() - SIDE)
        x += write.text((x, y), times.minute(each.issued_at, self.now), tokens.text_3, 12) + px(10)
        whole = each.read_by == len(each.readers)
        said = self.tr("已读 {count}/{all}").format(count=each.read_by, all=len(each.readers))
        ink = tokens.text_2 if whole else tokens.amber_text
        right -= write.text((right, y), said, ink, 12, bold=not whole, side=Side.RIGHT) + px(12)
        if key:
            width = keycap_width(fonts, key)
            corner = QPointF(right - width, y - CAP / 2)
            draw_keycap(painter, corner, key, (tokens, fonts))
            right -= width + px(6)
            right -= write.text((right, y), self.tr("读"), tokens.text_2, 12, side=Side.RIGHT)
            right -= px(12)
        elif not whole:
            missing = _names(reader.name for reader in each.readers if reader.at is None)
            told = fonts.elide(self.tr("未读 {names}").format(names=missing), 12, (right - x) / 2)
            right -= write.text((right, y), told, tokens.text_2, 12, side=Side.RIGHT) + px(12)
        line = f"{each.title}　{each.text}" if each.text else each.title
        title = fonts.elide(line, 13, right - x)
        write.text((x, y), title, tokens.text_1, 13, bold=bool(key))

    def _more(self, count: int) -> str:
        if count <= MOST:
            return ""
        return self.tr("最近 {shown} 条，共 {count} 条").format(shown=MOST, count=count)


def _names(names: Iterable[str]) -> str:
    return tr("、").join(names)
