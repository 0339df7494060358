"""What an act would do if it were done now: thought through by the rules, nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.acts.perform import foresee as acts_foresee
from dispatch.desk.modes import Moment
from dispatch.desk.pane import leads_to
from dispatch.desk.towns import town_at
from dispatch.desk.views_palette import Foreseen
from dispatch.domain.command import Command
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Modes
from dispatch.domain.rules import Actor, Rules
from dispatch.domain.sla import Limit


@dataclass(frozen=True, slots=True)
class _Looked:
    """A moment as an act that is only thought through needs it."""

    at: Moment
    town: str

    def rules(self) -> Rules:
        return self.at.reader.rules()

    def modes(self) -> Modes:
        return self.at.modes_in(self.town)

    def incident(self, id_: str, /) -> Incident | None:
        return self.at.reader.incident(id_)


def foresee(at: Moment, command: Command, actor: Actor) -> Foreseen:
    """Return what an act would do to its incident; refused as the act would be."""
    found = at.reader.incident(command.incident)
    town = found.town if found else town_at(command, at.reader.rules())
    drafts = acts_foresee(_Looked(at, town or ""), command, actor, at.now)
    before = found.state if found else None
    after = before
    limits: tuple[Limit, ...] = ()
    for draft in drafts:
        if draft.subject.id == command.incident:
            after = leads_to(draft) or after
            limits = (*limits, *getattr(draft.body, "limits", ()))
    return Foreseen(tuple(each.type for each in drafts), before, after, limits)
