"""Puts what a line already gives into the form that asks for the rest."""

from collections.abc import Callable

from dispatch.advice.line import Holds
from dispatch.advice.slots import Filled, Given
from dispatch.desk.views import TownGeometry
from dispatch.domain.command import Verb
from ui.acts import spots
from ui.acts.act_form import ActForm
from ui.acts.acts import Form
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.finder import Finder
from ui.acts.found import Found
from ui.acts.lookups import search
from ui.acts.report_form import ReportForm

_NAMES = frozenset({Holds.ITEM, Holds.UNIT, Holds.WORKER, Holds.INCIDENT})
TownLoader = Callable[[Callable[[TownGeometry], None]], None]


def prefill(form: Form, filled: Filled, load_town: TownLoader) -> None:
    """Fill a form that was opened for this act; a form of another kind is left alone."""
    match form:
        case DispatchDialog():
            _order(form, filled)
        case ActForm() if form.verb is filled.act.verb:
            for given in filled.given:
                if given.slot.name in form.rows:
                    form.rows[given.slot.name].entry.propose(_value(given))
        case ReportForm():
            _report(form, filled, load_town)


def _value(given: Given) -> object:
    if given.slot.holds in _NAMES:
        return Found(str(given.value), given.said)
    return given.value


def _order(dialog: DispatchDialog, filled: Filled) -> None:
    if filled.act.verb is not Verb.DISPATCH:
        return
    for given in filled.given:
        match given.slot.name:
            case "unit":
                dialog.prefer(str(given.value))
            case "assists":
                dialog.units.toggle_assist(str(given.value))
            case "due" | "text" as name:
                dialog.rows[name].entry.propose(given.value)
            case _:
                pass


def _report(form: ReportForm, filled: Filled, load_town: TownLoader) -> None:
    for given in filled.given:
        match given.slot.holds:
            case Holds.ITEM:
                item = form.rows["item"].entry.widget()
                if isinstance(item, Finder):
                    found = Found(str(given.value), given.said)
                    item.propose(found)
                    item.chosen.emit(found)
            case Holds.PLACE:
                load_town(_Placed(form, str(given.value)).take)
            case _:
                form.take_words(given.said)


class _Placed:
    """A village of a report whose point is being looked up."""

    def __init__(self, form: ReportForm, code: str) -> None:
        self._form = form
        self._code = code

    def take(self, town: TownGeometry) -> None:
        found = next(iter(spots.of_town(town, self._code, search)), None)
        entry = self._form.rows["lonlat"].entry.widget()
        if found is not None and isinstance(entry, Finder):
            entry.propose(found)
            entry.chosen.emit(found)
