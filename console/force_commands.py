"""`zhiwang force …` and `zhiwang object check`: coverage, calls to workers, looks at objects."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from console.opened import opened
from console.printing import note, out
from console.town_commands import by_option, site
from console.values import code, iso
from console.words import say
from dispatch.desk.town import TownDesk
from dispatch.desk.views_town import ForceView
from dispatch.domain.bodies_force import RadioAnswer
from dispatch.domain.bodies_town import Checked
from dispatch.domain.decide_force import CheckObject
from dispatch.domain.errors import BadInput
from dispatch.files.checks import read_checks
from dispatch.files.rows import BadRows

Words = Any  # Any: argparse gives its subparsers action no public name
_FLAGS: Final[Mapping[str, str]] = {
    "worker": "--worker",
    "text": "--text",
    "object": "CODE",
    "on_behalf": "--on-behalf",
    "photos": "--photo",
}


def add(words: Words) -> None:
    """Add the force group."""
    force = words.add_parser("force", help=say("力量：覆盖、失联、点名", "coverage and calls"))
    verbs = force.add_subparsers(dest="verb", metavar="VERB", required=True)
    show = verbs.add_parser("show", help=say("今天的覆盖和失联", "the day's coverage"))
    site(show, person=False)
    show.set_defaults(run=_show)
    radio = verbs.add_parser("radio", help=say("点名", "record a call to a worker"))
    site(radio, person=True)
    radio.add_argument("--worker", required=True, metavar="NO")
    radio.add_argument("--answer", required=True, metavar="answered/relayed/none")
    radio.add_argument("--text", metavar="T", default="")
    radio.set_defaults(run=_radio)


def add_check(verbs: Words) -> None:
    """Add `object check`."""
    check = verbs.add_parser("check", help=say("记检查", "record looks at objects"))
    site(check, person=True)
    check.add_argument("code", metavar="CODE", nargs="?")
    check.add_argument("--result", metavar="clear/problem/absent")
    check.add_argument("--checks", metavar="FILE", type=Path)
    check.add_argument("--text", metavar="T", default="")
    check.add_argument("--photo", action="append", metavar="FILE")
    check.add_argument("--on-behalf", metavar="NO")
    check.set_defaults(run=_check)


def _show(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        out(_force(TownDesk(desk).force().result()), as_json=given.json)


def _radio(given: argparse.Namespace) -> None:
    answer = code(given.answer, RadioAnswer, "--answer")
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        town = TownDesk(desk)
        town.check_radio(given.worker, answer, given.text).result()
        out(_force(town.force().result()), as_json=given.json)


def _check(given: argparse.Namespace) -> None:
    asked = tuple(_asked(given))
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        photos = tuple(desk.add_photo(Path(each)).result() for each in given.photo or ())
        done = TownDesk(desk).check_objects(asked, photos).result()
        out({"checked": done}, as_json=given.json)


def _asked(given: argparse.Namespace) -> Iterator[CheckObject]:
    if given.checks is not None:
        yield from _listed(given)
        return
    if not given.code:
        raise BadInput("CODE", "须写对象代码，或用 --checks FILE")
    if not given.result:
        raise BadInput("--result", "须写 clear、problem 或 absent")
    yield CheckObject(
        object=given.code,
        grid="",
        finding=code(given.result, Checked, "--result"),
        text=given.text,
        on_behalf=given.on_behalf,
    )


def _listed(given: argparse.Namespace) -> Iterator[CheckObject]:
    alone = {"CODE": given.code, "--result": given.result, "--text": given.text}
    for name, told in {**alone, "--photo": given.photo}.items():
        if told:
            raise BadInput(name, "不能与 --checks 同用")
    try:
        rows = read_checks(given.checks)
    except BadRows as bad:
        for each in bad.rejects:
            note(say(f"第 {each.line} 行：{each.reason}", f"line {each.line}: {each.reason}"))
        raise BadInput("--checks", f"{len(bad.rejects)} 行有误，什么都没有记") from None
    for row in rows:
        yield CheckObject(
            object=row.object,
            grid="",
            finding=row.finding,
            text=row.text,
            on_behalf=row.worker or given.on_behalf,
        )


def _force(view: ForceView) -> dict[str, Any]:  # Any: JSON values
    return {
        "day": view.day,
        "grids": view.grids,
        "grids_covered": view.covered,
        "grids_bare": [{"grid": grid, "name": name} for grid, name in view.bare],
        "objects_due": view.objects_due,
        "objects_checked": view.objects_checked,
        "problems": view.problems,
        "silent": [
            {
                "worker": each.number,
                "name": each.name,
                "grid": each.grid,
                "since": iso(each.since),
                "phone": each.phone,
                "radio": each.radio,
                "radio_at": iso(each.radio_at),
            }
            for each in view.silent
        ],
        "calls": [
            {
                "worker": each.worker,
                "name": each.name,
                "at": iso(each.at),
                "by": each.by,
                "answer": each.answer,
                "silent_since": iso(each.silent_since),
                "text": each.text,
            }
            for each in view.calls
        ],
    }
