"""Incidents drawn for the rates: closed late, once redone, called back with every grade."""

from __future__ import annotations

from dataclasses import fields, replace

from dispatch.domain import bodies as b
from dispatch.domain import bodies_city as c
from dispatch.domain import bodies_oversight as o
from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    ReturnReason,
    Source,
    Stage,
    State,
    Supervision,
)
from tests.recount.drawn import Drawing, limit, reported, sent, stories
from tests.reports.histories import FROM, TO
from tests.reports.seats import Seat


def drawn() -> Seat:
    """Return a seat with every drawn story."""
    drawing = Drawing()
    stories(drawing)
    _closed(drawing)
    _not_closed(drawing)
    _told_early(drawing)
    _called(drawing)
    _stages(drawing)
    _passed_on(drawing)
    _overseen(drawing)
    _city(drawing)
    _by_the_finder(drawing)
    return drawing.done()


def _by_the_finder(drawing: Drawing) -> None:
    """Dealt with by who found it: before the shift, in it, and in it but not accepted."""
    for number, at in enumerate((FROM - HOUR, FROM + HOUR, FROM + 2 * HOUR)):
        id_ = f"d-self-{number}"
        head = drawing.add(id_, "reported", reported(at, at + HOUR), at)
        body = o.SelfHandled(limits=(limit(Stage.CHECK, at, at + 4 * HOUR),))
        head = drawing.add(id_, "self_handled", body, at, head)
        if number == 1:
            passed = b.Passed(to=State.EVAL, drawn=50)
            drawing.add(id_, "inspected_pass", passed, at + HOUR, head)
        if number == 2:
            drawing.add(id_, "self_handling_refused", o.SelfHandlingRefused(), at + HOUR, head)


def _closed(drawing: Drawing) -> None:
    """Closed in time and late, by the hotline and others; with each thing that was done again."""
    for source in (Source.WORKER, Source.HOTLINE):
        for again in ("", "late", "inspected_fail", "redone", "returned"):
            _one_closed(drawing, f"d-closed-{source}-{again}", source, again, FROM + HOUR)
    _one_closed(drawing, "d-closed-before", Source.HOTLINE, "", FROM - 9 * HOUR)


