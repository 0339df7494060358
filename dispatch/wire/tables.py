"""Reference tables as JSON text: what the hub signs, and what every site decides by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from dispatch.domain.bulletin import NO_DUTIES, Duties, Duty
from dispatch.domain.calendar import DayRow, WorkingCalendar
from dispatch.domain.catalogue import Catalogue, Item
from dispatch.domain.codes import Role, Stage
from dispatch.domain.errors import BadInput
from dispatch.domain.guide import NO_GUIDES, Guide, Guides
from dispatch.domain.measure import Measure, checked
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.rules import Account, Rules
from dispatch.domain.sla import Profile, Span
from dispatch.wire.ready import ready

NAMES: Final = (
    "organisation",
    "catalogue",
    "sla",
    "calendar",
    "guides",
    "bulletins",
    "accounts",
    "roster",
    "duty",
    "geometry",
    "kpi",
)
"""Every reference table there is."""

RULES: Final = ("organisation", "catalogue", "sla", "calendar")
"""The tables without which nothing can be decided."""

DECIDED_BY: Final = (*RULES, "guides", "bulletins")
"""All tables that acts are decided by."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table's shape; anything not named in it is refused."""

    version: str


class _Organisation(_Strict, frozen=True, kw_only=True):
    nodes: tuple[Node, ...]


class _Catalogue(_Strict, frozen=True, kw_only=True, omit_defaults=True):
    items: tuple[Item, ...]
    former: dict[str, dict[str, str]] = {}


class _Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    working: bool
    spans: dict[Stage, str]


class _Profiles(_Strict, frozen=True, kw_only=True):
    profiles: tuple[_Profile, ...]


class _Calendar(_Strict, frozen=True, kw_only=True):
    years: tuple[int, ...]
    rows: tuple[DayRow, ...]


class _Guides(_Strict, frozen=True, kw_only=True):
    guides: tuple[Guide, ...]


class _Bulletins(_Strict, frozen=True, kw_only=True):
    duties: tuple[Duty, ...]


class _Account(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    roles: tuple[Role, ...]
    node: str
    verifier: str
    disabled: bool = False
    person: str = ""


class _Accounts(_Strict, frozen=True, kw_only=True):
    accounts: tuple[_Account, ...]


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A worker of the field: number (also the log-in name), name, grid, masked phone, post."""

    number: str
    name: str
    grid: str
    phone: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class DutyEntry:
    """Who is planned on a shift (its id) at a seat: the account, a masked phone."""

    shift: str
    seat: str
    account: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """The place of a node: a point in it, and polygons (exterior ring, then holes) if it has any.

    CGCS2000 degrees, longitude first. `level` is that of the organisation, or the post's code
    for a point that takes no orders.
    """

    code: str
    level: str
    lon: float
    lat: float
    rings: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = ()
    name: str = ""
    synthetic: bool = False


class _Roster(_Strict, frozen=True, kw_only=True):
    workers: tuple[RosterEntry, ...]


class _Measures(_Strict, frozen=True, kw_only=True):
    measures: tuple[Measure, ...]


class _Duty(_Strict, frozen=True, kw_only=True):
    entries: tuple[DutyEntry, ...]


class Geometry(_Strict, frozen=True, kw_only=True):
    """The map's own table; `synthetic` when any of it is made up (演示数据)."""

    synthetic: bool
    features: tuple[Feature, ...]


ready(_Organisation, _Catalogue, _Profiles, _Calendar, _Guides, _Accounts, _Roster, _Duty)
ready(Geometry, _Measures, _Bulletins, _Strict)

_T = TypeVar("_T", bound=_Strict)


def _parse(body: str, kind: type[_T], name: str) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError, ValueError) as error:
        raise BadInput(f"表 {name}", str(error)[:200]) from None


def _text(table: msgspec.Struct) -> str:
    return msgspec.json.encode(table).decode()


def parse_organisation(body: str) -> Organisation:
    """Read the organisation tree; an unknown parent or a cycle is a BadInput."""
    table = _parse(body, _Organisation, "organisation")
    return Organisation(table.nodes, table.version)


def write_organisation(nodes: Iterable[Node], version: str) -> str:
    """Return the tree's table; it is checked as a reader would."""
    text = _text(_Organisation(version=version, nodes=tuple(nodes)))
    parse_organisation(text)
    return text


def parse_catalogue(body: str) -> Catalogue:
    """Read one version of the list of matters."""
    table = _parse(body, _Catalogue, "catalogue")
    return Catalogue(table.version, table.items, table.former)


def write_catalogue(catalogue: Catalogue) -> str:
    """Return the catalogue's table."""
    former = {version: dict(names) for version, names in catalogue.former.items()}
    return _text(_Catalogue(version=catalogue.version, items=tuple(catalogue), former=former))


def parse_sla(body: str) -> dict[str, Profile]:
    """Read the SLA profiles by code."""
    table = _parse(body, _Profiles, "sla")
    found: dict[str, Profile] = {}
    for each in table.profiles:
        where = f"表 sla {each.code}"
        spans = {stage: Span.parse(text, where) for stage, text in each.spans.items()}
        found[each.code] = Profile(each.code, each.working, spans)
    return found


