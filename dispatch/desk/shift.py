"""The shift: its charts, its report made and issued, from what this site knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dispatch.acts.perform import Author, record_one
from dispatch.desk.coverage import due_objects
from dispatch.desk.people import Person
from dispatch.desk.reference import Reference
from dispatch.desk.seat import author_of
from dispatch.desk.standing import chief_on
from dispatch.desk.views_report import ShiftCharts
from dispatch.domain.bodies import Audited
from dispatch.domain.bodies_shift import LineWritten, ReportIssued
from dispatch.domain.calendar import HOUR, local
from dispatch.domain.codes import Kind, Level, LineKind, Role, Stage
from dispatch.domain.cycle import days_of
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.shift import next_of, shift_of
from dispatch.reports.figures import count_all
from dispatch.reports.issue import ReportFiles, load_issue, make_report
from dispatch.reports.lengths import standing_feedback
from dispatch.reports.measures import kept
from dispatch.reports.periods import compared
from dispatch.reports.shift_input import (
    Basis,
    Compared,
    Names,
    People,
    Plain,
    Scope,
    ShiftInput,
    ShiftSpan,
    SignedFor,
    Variant,
    Worker,
)
from dispatch.reports.walk import Walk, walk
from dispatch.reports.words import report_no
from dispatch.store.identity import SiteIdentity
from dispatch.store.reader import Reader
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog

LONGEST_MS: Final = 31 * 24 * HOUR
"""A shift report spans at most a month; longer ones are reports of another kind."""


BESIDE: Final = frozenset({"before", "year"})
"""The period before (环比), last year's (同比)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that is wanted: the span [from_at, to_at) and now, all UTC milliseconds.

    `beside`: which others a day, week or month is compared with, of `BESIDE`.
    """

    from_at: int
    to_at: int
    now: int
    variant: Variant = Variant.SHIFT
    items: frozenset[str] = frozenset()
    name: str = ""
    beside: frozenset[str] = BESIDE

    @property
    def span(self) -> ShiftSpan:
        """The period by name."""
        return ShiftSpan(self.name or _shift_name(self), self.from_at, self.to_at, self.variant)

    def checked(self) -> Asked:
        """Return it, or BadInput for a span that is none."""
        if not self.from_at < self.to_at:
            raise BadInput("--to", "必须晚于 --from")
        if self.to_at - self.from_at > LONGEST_MS:
            raise BadInput("--to", "值班报告最长一个月")
        return self


def gather(
    reader: Reader, tables: Reference, identity: SiteIdentity, asked: Asked, person: Person | None
) -> ShiftInput:
    """Return everything of the report that lies in the store."""
    ids = {*reader.touched_since(asked.from_at)}
    ids |= {*reader.reported_between(asked.from_at, asked.to_at)}
    incidents = _incidents(reader, ids)
    checked_items(tables, asked.items)
    rows = {row.id: row for row in reader.rows(ids)}
    town = reader.cursor(identity.town)
    node = tables.rules.organisation.get(identity.scope)
    name = tables.names.node(identity.scope)
    level = node.level if node else Level.TOWN
    office = "智网工程指挥调度中心" if level is Level.TOWN else "智网工作站"
    records = reader.records(asked.from_at, asked.to_at)
    return ShiftInput(
        scope=Scope(code=identity.scope, name=name, level=level, centre=f"{name}{office}"),
        shift=asked.span,
        people=_people(reader, tables, identity, asked, person),
        printed_at=asked.now,
        incidents=incidents,
        basis=Basis(
            town_seq=town.seq,
            own=sum(mark.sseq for mark in reader.writers()),
            behind=reader.unsent().count,
        ),
        measures=tables.measures,
        calendar=tables.rules.calendar,
        plain={id_: Plain(row.place, row.text) for id_, row in rows.items()}
        | _promised(reader, records),
        names=_names(tables),
        roster=_roster(tables, identity),
        records=records,
        posts={name: account.node for name, account in tables.accounts.items()},
        items=asked.items,
        compared=_compared(reader, asked),
        synthetic=tables.geometry.synthetic,
        previous=None,
    )


def on_the_ground(site: SiteStore, tables: Reference, given: ShiftInput) -> ShiftInput:
    """Return the input with the objects on a cycle here and the grids that were covered."""
    days = days_of(given.shift.from_at, given.cut)
    organisation, scope = tables.rules.organisation, given.scope.code
    grids = (each.code for each in organisation if each.level is Level.GRID)
    site.telemetry.cover(tables.grids_holding)
    return replace(
        given,
        objects=due_objects(site, days),
        grids=tuple(sorted(code for code in grids if organisation.within(code, scope))),
        tracked=site.telemetry.covered(days),
    )


def _promised(reader: Reader, records: Iterable[Event]) -> dict[str, Plain]:
    """What was promised to callers, in clear, by the hash of the log's line."""
    hashes = [
        each.hash
        for each in records
        if isinstance(each.body, LineWritten) and each.body.kind is LineKind.PROMISE
    ]
    told = reader.plain(hashes)
    return {hash_: Plain(text=told.get(hash_, {}).get("text", "")) for hash_ in hashes}


def _compared(reader: Reader, asked: Asked) -> tuple[Compared, ...]:
    """The periods that this one is compared with, with what was on then."""
    others = [each for each in compared(asked.span) if each[0] in asked.beside]
    first = reader.first_reported_at() if others else None
    return tuple(
        Compared(
            key=key,
            span=other,
            incidents=_incidents(reader, reader.alive_between(other.from_at, other.to_at + HOUR)),
            known=first is not None and first <= other.from_at,
        )
        for key, other in others
    )


