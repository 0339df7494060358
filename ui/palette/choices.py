"""The lines under the palette's field: what a word may mean, other acts, recent lines, views."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject

from dispatch.advice.items import Entry, ItemSearch
from dispatch.advice.line import Holds, Slot
from dispatch.desk.views import IncidentPane, QueueRow, WorkerRow
from dispatch.desk.views_palette import ON_DUTY, Named, Typed
from dispatch.domain.command import Verb
from dispatch.domain.shift import span_of
from ui import labels, times
from ui.acts.keys import KEYS
from ui.palette.asking import Asking
from ui.palette.grammar import short, slots
from ui.palette.history import Past
from ui.report import span
from ui.shortcuts import Key
from ui.tongue import tr
from ui.wording import told

RECENT: Final = 3
ACTS: Final = 4
EACH: Final = 4
_ORDER: Final = ("incident", "worker", "contact", "village", "grid", "unit", "item")
_EXAMPLES: Final = {Holds.TIME: "4h", Holds.WHOLE: "40", Holds.WORKER: tr("〔姓名〕")}


@dataclass(frozen=True, slots=True)
class Heading:
    """The word over a part of the list."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list. `kind` says what Enter does with it.

    pick: `code` for the last word. line: the line becomes `fill`. incident, worker, contact,
    village, grid, unit, item: what was found. key: `code` is a key of the window. report: the
    report form.
    `row` and `worker` are what stands behind it, for its mark.
    """

    kind: str
    code: str
    name: str
    sound: str = ""
    middle: str = ""
    right: str = ""
    key: str = ""
    fill: str = ""
    row: QueueRow | None = None
    worker: WorkerRow | None = None


Shown = Heading | Choice


@dataclass(frozen=True, slots=True)
class Known:
    """What the list is made of beside the answer: recent lines, keys, workers by number, now."""

    past: tuple[Past, ...]
    keys: tuple[Key, ...]
    workers: dict[str, WorkerRow]
    now: int


class Choices(QObject):
    """Makes the list."""

    def made(self, asking: Asking, known: Known) -> tuple[Shown, ...]:
        """Return the list for the present line."""
        read = asking.read
        if read is None or not read.typing.text.strip():
            return tuple(self._empty(asking, known))
        if len(read.incidents) > 1:
            return tuple(self._which(read))
        if read.filled is not None:
            return (*self._asked(asking, read, known), *self._other(asking), *self._recent(known))
        return (*self._found(read, known), *self._windows(read, known))

    def _empty(self, asking: Asking, known: Known) -> Iterable[Shown]:
        pane = asking.here()
        if pane is not None:
            yield from self._acts(pane, None)
        yield from self._recent(known)
        keys = [each for each in known.keys if each.bound and each.group == tr("窗口")][:EACH]
        if keys:
            yield Heading(self.tr("窗口"))
            yield from (_of_key(each) for each in keys)

    def _which(self, read: Typed) -> Iterable[Shown]:
        number = read.line.number.text if read.line.number else ""
        yield Heading(told(self.tr("{number} 是哪一件"), number=number))
        for row in read.incidents:
            fill = _with_number(read, row.number)
            state = labels.state(row.state)
            yield Choice(
                "line", row.id, row.item_name, row.number, row.place, state, fill=fill, row=row
            )

    def _asked(self, asking: Asking, read: Typed, known: Known) -> Iterable[Shown]:
        if read.filled is None or read.filled.asked is None:
            yield from self._proposed(asking, read)
            return
        word = read.line.words[-1].text
        kind = {"worker": self.tr("人员"), "unit": self.tr("单位")}.get(read.asked[0].kind, "")
        how = self.tr("拼音") if word.isascii() and word.isalpha() else ""
        kind = kind or read.filled.asked.label
        yield Heading(" · ".join(each for each in (kind, f"{how} {word}".strip()) if each))
        units = {}
        row = asking.incident()
        around = asking.around(row.id) if row else None
        if around is not None and around.advice is not None:
            units = {each.unit: each for each in around.advice.units}
        for each in read.asked[:EACH]:
            choice = self._named(each, known, "pick")
            advised = units.get(each.code)
            if advised is not None:
                right = labels.advice_reason(advised.reason)
                choice = Choice(
                    "pick",
                    each.code,
                    each.name,
                    each.sound,
                    labels.advice_role(advised.role),
                    right,
                    fill="unit",
                )
            yield choice

    def _proposed(self, asking: Asking, read: Typed) -> Iterable[Shown]:
        """Before a unit or a worker is named: the ones that the form would propose."""
        row, plan = asking.incident(), asking.plan
        around = asking.around(row.id) if row else None
        if around is None or plan is None or not plan.missing or read.filled is None:
            return
        holds = {each.holds for each in read.filled.missing()}
        line = f"{read.typing.text.rstrip()} "
        if Holds.UNIT in holds and around.advice is not None:
            yield Heading(self.tr("建议单位"))
            for unit in around.advice.units[:EACH]:
                why = labels.advice_reason(unit.reason)
                role = labels.advice_role(unit.role)
                fill = f"{line}{unit.name}"
                yield Choice("line", unit.unit, unit.name, "", role, why, "", fill)
        elif Holds.WORKER in holds and around.candidates:
            yield Heading(self.tr("人员"))
            for each in around.candidates[:EACH]:
                status = labels.worker(each.row.status)
                fill = f"{line}{each.row.name}"
                middle = each.row.grid_name
                yield Choice("line", each.row.number, each.row.name, "", middle, status, "", fill)

    def _other(self, asking: Asking) -> Iterable[Shown]:
        row = asking.incident()
        around = asking.around(row.id) if row else None
        read = asking.read
        if around is None or read is None or read.filled is None:
            return
        yield from self._acts(around.pane, read.filled.act.verb)

    def _acts(self, pane: IncidentPane, but: Verb | None) -> Iterable[Shown]:
        offered = [Verb(each.verb) for each in pane.acts if not each.barred]
        others = [each for each in offered if each is not but][:ACTS]
        if not others:
            return
        number = pane.row.number[-4:]
        title = self.tr("其他动作") if but is not None else self.tr("可办的动作")
        yield Heading(f"{title} · {number}")
        for verb in others:
            needed = [each for each in slots(verb, ()) if each.needed]
            example = " ".join((short(verb), number, *(_example(e, pane) for e in needed[:2])))
            words = tr("、").join(each.label for each in needed) or self.tr("不用再填")
            fill = f"{short(verb)} {number} "
            name = labels.verb(verb)
            yield Choice("line", verb.value, name, example, "", words, KEYS.get(verb, ""), fill)

    def _recent(self, known: Known) -> Iterable[Shown]:
        if not known.past:
            return
        yield Heading(self.tr("最近"))
        for past in known.past[:RECENT]:
            at = times.minute(past.at, known.now)
            right = f"{at} · {self.tr('已撤销')}" if past.undone else at
            yield Choice("line", "recent", past.text, "", "", right, fill=past.text)

    def _found(self, read: Typed, known: Known) -> Iterable[Shown]:
        if read.reports is not None:
            said = tr("，").join(each.said for each in read.reports.given)
            yield Heading(labels.verb(Verb.REPORT))
            yield Choice("report", "", said, "", "", self.tr("打开上报单"), "Ctrl N")
        if len(read.incidents) == 1:
            yield Heading(self.tr("事件"))
            yield _of_row(read.incidents[0])
        titles = {
            "incident": self.tr("事件"),
            "worker": self.tr("人员、电话"),
            "contact": self.tr("值班、单位电话"),
            "village": self.tr("村（社区）"),
            "grid": self.tr("网格"),
            "unit": self.tr("单位"),
            "item": self.tr("事项"),
        }
        shown = {row.id for row in read.incidents}
        kinds = dict.fromkeys((*(each.kind for each in read.found), *_ORDER))
        for kind in kinds:
            some = [e for e in read.found if e.kind == kind and e.code not in shown][:EACH]
            if some:
                yield Heading(titles[kind])
                yield from (self._named(each, known, kind) for each in some)

    def _named(self, named: Named, known: Known, kind: str) -> Choice:
        worker = known.workers.get(named.code) if named.kind == "worker" else None
        if worker is not None:
            status = labels.worker(worker.status)
            fix = times.age(worker.fix_at, known.now)
            said = (status, told(self.tr("{age}前定位"), age=fix) if worker.fix_at else "")
            right = named.phone if kind == "worker" else " · ".join(e for e in said if e)
            middle = worker.grid_name
            return Choice(kind, named.code, named.name, named.sound, middle, right, worker=worker)
        middle = named.beside
        if named.code.startswith(ON_DUTY):
            shift = named.code.removeprefix(ON_DUTY).partition(":")[0]
            middle = tr("，").join(each for each in (middle, span.part(span_of(shift))) if each)
        return Choice(
            kind, named.code, named.name, named.sound, middle, named.phone, fill=named.kind
        )

    def _windows(self, read: Typed, known: Known) -> Iterable[Shown]:
        """Views and commands of the window, by their words as the help sheet has them."""
        bound = [each for each in known.keys if each.bound]
        index = ItemSearch(Entry(str(at), key.words) for at, key in enumerate(bound))
        found = [bound[int(m.entry.code)] for m in index.find(read.typing.text, EACH) if m.end]
        if found:
            yield Heading(self.tr("视图和命令"))
            yield from (_of_key(each) for each in found)


def _of_key(key: Key) -> Choice:
    shown = key.keys.split()[0].replace("+", " ")
    return Choice("key", key.keys.split()[0], key.words, "", key.group, "", shown)


def _of_row(row: QueueRow) -> Choice:
    state = labels.state(row.state)
    number = row.number[-4:]
    return Choice("incident", row.id, f"{number} {row.item_name}", "", row.place, state, row=row)


def _with_number(read: Typed, number: str) -> str:
    word, text = read.line.number, read.typing.text
    return text if word is None else f"{text[: word.start]}{number}{text[word.end :]} "


def _example(slot: Slot, pane: IncidentPane) -> str:
    if slot.holds is Holds.CHOICE and slot.choices:
        return slot.choices[0][1]
    if slot.holds in {Holds.UNIT, Holds.UNITS}:
        return pane.department or tr("〔{label}〕").format(label=slot.label)
    return _EXAMPLES.get(slot.holds, tr("〔{label}〕").format(label=slot.label))
