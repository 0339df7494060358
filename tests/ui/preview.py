"""Pictures of the shell with made-up rows: night and day, 1920x1080 and 1366x768.

Run: python -m tests.ui.preview [folder]
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from dispatch.desk.views import QueueRow
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.codes import Priority, State
from tests.ui.queue_rows import NOW, STRIP, SmallDesk, row
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.alarms.watch import AlarmWatch
from ui.arrangement import Panels
from ui.live import Live
from ui.look.painting import Writer
from ui.look.theme import Theme
from ui.main_window import MainWindow
from ui.tick import Tick

SIZES = {"1920": (1920, 1080), "1366": (1366, 768)}
_FIRST = """\
1023|-192|P1|火情、冒烟(先报119)|隔坑村 工业二路 18 号|隔坑 03|FILED|
931|-2900|P2|消防车通道占用|恒泉 水边路口|恒泉 02|WORK|交警中队
987|-1267|P2|电动车室内停放充电|田头村 田头新街 41 号|田头 01|WORK|田头工作站
1041|131|P1|内涝、险情|半仙山村 山前排渠涵洞|半仙山 04|SENT|三防办
1002|520|P2|逃生通道、安全出口堵塞|村头村 兴村路 7 号厂房|村头 02|WORK|村头工作站
1038|592|P1|独居、困难老人异常|石涌村 旧围三巷 5 号|石涌 01|REPORTED|
1029|690|P2|广告牌、树木、构筑物危险|裕宁 中山路与振兴路口|裕宁 02|FILED|
1017|845|P2|燃气瓶超量、过期|新四村 新四市场 12 档|新四 03|SENT|市监分局
1011|1107|P2|三小场所违规住人|田坑村 田坑大道 233 号|田坑 02|WORK|消防大队
996|1570|P2|劳资、欠薪纠纷|长巷村 佳禾电子厂门口|长巷 01|WORK|公安分局
974|2324|P3|灭火器缺失、过期|恒泉 沿江南路 66 号|恒泉 05|DONE|恒泉工作站
1044|3130|P1|电信诈骗线索与劝阻|横沥村 育才路 9 号 3 楼|横沥 04|WORK|公安分局
1045|3960|P2|飞线充电|六甲村 六甲新村 2 排|六甲 02|FILED|
1036|5880|P2|校园及周边安全隐患|村尾村 中心小学北门|村尾 01|WORK|公安分局
1033|8400|P2|电气线路私拉乱接|水边村 水边四巷 11 号|水边 03|SENT|水边工作站
1030|11100|P2|小散工程、高处作业无防护|山厦村 山厦路 80 号|山厦 02|WORK|应急分局
1026|13260|P2|有限空间无审批作业|田饶步村 污水泵站|田饶步 03|VERIFY|
1019|22320|P3|市政消火栓损坏|月塘村 月塘大道中段|月塘 02|WORK|消防大队
1014|28080|P3|病媒孳生、积水|张坑村 张坑公园东侧|张坑 01|VISIT|社区卫生
862|200000|P3|市政消火栓损坏|田头村 田头大桥东|田头 04|HOLD|消防大队
"""


def made_up_rows() -> list[QueueRow]:
    """Return 46 open rows like those of a quiet afternoon."""
    chance = random.Random(5)
    rows = []
    for line in _FIRST.splitlines():
        digits, left, priority, item, place, grid, state, unit = line.split("|")
        number = int(digits)
        rows.append(
            row(
                number,
                int(left),
                priority=Priority(priority),
                item_name=item,
                place=place,
                grid_name=grid,
                state=State[state],
                unit=unit,
                unit_name=unit,
                photos=number % 3,
                contested=number == 1002,
                merged=11 if number == 1029 else 0,
                rework=1 if number == 1011 else 0,
                unsent=1 if number == 1044 else 0,
                waiting=("hold",) if number == 1019 else (),
            )
        )
    states = [s for s in State if s not in {State.CLOSED, State.MERGED, State.VOID, State.CITY}]
    for number in range(801, 827):
        state = chance.choice(states)
        rows.append(row(number, chance.randint(4_000, 200_000), state=state, priority=Priority.P3))
    return rows


class Place(QWidget):
    """Stands where another room's panel comes."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._name = name
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's override
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.map_out if self._name == "地图" else tokens.panel)
        Writer(painter, self._theme.fonts).text((16, 20), self._name, tokens.text_1, 16, bold=True)


def window(desk: SmallDesk, theme: Theme) -> tuple[MainWindow, Tick, Live]:
    """Return the shell over a small desk with places for the other panels."""
    tick = Tick(lambda: NOW)
    live = Live(desk)
    watch = AlarmWatch(live, AlarmSound(RecordingSink()), tick)
    panels = Panels(Place("地图", theme), Place("人员", theme), Place("事件", theme))
    return MainWindow(live, theme, tick, watch, panels), tick, live


def settled(app: QApplication) -> None:
    """Let queued answers arrive and paint."""
    for _ in range(20):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def main() -> None:
    """Save the pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "shell-pictures")
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    desk = SmallDesk(*made_up_rows())
    desk.lines = (
        Exceptional("contested", "HL-20251121-1002", NOW - 60_000, "chief", "id-001002"),
        *(Exceptional("silent", "黄丽君", NOW - 34 * 60_000, "dispatcher", "") for _ in range(4)),
    )
    for name in ("night", "day"):
        for label, size in SIZES.items():
            theme = Theme("night" if name == "night" else "day")
            theme.apply(app)
            shell, tick, live = window(desk, theme)
            shell.resize(*size)
            live.start()
            shell.show()
            settled(app)
            shell.queue.show_incident("id-001023")
            shell.watch.acknowledge("id-001041")
            if name == "day":
                for alarm in shell.watch.board.alarms:
                    shell.watch.acknowledge(alarm.key)
                desk.now_strip = replace(STRIP, unsent=12, oldest_unsent_at=NOW - 400_000)
                live.strip_changed.emit(desk.now_strip)
            shell.bottom.offer_undo("已派遣 1029")
            settled(app)
            shell.grab().save(str(folder / f"shell-{label}-{name}.png"))
            if label == "1920":
                (shell.open_tray if name == "night" else shell.help.open)()
                settled(app)
                shell.grab().save(str(folder / f"shell-{label}-{name}-over.png"))
            desk.now_strip = STRIP
            tick.stop()
            shell.close()
    print(folder)


if __name__ == "__main__":
    main()