def write_sla(profiles: Iterable[Profile], version: str) -> str:
    """Return the profiles' table."""
    rows = tuple(
        _Profile(each.code, each.working, {at: str(span) for at, span in each.spans.items()})
        for each in profiles
    )
    return _text(_Profiles(version=version, profiles=rows))


def parse_calendar(body: str) -> WorkingCalendar:
    """Read the working calendar."""
    table = _parse(body, _Calendar, "calendar")
    return WorkingCalendar(table.rows, table.years, table.version)


def write_calendar(rows: Iterable[DayRow], years: Iterable[int], version: str) -> str:
    """Return the calendar's table: days that are not what their weekday says."""
    ordered = tuple(sorted(rows, key=lambda row: row.day))
    return _text(_Calendar(version=version, years=tuple(sorted(years)), rows=ordered))


def parse_guides(body: str) -> Guides:
    """Read the item guides."""
    table = _parse(body, _Guides, "guides")
    return Guides(table.version, table.guides)


def write_guides(guides: Guides) -> str:
    """Return the guides as a table's body."""
    return _text(_Guides(version=guides.version, guides=tuple(guides)))


def parse_bulletins(body: str) -> Duties:
    """Read which incidents owe an information report, and how soon."""
    table = _parse(body, _Bulletins, "bulletins")
    return Duties(table.version, table.duties)


def write_bulletins(duties: Duties) -> str:
    """Return the duties as a table's body."""
    return _text(_Bulletins(version=duties.version, duties=tuple(duties)))


def parse_accounts(body: str) -> tuple[Account, ...]:
    """Read the people who may log in."""
    table = _parse(body, _Accounts, "accounts")
    return tuple(
        Account(each.name, each.roles, each.node, each.verifier, each.disabled, each.person)
        for each in table.accounts
    )


def write_accounts(accounts: Iterable[Account], version: str) -> str:
    """Return the accounts' table."""
    rows = tuple(
        _Account(each.name, each.roles, each.node, each.verifier, each.disabled, each.person)
        for each in accounts
    )
    return _text(_Accounts(version=version, accounts=rows))


def parse_roster(body: str) -> tuple[RosterEntry, ...]:
    """Read the workers of the field."""
    return _parse(body, _Roster, "roster").workers


def write_roster(workers: Iterable[RosterEntry], version: str) -> str:
    """Return the workers' table."""
    return _text(_Roster(version=version, workers=tuple(workers)))


def parse_duty(body: str) -> tuple[DutyEntry, ...]:
    """Read who is planned on which shift."""
    return _parse(body, _Duty, "duty").entries


def write_duty(entries: Iterable[DutyEntry], version: str) -> str:
    """Return the table of the planned shifts."""
    return _text(_Duty(version=version, entries=tuple(entries)))


def parse_geometry(body: str) -> Geometry:
    """Read outlines and places."""
    return _parse(body, Geometry, "geometry")


def write_geometry(features: Iterable[Feature], version: str) -> str:
    """Return the map's table, marked as made up when any feature is."""
    every = tuple(features)
    return _text(
        Geometry(version=version, synthetic=any(each.synthetic for each in every), features=every)
    )


def parse_measures(body: str) -> tuple[Measure, ...]:
    """Read the definitions of the report's rates; one that cannot be counted is a BadInput."""
    return checked(_parse(body, _Measures, "kpi").measures, "表 kpi")


def write_measures(measures: Iterable[Measure], version: str) -> str:
    """Return the definitions' table."""
    return _text(_Measures(version=version, measures=tuple(measures)))


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "organisation": parse_organisation,
    "catalogue": parse_catalogue,
    "sla": parse_sla,
    "calendar": parse_calendar,
    "guides": parse_guides,
    "bulletins": parse_bulletins,
    "accounts": parse_accounts,
    "roster": parse_roster,
    "duty": parse_duty,
    "geometry": parse_geometry,
    "kpi": parse_measures,
}


def check(name: str, body: str) -> None:
    """Refuse an unknown name and a body that a site could not read."""
    reader = _READERS.get(name)
    if reader is None:
        raise BadInput(f"表 {name}", "没有这样的参考表")
    reader(body)


def rules(bodies: Mapping[str, str]) -> Rules:
    """Build the rules from the tables of `DECIDED_BY`; a missing one of `RULES` is a BadInput."""
    missing = [name for name in RULES if name not in bodies]
    if missing:
        raise BadInput(f"表 {missing[0]}", "尚未取得，先与市级中心同步一次")
    return Rules(
        parse_organisation(bodies["organisation"]),
        parse_catalogue(bodies["catalogue"]),
        parse_sla(bodies["sla"]),
        parse_calendar(bodies["calendar"]),
        parse_guides(bodies["guides"]) if "guides" in bodies else NO_GUIDES,
        parse_bulletins(bodies["bulletins"]) if "bulletins" in bodies else NO_DUTIES,
    )
