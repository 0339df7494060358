"""The incident pane: what it shows, its keys, that nothing is clipped at any width."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dispatch.desk.offers import NEXT
from dispatch.desk.views import ActOffer, Contest, IncidentPane
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.may import CORRECTORS, NEW, RIGHTS
from tests.ui import panel_scene as scene
from tests.ui.text_audit import look_at
from ui.acts.keys import DUPLICATES, EARLIER, KEYS
from ui.incident.near_sheet import NearSheet
from ui.incident.panel import IncidentPanel
from ui.incident.questions import compared, questions
from ui.incident.viewer import PhotoViewer
from ui.look.theme import Theme
from ui.look.tokens import ThemeName


def panel(qtbot: QtBot, pane: IncidentPane, width: int = 465, scale: int = 100) -> IncidentPanel:
    theme = Theme("night", scale)
    made = IncidentPanel(theme)
    qtbot.addWidget(made)
    made.resize(width, 991)
    made.show_pane(pane, scene.NOW)
    made.show_advice(scene.advice())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_first_photo_that_comes_is_shown_whole(qtbot: QtBot, tmp_path: Path) -> None:
    """A part that was hidden takes the height it needs at the pane's width, not at its old one."""
    shown = scene.with_photos(scene.pane(), tmp_path)
    made = panel(qtbot, replace(shown, photos=()))

    made.show_pane(shown, scene.NOW)
    qtbot.waitUntil(lambda: made.photos.width() == made.width())

    assert made.photos.height_for(made.width()) == made.photos.height()


def test_the_queue_takes_no_key_of_the_lines_close_by() -> None:
    """J and K go through the rows: a hint with one of them would send the hand elsewhere."""
    assert set() == {EARLIER, DUPLICATES} & {"J", "K", "N", "F", "W", "L", "Z"}
    assert EARLIER not in KEYS.values()


@pytest.mark.parametrize("width", [400, 465, 560, 744])
@pytest.mark.parametrize("which", ["over", "longest", "contested", "closed", "hold"])
def test_no_text_is_clipped_or_crossed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int, which: str, tmp_path: Path
) -> None:
    panes = {
        "over": scene.with_photos(scene.pane(), tmp_path),
        "longest": scene.with_photos(scene.longest(), tmp_path),
        "contested": scene.contested(),
        "closed": replace(
            scene.pane(State.CLOSED), closed_at=scene.NOW, archive_no="106-1-G", grade=2
        ),
        "hold": scene.pane(State.HOLD, left_ms=40 * 86_400_000),
    }
    made = panel(qtbot, panes[which], width)

    audit = look_at(made, monkeypatch)

    assert [] == audit.beyond
    assert [] == audit.crossing()