def _incidents(reader: Reader, ids: Iterable[str]) -> tuple[Incident, ...]:
    found = (reader.incident(id_) for id_ in sorted(ids))
    return tuple(each for each in found if each is not None and each.state is not None)


def checked_items(tables: Reference, items: Iterable[str]) -> frozenset[str]:
    """Return the items of a special report; one that no catalogue here has is a BadInput."""
    found = frozenset(items)
    for each in sorted(found):
        if tables.rules.catalogue.get(each) is None:
            raise BadInput("--item", f"目录中没有事项 {each[:20]}")
    return found


def _shift_name(asked: Asked) -> str:
    at = local(asked.from_at)
    return "白班" if 8 <= at.hour < 20 else "夜班"


def _people(
    reader: Reader,
    tables: Reference,
    identity: SiteIdentity,
    asked: Asked,
    person: Person | None,
) -> People:
    own = shift_of(identity.scope, asked.from_at)
    folded = reader.shift(own)
    present = folded.present
    found: dict[Role, str] = {}
    seats: dict[str, int] = {}
    for account, seat in present.items():
        known = tables.accounts.get(account)
        for role in known.roles if known else ():
            found.setdefault(role, account)
        seats[seat] = seats.get(seat, 0) + 1
    return People(
        account=person.account if person else "",
        chief=tables.person(found.get(Role.CHIEF, "")),
        leader=tables.person(found.get(Role.LEADER, "")),
        relief=chief_on(reader, tables, next_of(own)),
        seats=tuple(sorted((seat, count) for seat, count in seats.items() if seat)),
        signed=tuple(
            SignedFor(each.part, tables.person(each.by), each.at, content)
            for each in folded.signed
            if (content := folded.content_of(each.figures))
        ),
    )


def _names(tables: Reference) -> Names:
    organisation = tables.rules.organisation
    units = {unit: tables.names.unit(unit) for unit in tables.units()}
    by_level: dict[Level, dict[str, str]] = {}
    for node in organisation:
        by_level.setdefault(node.level, {})[node.code] = node.name
    return Names(
        items={item.code: item.name for item in tables.rules.catalogue},
        former=tables.rules.catalogue.former,
        units=units,
        villages=by_level.get(Level.VILLAGE, {}),
        grids=by_level.get(Level.GRID, {}),
        accounts={name: tables.person(name) for name in tables.accounts},
    )


def _roster(tables: Reference, identity: SiteIdentity) -> tuple[Worker, ...]:
    organisation = tables.rules.organisation
    return tuple(
        Worker(each.number, each.grid, organisation.ancestor(each.grid, Level.VILLAGE) or each.grid)
        for each in tables.roster
        if organisation.within(each.grid, identity.scope)
    )


def charts(given: ShiftInput) -> ShiftCharts:
    """Return the series of a shift by the hour, from the report's own figures, up to now."""
    walked = walk(given)
    sheet = count_all(walked)
    hours = sorted(
        int(id_.rpartition(".")[2])
        for id_, figure in sheet.figures.items()
        if id_.startswith("hour.stock.") and figure.value is not None
    )

    def series(name: str) -> tuple[int, ...]:
        return tuple(sheet[f"hour.{name}.{hour:02d}"].value or 0 for hour in hours)

    done, on_time = _disposed(walked, len(hours))
    start = local(given.shift.from_at).hour
    return ShiftCharts(
        hours=tuple((start + hour) % 24 for hour in hours),
        new=series("new"),
        closed=series("closed"),
        backlog=series("stock"),
        on_time=on_time,
        disposed=done,
    )


def _disposed(walked: Walk, hours: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Per hour how many were disposed of, and of these how many before the end of their limit."""
    done, on_time = [0] * hours, [0] * hours
    for _, now in walked.present():
        fed = standing_feedback(now)
        hour = (fed.corrected_at - walked.from_at) // HOUR if fed else hours
        if 0 <= hour < hours:
            done[hour] += 1
            on_time[hour] += kept(now, Stage.DISPOSAL)
    return tuple(done), tuple(on_time)


def issue(
    site: SiteStore,
    given: ShiftInput,
    out: Path,
    formats: tuple[str, ...],
    person: Person | None,
) -> ReportFiles:
    """Write the files, then record that the report was made and the hash of its figures.

    Waits for the store's writer, so it runs in a thread of its own.
    """
    made = make_report(given, out, formats)
    author = author_of(person) if person else Author("", "", "")
    if given.shift.variant is not Variant.SHIFT:
        _trace(site, given, made, author)
        return made
    body = ReportIssued(
        figures=made.figures_sha256,
        from_at=given.shift.from_at,
        to_at=given.shift.to_at,
        revision=made.revision,
        provisional=made.provisional,
        content=made.content_sha256,
    )
    subject = (Kind.SHIFT, shift_of(given.scope.code, given.shift.from_at))

    def job(log: SiteLog) -> None:
        record_one(log, subject, "report_issued", body, author, given.printed_at)

    site.write(job).result()
    return made


def _trace(site: SiteStore, given: ShiftInput, made: ReportFiles, author: Author) -> None:
    """Leave a trace of a report that is no shift's: that one alone is signed by the shifts."""
    about = f"{report_no(given.scope, given.shift)}:{made.figures_sha256}"
    body = Audited(what="report_issued", about=about)
    subject = (Kind.AUDIT, author.account or given.scope.code)

    def job(log: SiteLog) -> None:
        record_one(log, subject, "audited", body, author, given.printed_at)

    site.write(job).result()


def previous(out: Path, given: ShiftInput) -> ShiftInput:
    """Return the input with the issue before that lies in the folder, if there is one."""
    return replace(given, previous=load_issue(out, given))
