"""`zhiwang hub …` and `zhiwang account …`: the city hub and its people, for administrators."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from console import bundle_commands
from console.clock import clock
from console.hub_address import add_db
from console.printing import note, out, put_now
from console.values import LONGEST, code, whole, words
from console.words import say
from dispatch.domain.codes import Role
from dispatch.domain.errors import BadInput

Words = Any  # Any: argparse gives its subparsers action no public name


def add(tree: Words) -> None:
    """Add the hub and account groups."""
    _add_hub(tree.add_parser("hub", help=say("市平台", "the city hub")))
    _add_account(tree.add_parser("account", help=say("账号", "people")))


def _add_hub(group: argparse.ArgumentParser) -> None:
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)
    init = _verb(verbs, "init", _init, say("建库", "make the database"))
    init.add_argument("--seed-town", metavar="CODE")
    serve = _verb(verbs, "serve", _serve, say("启动", "serve"))
    serve.add_argument(
        "--listen",
        required=True,
        metavar="HOST:PORT",
        help=say("或 fd:编号，用交来的监听套接字", "or fd:N, a listening socket handed down"),
    )
    serve.add_argument("--tls-cert", metavar="FILE", type=Path)
    serve.add_argument("--tls-key", metavar="FILE", type=Path)
    enrol = _verb(verbs, "enrol", _enrol, say("发一次性登记码", "print a one-time code"))
    enrol.add_argument("--scope", required=True, metavar="CODE")
    enrol.add_argument("--name", metavar="TEXT", default="")
    _verb(
        verbs,
        "restore",
        _restore,
        say(
            "数据库放回备份之后、启动之前运行一次",
            "once after a backup of the database was put back",
        ),
    )
    revoke = _verb(verbs, "revoke", _revoke, say("停用一个站点", "shut a site out"))
    revoke.add_argument("--site", required=True, metavar="ID")
    status = _verb(verbs, "status", _status, say("状况", "status"))
    status.add_argument("--json", action="store_true")
    bundle_commands.add_hub(verbs)
    token = _verb(verbs, "token", _token, say("外勤令牌", "a token for the field doors"))
    token.add_argument("--as", dest="name", required=True, metavar="NAME")
    token.add_argument("--days", required=True, metavar="N")


def _add_account(group: argparse.ArgumentParser) -> None:
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)
    add_ = _verb(verbs, "add", _account_add, say("新增（密码从标准输入读）", "add"))
    add_.add_argument("--scope", required=True, metavar="CODE")
    add_.add_argument("--name", required=True, metavar="N")
    add_.add_argument("--role", required=True, action="append", metavar="R")
    add_.add_argument(
        "--person", metavar="TEXT", default="", help=say("屏幕和报告上的姓名", "name on screen")
    )
    disable = _verb(verbs, "disable", _account_disable, say("停用", "disable"))
    disable.add_argument("--name", required=True, metavar="N")


def _verb(verbs: Words, name: str, run: object, help_: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help_)
    add_db(parser)
    parser.set_defaults(run=run)
    return parser


def password() -> str:
    """Read a password: the first line of standard input, asked for on a terminal."""
    where = say("标准输入", "standard input")
    if sys.stdin is None:  # closed by who started us
        raise BadInput(where, say("没有密码", "no password"))
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass(say("密码：", "password: "))
    line = _first_line().rstrip("\r\n")
    if not line:
        raise BadInput(where, say("没有密码", "no password"))
    return words(line, where)


def _first_line() -> str:
    """Read it with bounds, bytes that are no UTF-8 as halves of pairs: `words` refuses both."""
    raw = getattr(sys.stdin, "buffer", None)
    if raw is None:
        return sys.stdin.readline(LONGEST + 2)
    most = 4 * LONGEST + 2
    return str(raw.readline(most), "utf-8", "surrogateescape")


def _init(given: argparse.Namespace) -> None:
    from console import hub

    try:
        hub.hub_init(given.db, given.seed_town)
    except BadInput as bad:
        # The town's own complaint is about the option of a demo.
        where = "--seed-town" if bad.where == "--town" else bad.where
        raise BadInput(where, bad.what) from None
    note(say("市平台已就绪", "the hub is ready"))


def _serve(given: argparse.Namespace) -> None:
    from console import hub

    if bool(given.tls_cert) != bool(given.tls_key):
        raise BadInput("--tls-cert", "须与 --tls-key 一起给出")
    for option, file in (("--tls-cert", given.tls_cert), ("--tls-key", given.tls_key)):
        if file is not None and not file.is_file():
            raise BadInput(option, f"没有文件 {file}")
    tls = hub.Tls(given.tls_cert, given.tls_key) if given.tls_cert else None
    hub.hub_serve(given.db, given.listen, tls)


def _enrol(given: argparse.Namespace) -> None:
    from console import hub

    put_now(hub.hub_enrol(given.db, given.scope, given.name))


def _restore(given: argparse.Namespace) -> None:
    from console import hub

    put_now(hub.hub_restore(given.db))
    note(
        say(
            "新时间线已开始；站点下次联系时把市平台缺的记录重新送来",
            "a new timeline has begun; the sites will bring what the hub lacks",
        )
    )


def _revoke(given: argparse.Namespace) -> None:
    from console import hub

    hub.hub_revoke(given.db, given.site)
    note(say(f"已停用站点 {given.site}", f"site {given.site} is shut out"))


def _status(given: argparse.Namespace) -> None:
    from console import hub

    told = hub.hub_status(given.db)
    if given.json:
        out(told, as_json=True)
        return
    from console.hub_table import table

    out({name: value for name, value in told.items() if name != "stations"}, as_json=False)
    for line in table(told["stations"], clock()()):
        put_now(line)


def _token(given: argparse.Namespace) -> None:
    from console import hub

    token = hub.hub_token(given.db, given.name, whole(given.days, "--days"))
    put_now(token)


def _account_add(given: argparse.Namespace) -> None:
    from console import hub
    from dispatch.hub.people import NewAccount

    roles = tuple(code(each, Role, "--role") for each in given.role)
    person = NewAccount(given.name, roles, given.scope, given.person)
    hub.account_add(given.db, person, password())
    note(say(f"已新增 {given.name}", f"added {given.name}"))


def _account_disable(given: argparse.Namespace) -> None:
    from console import hub

    hub.account_disable(given.db, given.name)
    note(say(f"已停用 {given.name}", f"disabled {given.name}"))
