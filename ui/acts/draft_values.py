"""What stands in a form, written down and put back: each kind of field has its own way."""

import json
from dataclasses import asdict
from typing import Any, Final

from dispatch.domain.errors import BadInput
from ui.acts.act_form import ActForm
from ui.acts.check_list import CheckList
from ui.acts.choice_entry import ChoiceEntry
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.entry import Entry
from ui.acts.finder import Finder
from ui.acts.found import Found, Spot
from ui.acts.line_entry import LineEntry
from ui.acts.photos_entry import PhotosEntry
from ui.acts.report_form import ReportForm
from ui.acts.several_finder import SeveralFinder
from ui.acts.text_entry import TextEntry

Form = ActForm | DispatchDialog | ReportForm
Values = tuple[tuple[str, str], ...]
_UNITS: Final = "units"
"""The dispatch dialog's choice: the main unit, then the assisting ones, codes and names."""


def values_of(form: Form) -> Values:
    """Return what stands in the form, by field; what is ticked is ticked anew by who sends it."""
    found = [(name, text) for name, row in form.rows.items() if (text := _written(row.entry))]
    if isinstance(form, DispatchDialog):
        units = [form.units.main, *form.units.assists]
        told = [{"code": each, "name": form.units.name(each)} for each in units if each]
        found = [(name, text) for name, text in found if name not in {"unit", "assists"}]
        found.append((_UNITS, json.dumps(told, ensure_ascii=False)))
    return tuple(found)


def put_back(form: Form, values: Values) -> tuple[str, ...]:
    """Fill the form as it stood; return the fields that it does not have or cannot read."""
    left = []
    for name, text in values:
        try:
            told = json.loads(text)
            if name == _UNITS and isinstance(form, DispatchDialog):
                form.take_units([_found(each) for each in told])
            elif name in form.rows:
                _put(form.rows[name].entry, told)
            else:
                left.append(name)
        except (ValueError, TypeError, KeyError, RecursionError, BadInput):
            left.append(name)
    return tuple(left)


def _written(entry: Entry) -> str:
    told = _told(entry)
    return json.dumps(told, ensure_ascii=False) if told else ""


def _told(entry: Entry) -> object:
    """Return what JSON can hold of a field; something empty for an empty one."""
    match entry:
        case SeveralFinder():
            return [asdict(each) for each in entry.several()]
        case Finder():
            found = entry.found()
            return asdict(found) if found is not None else entry.text()
        case LineEntry():
            return entry.text()
        case TextEntry():
            return entry.toPlainText()
        case ChoiceEntry():
            chosen = entry.values().get(entry.name)
            return None if chosen is None else str(chosen)
        case PhotosEntry():
            return list(entry.paths())
        case CheckList():
            return None
        case _:
            return None


# Any: whatever a file holds; each kind of field takes what it knows.
def _put(entry: Entry, told: Any) -> None:
    match entry:
        case SeveralFinder():
            for each in told:
                entry.propose(_found(each))
        case Finder():
            _put_found(entry, told)
        case LineEntry() | TextEntry():
            entry.propose(str(told))
        case ChoiceEntry():
            entry.choose_code(str(told))
        case PhotosEntry():
            entry.add([str(each) for each in told])
        case _:
            raise ValueError


def _put_found(entry: Finder, told: Any) -> None:  # Any: as above
    if isinstance(told, str):
        entry.setText(told)
        entry.textEdited.emit(told)
    else:
        entry.choose_found(_found(told))


def _found(told: Any) -> Found:  # Any: as above
    """Return what was found, from its JSON; anything else is a TypeError or a ValueError."""
    if not isinstance(told, dict):
        raise TypeError(told)
    words = {name: str(told.get(name, "")) for name in ("code", "name", "beside", "right")}
    if not words["code"]:
        raise ValueError(told)
    if "point" not in told:
        return Found(**words)
    (lon, lat), (part, code) = told["point"], told["part"]
    point = (float(lon), float(lat))
    return Spot(**words, point=point, part=(str(part), str(code)), said=str(told["said"]))
