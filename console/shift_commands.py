"""`zhiwang shift …`: on and off, the hand-over with its ticks and signatures, the shift's log."""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.opened import opened
from console.parser_words import line_of
from console.printing import note, out, out_all
from console.values import code, iso, until
from console.words import say
from dispatch.domain.codes import LineKind, SignPart
from dispatch.domain.decide_shift import PARTS, ShiftCommand, ShiftVerb
from dispatch.domain.errors import BadInput

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk
    from dispatch.desk.handover import HandoverDesk
    from dispatch.desk.views_shift import Handover, ListLine, LogLine, Signed

Words = Any  # Any: argparse gives its subparsers action no public name
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_MOST_FIGURES: Final = 64 << 20
_OPTIONS: Final = {"seat", "shift", "kind", "text", "due", "figures", "incident"}
"""Names that rules complain of, as the options of the same name."""


def add(words: Words) -> None:
    """Add the shift group."""
    group = words.add_parser("shift", help=say("班次：上下岗、交接班、值班日志", "the shift"))
    verbs = group.add_subparsers(dest="verb", metavar="WORD", required=True)
    for word, help_ in (("on", say("上岗", "log on")), ("off", say("下岗", "log off"))):
        verb = verbs.add_parser(word, help=help_)
        _site(verb, person=True)
        verb.add_argument("--seat", metavar="TEXT", default="")
        verb.set_defaults(run=_on_or_off)
    _add_handover(verbs.add_parser("handover", help=say("交接班", "the hand-over")))
    roster = verbs.add_parser("roster", help=say("值班表", "who is planned, who is on"))
    _site(roster, person=False, shift=True)
    roster.add_argument("--json", action="store_true")
    roster.set_defaults(run=_roster)
    _add_log(verbs.add_parser("log", help=say("值班日志", "the shift's log")))


def _site(parser: argparse.ArgumentParser, *, person: bool, shift: bool = False) -> None:
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    if person:
        parser.add_argument("--as", dest="name", required=True, metavar="NAME")
    if shift:
        parser.add_argument("--shift", metavar="ID")


def _add_handover(group: argparse.ArgumentParser) -> None:
    verbs = group.add_subparsers(dest="what", metavar="WORD", required=True)
    listed = verbs.add_parser("list", help=say("交接清单与签字", "the list and the signatures"))
    _site(listed, person=False, shift=True)
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_list)
    for word, help_ in (
        ("tick", say("勾清事项", "tick lines")),
        ("untick", say("撤回勾选", "take ticks back")),
    ):
        tick = verbs.add_parser(word, help=help_)
        tick.add_argument("items", nargs="+", metavar="ITEM", help=line_of("items"))
        _site(tick, person=True, shift=True)
        tick.set_defaults(run=_tick)
    sign = verbs.add_parser("sign", help=say("在值班报告上签字", "sign the shift's report"))
    _site(sign, person=True, shift=True)
    sign.add_argument("--part", required=True, metavar="out/in/review")
    sign.add_argument("--figures", metavar="FILE|SHA256")
    sign.set_defaults(run=_sign)


def _add_log(group: argparse.ArgumentParser) -> None:
    verbs = group.add_subparsers(dest="what", metavar="WORD", required=True)
    listed = verbs.add_parser("list", help=say("看日志", "read the log"))
    _site(listed, person=False, shift=True)
    listed.add_argument("--person", metavar="NAME", default="", help=say("只看此账号", "of whom"))
    listed.add_argument("--kind", metavar="KIND", default="")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_log)
    write = verbs.add_parser("write", help=say("写一条", "write a line"))
    _site(write, person=True, shift=True)
    write.add_argument("--text", required=True, metavar="TEXT")
    write.add_argument("--kind", metavar="KIND", default="note")
    write.add_argument("--incident", metavar="ID")
    write.add_argument("--due", metavar="TIME")
    write.set_defaults(run=_write)
    keep = verbs.add_parser("keep", help=say("承诺已兑现", "a promise is kept"))
    keep.add_argument("promise", metavar="HASH")
    _site(keep, person=True, shift=True)
    keep.add_argument("--text", metavar="TEXT", default="")
    keep.set_defaults(run=_keep)


