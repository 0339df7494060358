"""`zhiwang town …`: warning signals and response levels, through the same desk as the window."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from console.opened import opened
from console.printing import out
from console.values import code, iso, time
from console.words import say
from dispatch.desk.desk import Desk
from dispatch.desk.town import TownDesk
from dispatch.desk.views_town import Order, Standing
from dispatch.domain.codes import Priority
from dispatch.domain.decide_town import FREEZE, FREEZE_FROM, SetResponse, SetSignal
from dispatch.domain.errors import BadInput
from dispatch.domain.warning import Colour, ResponseLevel

Words = Any  # Any: argparse gives its subparsers action no public name
OFF: Final = "off"
NONE: Final = "none"
_FLAGS: Final[Mapping[str, str]] = {
    "kind": "--kind",
    "colour": "--colour",
    "order_no": "--order",
    "since": "--since",
    "item": "--item",
    "text": "--text",
}


def add(words: Words) -> None:
    """Add the town group."""
    group = words.add_parser("town", help=say("镇街：预警信号、应急响应", "the town's modes"))
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)
    signal = verbs.add_parser("signal", help=say("预警信号", "a warning signal"))
    _order(signal)
    signal.add_argument("--colour", required=True, metavar="C")
    signal.set_defaults(run=_signal)
    response = verbs.add_parser("response", help=say("应急响应", "the response level"))
    _order(response)
    response.add_argument("--level", required=True, metavar="L")
    response.add_argument("--freeze", action="append", metavar="P")
    response.add_argument("--freeze-from", metavar="L", default=FREEZE_FROM.value)
    response.add_argument("--item", action="append", metavar="ITEM")
    response.add_argument("--text", metavar="T", default="")
    response.set_defaults(run=_response)
    show = verbs.add_parser("show", help=say("现在的信号和响应", "what stands now"))
    site(show, person=False)
    show.set_defaults(run=_show)


def site(parser: argparse.ArgumentParser, *, person: bool) -> None:
    """Add the site, whether to print JSON and, where somebody acts, who does."""
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    parser.add_argument("--json", action="store_true")
    if person:
        parser.add_argument("--as", dest="name", required=True, metavar="NAME")


def _order(parser: argparse.ArgumentParser) -> None:
    site(parser, person=True)
    parser.add_argument("--kind", required=True, metavar="KIND")
    parser.add_argument("--order", metavar="NO", default="")
    parser.add_argument("--since", metavar="TIME")


@contextmanager
def by_option(flags: Mapping[str, str]) -> Iterator[None]:
    """Name a refused value by its option."""
    try:
        yield
    except BadInput as bad:
        raise BadInput(flags.get(bad.where, bad.where), bad.what) from None


def _since(given: argparse.Namespace) -> int | None:
    return time(given.since, "--since") if given.since else None


def _signal(given: argparse.Namespace) -> None:
    colour = None if given.colour == OFF else code(given.colour, Colour, "--colour")
    command = SetSignal(kind=given.kind, colour=colour, order_no=given.order, since=_since(given))
    _set(given, command)


def _response(given: argparse.Namespace) -> None:
    level = None if given.level == OFF else code(given.level, ResponseLevel, "--level")
    from_ = given.freeze_from
    command = SetResponse(
        kind=given.kind,
        level=level,
        order_no=given.order,
        since=_since(given),
        freeze=tuple(code(each, Priority, "--freeze") for each in given.freeze or FREEZE),
        freeze_from=None if from_ == NONE else code(from_, ResponseLevel, "--freeze-from"),
        items=tuple(given.item) if given.item else None,
        text=given.text,
    )
    _set(given, command)


def _set(given: argparse.Namespace, command: SetSignal | SetResponse) -> None:
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        TownDesk(desk).set_mode(command).result()
        out(shown(desk), as_json=given.json)


def _show(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        out(shown(desk), as_json=given.json)


def shown(desk: Desk) -> dict[str, Any]:  # Any: JSON values
    """Return the modes as `town show` prints them; keys as in docs/cli.md."""
    modes = TownDesk(desk).modes().result()
    return {
        "signals": [_standing(each) for each in modes.signals],
        "responses": [_standing(each) for each in modes.responses],
        "contested": modes.contested,
        "frozen": {priority.value: iso(since) for priority, since in modes.frozen},
        "frozen_incidents": modes.still,
        "special_items": list(modes.items),
        "version": modes.version,
        "history": [_told(each) for each in modes.history],
    }


def _standing(each: Standing) -> dict[str, Any]:  # Any: JSON values
    told = {**_told(each.order), "rivals": [_told(rival) for rival in each.rivals]}
    if each.order.type == "response_set":
        told["freeze"] = [priority.value for priority in each.freeze]
        told["freeze_from"] = each.freeze_from
        told["items"] = list(each.items)
    return told


def _told(order: Order) -> dict[str, Any]:  # Any: JSON values
    scale = {"colour": order.colour} if order.type == "signal_set" else {"level": order.level}
    return {
        "event": order.event,
        "type": order.type,
        "kind": order.kind,
        **scale,
        "order_no": order.order_no,
        "since": iso(order.since),
        "at": iso(order.at),
        "by": order.by,
        "text": order.text,
        "stands": order.stands,
        "town_seq": order.seq,
    }
