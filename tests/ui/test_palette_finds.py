"""The palette asks which one, proposes, completes, finds views, places, phones; by keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from dispatch.domain.codes import Kind
from dispatch.domain.command import Verb
from dispatch.domain.event import Subject
from dispatch.wire import tables
from dispatch.wire.protocol import Table
from tests.desk.offices import FIRE, STATION, nodes
from tests.desk.test_contacts import OFFICE
from tests.desk.test_typed import NO_PHONE
from tests.ui.palette_hands import CTRL, ENTER, Hands, Key, act, become, given_reported
from tests.ui.palette_hands import hands as hands  # noqa: PLC0414 - the fixture
from tests.ui.test_seat_window import WAIT_MS
from tests.ui.workplace import sealed_of
from tests.unit.towns import hengli
from ui.acts.act_form import ActForm
from ui.acts.finder import Finder
from ui.acts.plain_form import PlainForm
from ui.acts.report_form import ReportForm
from ui.map.view import MapView


def test_several_with_one_number_are_asked_about(hands: Hands) -> None:
    """Two days, the same last four digits: the list asks, and the chosen one is acted on."""
    hands.seat.open("clerk1")
    first = given_reported(hands)
    second = given_reported(hands)
    numbers = [hands.number(first), hands.number(second)]
    rows = hands.seat.desk.rows(frozenset({first, second})).result()
    palette = hands.open()
    hands.type("立 1")
    hands.settle(palette, "立 1")
    assert palette.asking.read is not None

    palette.asking.read = replace(palette.asking.read, incidents=rows)
    palette.asking.changed.emit()
    assert set(numbers) == {each.sound for each in palette.choices()}
    hands.seat.key(Key.Key_Down)
    chosen = palette.current()
    assert chosen is not None
    hands.seat.key(ENTER)
    line = palette.field.line()
    assert chosen.sound in line
    hands.settle(palette, line)
    hands.seat.key(ENTER)
    hands.wait_event(chosen.code, "filed")


def test_what_is_missing_opens_the_form_with_what_is_known(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    act(hands, Verb.DISPATCH, id_, unit=FIRE)
    hands.line(f"退 {hands.number(id_)} 公安")
    assert "还缺 退回理由" in hands.said()
    hands.seat.key(ENTER)
    acts = hands.seat.whole.acts
    hands.seat.qtbot.waitUntil(lambda: isinstance(acts.form, ActForm), timeout=WAIT_MS)
    form = acts.form
    assert isinstance(form, ActForm)
    propose = form.rows["propose"].entry
    assert isinstance(propose, Finder)
    found = propose.found()
    assert found is not None
    assert "公安" == found.code


def test_a_worker_in_a_units_place_is_sent_with_the_lead(hands: Hands) -> None:
    """张伟 is no unit: the item's own unit leads, his station assists, the order names him."""
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    workers = hands.seat.desk.workers().result()
    worker = next(each for each in workers if each.grid.startswith(STATION))
    hands.line(f"派 {hands.number(id_)} {worker.name}")
    assert f"{worker.name}是网格员，不能作主办" in hands.said()
    hands.seat.key(ENTER)
    hands.wait_event(id_, "dispatched")
    sent = hands.events(id_)[-1]
    assert (FIRE, (STATION,)) == (getattr(sent.body, "unit", ""), getattr(sent.body, "assists", ()))
    assert f"请{worker.name}到场" in sealed_of(hands.seat.desk.site, sent)["text"]


def test_before_a_unit_is_named_the_advised_ones_are_listed(hands: Hands) -> None:
    """Two keys after the number: down, Enter, and the line names the unit."""
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    palette = hands.line(f"派 {hands.number(id_)}")
    assert "还缺 主办单位" in hands.said()
    hands.seat.key(Key.Key_Down)
    hands.seat.key(ENTER)
    line = palette.field.line()
    assert line.endswith("消防大队")
    hands.settle(palette, line)
    hands.seat.key(ENTER)
    hands.wait_event(id_, "dispatched")


def test_tab_completes_and_arrows_choose(hands: Hands) -> None:
    hands.seat.open("clerk1")
    id_ = given_reported(hands)
    act(hands, Verb.FILE, id_)
    become(hands, "dispatcher1")
    start = f"派 {hands.number(id_)} "
    palette = hands.line(f"{start}ga")
    chosen = palette.current()
    assert chosen is not None
    assert f" {chosen.name}" == palette.field.ghost()
    hands.seat.key(Key.Key_Tab)
    assert f"{start}{chosen.name} " == palette.field.line()
    hands.seat.key(Key.Key_Escape)
    assert hands.seat.whole.palette.palette is None or not palette.isVisible()


def test_ctrl_enter_goes_on_to_the_next(hands: Hands) -> None:
    hands.seat.open("clerk1")
    one, two = given_reported(hands), given_reported(hands)
    model = hands.window.queue.model
    hands.seat.qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=WAIT_MS)
    hands.window.show_incident(one)
    hands.seat.wait_shown(one)
    hands.line("立")
    hands.seat.key(ENTER, CTRL)
    hands.wait_event(one, "filed")
    hands.seat.wait_shown(two)


