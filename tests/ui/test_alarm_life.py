"""The alarm's life (R6), its mute and its repetition, without a window."""

from dataclasses import replace

from ui.alarms.life import MUTE_MS, REPEAT_MS, Alarm, AlarmBoard, AlarmState, flash_on
from ui.alarms.tones import Tone

FIRE = Alarm("i1", 1, "1023 火情、冒烟", Tone.INCIDENT, raised_at=1000, trigger="reported")
CUT = Alarm("hub", 9, "市平台断线", Tone.FAULT, raised_at=900, trigger="cut")


def test_an_alarm_is_unacknowledged_then_steady_then_gone() -> None:
    board = AlarmBoard().raise_alarm(FIRE)
    assert 1 == board.unacknowledged()

    steady = board.acknowledge("i1", "演示员")
    alarm = steady.get("i1")
    assert alarm is not None
    assert (AlarmState.ACKNOWLEDGED, "演示员") == (alarm.state, alarm.acknowledged_by)
    assert 0 == steady.unacknowledged()

    assert () == steady.clear("i1").alarms


def test_the_same_alarm_again_keeps_its_acknowledgement() -> None:
    board = AlarmBoard().raise_alarm(FIRE).acknowledge("i1", "演示员")
    assert 0 == board.raise_alarm(replace(FIRE, raised_at=5000)).unacknowledged()


def test_a_new_trigger_or_a_higher_priority_resets_the_acknowledgement() -> None:
    second = replace(FIRE, key="i2", priority=2)
    board = AlarmBoard().raise_alarm(second).acknowledge("i2", "演示员")
    for again in (replace(second, trigger="over_limit"), replace(second, priority=1)):
        alarm = board.raise_alarm(again).get("i2")
        assert alarm is not None
        assert (AlarmState.UNACKNOWLEDGED, "") == (alarm.state, alarm.acknowledged_by)


def test_a_lower_priority_does_not_reset() -> None:
    board = AlarmBoard().raise_alarm(FIRE).acknowledge("i1", "演示员")
    assert 0 == board.raise_alarm(replace(FIRE, priority=2)).unacknowledged()


def test_the_first_acknowledgement_stands() -> None:
    board = AlarmBoard().raise_alarm(FIRE).acknowledge("i1", "甲").acknowledge("i1", "乙")
    alarm = board.get("i1")
    assert alarm is not None
    assert "甲" == alarm.acknowledged_by


def test_it_sounds_again_until_acknowledged() -> None:
    board, tone = AlarmBoard().raise_alarm(FIRE).due(1000)
    assert tone is Tone.INCIDENT
    board, tone = board.due(1000 + REPEAT_MS - 1)
    assert tone is None
    board, tone = board.due(1000 + REPEAT_MS)
    assert tone is Tone.INCIDENT
    _, tone = board.acknowledge("i1", "演示员").due(1000 + 9 * REPEAT_MS)
    assert tone is None


def test_an_incident_sounds_before_a_fault_and_the_fault_is_not_lost() -> None:
    board, first = AlarmBoard().raise_alarm(CUT).raise_alarm(FIRE).due(1000)
    _, second = board.due(1001)
    assert (Tone.INCIDENT, Tone.FAULT) == (first, second)


def test_a_mute_silences_keeps_the_alarm_and_ends_by_itself() -> None:
    board = AlarmBoard().raise_alarm(FIRE).silence(1000)
    board, tone = board.due(1000 + MUTE_MS - 1)
    assert tone is None
    assert 1 == board.unacknowledged()
    _, tone = board.due(1000 + MUTE_MS)
    assert tone is Tone.INCIDENT


def test_a_reset_alarm_sounds_at_once() -> None:
    board, _ = AlarmBoard().raise_alarm(FIRE).due(1000)
    _, tone = board.raise_alarm(replace(FIRE, trigger="over_limit")).due(1001)
    assert tone is Tone.INCIDENT


def test_lanes_show_unacknowledged_urgent_and_old_first() -> None:
    late = replace(FIRE, key="i3", raised_at=2000)
    board = AlarmBoard().raise_alarm(CUT).raise_alarm(late).raise_alarm(FIRE)
    assert ["i1", "i3", "hub"] == [alarm.key for alarm in board.ordered()]
    assert "i1" == board.acknowledge("i1", "演示员").ordered()[-1].key


def test_the_flash_is_one_hertz() -> None:
    assert [True, False, True] == [flash_on(at) for at in (0, 500, 1000)]
