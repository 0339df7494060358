"""Two incidents that may be one: the same lines of both."""

from dispatch.desk.views import IncidentPane, Near
from ui import labels, times
from ui.incident.columns import Column, Compared, lines_of
from ui.incident.near import apart
from ui.tongue import tr
from ui.wording import told


def alike_lines(panes: tuple[IncidentPane, ...], now: int) -> tuple[Compared, ...]:
    """Return what is compared, in the order of the pane."""
    rows = tuple(pane.row for pane in panes)
    return lines_of(
        (
            (tr("编号"), tuple(row.number for row in rows)),
            (tr("事项"), tuple(row.item_name for row in rows)),
            (
                tr("优先级"),
                tuple(f"{row.priority} {labels.priority(row.priority)}" for row in rows),
            ),
            (tr("状态"), tuple(labels.state(row.state) for row in rows)),
            (tr("地点"), tuple(row.place for row in rows)),
            (tr("网格"), tuple(row.grid_name for row in rows)),
            (tr("上报时间"), tuple(times.minute(row.reported_at, now) for row in rows)),
            (
                tr("来源"),
                tuple(labels.source(pane.source) if pane.source else "" for pane in panes),
            ),
            (tr("上报人"), tuple(pane.reporter for pane in panes)),
            (tr("电话"), tuple(pane.phone for pane in panes)),
            (tr("单位"), tuple(row.unit_name for row in rows)),
            (tr("情况"), tuple(pane.text for pane in panes)),
            (
                tr("照片"),
                tuple(
                    tr("{photos} 张").format(photos=row.photos) if row.photos else ""
                    for row in rows
                ),
            ),
        )
    )


def alike_columns(pane: IncidentPane, other: IncidentPane, near: Near) -> tuple[Column, ...]:
    """Return the heads: this one, and the other with how far away it is."""
    away = told(tr("相距{metres}米 · 相隔{long}"), metres=near.distance_m, long=apart(near.apart_s))
    return (
        Column(told(tr("本件{number}"), number=pane.row.number[-4:]), "", "", "", _photos(pane)),
        Column(
            told(tr("疑似{number}"), number=other.row.number[-4:]), away, "", "", _photos(other)
        ),
    )


def _photos(pane: IncidentPane) -> tuple[str, ...]:
    return tuple(photo.sha256 for photo in pane.photos)