def _one_closed(drawing: Drawing, id_: str, source: Source, again: str, at: int) -> None:
    due = at + (HOUR // 2 if again == "late" else 5 * HOUR)
    head = sent(drawing, id_, at, due, source=source)
    if again == "returned":
        back = b.Returned(why=ReturnReason.NOT_OURS, from_unit="消防")
        head = drawing.add(id_, "returned", back, at + 5 * MINUTE, head)
        order = b.Dispatched(unit="公安", order_no="2")
        head = drawing.add(id_, "dispatched", order, at + 6 * MINUTE, head)
        head = drawing.add(id_, "signed", b.Signed(), at + 7 * MINUTE, head)
    head = drawing.add(id_, "fed_back", b.FedBack(), at + HOUR, head)
    if again in {"inspected_fail", "redone"}:
        body = b.Failed() if again == "inspected_fail" else b.Redone()
        head = drawing.add(id_, again, body, at + HOUR + MINUTE, head)
        head = drawing.add(id_, "fed_back", b.FedBack(), at + 2 * HOUR, head)
    passed = b.Passed(to=State.EVAL, drawn=50)
    head = drawing.add(id_, "inspected_pass", passed, at + 3 * HOUR, head)
    drawing.add(id_, "closed", b.Closed(on_time=True, archive_no="1"), at + 4 * HOUR, head)


def _not_closed(drawing: Drawing) -> None:
    """Void, merged and held though the disposal is due in the shift."""
    at, due = FROM + HOUR, FROM + 6 * HOUR
    head = sent(drawing, "d-void-due", at, due, source=Source.HOTLINE)
    asked = drawing.add("d-void-due", "void_asked", b.Asked(), at + HOUR, head)
    drawing.add("d-void-due", "void_granted", b.Answered(request=asked), at + 2 * HOUR, asked)
    head = sent(drawing, "d-merged-due", at, due)
    child = b.Merged(master="d-due-day", distance_m=1, apart_s=1, same_item=True)
    drawing.add("d-merged-due", "merged", child, at + HOUR, head)
    head = sent(drawing, "d-held-due", at, due)
    asked = drawing.add("d-held-due", "hold_asked", b.HoldAsked(review_at=TO), at + HOUR, head)
    grant = b.HoldGranted(request=asked, left_ms=1)
    drawing.add("d-held-due", "hold_granted", grant, at + 2 * HOUR, asked)


def _told_early(drawing: Drawing) -> None:
    """A limit of the disposal that stands before anybody was sent."""
    at = FROM + HOUR
    promised = (limit(Stage.DISPOSAL, at, FROM + 6 * HOUR),)
    for name in ("d-early", "d-early-verify"):
        body = replace(reported(at, at + HOUR), limits=promised)
        head = drawing.add(name, "reported", body, at)
        if name.endswith("verify"):
            drawing.add(name, "verify_asked", b.VerifyAsked(worker="1"), at + MINUTE, head)


def _called(drawing: Drawing) -> None:
    """Called back with every grade and with none, in the shift and before it."""
    for source in (Source.HOTLINE, Source.WORKER):
        for grade in (1, 2, 3, 4, 5, None):
            for at in (FROM - 9 * HOUR, FROM + HOUR):
                id_ = f"d-call-{source}-{grade}-{at}"
                head = sent(drawing, id_, at, at + 5 * HOUR, source=source)
                head = drawing.add(id_, "fed_back", b.FedBack(), at + HOUR, head)
                passed = b.Passed(to=State.VISIT, drawn=1)
                head = drawing.add(id_, "inspected_pass", passed, at + 2 * HOUR, head)
                body = b.CalledBack(channel=Channel.PHONE, grade=grade, to=State.EVAL)
                drawing.add(id_, "called_back", body, at + 3 * HOUR, head)


def _stages(drawing: Drawing) -> None:
    """Every stage still to come: its limit in the shift, at its very ends and after it."""
    for name, due in (("in", FROM + 5 * HOUR), ("from", FROM), ("cut", TO), ("after", TO + HOUR)):
        at = FROM - 2 * HOUR
        verify = drawing.add(f"d-v-{name}", "reported", reported(at, due), at)
        ask = b.VerifyAsked(worker="1", limits=(limit(Stage.VERIFY, at, due),))
        drawing.add(f"d-v-{name}", "verify_asked", ask, at + MINUTE, verify)
        file = drawing.add(f"d-f-{name}", "reported", reported(at, due), at)
        filed = b.Filed(limits=(limit(Stage.DISPATCH, at, due),))
        drawing.add(f"d-f-{name}", "filed", filed, at + MINUTE, file)
        send = drawing.add(f"d-s-{name}", "reported", reported(at, due, Source.HOTLINE), at)
        send = drawing.add(f"d-s-{name}", "filed", b.Filed(), at + MINUTE, send)
        order = b.Dispatched(unit="消防", order_no="1", limits=(limit(Stage.SIGN_IN, at, due),))
        drawing.add(f"d-s-{name}", "dispatched", order, at + 2 * MINUTE, send)
        head = sent(drawing, f"d-c-{name}", at, due)
        fed = b.FedBack(limits=(limit(Stage.CHECK, at, due),))
        drawing.add(f"d-c-{name}", "fed_back", fed, at + HOUR, head)


def _passed_on(drawing: Drawing) -> None:
    """Late by the clock, but passed on: quick enough for the second unit, or not."""
    at = FROM + HOUR
    for name, took, kind in (
        ("quick", 59, "reassigned"),
        ("even", 60, "reassigned"),
        ("slow", 61, "reassigned"),
        ("same", 30, "dispatched"),
    ):
        id_ = f"d-on-{name}"
        head = sent(drawing, id_, at, at + HOUR)
        order = at + 50 * MINUTE
        body = (
            b.Reassigned(unit="公安", from_unit="消防", order_no="2")
            if kind == "reassigned"
            else b.Dispatched(unit="公安", order_no="2")
        )
        head = drawing.add(id_, kind, body, order, head)
        head = drawing.add(id_, "signed", b.Signed(), order + MINUTE, head)
        drawing.add(id_, "fed_back", b.FedBack(), order + took * MINUTE, head)


def _overseen(drawing: Drawing) -> None:
    """Supervised on every level, one replied to; instructed; extended, or not granted."""
    at = FROM + HOUR
    for number, level in enumerate((*Supervision, Supervision.RED)):
        id_ = f"d-card-{number}"
        head = sent(drawing, id_, at, at + 5 * HOUR)
        body = o.Supervised(level=level, answer_by=at + 3 * HOUR, points=5)
        card = drawing.add(id_, "supervised", body, at + HOUR, head)
        if number in {0, 3}:
            reply = o.SupervisionReplied(card=card)
            drawing.add(id_, "supervision_replied", reply, at + 2 * HOUR, card)
        drawing.add(id_, "instructed", o.Instructed(), at + 2 * HOUR, card)
    _informed(drawing, at)
    for answer in ("granted", "denied"):
        id_ = f"d-more-{answer}"
        due = at + 5 * HOUR
        head = sent(drawing, id_, at, due)
        wish = o.ExtensionAsked(days=1, natural=True, until=due + HOUR, nth=1)
        asked = drawing.add(id_, "extension_asked", wish, at + HOUR, head)
        told = (
            o.ExtensionGranted(request=asked, was_due=due)
            if answer == "granted"
            else b.Answered(request=asked)
        )
        head = drawing.add(id_, f"extension_{answer}", told, at + 2 * HOUR, asked)
        drawing.add(id_, "fed_back", b.FedBack(), at + 3 * HOUR, head)


def _informed(drawing: Drawing, at: int) -> None:
    """Information reports in time, at the end of the clock, late, and where none ran."""
    part, phone, paper = BulletinPart, Channel.PHONE, Channel.MESSAGE
    for number, due in enumerate((at + 2 * HOUR, at + HOUR, at + HOUR - 1, None)):
        id_ = f"d-informed-{number}"
        head = sent(drawing, id_, at, at + 5 * HOUR)
        first = o.Informed(part=part.FIRST, way=phone, nth=0, due=due)
        late_clock = MINUTE if number == 2 else 0  # late by the town's time, not by the seat's
        head = drawing.add(id_, "informed", first, at + HOUR, head, offset=late_clock)
        follow = o.Informed(part=part.FOLLOW, way=paper, nth=1, due=None)
        head = drawing.add(id_, "informed", follow, at + 2 * HOUR, head)
        final = o.Informed(part=part.FINAL, way=paper, nth=0, due=None)
        drawing.add(id_, "informed", final, (at if number else TO) + 3 * HOUR, head)


def _city(drawing: Drawing) -> None:
    """Done by the city with time left to the town, without any, and where no clock ran."""
    at = FROM + HOUR
    for name, left, due in (
        ("left", HOUR, at + 5 * HOUR),
        ("spent", 0, at + HOUR),
        ("late", -HOUR, at + HOUR),
        ("free", None, at + 6 * HOUR),
        ("stays", HOUR, at + 5 * HOUR),
    ):
        id_ = f"d-city-{name}"
        head = sent(drawing, id_, at, due, source=Source.HOTLINE)
        head = drawing.add(id_, "escalation_asked", b.Asked(), at + HOUR, head)
        body = c.EscalationGranted(
            request=head,
            stood=State.WORK,
            town_left_ms=left,
            limits=(limit(Stage.CITY, at, TO + HOUR),),
        )
        head = drawing.add(id_, "escalation_granted", body, at + 2 * HOUR, head)
        if name == "stays":
            continue
        if name == "free":
            back = c.CityReturned(city_order="S-1", limits=(limit(Stage.DISPOSAL, at, TO),))
            head = drawing.add(id_, "city_returned", back, at + 3 * HOUR, head)
            continue
        head = drawing.add(id_, "city_done", c.CityDone(city_order="S-1"), at + 4 * HOUR, head)
        if name != "spent":
            again = b.Passed(to=State.EVAL, drawn=50)
            head = drawing.add(id_, "inspected_pass", again, at + 5 * HOUR, head)
            shut = b.Closed(on_time=left == HOUR, archive_no="1")
            drawing.add(id_, "closed", shut, at + 6 * HOUR, head)
    for number in (1, 2):
        id_, told = f"d-from-city-{number}", reported(at, at + HOUR, Source.CITY)
        said = {each.name: getattr(told, each.name) for each in fields(told)}
        down = c.CityAssigned(**said, city_id=f"S-{number}")
        head = drawing.add(id_, "city_assigned", down, at)
        if number == 1:
            order = b.Dispatched(unit="消防", order_no="1")
            drawing.add(id_, "dispatched", order, at + 17 * MINUTE, head)
