"""Prove that what lists and searches show is the fold of the log, incident by incident."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, select

from dispatch.domain.errors import Damage
from dispatch.store import folding, projection
from dispatch.store.schema import ABSENT, EVENT, View
from dispatch.store.search import question

_PIECE: Final = 200


def check_view(connection: Connection, view: View) -> int:
    """Fold every incident anew and compare it with its row and text; return how many."""
    ids = (
        select(EVENT.c.subject)
        .where(
            EVENT.c.kind == "incident",
            EVENT.c.held.is_(None),
            EVENT.c.subject.not_in(select(ABSENT.c.subject)),
        )
        .distinct()
        .order_by(EVENT.c.subject)
    )
    every = list(connection.execute(ids).scalars())
    for start in range(0, len(every), _PIECE):
        _check_piece(connection, view, every[start : start + _PIECE])
    table = view.incident
    extra = select(table.c.id).where(table.c.id.not_in(ids)).order_by(table.c.pos).limit(1)
    found = connection.execute(extra).scalar()
    if found is not None:
        raise Damage(f"视图行 {found}", "日志中没有这个事件")
    lost = select(view.words.c.pos).where(view.words.c.pos.not_in(select(table.c.pos))).limit(1)
    if connection.execute(lost).scalar() is not None:
        raise Damage("全文检索", "有不属于任何事件的文本")
    return len(every)


def _check_piece(connection: Connection, view: View, ids: list[str]) -> None:
    rows = {
        row.id: row
        for row in connection.execute(select(view.incident).where(view.incident.c.id.in_(ids)))
    }
    told = folding.indexed(connection, view, ids)
    folded = folding.load(connection, ids)
    for id_ in ids:
        row = rows.get(id_)
        if row is None:
            raise Damage(f"视图行 {id_}", "缺少这一行")
        _compare(row, projection.values(folded[id_]))
        if told[id_] != (row.pos, folded[id_].body):
            raise Damage(f"视图行 {id_}", "检索文本与日志不符")
        _find(connection, view, row.pos, folded[id_].body)


def _compare(row: Row[Any], expected: dict[str, Any]) -> None:  # Any: one value per column
    for name, value in expected.items():
        if name != "stamp" and row._mapping[name] != value:  # noqa: SLF001 - SQLAlchemy's public name for it
            raise Damage(f"视图行 {row.id} 的 {name}", "与日志折叠的结果不符")


def _find(connection: Connection, view: View, pos: int, body: str) -> None:
    """The index must find the incident by its whole text."""
    if not body:
        return
    sql = f"SELECT 1 FROM {view.search} WHERE pairs MATCH ? AND rowid = ?"  # noqa: S608 - our own name
    if connection.exec_driver_sql(sql, (question(body), pos)).first() is None:
        raise Damage(f"视图行 {pos}", "全文检索找不到它的文本")
