"""What a person sees of the exceptions: one line each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One line of the exceptions tray.

    `kind`: contested, silent, cut, quarantined, unsent, disk (`what`: state and MB left), backup
    (`never` or empty), damage (how many events were saved, empty: none yet), signature (which
    event), seat_gone (`what`: number and person); of an open incident (`what`: its number) inform
    (and by which channel), card (and its level), review, clock, promise; part and whistle (and
    where it stands, and the unit's name); of the town round (how many tasks are left, title),
    notice (title), objects (how many are left). `due`: until when it was, or is, to be done.
    """

    kind: str
    what: str
    since: int
    owner: str
    incident: str
    due: int | None = None
