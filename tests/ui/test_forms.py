"""The forms: their fields, proposals, errors at the field, and what they hand over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dispatch.desk.views_parts import Answer, Part
from dispatch.domain.codes import Role, SubState
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.may import ON_BEHALF, RIGHTS
from tests.ui import panel_scene as scene
from tests.ui.form_room import ENTER, Room, form_room
from tests.ui.text_audit import look_at
from ui.acts.act_form import ActForm
from ui.acts.fields import ANSWER, FIELDS, IMMEDIATE, OWN, fields_of
from ui.acts.finder import Finder
from ui.acts.photos_entry import PhotosEntry
from ui.acts.plain_form import LOGIN, PlainForm
from ui.acts.report_form import ReportForm


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    with form_room(qtbot) as made:
        yield made


def test_every_verb_has_a_form_or_a_reason_for_none() -> None:
    assert set(Verb) == set(FIELDS) | IMMEDIATE | OWN
    assert set() == set(FIELDS) & (IMMEDIATE | OWN)


@pytest.mark.parametrize("verb", list(FIELDS))
def test_a_form_asks_for_what_the_rules_need_and_nothing_they_refuse(verb: Verb) -> None:
    always = {"reason", "text", "photos"} | ({"on_behalf", "told_by"} & _behalf(verb))
    point = {"lon", "lat", "grid", "village"}
    for roles in ((Role.CHIEF,), (Role.DISPATCHER,), (Role.UNIT,), (Role.STATION,)):
        asked = {field.name for field in fields_of(verb, roles)}
        needed = {field.name for field in fields_of(verb, roles) if field.needed}
        options = {name for each in asked for name in (point if each == "lonlat" else {each})}
        assert options <= RIGHTS[verb].options | always
        assert set(RIGHTS[verb].needs) <= needed


def _behalf(verb: Verb) -> set[str]:
    return {"on_behalf", "told_by"} if verb in ON_BEHALF else set()


WHISTLED = Part("安监", "安监分局", "A1-J1", SubState.SENT, None, None, None, None, answer=Answer())
"""A part that waits for the answer to a whistle: signing for it asks for four facts."""


def test_a_plain_part_is_signed_for_without_the_four_facts(room: Room) -> None:
    names = {each.name for each in ANSWER} - {"text"}
    room.desk.shown = replace(scene.pane(), subs=(replace(WHISTLED, answer=None),))
    assert not names & set(room.open(Verb.SUB_SIGN, Role.UNIT).rows)
    room.desk.shown = replace(room.desk.shown, subs=(WHISTLED,))
    assert names <= set(room.open(Verb.SUB_SIGN, Role.UNIT).rows)


@pytest.mark.parametrize("verb", sorted(set(FIELDS) - {Verb.CORRECT, Verb.ASK_VERIFY}))
def test_an_empty_needed_field_is_told_at_the_field(room: Room, verb: Verb) -> None:
    room.desk.shown = replace(scene.pane(), told_off=("a", "b"), subs=(WHISTLED,))
    room.desk.shown = replace(
        room.desk.shown, row=replace(room.desk.shown.row, item="", item_name="")
    )
    form = room.open(verb, Role.UNIT)
    needed = [
        field
        for field in fields_of(verb, (Role.UNIT,))
        if field.needed and not _given(form, field.name)
    ]
    room.key(ENTER)

    if needed:
        assert "必须填写" == form.rows[needed[0].name].error()
        assert [] == room.desk.acts
    else:
        room.wait(lambda: len(room.desk.acts) == 1)


def _given(form: ActForm, name: str) -> bool:
    return bool(form.rows[name].entry.values().get(name))


@pytest.mark.parametrize("verb", list(FIELDS))
@pytest.mark.parametrize("theme_name", ["night", "day"])
def test_no_text_of_a_form_is_clipped(
    room: Room, monkeypatch: pytest.MonkeyPatch, verb: Verb, theme_name: str
) -> None:
    room.theme.choose("night" if theme_name == "night" else "day")
    room.desk.shown = replace(scene.longest(), told_off=("消防", "安监"))
    form = room.open(verb, Role.DISPATCHER, Role.CHIEF)
    form.show_error(Refused("four_eyes", account="inspector1"))

    audit = look_at(form, monkeypatch)

    assert [] == audit.beyond
    assert [] == audit.crossing()
    assert form.primary.geometry().bottom() < room.host.height()


def test_a_point_outside_is_told_and_needed(room: Room) -> None:
    room.acts.report((120.0, 30.0))
    form = room.acts.form
    assert isinstance(form, ReportForm)
    point = form.rows["lonlat"].entry.widget()
    assert isinstance(point, QLineEdit)
    room.type("0801")
    room.key(ENTER)
    room.wait(lambda: isinstance(form.item, Finder) and form.item.found() is not None)
    point.clear()
    room.key(ENTER)

    assert "必须填写" == form.rows["lonlat"].error()
    assert [] == room.desk.acts


def test_a_bad_input_stands_at_its_field_and_a_refusal_in_the_foot(room: Room) -> None:
    form = room.open(Verb.CALL_BACK, Role.SUPERVISOR)
    room.desk.fails = BadInput("grade", "满意度必须是 1 至 5，或 none")
    room.key(Qt.Key.Key_2)
    room.key(ENTER)
    room.wait(lambda: form.rows["grade"].error() != "")
    assert "满意度必须是 1 至 5，或 none" == form.rows["grade"].error()
    room.desk.fails = Refused("tries_missing", tries=1, days=1)
    room.key(Qt.Key.Key_6)
    room.key(ENTER)
    room.wait(lambda: form.complaint.words() != "")
    assert "无法联系须在两天里试 3 次，现在是 1 天 1 次" == form.complaint.words()
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)
    assert room.desk.acts[0].grade is None


def test_a_correction_hands_over_only_what_is_new(room: Room) -> None:
    form = room.open(Verb.CORRECT, Role.CHIEF)
    place = form.rows["place"].entry.widget()
    assert isinstance(place, QLineEdit)
    place.setFocus()
    room.key(Qt.Key.Key_End)
    room.type(" 2F")
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)

    row = scene.row()
    expected = Command(
        verb=Verb.CORRECT, incident=row.id, seen="v1", place="隔坑村 工业二路 18 号 3 楼 2F"
    )
    assert expected == room.desk.acts[0]


def test_photos_are_chosen_pasted_taken_back_and_stored_first(room: Room, tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("a.jpg", "b.png", "c.txt")]
    seat = replace(room.seat, choose=lambda _: paths[:1])
    form = ActForm(room.theme, room.host, seat, Verb.NOTE, room.desk.shown)
    room.acts.open(form)
    entry = form.rows["photos"].entry
    assert isinstance(entry, PhotosEntry)
    entry.setFocus()
    room.key(Qt.Key.Key_Space)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    QGuiApplication.clipboard().setMimeData(data)
    room.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tuple(paths[:2]) == entry.paths()
    QGuiApplication.clipboard().clear()  # else Qt gives Python's object up after Python
    room.key(Qt.Key.Key_Backspace)
    assert tuple(paths[:1]) == entry.paths()
    room.key(ENTER)
    room.wait(lambda: len(room.desk.acts) == 1)
    assert ([Path(paths[0])], (f"{1:064x}",)) == (room.desk.photos, room.desk.acts[0].photos)


def test_a_wrong_password_is_told_and_typed_anew(room: Room) -> None:
    form = PlainForm(room.theme, room.host, ("登录", "登录"), LOGIN)
    form.open()
    room.type("chief1")
    room.key(Qt.Key.Key_Tab)
    room.type("wrong")
    with room.qtbot.waitSignal(form.filled) as filled:
        room.key(ENTER)
    assert [{"name": "chief1", "password": "wrong"}] == filled.args
    form.show_error(Refused("login_failed", name="chief1"))
    assert "账号或密码不对" == form.complaint.words()
    password = form.rows["password"].entry.widget()
    assert isinstance(password, QLineEdit)
    assert ("", QLineEdit.EchoMode.Password) == (password.text(), password.echoMode())


def test_the_command_has_no_option_that_no_form_gives() -> None:
    """What a form cannot say, the window cannot do; these are set by the product itself."""
    own = {"verb", "incident", "seen", "photos", "temp", "found_at", "village", "keep", "assists"}
    # A joint order with another limit for another unit is a second one in the window.
    own |= {"dues"}
    told = {field.name for verb in FIELDS for field in FIELDS[verb]}
    told |= {"on_behalf", "told_by", "source", "lon", "lat", "grid", "due", "unit"}
    assert {each.name for each in fields(Command)} - own - told == set()
