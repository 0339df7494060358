"""A seat's window in a process of its own, left with a half-filled form: for a test that kills it.

Arguments: the site's folder, then `report` or the id of a filed incident. Says `typed` when the
form is filled; never ends by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from dispatch.acts.ids import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.views import IncidentPane
from dispatch.domain.command import Verb
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.wire.keys import Signer
from tests.desk.offices import PASSWORD, Hand
from tests.unit.towns import HENGLI
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.report_form import ReportForm
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow


class Typist:
    """Types into the form as soon as it lies open."""

    def __init__(self, whole: SeatWindow) -> None:
        self.whole = whole

    def take(self, form: object) -> None:
        if isinstance(form, ReportForm):
            form.take_point((113.9635, 23.0380))
            form.take_words("三楼有烟，说不清几号房")
            form.rows["phone"].entry.propose("13800006021")
        elif isinstance(form, DispatchDialog):
            form.text.propose("先断电")
        sys.stdout.write("typed\n")
        sys.stdout.flush()

    def begin(self, pane: IncidentPane) -> None:
        self.whole.acts.want(Verb.DISPATCH, pane)


def main() -> None:
    folder, what = Path(sys.argv[1]), sys.argv[2]
    app = QApplication([])
    clock = Hand()
    identity = SiteIdentity("s1", HENGLI, HENGLI, "A", "22" * 16, Signer.new())
    desk = Desk(SiteStore.open(folder, identity), clock)
    given = Given(desk, list, clock, new_id, AlarmSound(RecordingSink()), folder / "out")
    whole = SeatWindow(given, Theme())
    whole.window.resize(1366, 768)
    whole.window.show()
    desk.login("clerk1" if what == "report" else "dispatcher1", PASSWORD).result()
    whole.start()
    typist = Typist(whole)
    whole.acts.opened.connect(typist.take)
    if what == "report":
        whole.acts.report()
    else:
        whole.live.run(desk.pane(what), typist.begin)
    app.exec()


if __name__ == "__main__":
    main()
