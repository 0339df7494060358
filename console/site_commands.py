"""A site's own words: init, login, logout, sync, verify."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any, Final

from console import bundle_commands, claim_commands, older_commands, receipt_commands, sites
from console.clock import clock
from console.hub_commands import password
from console.opened import opened
from console.parser_words import line_of
from console.printing import note, out
from console.values import iso
from console.words import say
from dispatch.domain.errors import BadInput, Damage, HubError, Offline

Words = Any  # Any: argparse gives its subparsers action no public name
WATCH_S: Final = 5


def add(words: Words) -> None:
    """Add the words that stand alone and the sync group."""
    _add_site(words.add_parser("site", help=say("本机站点", "a console's own folder")))
    login = words.add_parser("login", help=say("登录（密码从标准输入读）", "log in"))
    _site(login, person=True)
    login.set_defaults(run=_login)
    logout = words.add_parser("logout", help=say("退出登录", "log out"))
    _site(logout, person=True)
    logout.set_defaults(run=_logout)
    _add_sync(words.add_parser("sync", help=say("与市平台交换", "exchange with the hub")))
    verify = words.add_parser("verify", help=say("核对日志与投影", "verify log and projection"))
    which = verify.add_mutually_exclusive_group(required=True)
    which.add_argument("--site", metavar="DIR", type=Path, help=line_of("--site"))
    which.add_argument("--db", metavar="URL", help=line_of("--db"))
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=_verify)


def _site(parser: argparse.ArgumentParser, *, person: bool) -> None:
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    if person:
        parser.add_argument("--as", dest="name", required=True, metavar="NAME")


def _add_site(group: argparse.ArgumentParser) -> None:
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)
    init = verbs.add_parser("init", help=say("登记到市平台", "enrol at the hub"))
    init.add_argument("folder", metavar="DIR", type=Path)
    init.add_argument("--hub", required=True, metavar="URL")
    init.add_argument("--code", required=True, metavar="CODE")
    init.add_argument("--ca", metavar="FILE", type=Path, help=say("市平台的 CA", "the hub's CA"))
    init.set_defaults(run=_init)
    relay = verbs.add_parser("relay", help=say("本室中继的地址", "the room's relay"))
    relay.add_argument("folder", metavar="DIR", type=Path)
    which = relay.add_mutually_exclusive_group(required=True)
    which.add_argument("--url", metavar="URL", help=line_of("--url"))
    which.add_argument("--off", action="store_true", help=line_of("--off"))
    relay.add_argument("--ca", metavar="FILE", type=Path, help=say("中继的 CA", "the relay's CA"))
    relay.set_defaults(run=_relay)


def _add_sync(group: argparse.ArgumentParser) -> None:
    group.add_argument("--site", metavar="DIR", type=Path)
    how = group.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help=line_of("--once"))
    how.add_argument("--watch", action="store_true", help=line_of("--watch"))
    group.set_defaults(run=_sync)
    verbs = group.add_subparsers(dest="verb", metavar="VERB")
    status = verbs.add_parser("status", help=say("同步状况", "status"))
    _site(status, person=False)
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)
    claim_commands.add(verbs)
    receipt_commands.add(verbs)
    bundle_commands.add(verbs)
    older_commands.add(verbs)


def _init(given: argparse.Namespace) -> None:
    made = sites.init(given.folder, given.hub, given.code, given.ca)
    note(say(f"已登记为 {made.site}（{made.scope}）", f"enrolled as {made.site} ({made.scope})"))


def _relay(given: argparse.Namespace) -> None:
    sites.set_relay(given.folder, given.url or "", given.ca)
    note(
        say(f"本室中继：{given.url}", f"the room's relay: {given.url}")
        if given.url
        else say("不用中继", "no relay")
    )


def _login(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        person = desk.login(given.name, password()).result()
        note(
            say(
                f"{person.account} 已登录至 {iso(person.expires_at)}",
                f"{person.account} is logged in until {iso(person.expires_at)}",
            )
        )


def _logout(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk:
        desk.logout().result()


def _sync(given: argparse.Namespace) -> None:
    if given.site is None or not (given.once or given.watch):
        raise BadInput("sync", "须写 --site DIR 和 --once 或 --watch")
    with sites.open_site(given.site, mend=True) as site:
        upkeep = sites.upkeep_of(site)
        while True:
            try:
                note(sites.exchange(site))
            except (Offline, HubError) as error:
                instead = sites.by_relay(site)
                if instead:
                    note(instead)
                # A hub that is too busy or away for a while must not end the watch.
                if given.once:
                    raise
                note(str(error))
            if given.once:
                return
            upkeep.round()
            time.sleep(WATCH_S)


def _status(given: argparse.Namespace) -> None:
    with sites.open_site(given.site) as site:
        now = clock()()
        view = receipt_commands.seen(site)
        told = sites.status(site, now) | {
            name: value
            for name, value in receipt_commands.record(view, now).items()
            if name not in {"quarantined", "town_seq", "made_here"}
        }
        if given.json:
            out(told, as_json=True)
            return
        receipt_commands.put(view, now)
        out({name: value for name, value in told.items() if name != "receipt"}, as_json=False)


def _verify(given: argparse.Namespace) -> None:
    if not given.db:
        out(sites.verify(given.site), as_json=given.json)
        return
    from console import hub

    found = hub.hub_verify(given.db)
    out(found, as_json=given.json)
    if found["damage"]:
        raise Damage(str(found["where"]), str(found["damage"]))
