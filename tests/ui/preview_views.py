"""Pictures of the seat's sheets over the whole window with made-up incidents (演示数据).

Run: python -m tests.ui.preview_views FOLDER [zh/en] [1366/1920] [night/day] [VIEW]...
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import tongue

if "en" in sys.argv:  # words are translated while their modules are imported
    tongue.choose("en")

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.form_drafts import FormDraft
from dispatch.desk.handover import HandoverDesk
from dispatch.desk.reporting import Reporting
from dispatch.desk.town import TownDesk
from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.codes import Channel, LineKind, Reward, Source, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_shift import ShiftCommand, ShiftVerb
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.shift import shift_of
from dispatch.domain.warning import Colour, ResponseLevel
from dispatch.wire import tables
from dispatch.wire.protocol import Claim, Table
from tests.desk.offices import FIRE, PASSWORD, SAFETY, Hand, nodes, open_desk
from tests.ui.preview_fire import around
from tests.ui.preview_palette import SIZES, given
from tests.unit.towns import HENGLI, hengli
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.look.theme import Theme
from ui.report.shift_sheet import ShiftSheet
from ui.seat_window import Given, SeatWindow

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
VIEWS = (
    *("main", "tray", "contact", "grid", "empty", "dispatch", "report", "feedback", "inform"),
    *("town", "handover", "duty", "log", "numbers", "month", "special", "import", "export"),
    *("drafts", "help", "order", "fire", "sign", "alike", "claims", "reporters"),
)


def put(desk: Desk, name: str, body: str) -> None:
    """Put a reference table in force."""
    desk.site.write(lambda log: log.set_table(Table(name, "9", body, b""), f"{name}-9")).result()


def fill(desk: Desk, hand: Hand) -> list[str]:
    """A morning with something due, somebody on duty, a signal and a promise."""
    phones = {unit.code: unit.phone for unit in hengli().units}
    organisation = [
        replace(each, phone=phones.get(each.code.rpartition("/")[2], "")) for each in nodes()
    ]
    put(desk, "organisation", tables.write_organisation(organisation, "9"))
    shift = shift_of(HENGLI, hand.now)
    seats = (("值班长", "chief1"), ("受理一席", "clerk1"), ("派遣一席", "dispatcher1"))
    duty = [tables.DutyEntry(shift, seat, who, "138****6021") for seat, who in seats]
    put(desk, "duty", tables.write_duty(duty, "9"))
    ids = given(desk, hand)
    act(desk, "dispatcher1", Verb.DISPATCH, ids[1], unit=FIRE)
    act(desk, "fire1", Verb.SIGN, ids[1], person="演示甲")
    due = hand.now + HOUR
    act(desk, "chief1", Verb.SUPERVISE, ids[1], level=Supervision.YELLOW, due=due)
    desk.shift_on("值班长").result()
    line = ShiftCommand(
        verb=ShiftVerb.WRITE, shift=shift, text="十一点前回电", kind=LineKind.PROMISE,
        incident=ids[2], due=hand.now + 30 * MINUTE,
    )  # fmt: skip
    HandoverDesk(desk).act(line).result()
    town = TownDesk(desk)
    town.set_mode(SetSignal(kind="typhoon", colour=Colour.ORANGE)).result()
    response = SetResponse(kind="wind", level=ResponseLevel.II, order_no="防指〔2026〕8 号")
    town.set_mode(response).result()
    hand.forward(65 * MINUTE)
    desk.login("chief1", PASSWORD).result()
    return ids


def act(desk: Desk, name: str, verb: Verb, id_: str, **options: object) -> None:
    """Do an act as somebody."""
    desk.login(name, PASSWORD).result()
    desk.act(Command(verb=verb, incident=id_, **options)).result()  # type: ignore[arg-type]


class Camera:
    """The window, its keys, and where the pictures go."""

    def __init__(
        self, whole: SeatWindow, ids: list[str], out: tuple[Path, str], desk: Desk, hand: Hand
    ) -> None:
        self.whole, self.window, self.ids = whole, whole.window, ids
        self._folder, self._tag = out
        self.desk, self.hand = desk, hand

    def shoot(self, name: str) -> None:
        """Save what is to be seen, then leave what lies open."""
        QTest.qWait(400)
        self.window.grab().save(str(self._folder / f"{name}-{self._tag}.png"))

    def wait(self, done: Callable[[], bool], seconds: float = 15) -> None:
        """Wait until it is so."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                print("waited in vain", self._tag)
                return
            QTest.qWait(20)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        QTest.qWait(250)

    def leave(self) -> None:
        """Close what lies open; what was begun is not kept."""
        for _ in range(3):
            self.key(Key.Key_Escape)

    def choose(self, at: int) -> None:
        """Show an incident."""
        self.window.show_incident(self.ids[at])
        QTest.qWait(900)

    def view(self, name: str) -> None:
        """Take one picture."""
        getattr(self, name)()
        self.shoot(name)
        self.leave()

    def main(self) -> None:
        """The seat, an incident that owes an information report in its pane."""
        self.choose(8)

    def fire(self) -> None:
        """A P1 with what is at hand, a whistle answered and one waited for, one unit there."""
        desk, row = self.desk, self.ids[8]
        found = desk.rows(frozenset({row})).result()[0]
        around(desk, self.hand, (found.lon, found.lat))
        act(desk, "dispatcher1", Verb.DISPATCH, row, unit=FIRE)
        act(desk, "fire1", Verb.SIGN, row, person="演示甲")
        end = self.hand.now + HOUR // 2
        both = (SAFETY, "公安")
        act(desk, "chief1", Verb.JOINT, row, unit=FIRE, assists=both, answer_by=end)
        act(desk, "fire1", Verb.ARRIVE, row, at=self.hand.now - 63 * MINUTE)
        self.hand.forward(3 * MINUTE)
        said = {"talked": "村书记", "text": "疏散三楼住户，断电断气", "due": end + HOUR}
        act(desk, "safety1", Verb.SUB_SIGN, row, at=self.hand.now, **said)
        desk.login("chief1", PASSWORD).result()
        self.choose(8)
        self.key(Key.Key_F, SHIFT)

    def sign(self) -> None:
        """The answer to a whistle."""
        self.desk.login("dispatcher1", PASSWORD).result()
        self.want(Verb.SUB_SIGN, 8)

    def _again(self, at: int, count: int) -> list[str]:
        """The same matter, reported again by citizens."""
        desk = self.desk
        desk.login("clerk1", PASSWORD).result()
        (row,) = desk.rows(frozenset({self.ids[at]})).result()
        found = []
        for nth in range(count):
            report = Command(
                verb=Verb.REPORT, incident=new_id(), item=row.item, source=Source.CITIZEN,
                place=row.place, text=f"演示：又有人反映 {nth + 1}", phone="138****0000",
            )  # fmt: skip
            found.append(report.incident)
            desk.report_at(report, row.lon + nth * 0.00004, row.lat).result()
        return found

    def alike(self) -> None:
        """Likely duplicates beside the incident."""
        self._again(10, 4)
        self.desk.login("chief1", PASSWORD).result()
        self.choose(10)
        self.key(Key.Key_B)
        QTest.qWait(500)

    def claims(self) -> None:
        """Somebody else has it open, and a dead seat had it."""
        now = self.hand.now
        held = (
            Claim(self.ids[11], "clerk1", "s2", now - 20_000),
            Claim(self.ids[11], "dispatcher1", "s3", now - 600_000),
        )
        self.desk.claims.hear(held, now)
        self.choose(11)

    def reporters(self) -> None:
        """Some who reported wait for word, one was told, and the reward is decided."""
        others = self._again(12, 3)
        for each in others:
            act(self.desk, "clerk1", Verb.MERGE, each, into=self.ids[12])
        act(self.desk, "clerk1", Verb.TELL, others[0], channel=Channel.PHONE)
        act(self.desk, "chief1", Verb.REWARD, self.ids[12], reward=Reward.CITIZEN, yuan=200)
        self.choose(12)

    def tray(self) -> None:
        """What is due and silent."""
        self.window.open_tray()

    def line(self, text: str) -> None:
        """A line in the palette."""
        self.whole.palette.open()
        palette = self.whole.palette.palette
        assert palette is not None
        palette.field.set_line(text)
        self.wait(lambda: palette.asking.settled)

    def contact(self) -> None:
        """Somebody to ring up."""
        self.line("xf")

    def grid(self) -> None:
        """A grid as a place of a report."""
        self.line(f"报 0605 {hengli().grids[0].name} 通道堵塞")

    def empty(self) -> None:
        """The palette with nothing typed."""
        self.line("")

    def want(self, verb: Verb, at: int) -> None:
        """Open an act's form."""
        self.choose(at)
        self.whole.acts.want(verb.value, self.whole.pane.shown())  # type: ignore[arg-type]
        QTest.qWait(900)

    def dispatch(self) -> None:
        """An order with its advice."""
        self.want(Verb.DISPATCH, 9)

    def report(self) -> None:
        """A report with the guide of its item."""
        self.whole.acts.report(None, "")
        QTest.qWait(500)

    def feedback(self) -> None:
        """The closing condition is asked for."""
        self.want(Verb.FEEDBACK, 1)

    def inform(self) -> None:
        """An information report with its draft."""
        self.want(Verb.INFORM, 8)

    def town(self) -> None:
        """Signals, responses, checks and notices."""
        self.key(Key.Key_F6)

    def handover(self) -> None:
        """The list of the change of shifts."""
        self.key(Key.Key_F9)
        self.key(Key.Key_Right)
        QTest.qWait(600)

    def duty(self) -> None:
        """Who is planned."""
        self.key(Key.Key_F5)

    def log(self) -> None:
        """The shift's log."""
        self.key(Key.Key_F7)

    def _sheet(self) -> ShiftSheet:
        self.key(Key.Key_F11)
        self.wait(lambda: bool(self.window.findChildren(ShiftSheet)))
        sheet = self.window.findChildren(ShiftSheet)[-1]
        self.wait(lambda: sheet.numbers.count() > 0)
        return sheet

    def numbers(self) -> None:
        """The list of numbers."""
        self._sheet()
        for _ in range(3):
            self.key(Key.Key_Down)

    def month(self) -> None:
        """A month's report, previewed."""
        sheet = self._sheet()
        self.key(Key.Key_4)
        self.key(Key.Key_V)
        self.wait(lambda: sheet.preview.pages() > 0, 60)

    def special(self) -> None:
        """A special report's span and items."""
        self._sheet()
        self.key(Key.Key_5)

    def import_(self) -> None:
        """The import of incidents."""
        self.key(Key.Key_I, CTRL)

    def export(self) -> None:
        """A list on its way out."""
        self.key(Key.Key_D, CTRL)

    def drafts(self) -> None:
        """Forms that were left: a report, and an information report."""
        desk, now = self.desk, self.hand.now
        for draft in (
            FormDraft("d1", "chief1", now - 9 * MINUTE, Verb.REPORT),
            FormDraft("d2", "chief1", now - MINUTE, Verb.INFORM, self.ids[8], "A9"),
        ):
            desk.keep_draft(draft).result()
        self.key(Key.Key_N, CTRL | SHIFT)
        QTest.qWait(400)

    def help(self) -> None:
        """Every key."""
        self.window.help.open()

    def order(self) -> None:
        """The order of an incident on paper."""
        self.choose(1)
        self.key(Key.Key_P, CTRL)