@pytest.mark.parametrize("scale", [90, 115, 130])
def test_no_text_is_clipped_at_another_font_choice(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, scale: int, tmp_path: Path
) -> None:
    made = panel(qtbot, scene.with_photos(scene.longest(), tmp_path), 465 * scale // 100, scale)

    audit = look_at(made, monkeypatch)

    assert [] == audit.beyond
    assert [] == audit.crossing()


@pytest.mark.parametrize("state", list(State))
def test_no_two_acts_of_a_state_share_a_key(state: State) -> None:
    """Whatever roles a person has, a key means one act."""
    verbs = [verb for verb, right in RIGHTS.items() if state in right.states]
    if not any(Role.CHIEF in who for who in CORRECTORS.get(state, frozenset())):
        verbs = [verb for verb in verbs if verb is not Verb.CORRECT or state in CORRECTORS]

    twice = [key for key, count in Counter(KEYS[verb] for verb in verbs).items() if count > 1]

    assert [] == twice


def test_every_act_has_a_key_that_the_window_does_not_take() -> None:
    assert set(Verb) - set(NEW) == set(KEYS)

    assert set() == {key for key in KEYS.values() if key in {"N", "F", "Z", "W", "/"}}


@pytest.mark.parametrize("state", [state for state in State if state is not State.CITY])
def test_every_offered_act_is_reached_by_key_button_or_list(qtbot: QtBot, state: State) -> None:
    made = panel(qtbot, replace(scene.pane(state), acts=scene.offers(state)))
    made.show_advice(None)
    foot = made.foot
    behind = set()
    more = foot.button_of(None)
    if more is not None:
        QTest.mouseClick(more, Qt.MouseButton.LeftButton)
        behind = set(foot.more.verbs())
        QTest.keyClick(foot.more, Qt.Key.Key_Escape)

    for verb in foot.offered():
        assert (foot.button_of(verb) is None) == (verb in behind)
        letter = KEYS[verb]
        held = Qt.KeyboardModifier.ShiftModifier
        with qtbot.waitSignal(made.act_wanted) as wanted:
            QTest.keyClick(
                made,
                Qt.Key(ord(letter[-1])),
                held if letter.startswith("Shift") else Qt.KeyboardModifier.NoModifier,
            )
        assert [verb.value] == wanted.args


def test_the_primary_act_is_the_one_that_carries_on(qtbot: QtBot) -> None:
    for state, verb in NEXT.items():
        made = panel(qtbot, replace(scene.pane(state), acts=scene.offers(state)))
        button = made.foot.button_of(verb)
        assert button is not None
        with qtbot.waitSignal(made.act_wanted) as wanted:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert [verb.value] == wanted.args


def test_digits_choose_a_unit_and_letters_what_lies_near(qtbot: QtBot) -> None:
    made = panel(qtbot, scene.pane())
    with qtbot.waitSignal(made.unit_chosen) as unit:
        QTest.keyClick(made, Qt.Key.Key_2)
    with qtbot.waitSignal(made.reveal_wanted) as field:
        QTest.keyClick(made, Qt.Key.Key_V)
    with qtbot.waitSignal(made.other_wanted) as other:
        QTest.keyClick(made, Qt.Key.Key_B)

    assert scene.unit_advice()[1].unit == unit.args[0]
    assert [scene.advice().duplicates[0].id] == other.args
    assert ["phone"] == field.args


@pytest.mark.parametrize("mouse", [False, True])
def test_what_happened_here_before_is_listed_and_opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, mouse: bool
) -> None:
    made = panel(qtbot, scene.pane(), 744)
    QTest.keyClick(made, Qt.Key.Key_U)
    sheet = made.findChild(NearSheet)
    assert sheet is not None
    audit = look_at(sheet, monkeypatch)
    assert [] == audit.beyond + audit.crossing()
    with qtbot.waitSignal(made.incident_wanted) as wanted:
        if mouse:
            QTest.mouseClick(
                sheet.list,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                QPoint(60, 6 + 34 + 10),
            )
        else:
            QTest.keyClick(sheet.list, Qt.Key.Key_Down)
            QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert [scene.advice().earlier[1].id] == wanted.args


def test_a_revealed_phone_stands_where_the_mask_stood(qtbot: QtBot) -> None:
    made = panel(qtbot, scene.pane())
    assert "138 **** 6021" in {fact.said for fact in made.facts.facts()}

    made.show_pane(scene.pane(), scene.NOW, "13800006021")

    assert "13800006021" in {fact.said for fact in made.facts.facts()}


def test_a_contested_incident_opens_side_by_side_and_is_decided(qtbot: QtBot) -> None:
    made = panel(qtbot, scene.pane())
    with qtbot.waitSignal(made.wide_wanted) as wide:
        made.show_pane(scene.contested(), scene.NOW)
    assert [True] == wide.args
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_2)
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert "请写明理由" == made.contested.told.error()
    QTest.keyClicks(made.contested.reason, "seen on the photo")
    with qtbot.waitSignal(made.commanded) as decided:
        QTest.keyClick(made.contested.reason, Qt.Key.Key_Return)

    row = scene.contested().row
    assert decided.args[0] == Command(
        verb=Verb.RESOLVE,
        incident=row.id,
        seen=row.version,
        reason="seen on the photo",
        keep=("hash-fed_back",),
    )


