"""What Enter would do: a command out of a line, the incident and what its form would propose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject

from dispatch.advice.line import Holds
from dispatch.advice.slots import Filled
from dispatch.desk.candidates import Candidate
from dispatch.desk.views import DispatchAdvice, IncidentPane, UnitAdvice, WorkerStatus
from dispatch.desk.views_palette import Typed
from dispatch.domain.codes import Role
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused
from dispatch.domain.may import NEW, RIGHTS
from ui import labels, refusals
from ui.acts.acts import at_once
from ui.acts.fields import FIELDS, IMMEDIATE, fields_of
from ui.acts.found import Found
from ui.acts.proposals import proposals
from ui.acts.seat import Seat
from ui.incident.advice import how_far
from ui.tongue import tr
from ui.wording import told

_BY_FORM: Final = frozenset({*NEW, Verb.RESOLVE})
"""Acts whose form is always opened; every other one is done when nothing it needs is missing."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the incident: advice and candidates are None while they are not asked."""

    pane: IncidentPane
    advice: DispatchAdvice | None = None
    candidates: tuple[Candidate, ...] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What Enter does. Without a command the form is opened with `known`, for `missing` is needed.

    `says` is whom and what the line gives; `why` and `warnings` are whole sentences.
    """

    verb: Verb
    pane: IncidentPane
    command: Command | None
    known: Mapping[str, object]
    missing: tuple[str, ...] = ()
    says: tuple[tuple[str, str], ...] = ()
    why: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    barred: str = ""
    forbidden: Refused | None = None


class Planner(QObject):
    """Makes plans. `seat` tells who sits here."""

    def plan(self, read: Typed, around: Around, seat: Seat) -> Plan | None:
        """Return what a line would do to an incident, None for one without a verb."""
        filled = read.filled
        if filled is None:
            return None
        verb, pane = filled.act.verb, around.pane
        barred = next((each.barred for each in pane.acts if each.verb == verb.value), "")
        if verb in IMMEDIATE:
            return Plan(verb, pane, at_once(verb, pane), {}, barred=barred)
        known = self._known(filled, around, seat, read.worker_unit)
        missing = self._missing(filled, known, seat)
        direct = verb not in _BY_FORM and not missing and not filled.unread
        command = _command(verb, pane, known) if direct else None
        return Plan(
            verb,
            pane,
            command,
            known,
            tuple(missing),
            self._says(filled, known, around),
            tuple(self._why(filled, known, around)),
            tuple(self._warnings(filled, known, around)),
            barred,
            None if command else _forbidden(verb, pane, seat.roles),
        )

    def _known(
        self, filled: Filled, around: Around, seat: Seat, worker_unit: str
    ) -> dict[str, object]:
        """What the line gives, and for the rest what the form would open with."""
        verb, pane = filled.act.verb, around.pane
        found: dict[str, object] = {}
        for each in filled.given:
            if each.slot.holds is Holds.UNITS:
                before = found.get(each.slot.name, ())
                assert isinstance(before, tuple)
                found[each.slot.name] = (*before, each.value)
            else:
                found[each.slot.name] = each.value
        if verb is Verb.DISPATCH:
            self._order(found, filled, around, worker_unit)
        elif verb in FIELDS and verb is not Verb.CORRECT:
            another = found.get("item", pane.row.item) != pane.row.item
            fields = {each.name for each in filled.act.slots}
            for name, (value, _) in proposals(verb, pane, seat).items():
                if name in fields and (name != "priority" or not another):
                    found.setdefault(name, value.code if isinstance(value, Found) else value)
        return {name: value for name, value in found.items() if value not in (None, "", ())}

    def _order(
        self, found: dict[str, object], filled: Filled, around: Around, worker_unit: str
    ) -> None:
        """A dispatch takes the request that the dialog proposes; a person goes with a station."""
        advice = around.advice
        if filled.worker is not None and advice is not None and "unit" not in found:
            lead = next((each for each in advice.units if each.role == "lead"), None)
            if lead is not None:
                found["unit"] = lead.unit
                if worker_unit and worker_unit != lead.unit:
                    found["assists"] = (worker_unit,)
                asked = told(self.tr("请{name}到场"), name=filled.worker.entry.name)
                before = str(found.get("text", advice.request))
                found["text"] = "\n".join(each for each in (before, asked) if each)
        elif advice is not None:
            found.setdefault("text", advice.request)

    def _missing(self, filled: Filled, known: Mapping[str, object], seat: Seat) -> list[str]:
        verb = filled.act.verb
        if verb in FIELDS:
            needed = [each.name for each in fields_of(verb, seat.roles) if each.needed]
        else:
            needed = list(RIGHTS[verb].needs)
        words = {each.name: each.label for each in filled.act.slots}
        # A grade of None is an answer: nobody was reached.
        given = {each.slot.name for each in filled.given}
        return [
            words.get(name, labels.field(name))
            for name in needed
            if name not in known and name not in given
        ]

    def _says(
        self, filled: Filled, known: Mapping[str, object], around: Around
    ) -> tuple[tuple[str, str], ...]:
        units = {each.unit: each.name for each in around.advice.units} if around.advice else {}
        said = [
            (each.slot.label, each.said)
            for each in filled.given
            if each.slot.holds is not Holds.UNITS
        ]
        if filled.worker is not None:
            unit = str(known.get("unit", ""))
            if unit:
                said.insert(0, (self.tr("主办"), units.get(unit, unit)))
            said.insert(1, (self.tr("到场"), filled.worker.entry.name))
        assists = known.get("assists", ())
        if isinstance(assists, tuple) and assists:
            names = tr("、").join(units.get(str(each), str(each)) for each in assists)
            said.append((self.tr("协助"), names))
        behalf = known.get("on_behalf")
        if behalf and "on_behalf" not in {each.slot.name for each in filled.given}:
            said.append((self.tr("代谁记录"), self._unit_name(str(behalf), around)))
        return tuple(said)

    def _unit_name(self, unit: str, around: Around) -> str:
        row = around.pane.row
        return row.unit_name if unit == row.unit else unit

    def _why(self, filled: Filled, known: Mapping[str, object], around: Around) -> list[str]:
        advised = _advised(known, around)
        if advised is not None:
            said = (labels.advice_reason(advised.reason), how_far(advised))
            return [tr("；").join(each for each in said if each)]
        worker = _candidate(filled, known, around)
        if worker is not None:
            where = {"own": self.tr("在本网格"), "village": self.tr("在本村")}.get(worker.where, "")
            distance = worker.distance_m
            far = told(self.tr("{metres} 米"), metres=distance) if distance is not None else ""
            free = self.tr("手上无单") if worker.free else ""
            status = labels.worker(worker.row.status)
            return [tr("，").join(each for each in (where, far, status, free) if each)]
        return []

    def _warnings(self, filled: Filled, known: Mapping[str, object], around: Around) -> list[str]:
        said = []
        if filled.worker is not None:
            name = filled.worker.entry.name
            words = self.tr("{name}是网格员，不能作主办；主办取建议的单位，由其工作站协助")
            said.append(told(words, name=name))
        advised = _advised(known, around)
        if advised is not None and filled.worker is None and advised.role != "lead":
            lead = next((e for e in around.advice.units if e.role == "lead"), None)  # type: ignore[union-attr]
            if lead is not None:
                said.append(told(self.tr("本事项主办是{lead}"), lead=lead.name))
        if filled.act.verb is Verb.DISPATCH and around.advice and around.advice.duplicates:
            near = around.advice.duplicates[0]
            words = self.tr("疑似与 {number} 重复，相距 {metres} 米")
            said.append(told(words, number=near.number[-4:], metres=near.distance_m))
        worker = _candidate(filled, known, around)
        if worker is not None and worker.row.status is WorkerStatus.OFF:
            said.append(told(self.tr("{name}已下班，收不到提醒"), name=worker.row.name))
        elif worker is not None and worker.row.status is WorkerStatus.SILENT:
            said.append(told(self.tr("{name}已失联"), name=worker.row.name))
        elif worker is not None and worker.row.task:
            words = self.tr("{name}手上还有 {task}")
            said.append(told(words, name=worker.row.name, task=worker.row.task))
        said += [told(self.tr("没有看懂“{word}”"), word=each.text) for each in filled.unread]
        return said

    def barred(self, plan: Plan) -> str:
        """Return why the act is somebody else's, "" when it is not."""
        return refusals.barred(plan.barred) if plan.barred else ""


