"""The lists as they go out: which columns each has, and its rows read batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from dispatch.desk.masks import masked, masked_name
from dispatch.desk.views_export import Cut, ExportOrder, ExportProgress, What
from dispatch.domain.calendar import local
from dispatch.files.sheet import CellKind, Column, Line

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk

N, T = CellKind.NUMBER, CellKind.TIME
_LON, _LAT = Column("lon", "经度", N), Column("lat", "纬度", N)
_SYNTHETIC = Column("data", "数据性质")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list's rows come from, at one moment (`now`, UTC ms); `clear`: nothing is masked."""

    desk: Desk
    order: ExportOrder
    now: int
    clear: bool

    @property
    def cut(self) -> Cut:
        """Which part is wanted."""
        return self.order.cut

    @property
    def word(self) -> Callable[[str, str], str]:
        """Words for codes."""
        return self.order.word

    def phone(self, number: str) -> str:
        """Return a phone as the file may show it."""
        return number if self.clear else masked(number)

    def name(self, name: str) -> str:
        """Return a private person's name as the file may show it."""
        return name if self.clear else masked_name(name)

    def tell(self, part: float, rows: int) -> None:
        """Say how far it is."""
        self.order.on_progress(ExportProgress(part, rows))


Rows = Callable[[Source], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its title, its columns, where its rows come from, what can narrow it."""

    title: str
    columns: tuple[Column, ...]
    rows: Rows
    cuts: frozenset[str] = frozenset()


def time(moment: int | None) -> datetime | None:
    """Return UTC milliseconds as China's time."""
    return None if moment is None else local(moment)


INCIDENTS: Final = (
    *(Column("number", "编号"), Column("id", "标识"), Column("state", "状态码")),
    *(Column("state_name", "状态"), Column("light", "灯"), Column("priority", "优先级")),
    *(Column("item", "事项编码"), Column("item_name", "事项"), Column("source", "来源")),
    *(Column("text", "内容"), Column("place", "地点"), Column("village", "村编码")),
    *(Column("village_name", "村（社区）"), Column("grid", "网格编码")),
    *(Column("grid_name", "网格"), _LON, _LAT),
    *(Column("reporter", "反映人"), Column("phone", "电话"), Column("unit", "单位编码")),
    *(Column("unit_name", "处置单位"), Column("person", "负责人")),
    *(Column("reported_at", "上报时间", T), Column("due_at", "时限", T)),
    *(Column("closed_at", "结案时间", T), Column("rework", "返工", N)),
    *(Column("photos", "照片", N), Column("contested", "争议"), Column("unsent", "未送出", N)),
    Column("whistle", "吹哨"),
)
WORKERS: Final = (
    *(Column("number", "工号"), Column("name", "姓名"), Column("phone", "电话")),
    *(Column("grid", "网格编码"), Column("grid_name", "网格"), Column("status", "状态码")),
    *(Column("status_name", "状态"), Column("since", "自何时", T), Column("task", "任务")),
    *(_LON, _LAT, Column("fix_at", "定位时间", T), Column("done_today", "今日已办", N)),
)
GRIDS: Final = (
    *(Column("code", "网格编码"), Column("name", "网格"), Column("village", "村编码")),
    *(Column("village_name", "村（社区）"), _LON, _LAT, _SYNTHETIC),
)
UNITS: Final = (
    *(Column("unit", "单位编码"), Column("name", "单位"), Column("level", "类别码")),
    *(Column("level_name", "类别"), _LON, _LAT, _SYNTHETIC),
)
OBJECTS: Final = (
    *(Column("code", "编码"), Column("kind", "类别"), Column("name", "名称")),
    *(Column("grid", "网格编码"), Column("grid_name", "网格"), Column("address", "地址")),
    *(Column("person", "联系人"), Column("phone", "电话"), _LON, _LAT),
    *(Column("every_days", "检查周期（天）", N), Column("due_on", "应查日")),
)
JOURNAL: Final = (
    *(Column("at", "时间", T), Column("shift", "班次"), Column("account", "账号")),
    *(Column("person", "姓名"), Column("role", "岗位"), Column("kind", "类别")),
    *(Column("type", "动作"), Column("number", "事件编号"), Column("item_name", "事项")),
    *(Column("text", "内容"), Column("due_at", "期限", T), Column("kept_by", "兑现人")),
)
HANDOVER: Final = (
    *(Column("shift", "班次"), Column("list", "清单"), Column("number", "编号")),
    *(Column("item", "事项编码"), Column("item_name", "事项"), Column("place", "地点")),
    *(Column("priority", "优先级"), Column("state", "状态码"), Column("state_name", "状态")),
    *(Column("light", "灯"), Column("due_at", "时限", T), Column("owner", "责任人")),
    *(Column("what", "说明"), Column("ticked_by", "勾清人"), Column("ticked_at", "勾清时间", T)),
)
EXCEPTIONS: Final = (
    *(Column("kind", "类别码"), Column("kind_name", "类别"), Column("what", "说明")),
    *(Column("since", "自何时", T), Column("owner", "责任岗位"), Column("number", "事件编号")),
)


def listing(what: What) -> Listing:
    """Return a list by its word."""
    # Each brings what it reads; a call imports one of them.
    from dispatch.desk import export_incidents, export_shift, export_town  # noqa: PLC0415

    span = frozenset({"from_at", "to_at"})
    match what:
        case What.INCIDENTS:
            cuts = span | {"state"}
            return Listing("事件", INCIDENTS, export_incidents.incidents, cuts)
        case What.WORKERS:
            return Listing("网格员", WORKERS, export_town.workers)
        case What.GRIDS:
            return Listing("网格", GRIDS, export_town.grids)
        case What.UNITS:
            return Listing("处置单位", UNITS, export_town.units)
        case What.OBJECTS:
            return Listing("管理对象", OBJECTS, export_town.objects)
        case What.JOURNAL:
            cuts = span | {"shift", "account", "kind"}
            return Listing("值班日志", JOURNAL, export_shift.journal, cuts)
        case What.HANDOVER:
            return Listing("交接清单", HANDOVER, export_shift.handover, frozenset({"shift"}))
        case What.EXCEPTIONS:
            return Listing("例外", EXCEPTIONS, export_shift.exceptions)
