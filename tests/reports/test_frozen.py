"""A limit that stood still by a response is read as it stands at the report's cut."""

from __future__ import annotations

from dispatch.acts.town import set_mode
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Level, Light, Stage
from dispatch.domain.decide_town import SetResponse
from dispatch.domain.freeze import view
from dispatch.domain.incident import light
from dispatch.domain.modes import NO_MODES, Modes
from dispatch.domain.warning import ResponseLevel
from dispatch.reports.shift_input import Basis, People, Scope, ShiftInput, ShiftSpan
from dispatch.reports.walk import walk
from tests import given as g
from tests.reports.inputs import measures


def given_input(log: g.MemoryLog, modes: Modes, cut: int) -> ShiftInput:
    return ShiftInput(
        scope=Scope(code=g.TOWN, name="横沥镇", level=Level.TOWN, centre="演示中心"),
        shift=ShiftSpan("白班", g.START - HOUR, cut),
        people=People(account="a", chief="b", leader="c"),
        printed_at=cut,
        incidents=tuple(log.folded.values()),
        basis=Basis(town_seq=1, own=1, behind=0),
        measures=measures(),
        modes=modes,
        calendar=g.town_rules().calendar,
    )


def test_what_stood_still_is_not_over_its_limit_in_the_report() -> None:
    log = g.MemoryLog()
    incident = g.given_sent(log, item="0602")
    command = SetResponse(kind="wind", level=ResponseLevel.I, order_no="演示令")
    set_mode(log, command, g.CHIEF, log.now)
    cut = log.now + 3 * DAY

    (case,) = walk(given_input(log, log.modes(), cut)).cases
    (plain,) = walk(given_input(log, NO_MODES, cut)).cases

    assert case.now is not None
    assert plain.now is not None
    assert (Light.GREEN, Light.RED) == (light(case.now, cut), light(plain.now, cut))
    assert view(incident, log.modes(), cut, g.town_rules().calendar).limit(
        Stage.SIGN_IN
    ) == case.now.limit(Stage.SIGN_IN)