def test_views_and_commands_are_found_by_their_words(hands: Hands) -> None:
    hands.seat.open("clerk1")
    dark = hands.seat.theme.tokens.dark
    palette = hands.line("rjyj")
    chosen = palette.current()
    assert chosen is not None
    assert ("key", "日间、夜间") == (chosen.kind, chosen.name)
    hands.seat.key(ENTER)
    assert dark is not hands.seat.theme.tokens.dark


def test_a_place_filters_the_queue_and_an_item_begins_a_report(hands: Hands) -> None:
    hands.seat.open("clerk1")
    village = hengli().villages[0]
    palette = hands.line(village.name)
    assert "village" == next(e.kind for e in palette.choices() if e.code == village.code)
    hands.seat.key(Key.Key_Escape)

    hands.line(f"0801 {village.name}")
    hands.seat.key(ENTER)
    acts = hands.seat.whole.acts
    hands.seat.qtbot.waitUntil(lambda: isinstance(acts.form, ReportForm), timeout=WAIT_MS)
    form = acts.form
    assert isinstance(form, ReportForm)
    hands.seat.qtbot.waitUntil(lambda: "lon" in form.rows["lonlat"].entry.values())
    values = form.rows["lonlat"].entry.values()
    assert ("0801", village.code) == (form.rows["item"].entry.values()["item"], values["village"])


def test_a_phone_is_revealed_with_a_reason_and_copied(hands: Hands) -> None:
    roster = [tables.RosterEntry("W1", "演示甲", STATION, NO_PHONE)]
    body = tables.write_roster(roster, "2")
    site = hands.seat.desk.site
    site.write(lambda log: log.set_table(Table("roster", "2", body, b""), "r-2")).result()
    hands.seat.open("dispatcher1")
    palette = hands.line("yanshijia")
    chosen = palette.current()
    assert chosen is not None
    assert NO_PHONE not in chosen.right
    assert "****" in chosen.right
    hands.seat.key(ENTER)
    hands.seat.qtbot.waitUntil(lambda: bool(hands.window.findChildren(PlainForm)), timeout=WAIT_MS)
    hands.type("派前确认")
    hands.seat.key(ENTER)
    bottom = hands.window.bottom
    hands.seat.qtbot.waitUntil(lambda: NO_PHONE in bottom.note(), timeout=WAIT_MS)
    assert NO_PHONE == QGuiApplication.clipboard().text()
    person = hands.seat.desk.person
    assert person is not None
    subject = Subject(Kind.AUDIT, person.subject)
    assert 1 == len(site.read(lambda reader: reader.events(subject)).result())


def test_an_offices_number_is_copied_and_a_grid_goes_to_the_map(hands: Hands) -> None:
    """An office's number needs no reason; a grid moves the map and nothing else."""
    organisation = [
        replace(each, phone=OFFICE if each.code.endswith(f"/{FIRE}") else "") for each in nodes()
    ]
    body = tables.write_organisation(organisation, "phones")
    site = hands.seat.desk.site
    site.write(lambda log: log.set_table(Table("organisation", "2", body, b""), "o-2")).result()
    hands.seat.open("dispatcher1")
    palette = hands.line("xfdd")
    place = next(at for at, e in enumerate(palette.choices()) if e.kind == "contact")
    for _ in range(place):
        hands.seat.key(Key.Key_Down)
    hands.seat.key(ENTER)
    assert OFFICE == QGuiApplication.clipboard().text()
    assert OFFICE in hands.window.bottom.note()

    view = hands.seat.whole.map.view
    assert view is not None
    grid = hengli().grids[0]
    palette = hands.line(grid.name)
    assert ("grid", grid.code) == (palette.choices()[0].kind, palette.choices()[0].code)
    hands.seat.key(ENTER)
    hands.seat.qtbot.waitUntil(lambda: view.camera.locked, timeout=WAIT_MS)
    middle = view.camera.view.place(view.width() / 2, view.height() / 2)
    west, south, east, north = _bounds(view, grid.area.outline[0][0])
    assert west <= middle[0] <= east
    assert south <= middle[1] <= north


def _bounds(view: MapView, ring: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    ground = view._ground  # noqa: SLF001 - the projection is nobody's business but the test's
    assert ground is not None
    points = [ground.projection.point(*each) for each in ring]
    east, north = [each[0] for each in points], [each[1] for each in points]
    return min(east), min(north), max(east), max(north)


def test_a_late_answer_to_an_older_line_is_dropped(hands: Hands) -> None:
    hands.seat.open("dispatcher1")
    palette = hands.line("签 9999")
    old = palette.asking.read
    assert old is not None
    hands.type("8")
    palette.asking.take_read(old.typing, old)
    hands.settle(palette, "签 99998")


@pytest.mark.parametrize("text", ["\n\n签\n1", "x" * 1000, "\u202e签 1", "🙂", "'", "签 1 " * 60])
def test_what_is_pasted_is_one_line_and_breaks_nothing(hands: Hands, text: str) -> None:
    hands.seat.open("dispatcher1")
    palette = hands.open()
    QGuiApplication.clipboard().setText(text)
    hands.seat.key(Key.Key_V, CTRL)
    line = palette.field.line()
    assert "\n" not in line
    assert len(line) <= 200
    hands.settle(palette, line)
    hands.seat.key(ENTER)