def _forbidden(verb: Verb, pane: IncidentPane, roles: tuple[Role, ...]) -> Refused | None:
    """Return why a form that is not even filled in would be of no use: state, or whose act it is.

    A whole act is asked of the rules themselves.
    """
    right, state = RIGHTS[verb], pane.row.state
    if right.states and state not in right.states:
        return Refused("wrong_state", state=state.value, verb=verb.value)
    if not right.roles & set(roles):
        needs, has = "/".join(sorted(right.roles)), "/".join(roles)
        return Refused("role_missing", verb=verb.value, needs=needs, has=has)
    return None


def _advised(known: Mapping[str, object], around: Around) -> UnitAdvice | None:
    if around.advice is None:
        return None
    return next((each for each in around.advice.units if each.unit == known.get("unit")), None)


def _candidate(filled: Filled, known: Mapping[str, object], around: Around) -> Candidate | None:
    number = filled.worker.entry.code if filled.worker else known.get("worker")
    found = (each for each in around.candidates or () if each.row.number == number)
    return next(found, None)


def _command(verb: Verb, pane: IncidentPane, known: Mapping[str, object]) -> Command:
    # Any: every option of the command has its own type, checked by the rules.
    options: dict[str, Any] = dict(known)
    return Command(verb=verb, incident=pane.row.id, seen=pane.row.version, **options)
