"""Which key does what in the window; panels add what they handle while they have the focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.queue.order import Chip
from ui.queue.rail import VIEWS

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_TABS = tuple(f"Alt+{digit}" for digit in range(10))
_CHIPS = (
    (Chip.RED, "Alt+R", "只看红灯"),
    (Chip.YELLOW, "Alt+Y", "只看黄灯"),
    (Chip.P1, "Alt+P", "只看 P1"),
)


def bind_keys(window: MainWindow) -> None:
    """Bind every key of the window."""
    keys, queue = window.shortcuts, window.queue
    keys.note("队列", "↑ ↓ J K", "上一条、下一条")
    keys.bind("队列", "N", "下一条", queue.next_row)
    keys.note("队列", "← →", "上一类、下一类")
    keys.note("队列", "Enter", "打开事件")
    keys.note("队列", "Home", "到最前，收进新到的")
    keys.bind("队列", "F Ctrl+F", "搜索", queue.search)
    keys.bind("队列", "Alt+S", "换排序", queue.next_sorting)
    for chip, key, words in _CHIPS:
        keys.bind("队列", key, words, partial(window.toggle, chip))
    for place, key in enumerate(_TABS):
        keys.bind("环节", key, _tab_words(window, place), partial(queue.choose_tab, place))
    keys.bind("办理", "Ctrl+K /", "命令", window.palette_wanted.emit)
    keys.bind("办理", "Ctrl+N", "上报", partial(window.report_wanted.emit, ""))
    keys.bind("办理", "Z", "撤销刚才的动作", window.undo)
    keys.note("办理", "1 2 3", "选派遣建议")
    keys.note("办理", ".", "更多动作")
    keys.bind("告警", "Space", "确认告警", window.acknowledge)
    keys.bind("告警", "F8", "静音 2 分钟", window.watch.mute)
    keys.bind("告警", "Ctrl+E", "例外", window.open_tray)
    keys.note("地图", "0", "复位")
    keys.note("地图", "+ -", "放大、缩小")
    keys.note("地图", "← → ↑ ↓", "移动")
    keys.note("地图", "1 2 3 4 5", "图层")
    keys.note("地图", "M", "量距离")
    keys.note("地图", "B", "框选")
    keys.note("地图", "L", "图例")
    keys.note("人员", "1 2 3 4 5 6", "按状态筛选")
    keys.bind("窗口", "W", "人员", window.middle.toggle_board)
    keys.note("窗口", "Esc", "回到队列")
    for name, title, _, key in VIEWS:
        keys.bind("窗口", key, title, partial(window.open_view, name))
    keys.bind("窗口", "Ctrl+L", "登录、换人", window.login_wanted.emit)
    keys.bind("窗口", "Ctrl+T", "日间、夜间", window.change_theme)
    keys.bind("窗口", "Ctrl+=", "字大一号", partial(window.change_scale, 1))
    keys.bind("窗口", "Ctrl+-", "字小一号", partial(window.change_scale, -1))
    keys.bind("窗口", "Ctrl+0", "恢复布局", window.middle.reset)
    keys.bind("窗口", "? F1", "这张表", window.help.open)


def _tab_words(window: MainWindow, place: int) -> str:
    tabs = window.queue.rail.tabs()
    return tabs[place].name if place < len(tabs) else "其他"
