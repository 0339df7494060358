"""`zhiwang doctor`: is everything there that a station needs; a line a check, what to do beside."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from console import doctor, settings
from console.clock import clock
from console.doctor import Check
from console.printing import flush, harmless, out, put_now
from console.settings import Settings
from console.words import say
from dispatch.domain.calendar import local
from dispatch.domain.errors import BadInput, ZhiwangError

Words = Any  # Any: argparse gives its subparsers action no public name
HUB_S: Final = 5.0


def add(words: Words) -> None:
    """Add the word."""
    parser = words.add_parser("doctor", help=say("体检：缺什么、怎么办", "what is missing here"))
    parser.add_argument("--site", metavar="DIR", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(doctor.ASK, dest="ask_qt", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=_doctor)


def _doctor(given: argparse.Namespace) -> int:
    if given.ask_qt:
        from console.qt_answer import answer

        return answer()
    worst = 0
    for check in checks(given.site):
        if given.json:
            out(asdict(check), as_json=True)
            flush()
        else:
            todo = f"  → {check.todo}" if check.todo else ""
            put_now(harmless(f"{check.level:<5}{check.name:<10}{check.what}{todo}"))
        worst |= check.level == "bad"
    return 2 if worst else 0


def checks(folder: Path | None) -> Iterator[Check]:
    """Yield everything that can be looked at; with a site's folder, that too."""
    yield from doctor.everywhere()
    yield doctor.disk(folder or Path.cwd())
    if folder is None:
        from dispatch.files.tables import read_calendar
        from resources import path

        years = frozenset(read_calendar(path("calendar")).years)
        yield doctor.calendar(years, local(clock()()).date())
        return
    try:
        known = settings.read(folder)
    except BadInput as bad:
        yield Check("site", "bad", str(bad), say("重新登记或恢复备份", "enrol anew or restore"))
        return
    yield from _site(known)
    answered, server = hub(known)
    yield answered
    yield doctor.clock(server, doctor.utc_now())


def _site(known: Settings) -> Iterator[Check]:
    """Yield whether the store opens, and the calendar that it keeps."""
    from console.sites import open_site

    try:
        with open_site(known.folder) as store:
            calendar = store.read(lambda reader: reader.rules().calendar).result()
    except BadInput as bad:
        yield Check("site", "warn", str(bad), "zhiwang sync --once")
        return
    except ZhiwangError as error:
        yield Check("site", "bad", str(error), say("用备份恢复", "restore the backup"))
        return
    yield Check("site", "ok", known.identity.site)
    yield doctor.calendar(frozenset(calendar.years), local(clock()()).date())


def hub(known: Settings) -> tuple[Check, datetime | None]:
    """Ask the hub whether it is well; return what it said and its time, None without an answer."""
    import requests

    session = requests.Session()
    # As for the exchange: proxies of the environment are not for a hub named by address.
    session.trust_env = False
    try:
        answer = session.get(f"{known.hub}/v1/health", timeout=HUB_S, verify=known.ca or True)
    except (requests.RequestException, OSError) as error:
        what = say(f"{known.hub} 连不上：{type(error).__name__}", f"{known.hub} does not answer")
        todo = say("离线可照常工作；检查网线与地址", "work goes on; look at the line")
        return Check("hub", "warn", what, todo), None
    finally:
        session.close()
    if answer.status_code != 204:
        what = f"{known.hub}: {answer.status_code}"
        return Check("hub", "warn", what, say("问市平台管理员", "ask the hub's people")), None
    return Check("hub", "ok", known.hub), _date(answer.headers.get("Date", ""))


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