def test_who_may_not_decide_asks_the_chief(qtbot: QtBot) -> None:
    made = panel(qtbot, scene.contested(may=False), 744)
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_1)
    assert not made.contested.confirm.isVisible()
    with qtbot.waitSignal(made.act_wanted) as wanted:
        QTest.keyClick(made, Qt.Key.Key_G)
    assert [Verb.NOTE.value] == wanted.args


def test_putting_it_off_shows_the_pane_and_stays_off(qtbot: QtBot) -> None:
    made = panel(qtbot, scene.contested(), 744)
    with qtbot.waitSignal(made.wide_wanted) as wide:
        QTest.keyClick(made, Qt.Key.Key_Escape)
    assert [False] == wide.args
    made.show_pane(replace(scene.contested(), returns=1), scene.NOW)
    assert not made.contested.isVisible()
    QTest.keyClick(made, Qt.Key.Key_R)
    assert made.contested.isVisible()


def test_pairs_that_share_a_fact_are_one_question_and_others_their_own() -> None:
    one, two, three = (scene.fact(t, n, State.SENT) for n, t in enumerate(("a", "b", "c")))
    four, five = (scene.fact(t, n, None) for n, t in enumerate(("d", "e"), start=9))
    asked = questions(
        (
            Contest(one, two, "state"),
            Contest(two, three, "state"),
            Contest(four, five, "limit:disposal"),
        )
    )

    assert {3: 4, 2: 4} == {len(each.facts): len(each.choices()) for each in asked}
    both = next(each for each in asked if len(each.facts) == 2)
    assert ("hash-d", "hash-e") == tuple(sorted(both.choices()[2].keep))
    assert () == both.choices()[-1].keep


def test_lines_that_differ_are_told() -> None:
    contest = scene.contested().contests[0]
    lines = {line.word: line.differ for line in compared((contest.one, contest.two))}

    assert lines["动作"]
    assert not lines["单位"]
    assert "照片" not in lines


def test_photos_open_and_turn(qtbot: QtBot, tmp_path: Path) -> None:
    pane = scene.with_photos(scene.pane(), tmp_path)
    made = panel(qtbot, pane)
    box = made.photos.boxes()[1]
    with qtbot.waitSignal(made.photo_wanted) as at:
        QTest.mouseClick(
            made.photos,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(box.center()),
        )
    assert [1] == at.args
    viewer = PhotoViewer(Theme(), made, pane.photos, 1)
    viewer.open()
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    assert 2 == viewer.at
    with qtbot.waitSignal(viewer.closed):
        QTest.keyClick(viewer, Qt.Key.Key_Escape)


@pytest.mark.parametrize("theme_name", ["night", "day"])
def test_the_head_is_washed_only_when_it_means_something(
    qtbot: QtBot, theme_name: ThemeName
) -> None:
    theme = Theme(theme_name)
    made = IncidentPanel(theme)
    qtbot.addWidget(made)
    made.resize(465, 991)
    washes = []
    for pane in (scene.pane(left_ms=600_000), scene.pane(), scene.contested()):
        made.show_pane(pane, scene.NOW)
        made.show()
        washes.append(made.head.grab().toImage().pixelColor(2, 2).name())

    tokens = theme.tokens
    assert [each.name() for each in (tokens.panel, tokens.red_wash, tokens.violet_wash)] == washes


def test_a_pane_without_acts_says_so_by_having_no_buttons(qtbot: QtBot) -> None:
    made = panel(qtbot, replace(scene.pane(), acts=()))
    assert () == made.foot.offered()
    made.show_pane(replace(scene.pane(), acts=(ActOffer("note", primary=False),)), scene.NOW)
    assert made.foot.button_of(Verb.NOTE) is not None