def _on_or_off(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, _by_option():
        done = desk.shift_on(given.seat) if given.verb == "on" else desk.shift_off()
        done.result()
        if given.verb == "on":
            note(say(f"{given.name} 已上岗（{given.seat}）", f"{given.name} is on ({given.seat})"))
        else:
            note(say(f"{given.name} 已下岗", f"{given.name} is off the shift"))


def _list(given: argparse.Namespace) -> None:
    with opened(given.site) as desk, _by_option():
        handover = _desk(desk)
        found = handover.look(given.shift or handover.due()).result()
        if given.json:
            out(_told(found), as_json=True)
            return
        out({**_head(found), "signed": [_signature(each) for each in found.signed]}, as_json=False)
        out_all((_line(each) for each in found.lines), as_json=False)


def _tick(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, _by_option():
        handover = _desk(desk)
        shift = given.shift or handover.due()
        items = _keys(handover.look(shift).result(), given.items)
        verb = ShiftVerb(given.what)
        handover.act(ShiftCommand(verb=verb, shift=shift, items=items)).result()
        note(say(f"{len(items)} 项", f"{len(items)} lines"))


def _keys(found: Handover, asked: Iterable[str]) -> tuple[str, ...]:
    """Lines by their keys, or all lines of the incident with that number or its last digits."""
    keys: dict[str, None] = {}
    for text in asked:
        if ":" in text:
            keys[text] = None
            continue
        named = [each for each in found.lines if text and _names(each, text)]
        if not named:
            raise BadInput(text[:40], f"班次 {found.shift} 的交接单上没有这一件")
        if len({each.incident for each in named}) > 1:
            raise BadInput(text[:40], "对应多件事件，请写完整编号")
        keys |= dict.fromkeys(each.key for each in named)
    return tuple(keys)


def _names(line: ListLine, text: str) -> bool:
    return text in {line.number, line.incident} or (len(text) == 4 and line.number[-4:] == text)


def _sign(given: argparse.Namespace) -> None:
    part = code(given.part, SignPart, "--part")
    with opened(given.site, given.name) as desk, _by_option():
        handover = _desk(desk)
        shift = given.shift or handover.due()
        figures = _figures(given.figures) or handover.look(shift).result().figures
        # Without a report there is nothing to name: the rule says so.
        command = ShiftCommand(verb=PARTS[part], shift=shift, figures=figures or "0" * 64)
        handover.act(command).result()
        note(say(f"{given.name} 已签字（{part.value}）", f"{given.name} signed ({part.value})"))


def _figures(text: str | None) -> str:
    if text is None or _HASH.fullmatch(text):
        return text or ""
    try:
        with Path(text).open("rb") as file:
            raw = file.read(_MOST_FIGURES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "不是文件名"
        raise BadInput("--figures", f"读不了 {text[:80]}：{why}") from None
    if len(raw) > _MOST_FIGURES:
        raise BadInput("--figures", f"{text[:80]} 超过 {_MOST_FIGURES >> 20} MB")
    return hashlib.sha256(raw).hexdigest()


def _roster(given: argparse.Namespace) -> None:
    with opened(given.site) as desk, _by_option():
        shift = given.shift or desk.shift_now()
        found = _desk(desk).duty(shift).result()
        out_all(({"shift": shift, **asdict(each)} for each in found), as_json=given.json)


def _log(given: argparse.Namespace) -> None:
    from dispatch.desk.views_shift import KINDS, Wanted

    if given.kind and given.kind not in KINDS:
        raise BadInput("--kind", f"“{given.kind[:40]}”不在 {'/'.join(KINDS)} 之中")
    with opened(given.site) as desk, _by_option():
        wanted = Wanted(given.shift or desk.shift_now(), given.person, given.kind)
        found = _desk(desk).logbook(wanted).result()
        out_all((_written(each) for each in found), as_json=given.json)


def _write(given: argparse.Namespace) -> None:
    kind = code(given.kind, LineKind, "--kind")
    with opened(given.site, given.name) as desk, _by_option():
        incident = desk.find(given.incident).result() if given.incident else ""
        command = ShiftCommand(
            verb=ShiftVerb.WRITE,
            shift=given.shift or desk.shift_now(),
            kind=kind,
            text=given.text,
            incident=incident,
            due=until(given.due, "--due", desk.now()) if given.due else None,
        )
        out({"id": _desk(desk).act(command).result()}, as_json=True)


def _keep(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, _by_option():
        handover = _desk(desk)
        shift = given.shift or handover.shift_of_promise(given.promise).result()
        command = ShiftCommand(
            verb=ShiftVerb.KEEP, shift=shift, promise=given.promise, text=given.text
        )
        out({"id": handover.act(command).result()}, as_json=True)


def _desk(desk: Desk) -> HandoverDesk:
    # What the report brings is needed by these words alone.
    from dispatch.desk.handover import HandoverDesk

    return HandoverDesk(desk)


@contextmanager
def _by_option() -> Iterator[None]:
    """A complaint of the rules names the option, as it is written on the command line."""
    try:
        yield
    except BadInput as bad:
        raise BadInput(f"--{bad.where}" if bad.where in _OPTIONS else bad.where, bad.what) from None


def _head(found: Handover) -> dict[str, Any]:  # Any: JSON values
    return {
        "shift": found.shift,
        "from": iso(found.from_at),
        "to": iso(found.to_at),
        "to_shift": found.to_shift,
        "figures": found.figures,
        "provisional": found.provisional,
        "issued_at": iso(found.issued_at),
        "handed_over": found.handed_over,
        "lines": len(found.lines),
        "ticked": found.ticked,
    }


def _told(found: Handover) -> dict[str, Any]:  # Any: JSON values
    return {
        **_head(found),
        "signed": [_signature(each) for each in found.signed],
        "stale": [_signature(each) for each in found.stale],
        "list": [_line(each) for each in found.lines],
    }


def _signature(signed: Signed) -> dict[str, Any]:  # Any: JSON values
    return {
        "part": signed.part.value,
        "account": signed.account,
        "person": signed.person,
        "at": iso(signed.at),
    }


def _line(line: ListLine) -> dict[str, Any]:  # Any: JSON values
    return {
        "key": line.key,
        "list": line.list,
        "incident": line.incident,
        "number": line.number,
        "item": line.item,
        "item_name": line.item_name,
        "place": line.place,
        "priority": line.priority,
        "state": line.state,
        "light": line.light.value,
        "contested": line.contested,
        "due_at": iso(line.due),
        "owner": line.owner,
        "what": line.what,
        "shift": line.shift,
        "ticked_by": line.ticked_by,
        "ticked_at": iso(line.ticked_at),
    }


def _written(line: LogLine) -> dict[str, Any]:  # Any: JSON values
    return {
        "at": iso(line.at),
        "kind": line.kind,
        "type": line.type,
        "account": line.account,
        "person": line.person,
        "role": line.role,
        "incident": line.incident,
        "number": line.number,
        "item_name": line.item_name,
        "text": line.text,
        "due_at": iso(line.due),
        "kept_by": line.kept_by,
        "hash": line.hash,
    }
