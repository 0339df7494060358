"""The duty roster from a table: whose shift, day, part of the day, seat, account, phone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.domain.shift import span_of
from dispatch.files.rows import Cells
from dispatch.files.tables import PLAIN, Layout, read_each
from dispatch.wire.tables import DutyEntry

COLUMNS = ("scope", "date", "shift", "seat", "account", "phone")
LONGEST_SEAT = 64
_PARTS = {"D": "D", "N": "N", "白班": "D", "夜班": "N"}


def read_duty(
    path: Path, organisation: Organisation, accounts: Collection[str], layout: Layout = PLAIN
) -> tuple[DutyEntry, ...]:
    """Read the file; an unknown scope, day, shift or account, or one twice in a shift is bad.

    `accounts`: who may log in. The shift is D (白班) or N (夜班).
    """
    seen: set[tuple[str, str]] = set()

    def make(row: Cells, where: str) -> DutyEntry:
        part = _PARTS.get(row["shift"])
        if part is None:
            raise BadInput(where, f"班次“{row['shift']}”不是 D、N、白班或夜班")
        if row["scope"] not in organisation:
            raise BadInput(where, f"组织表中没有 {row['scope']}")
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            raise BadInput(where, f"日期“{row['date']}”不是 2026-11-21 这样的日期") from None
        shift = f"{row['scope']}-{day:%Y%m%d}-{part}"
        try:
            span_of(shift)
        except BadInput:
            raise BadInput(where, f"{row['scope']} 没有班次") from None
        account = row["account"]
        if account not in accounts:
            raise BadInput(where, f"没有账号“{account}”")
        if (shift, account) in seen:
            raise BadInput(where, f"{account} 在这一班排了两次")
        seat = row["seat"]
        if not seat or len(seat) > LONGEST_SEAT:
            raise BadInput(where, f"席位名须在 1 至 {LONGEST_SEAT} 字")
        seen.add((shift, account))
        return DutyEntry(shift, seat, account, row["phone"])

    return read_each(path, COLUMNS, make, layout)
