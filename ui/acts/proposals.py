"""What a form opens with: proposed values, each with where it comes from."""

from typing import Final

from dispatch.desk.views import IncidentPane
from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Channel, Role, Supervision
from dispatch.domain.command import Verb
from dispatch.domain.may import PARTS
from ui import labels
from ui.acts.fields import records_for_others
from ui.acts.found import Found
from ui.acts.seat import Seat
from ui.tongue import tr

Proposals = dict[str, tuple[object, str]]

ANSWER_IN: Final = 2 * HOUR
"""How long a supervised unit is given to answer, if nobody says otherwise (illustrative)."""
_CALLS: Final = frozenset({Verb.CALL_BACK, Verb.CALL_TRIED})


def proposals(verb: Verb, pane: IncidentPane, seat: Seat) -> Proposals:
    """Return what is proposed for the fields of an act; a manual choice always stands."""
    row = pane.row
    found: Proposals = {}
    if verb in {Verb.FILE, Verb.CORRECT}:
        if row.item:
            item = Found(row.item, row.item_name, "", f"{pane.department} · {pane.sla}")
            found["item"] = (item, "")
        found["priority"] = (row.priority, "")
    if verb is Verb.CORRECT:
        found["place"] = (row.place, "")
        found["lonlat"] = ((row.lon, row.lat), row.grid_name)
        found["text"] = (pane.text, "")
        found["reporter"] = (pane.reporter, "")
    if verb is Verb.VERIFY and pane.verifying is not None:
        asked = pane.verifying
        found["on_behalf"] = (Found(asked.worker, asked.name, asked.grid_name, tr("请核实")), "")
        found["told_by"] = (Channel.PHONE, "")
    if verb in _CALLS:
        found["channel"] = (Channel.PHONE, "")
    if verb is Verb.SUPERVISE:
        found |= _supervision(pane, seat)
    if verb is Verb.INFORM:
        found |= _bulletin(pane)
    if verb is Verb.TELL:
        found["group"] = (len(pane.reporters.untold) > 1, "")
    if verb is Verb.ASK_EXTENSION:
        found["natural"] = (False, "")
    if verb is Verb.ARRIVE:
        found["at"] = (seat.now(), tr("现在"))
    if verb is Verb.ANSWER_STAND_DOWN and len(pane.told_off) == 1:
        found["unit"] = (pane.told_off[0], "")
    if verb is Verb.JOINT and row.unit:
        found["unit"] = (Found(row.unit, row.unit_name), "")
    if verb in PARTS:
        found |= _of_a_part(verb, pane, seat)
    elif verb is not Verb.VERIFY and _writes_for_unit(verb, seat.roles):
        unit = pane.told_off[0] if verb is Verb.ANSWER_STAND_DOWN and pane.told_off else row.unit
        found["on_behalf"] = (unit, "" if unit != row.unit else tr("主办单位"))
        found["told_by"] = (Channel.PHONE, "")
    return found


def _bulletin(pane: IncidentPane) -> Proposals:
    """The next one in writing, its text begun with what is known."""
    told = pane.bulletins
    return {"part": (told.part, ""), "channel": (Channel.MESSAGE, ""), "text": (told.draft, "")}


def _supervision(pane: IncidentPane, seat: Seat) -> Proposals:
    """The proposed level, else the next one up; to be answered in two hours."""
    card, advice = pane.oversight.card, pane.oversight.proposed
    levels = list(Supervision)
    level = levels[0] if card is None else levels[min(levels.index(card.level) + 1, 2)]
    why = ""
    if advice is not None:
        level, why = advice.level, labels.supervision_reason(advice.why)
    return {"level": (level, why), "due": (seat.now() + ANSWER_IN, "")}


def _of_a_part(verb: Verb, pane: IncidentPane, seat: Seat) -> Proposals:
    """Whose part it is, where only one can be meant; a unit's own people need not say."""
    found: Proposals = {}
    fitting = [each.unit for each in pane.subs if each.state in PARTS[verb]]
    writes = _writes_for_unit(verb, seat.roles)
    if len(fitting) == 1 and Role.UNIT not in seat.roles:
        found["on_behalf" if writes else "unit"] = (fitting[0], "")
    if writes:
        found["told_by"] = (Channel.PHONE, "")
    if verb in {Verb.SUB_ARRIVE, Verb.SUB_SIGN}:
        found["at"] = (seat.now(), tr("现在"))
    return found


def _writes_for_unit(verb: Verb, roles: tuple[Role, ...]) -> bool:
    """A station's own order is its own; only who cannot own one has the unit proposed."""
    return records_for_others(verb, roles) and Role.STATION not in roles


def changed(values: dict[str, object], pane: IncidentPane) -> dict[str, object]:
    """Return what a correction really changes."""
    row = pane.row
    stands: dict[str, object] = {
        "item": row.item,
        "priority": row.priority,
        "place": row.place,
        "text": pane.text,
        "reporter": pane.reporter,
    }
    return {name: value for name, value in values.items() if stands.get(name) != value}
