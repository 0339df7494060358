"""`zhiwang report …`: the shift report as files."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.opened import opened
from console.printing import out
from console.values import reason, time
from console.words import say
from dispatch.domain.errors import BadInput

if TYPE_CHECKING:
    from dispatch.desk.reporting import Reporting
    from dispatch.reports.issue import ReportFiles

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2200

Words = Any  # Any: argparse gives its subparsers action no public name


def add(words: Words) -> None:
    """Add the report group."""
    group = words.add_parser("report", help=say("报告", "reports"))
    kinds = group.add_subparsers(dest="kind", metavar="KIND", required=True)
    shift = kinds.add_parser("shift", help=say("值班交接班报告", "the shift report"))
    _span(shift)
    shift.set_defaults(run=_shift)
    for kind, line in _PERIODS.items():
        parser = kinds.add_parser(kind, help=say(*line))
        parser.add_argument("--date", required=True, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--compare",
            metavar="before,year",
            help=say(
                "与谁比较：before 环比、year 同比、none 不比较；不写为前两者",
                "beside what: before, year, both (when absent), or none",
            ),
        )
        parser.set_defaults(run=_period)
        _common(parser)
    special = kinds.add_parser("special", help=say("专报", "a special report of a span"))
    _span(special)
    special.add_argument("--item", action="append", default=[], metavar="ITEM")
    special.add_argument("--name", dest="title", default="专报", metavar="TEXT")
    special.set_defaults(run=_special)
    _order(kinds)
    _information(kinds)


def _information(kinds: Words) -> None:
    line = ("一份信息报告，A4", "an information report of one incident, A4")
    parser = kinds.add_parser("information", help=say(*line))
    parser.add_argument("incident", metavar="ID", help=say("事件", "the incident"))
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    parser.add_argument("--out", required=True, metavar="DIR", type=Path)
    parser.add_argument("--as", dest="name", metavar="NAME")
    parser.add_argument(
        "--event",
        default="",
        metavar="EVENT",
        help=say("哪一份；不写为最近一份", "which one; the last one when absent"),
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_informed)


def _order(kinds: Words) -> None:
    parser = kinds.add_parser("order", help=say("一件事件的交办单", "the order of one incident"))
    parser.add_argument("incident", metavar="ID", help=say("事件", "the incident"))
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    parser.add_argument("--out", required=True, metavar="DIR", type=Path)
    parser.add_argument("--as", dest="name", metavar="NAME")
    parser.add_argument(
        "--reveal",
        metavar="REASON",
        help=say("明文的理由，留痕", "why personal data is in clear, recorded"),
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=_ordered)


_PERIODS: Final = {
    "day": ("日报，与前一日和去年同日比", "of a day, beside the day before and last year's"),
    "week": ("周报，周一至周日", "of a week from Monday, beside others"),
    "month": ("月报", "of a month, beside others"),
}


def _span(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="from_at", required=True, metavar="T")
    parser.add_argument("--to", dest="to_at", required=True, metavar="T")
    _common(parser)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    parser.add_argument("--out", required=True, metavar="DIR", type=Path)
    parser.add_argument("--format", default="pdf,csv", metavar="pdf,csv,xlsx,docx")
    parser.add_argument("--as", dest="name", metavar="NAME")
    parser.add_argument("--json", action="store_true")


def _shift(given: argparse.Namespace) -> None:
    from_at, to_at = time(given.from_at, "--from"), time(given.to_at, "--to")
    _made(given, lambda door: door.issue_report(from_at, to_at, given.out, _formats(given)))


def _period(given: argparse.Namespace) -> None:
    from dispatch.reports.shift_input import Variant

    try:
        day = date.fromisoformat(given.date)
    except ValueError:
        raise BadInput("--date", f"“{given.date[:40]}”不是日期，如 2026-11-21") from None
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise BadInput("--date", f"“{day}”不在 1990 年至 2200 年之间")
    variant = Variant(given.kind)
    others = _beside(given.compare)
    _made(given, lambda door: door.issue_period(variant, day, given.out, _formats(given), others))


def _beside(text: str | None) -> frozenset[str]:
    """Return which other periods stand beside this one."""
    from dispatch.desk.shift import BESIDE

    if text is None:
        return BESIDE
    if text == "none":
        return frozenset()
    found = text.split(",")
    wrong = next((each for each in found if each not in BESIDE), None)
    if wrong is not None:
        raise BadInput("--compare", f"“{wrong[:40]}”不是 before、year 或 none，几项用逗号隔开")
    return frozenset(found)


def _special(given: argparse.Namespace) -> None:
    from dispatch.desk.shift import Asked

    from_at, to_at = time(given.from_at, "--from"), time(given.to_at, "--to")
    items = frozenset(given.item)

    def issued(door: Reporting) -> Future[ReportFiles]:
        asked = Asked(from_at, to_at, door.now(), items=items, name=given.title)
        return door.issue_special(asked, given.out, _formats(given))

    _made(given, issued)


def _ordered(given: argparse.Namespace) -> None:
    from dispatch.desk.order_form import OrderAsked
    from dispatch.desk.reporting import Reporting

    reveal = reason(given)
    with opened(given.site, given.name) as desk:
        id_ = desk.find(given.incident).result()
        made = Reporting(desk).issue_order(OrderAsked(id_, given.out, reveal)).result()
        out({"file": str(made), "masked": not reveal}, as_json=given.json)


def _informed(given: argparse.Namespace) -> None:
    from dispatch.desk.bulletin_form import BulletinAsked
    from dispatch.desk.reporting import Reporting

    with opened(given.site, given.name) as desk:
        id_ = desk.find(given.incident).result()
        asked = BulletinAsked(id_, given.out, given.event)
        out({"file": str(Reporting(desk).issue_bulletin(asked).result())}, as_json=given.json)


def _formats(given: argparse.Namespace) -> tuple[str, ...]:
    return tuple(part for part in given.format.split(",") if part)


def _made(given: argparse.Namespace, issue: Callable[[Reporting], Future[ReportFiles]]) -> None:
    from dispatch.desk.reporting import Reporting

    with opened(given.site, given.name) as desk:
        try:
            made = issue(Reporting(desk)).result()
        except BadInput as bad:
            where = {"format": "--format", "from": "--from"}.get(bad.where, bad.where)
            raise BadInput(where, bad.what) from None
        out(
            {
                "paths": [str(path) for path in made.paths],
                "figures_sha256": made.figures_sha256,
                "revision": made.revision,
                "provisional": made.provisional,
                "balanced": made.balanced,
            },
            as_json=given.json,
        )