def main(words: list[str]) -> None:
    """Save the pictures."""
    folder, *wanted = words
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    tongue.install(app)
    views = [each for each in VIEWS if each in wanted] or list(VIEWS)
    for label, size in SIZES.items():
        for name in ("night", "day"):
            if _asked(wanted, label, name):
                with tempfile.TemporaryDirectory() as place:
                    _session(app, (label, size, name), (Path(place), out), views)


def _asked(wanted: list[str], label: str, name: str) -> bool:
    sizes, themes = {*SIZES} & {*wanted}, {"night", "day"} & {*wanted}
    return (not sizes or label in sizes) and (not themes or name in themes)


def _session(
    app: QApplication,
    look: tuple[str, tuple[int, int], str],
    where: tuple[Path, Path],
    views: list[str],
) -> None:
    (label, size, name), (place, out) = look, where
    hand = Hand()
    desk = open_desk(place / "seat", hand)
    ids = fill(desk, hand)
    theme = Theme("day" if name == "day" else "night")
    theme.apply(app)
    reporting, town = Reporting(desk), TownDesk(desk)
    sound = AlarmSound(RecordingSink())
    parts = Given(desk, lambda: reporting, hand, new_id, sound, place / "out", lambda: town)
    whole = SeatWindow(parts, theme)
    whole.window.resize(*size)
    whole.window.show()
    whole.window.activateWindow()
    whole.start()
    camera = Camera(whole, ids, (out, f"{label}-{name}"), desk, hand)
    camera.wait(lambda: whole.window.queue.model.rowCount() == len(ids))
    QTest.qWait(1500)
    for view in views:
        camera.view("import_" if view == "import" else view)
    whole.window.close()
    whole.tick.stop()
    desk.site.close()


if __name__ == "__main__":
    main(sys.argv[1:])
