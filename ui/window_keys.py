"""Which key does what in the window; panels add what they handle while they have the focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.queue.order import Chip
from ui.queue.rail import VIEWS
from ui.tongue import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_TABS = tuple(f"Alt+{digit}" for digit in range(10))
_CHIPS = (
    (Chip.RED, "Alt+R", tr("只看红灯")),
    (Chip.YELLOW, "Alt+Y", tr("只看黄灯")),
    (Chip.P1, "Alt+P", tr("只看 P1")),
)


def bind_keys(window: MainWindow) -> None:
    """Bind every key of the window."""
    keys, queue = window.shortcuts, window.queue
    keys.note(tr("队列"), "↑ ↓", tr("上一条、下一条"))
    keys.bind(tr("队列"), "N", tr("下一条"), queue.next_row)
    keys.note(tr("队列"), "← →", tr("上一类、下一类"))
    keys.note(tr("队列"), "Enter", tr("打开事件"))
    keys.note(tr("队列"), "Home", tr("到最前，收进新到的"))
    keys.bind(tr("队列"), "F Ctrl+F", tr("搜索"), queue.search)
    keys.bind(tr("队列"), "Alt+S", tr("换排序"), queue.next_sorting)
    for chip, key, words in _CHIPS:
        keys.bind(tr("队列"), key, words, partial(window.toggle, chip))
    for place, key in enumerate(_TABS):
        keys.bind(tr("环节"), key, _tab_words(window, place), partial(queue.choose_tab, place))
    keys.bind(tr("办理"), "Ctrl+K /", tr("命令"), window.palette_wanted.emit)
    keys.bind(tr("办理"), "Ctrl+N", tr("上报"), partial(window.report_wanted.emit, ""))
    keys.bind(tr("办理"), "Z", tr("撤销刚才的动作"), window.undo)
    keys.note(tr("办理"), "1 2 3", tr("选派遣建议"))
    keys.note(tr("办理"), ".", tr("更多动作"))
    keys.bind(tr("告警"), "Space", tr("确认告警"), window.acknowledge)
    keys.bind(tr("告警"), "F8", tr("静音 2 分钟"), window.watch.mute)
    keys.bind(tr("告警"), "Ctrl+E", tr("例外"), window.open_tray)
    keys.note(tr("地图"), "0", tr("复位"))
    keys.note(tr("地图"), "+ -", tr("放大、缩小"))
    keys.note(tr("地图"), "← → ↑ ↓", tr("移动"))
    keys.note(tr("地图"), "1 2 3 4 5", tr("图层"))
    keys.note(tr("地图"), "M", tr("量距离"))
    keys.note(tr("地图"), "B", tr("框选"))
    keys.note(tr("地图"), "L", tr("图例"))
    keys.note(tr("人员"), "1 2 3 4 5 6", tr("按状态筛选"))
    keys.bind(tr("窗口"), "W", tr("人员"), window.middle.toggle_board)
    keys.note(tr("窗口"), "Esc", tr("回到队列"))
    for name, title, _, key in VIEWS:
        keys.bind(tr("窗口"), key, title, partial(window.open_view, name))
    keys.bind(tr("窗口"), "Ctrl+L", tr("登录、换人"), window.login_wanted.emit)
    keys.bind(tr("窗口"), "Ctrl+T", tr("日间、夜间"), window.change_theme)
    keys.bind(tr("窗口"), "Ctrl+=", tr("字大一号"), partial(window.change_scale, 1))
    keys.bind(tr("窗口"), "Ctrl+-", tr("字小一号"), partial(window.change_scale, -1))
    keys.bind(tr("窗口"), "Ctrl+0", tr("恢复布局"), window.middle.reset)
    keys.bind(tr("窗口"), "? F1", tr("这张表"), window.help.open)


def _tab_words(window: MainWindow, place: int) -> str:
    tabs = window.queue.rail.tabs()
    return tabs[place].name if place < len(tabs) else tr("其他")
