"""`zhiwang demo`: a whole made-up shift in one go, in a window or without a screen."""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, NoReturn

from console import language
from console.printing import note, out
from console.values import whole
from console.words import say
from dispatch.domain.errors import BadInput

Words = Any  # Any: argparse gives its subparsers action no public name
TOWN: Final = "441900106"
_MOST_MINUTES: Final = 7 * 24 * 60
_MOST_SPEED: Final = 3600.0


def add(words: Words) -> None:
    """Add the word."""
    demo = words.add_parser(
        "demo", help=say("演示一个班次（演示数据）", "a made-up shift in one go")
    )
    demo.add_argument("--town", metavar="CODE", default=TOWN)
    demo.add_argument("--feed", metavar="FILE", type=Path)
    demo.add_argument("--mapping", metavar="MAP.toml", type=Path)
    demo.add_argument("--speed", metavar="X")
    demo.add_argument("--minutes", metavar="M")
    demo.add_argument("--headless", action="store_true")
    demo.add_argument("--out", metavar="DIR", type=Path)
    demo.add_argument("--seed", metavar="N", default="1")
    outline = say("镇界 GeoJSON（CGCS2000 度）", "the town's border, GeoJSON in CGCS2000 degrees")
    demo.add_argument("--outline", metavar="FILE", type=Path, help=outline)
    demo.add_argument("--db", metavar="URL", default="")
    demo.add_argument("--json", action="store_true")
    language.add(demo)
    demo.set_defaults(run=_demo)


def _demo(given: argparse.Namespace) -> int:
    language.settle(given.lang)
    from console import demo
    from console.demo_order import SHIFT_MINUTES, Order, Source

    if given.mapping and not given.feed:
        raise BadInput("--mapping", "须与 --feed 一起给出")
    speed = _speed(given.speed) if given.speed else demo.SPEED
    minutes = whole(given.minutes, "--minutes") if given.minutes else SHIFT_MINUTES
    if not 0 < minutes <= _MOST_MINUTES:
        raise BadInput("--minutes", f"须在 1 至 {_MOST_MINUTES} 之间")
    order = Order(
        out=given.out or Path(tempfile.mkdtemp(prefix="zhiwang-demo-")),
        town=given.town,
        seed=whole(given.seed, "--seed"),
        db=given.db,
        minutes=minutes,
        source=Source(given.feed, given.mapping),
        outline=given.outline,
    )
    # A plain kill ends it as Ctrl-C does: the hub's process goes with it.
    signal.signal(signal.SIGTERM, _interrupt)
    if not given.headless and _screen():
        return demo.show(order, speed)
    if not given.headless:
        note(say("没有屏幕，按 --headless 进行", "no screen here: as with --headless"))
    summary = demo.demo(order)
    out(summary if given.json else _short(order.out, summary), as_json=given.json)
    return 0


def _short(folder: Path, summary: dict[str, Any]) -> dict[str, Any]:  # Any: JSON values
    shown = ("incidents", "acts", "states", "refused_by_rule", "picture", "report", "seconds")
    return {name: summary[name] for name in shown} | {"summary": str(folder / "summary.json")}


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not 0 < speed <= _MOST_SPEED:
        raise BadInput("--speed", f"“{text}”不是大于 0、不超过 {_MOST_SPEED:.0f} 的倍数")
    return speed


def _screen() -> bool:
    """Return whether a window can be shown."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
