"""Pages 3 and 4: rows of single incidents."""

from __future__ import annotations

from typing import Any, Final

from dispatch.domain.codes import Light, State
from dispatch.reports import matters, owed
from dispatch.reports.code_words import STATES
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Sheet
from dispatch.reports.matters import Matter
from dispatch.reports.owed import Promise
from dispatch.reports.shift_input import Plain
from dispatch.reports.walk import Walk
from dispatch.reports.words import (
    CARDS,
    REQUESTS,
    clean,
    fit,
    next_step,
    owner,
    short_number,
    where,
)
from dispatch.reports.words import unit as unit_name

Json = dict[str, Any]  # Any: JSON for the template
TOP: Final = 6
"""So many rows on the first page."""


class Lists:
    """The rows of incidents."""

    def __init__(self, walk: Walk, sheet: Sheet) -> None:
        self.walk = walk
        self.given = walk.given
        self.sheet = sheet

    def _row(self, matter: Matter) -> Json:
        """The texts of one incident's row; the number is never elided."""
        now, names = matter.now, self.given.names
        plain = self.given.plain.get(matter.case.id, Plain())
        left = self.sheet.figures.get(f"row.left.{matter.case.id}")
        held = now.state is State.HOLD
        return {
            "light": "hold" if held else matter.light.value,
            "late": matter.light is Light.RED,
            "contested": bool(now.contested),
            "number": short_number(now.number or now.temp, matter.case.id),
            "priority": now.priority or NOTHING,
            "item": fit(names.item(now) or NOTHING, 26),
            "place": fit(where(now, plain.place, names), 30),
            "state": STATES[now.state] if now.state else NOTHING,
            "left": "挂起" if held else (left.text if left else NOTHING),
            "next": fit(next_step(now, names), 26),
            "owner": fit(owner(now, names), 14),
        }

    def top(self) -> list[Json]:
        """Return the first rows that need somebody."""
        urgent = [
            each
            for each in (*matters.still_open(self.walk), *matters.on_hold(self.walk))
            if each.now.priority == "P1" or each.now.contested or each.light is not Light.GREEN
        ]
        return [self._row(each) for each in urgent[:TOP]]

    def important(self) -> list[Json]:
        """Return page 3."""
        text = self.sheet.text
        return [
            {
                **self._row(each),
                "why": "、".join(each.why),
                "line": [
                    [name, text(f"row.{mark}.{each.case.id}")]
                    for mark, name in matters.MARK_NAMES.items()
                ],
            }
            for each in matters.important(self.walk)
        ]

    def handover(self) -> Json:
        """Return the lists of page 4."""
        walk, text, names = self.walk, self.sheet.text, self.given.names
        return {
            "open": [self._row(each) for each in matters.still_open(walk)],
            "hold": [
                self._told(each, text(f"row.review.{each.case.id}"))
                for each in matters.on_hold(walk)
            ],
            "requests": [
                self._told(
                    each,
                    f"申请{REQUESTS.get(request.kind, request.kind)}，已等候"
                    f" {text(f'row.waiting.{request.hash}')}",
                )
                for each, request in matters.waiting(walk)
            ],
            "contested": [
                self._told(each, f"{text(f'row.pairs.{each.case.id}')} 处矛盾")
                for each in matters.contested(walk)
            ],
            "told_off": [
                self._told(each, fit(f"{unit_name(code, names)} 未确认撤出", 30))
                for each, code in matters.told_off(walk)
            ],
            "cards": [
                self._told(
                    each, f"{CARDS[card.level]}，{text(f'row.answer.{each.case.id}')} 前答复"
                )
                for each, card in owed.unanswered(walk)
            ],
            "promises": [
                {"number": self._known_as(each), "text": fit(self.promised(each), 60)}
                | {"due": text(f"row.promise.{each.hash}"), "by": fit(self._name(each.by), 14)}
                for each in owed.promises(walk)
            ],
            "suspects": [
                self._told(each, f"{text(f'row.suspects.{each.case.id}')} 条时钟可疑")
                for each, _ in matters.suspects(walk)
            ],
        }

    def _told(self, matter: Matter, tell: str) -> Json:
        return {**self._row(matter), "tell": tell}

    def promised(self, promise: Promise) -> str:
        """Return what was promised, in words."""
        return clean(self.given.plain.get(promise.hash, Plain()).text) or NOTHING

    def _known_as(self, promise: Promise) -> str:
        """Return the number of the incident that a promise is about."""
        now = next((now for case, now in self.walk.present() if case.id == promise.incident), None)
        return short_number(now.number or now.temp, promise.incident) if now else NOTHING

    def _name(self, account: str) -> str:
        return clean(self.given.names.accounts.get(account, account))
