"""The numbers of a report with the incidents behind each, as the window lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dispatch.desk.views_report import Number, Numbers
from dispatch.domain.calendar import local
from dispatch.reports import flow
from dispatch.reports.figure import NOTHING, Figure
from dispatch.reports.figures import count_all
from dispatch.reports.shift_input import ShiftInput
from dispatch.reports.walk import Walk, walk

SINGLE: Final = "row"
"""Numbers of single incidents; the lists of these are numbers themselves."""
SHARE: Final = ".share."
"""A share of nothing says no more than the whole, which has its own number."""
_WHOLE: Final = "all"


def numbers(given: ShiftInput) -> Numbers:
    """Return the numbers that count incidents, in the report's order.

    A number that counts records of incidents stands for the incidents they are of; one that
    counts anything else (workers, places, lines of the log) has no list and is left out.
    """
    walked = walk(given)
    sheet, owners, groups = count_all(walked), _owners(given), _Groups(walked)
    told = []
    for figure in sheet.figures.values():
        behind, whole = _incidents(figure.ids, owners), _incidents(figure.of, owners)
        listed = behind or (whole and SHARE not in figure.id)
        if listed and not figure.id.startswith(f"{SINGLE}."):
            told.append(
                Number(
                    id=figure.id,
                    family=figure.id.partition(".")[0],
                    name=figure.name,
                    group=groups.of(figure),
                    text=_said(figure),
                    ratio=figure.ratio if figure.form == "percent" else "",
                    incidents=behind,
                    whole=whole,
                )
            )
    return Numbers(given.cut, tuple(told))


def _said(figure: Figure) -> str:
    """The number with its unit: on paper that stands at the head of the column."""
    minutes = figure.form == "minutes" and figure.text != NOTHING
    return f"{figure.text} 分钟" if minutes else figure.text


def _owners(given: ShiftInput) -> dict[str, str]:
    """Per incident, and per record of one, the incident."""
    found: dict[str, str] = {}
    for incidents in (given.incidents, *(each.incidents for each in given.compared)):
        for incident in incidents:
            found[incident.id] = incident.id
            found.update((event.hash, incident.id) for event in incident.facts)
    return found


def _incidents(ids: Iterable[str], owners: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owners[each] for each in ids if each in owners))


class _Groups:
    """What the last part of a number's id means, by the family it stands in."""

    def __init__(self, walked: Walk) -> None:
        names = walked.given.names
        self._names: Mapping[str, Mapping[str, str]] = {
            "village": names.villages,
            "link": names.villages,
            "post": names.villages,
            "unit": names.units,
            "item": names.items,
            "grid": names.grids,
            "hour": _hours(walked),
        }

    def of(self, figure: Figure) -> str:
        """Return the group in words, as a code where codes have words; empty for the whole."""
        parts = figure.id.split(".")
        family, group = parts[0], parts[-1]
        if family in self._names:
            return self._names[family].get(group, group)
        if family in {"flow", "source"}:
            return "" if group == _WHOLE else group
        return ""


def _hours(walked: Walk) -> dict[str, str]:
    begins = [local(begin) for begin, _ in flow.spans(walked)]
    days = len(begins) > 1 and all(f"{each:%H:%M}" == "00:00" for each in begins)
    form = "%m-%d" if days else "%m-%d %H:%M"
    return {f"{index:02d}": each.strftime(form) for index, each in enumerate(begins)}
