"""One incident's order on paper: gathered inside one read, written, revealed only with a trace."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dispatch.desk.chaining import failed, then
from dispatch.desk.exporting import record_revealed, who_reveals
from dispatch.desk.looking import incident
from dispatch.desk.masks import masked, masked_name
from dispatch.desk.modes import moment
from dispatch.desk.people import Person
from dispatch.desk.reference import Reference
from dispatch.domain.calendar import local
from dispatch.domain.codes import Stage
from dispatch.domain.errors import BadInput, StoreError, ZhiwangError
from dispatch.domain.incident import Incident
from dispatch.domain.sla import Limit
from dispatch.reports.code_words import STATES, SUB_STATES
from dispatch.reports.figure import NOTHING
from dispatch.reports.order_form import PHOTOS, OrderForm, OrderPhoto, OrderUnit, write_order
from dispatch.reports.words import PRIORITIES, SOURCES
from dispatch.store.identity import SiteIdentity
from dispatch.store.photos import Photos
from dispatch.store.reader import Reader

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk

_ASKS: Final = ("dispatched", "reassigned", "joint_ordered")
_SAYS: Final = {"instructed": "领导批示", "supervised": "督办"}


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """Whose order is wanted, the folder it goes to; `reveal` is why personal data is in clear."""

    incident: str
    out: Path
    reveal: str = ""


def issue_order(desk: Desk, asked: OrderAsked) -> Future[Path]:
    """Write the order of an incident; one that was sent to nobody is a BadInput.

    Personal data in clear is refused to who may not, and recorded before it is read.
    """
    try:
        person = who_reveals(desk, asked.reveal) if asked.reveal else desk.person
    except ZhiwangError as error:
        return failed(error)
    now, site = desk.now(), desk.site

    def gathered(reader: Reader, tables: Reference) -> OrderForm:
        gathering = _Gathering(reader, tables, site.identity, now)
        return gathering.form(asked.incident, site.photos, person, clear=bool(asked.reveal))

    def written(form: OrderForm) -> Path:
        if asked.reveal and person is not None:
            record_revealed(desk, person, f"order:{asked.incident}", asked.reveal)
        return write_order(form, asked.out, f"{_filed(form.number)}-order.pdf")

    return then(desk.asked(gathered), written)


def _filed(number: str) -> str:
    """The number as a file's name."""
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in number)[:60]


