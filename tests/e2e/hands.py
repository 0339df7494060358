"""All people of one seat, who bring an incident to where an act begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import BulletinPart, Channel, Source, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.may import NEW
from tests.e2e.town import NOW

FIRE, SAFETY = "消防", "安监"
LON, LAT = 113.9635, 23.0380
WORKER: Final = "W1"
OTHER: Final = "{other}"
"""Stands in a case for a second name that is known when it is made ready."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An incident to act on, and the other incident or the event that the act names."""

    incident: str
    other: str = ""


@dataclass(slots=True)
class Hands:
    """All people of one seat; `contested` are incidents that two seats sent to two units."""

    desk: Desk
    contested: list[str] = field(default_factory=list)

    def do(self, name: str, verb: Verb, id_: str, **options: Any) -> str:
        """Do an act that must be allowed; return the incident."""
        self.desk.resume(name)
        command = Command(verb=verb, incident=id_, **options)
        if verb in NEW:
            return self.desk.report_at(command, LON, LAT).result().incident
        return self.desk.act(command).result().incident

    def reported(self) -> str:
        options = {"item": "0605", "source": Source.HOTLINE, "phone": "138****0000"}
        return self.do("clerk1", Verb.REPORT, new_id(), text="货物堵住通道", **options)

    def to_verify(self) -> str:
        return self.do("clerk1", Verb.ASK_VERIFY, self.reported(), worker=WORKER)

    def filed(self) -> str:
        return self.do("clerk1", Verb.FILE, self.reported())

    def sent(self) -> str:
        return self.do("dispatcher1", Verb.DISPATCH, self.filed(), unit=FIRE)

    def work(self) -> str:
        return self.do("fire1", Verb.SIGN, self.sent(), person="队员甲")

    def done(self) -> str:
        return self.do("fire1", Verb.FEEDBACK, self.work(), text="已清理", closing_met=True)

    def visit(self) -> str:
        return self.do("inspector1", Verb.INSPECT_PASS, self.done())

    def called(self, grade: int) -> str:
        said = {"channel": Channel.PHONE, "grade": grade}
        return self.do("supervisor1", Verb.CALL_BACK, self.visit(), **said)

    def dissatisfied(self) -> str:
        return self.called(5)

    def to_evaluate(self) -> str:
        return self.called(1)

    def informed(self) -> str:
        first = {"part": BulletinPart.FIRST, "text": "首报"}
        return self.do("clerk1", Verb.INFORM, self.work(), **first)

    def closed(self) -> str:
        return self.do("chief1", Verb.CLOSE, self.to_evaluate(), score=90)

    def refusal_asked(self) -> str:
        return self.do("clerk1", Verb.ASK_REFUSE, self.reported(), reason="not_true")

    def grown(self) -> str:
        """Two reports of one matter in one: both reporters wait for word."""
        pair = self.two()
        self.do("clerk1", Verb.MERGE, pair.incident, into=pair.other)
        return pair.other

    def void_asked(self) -> str:
        return self.do("clerk1", Verb.ASK_VOID, self.filed(), reason="mistake")

    def void(self) -> str:
        return self.do("chief1", Verb.GRANT_VOID, self.void_asked())

    def hold_asked(self) -> str:
        said = {"reason": "season", "review_at": NOW + 20 * DAY}
        return self.do("fire1", Verb.ASK_HOLD, self.work(), **said)

    def extension_asked(self) -> str:
        said = {"reason": "weather", "days": 2}
        return self.do("fire1", Verb.ASK_EXTENSION, self.work(), **said)

    def supervised(self) -> str:
        said = {"level": Supervision.NORMAL, "due": NOW + 2 * HOUR}
        return self.do("chief1", Verb.SUPERVISE, self.work(), **said)

    def held(self) -> str:
        return self.do("leader1", Verb.GRANT_HOLD, self.hold_asked())

    def joint(self) -> str:
        said = {"unit": FIRE, "assists": (SAFETY,)}
        return self.do("chief1", Verb.JOINT, self.work(), **said)

    def whistled(self) -> str:
        said = {"unit": FIRE, "assists": (SAFETY,), "answer_by": NOW + 2 * HOUR}
        return self.do("chief1", Verb.JOINT, self.work(), **said)

    def part_signed(self) -> str:
        return self.do("safety1", Verb.SUB_SIGN, self.joint())

    def escalation_asked(self) -> str:
        return self.do("chief1", Verb.ASK_ESCALATION, self.work(), reason="beyond_power")

    def at_the_city(self) -> str:
        return self.do("leader1", Verb.GRANT_ESCALATION, self.escalation_asked())

    def two(self) -> Ready:
        """Two reports of one matter."""
        return Ready(self.reported(), self.filed())

    def merged(self) -> str:
        pair = self.two()
        return self.do("clerk1", Verb.MERGE, pair.incident, into=pair.other)

    def sent_twice(self) -> Ready:
        """Contested; the event to keep is the one that sent it to the fire brigade."""
        id_ = self.contested.pop()
        incident = self.desk.incident(id_).result()
        kept = next(e for e in incident.facts if getattr(e.body, "unit", "") == FIRE)
        return Ready(id_, kept.id)

    def told_off(self) -> str:
        ready = self.sent_twice()
        said = {"keep": (ready.other,), "reason": "fire_first"}
        return self.do("chief1", Verb.RESOLVE, ready.incident, **said)