@dataclass(frozen=True, slots=True)
class _Gathering:
    reader: Reader
    tables: Reference
    identity: SiteIdentity
    now: int

    def form(self, id_: str, photos: Photos, person: Person | None, *, clear: bool) -> OrderForm:
        at = moment(self.reader, self.tables, self.now)
        found = at.view(incident(self.reader, id_))
        number = found.number or found.temp or found.id[:8]
        if not found.unit:
            raise BadInput(number, "还没有派遣，没有交办单")
        plain = self.reader.plain(event.hash for event in found.facts if event.sealed)
        shown = {name: plain.get(hash_, {}).get(name, "") for name, hash_ in found.sealed}
        guide = self.tables.rules.guides.of(found.item, found.department)
        pictures, more = _photos(found, photos)
        synthetic = self.tables.geometry.synthetic
        who = self.tables.person(person.account) if person else "未登录"
        personal = "含明文个人信息" if clear else "个人信息已遮蔽"
        at_text = f"{local(self.now):%Y-%m-%d %H:%M}"
        marks = (*(("演示数据",) if synthetic else ()), *((personal,) if clear else ()))
        town = self.reader.cursor(self.identity.town).seq
        return OrderForm(
            centre=f"{self.tables.names.node(self.identity.scope)}智网工程指挥调度中心",
            number=number,
            order_no=found.order_no or NOTHING,
            marks=marks,
            watermark=" ".join((who, at_text, *(("演示数据",) if synthetic else ()))),
            basis=f"打印 {at_text} {who} · 镇街序号 {town} · {personal}",
            facts=self._facts(found, shown, clear=clear),
            text=shown.get("text", ""),
            units=self._units(found),
            request=self._request(found, plain),
            checks=guide.checks,
            closing=guide.closing,
            said=self._said(found, plain),
            photos=pictures,
            photos_more=more,
            printed_at=self.now,
        )

    def _facts(
        self, found: Incident, shown: Mapping[str, str], *, clear: bool
    ) -> tuple[tuple[str, str], ...]:
        names = self.tables.names
        phone, reporter = shown.get("phone", ""), shown.get("reporter", "")
        lies = f"{found.lon:.6f}, {found.lat:.6f}" if found.lon and found.lat else NOTHING
        item = names.item(found.item or "", found.catalogue) if found.item else NOTHING
        return (
            ("事项", f"{item}（{found.item or NOTHING}）"),
            ("级别", PRIORITIES.get(found.priority, NOTHING) if found.priority else NOTHING),
            ("地点", shown.get("place", "") or NOTHING),
            ("村（社区）", names.node(found.village or "") or NOTHING),
            ("网格", names.node(found.grid or "") or NOTHING),
            ("经纬度", lies),
            ("来源", SOURCES.get(found.source, NOTHING) if found.source else NOTHING),
            ("上报时间", _when(found.reported_at)),
            ("反映人", (reporter if clear else masked_name(reporter)) or NOTHING),
            ("电话", (phone if clear else masked(phone)) or NOTHING),
        )

    def _units(self, found: Incident) -> tuple[OrderUnit, ...]:
        names = self.tables.names
        state = STATES[found.state] if found.state else NOTHING
        lead = OrderUnit(
            *("主办", names.unit(found.unit or ""), found.order_no or NOTHING),
            *(*_limits(found.limits), state),
        )
        subs = tuple(
            OrderUnit(
                *("协办", names.unit(each.unit), each.order_no),
                *(*_limits(each.limits), SUB_STATES[each.state]),
            )
            for each in found.subs
        )
        told = {each.unit for each in found.subs}
        others = (each for each in found.assists or () if each not in told)
        plain = (OrderUnit("协办", names.unit(each), *(NOTHING,) * 4) for each in others)
        return (lead, *subs, *plain)

    def _request(self, found: Incident, plain: Mapping[str, Mapping[str, str]]) -> str:
        """What the last order said; without words of its own what the item's guide asks."""
        order = found.latest(*_ASKS)
        told = plain.get(order.hash, {}).get("text", "") if order else ""
        return told or self.tables.rules.guides.of(found.item, found.department).request

    def _said(self, found: Incident, plain: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
        return tuple(
            f"{_when(event.corrected_at)} {_SAYS[event.type]}"
            f"（{self.tables.person(event.actor)}）：{plain.get(event.hash, {}).get('text', '')}"
            for event in found.facts
            if event.type in _SAYS and found.lives(event)
        )


def _limits(limits: tuple[Limit, ...]) -> tuple[str, str]:
    """Until when to sign and to be done."""
    due = {each.stage: each.due for each in limits}
    return _when(due.get(Stage.SIGN_IN)), _when(due.get(Stage.DISPOSAL))


def _when(at: int | None) -> str:
    return NOTHING if at is None else f"{local(at):%Y-%m-%d %H:%M}"


def _photos(found: Incident, photos: Photos) -> tuple[tuple[OrderPhoto, ...], int]:
    """The first photos that are here, with their time, and how many more there are."""
    taken: dict[str, int] = {}
    for event in found.facts:
        for sha in event.blobs:
            taken.setdefault(sha, event.corrected_at)
    shown: list[OrderPhoto] = []
    for sha, at in taken.items():
        if len(shown) == PHOTOS:
            break
        try:
            shown.append(OrderPhoto(photos.read(sha), _when(at)))
        except StoreError:  # on its way, or altered on the disk: counted with those not printed
            continue
    return tuple(shown), len(taken) - len(shown)
