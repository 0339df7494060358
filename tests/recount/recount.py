"""Every printed number of a shift report, counted anew from raw event bytes.

Imports nothing of the product. Follows the definitions of docs/reports.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.recount.facts import CLOCK, Fact, Row, Story
from tests.recount.frozen import Orders, moved

MIN, HOUR, DAY = 60_000, 3_600_000, 86_400_000
Told = dict[str, Any]  # Any: value, num, den, ids, of, text
WORK = {"reported", "verify", "filed", "sent", "work"}
DONE = {"done", "visit", "eval", "closed"}
INTO = {"reopened": "closed", "restored": "void", "split": "merged", "moved_in": "elsewhere"}
OUT = {"closed": "closed", "voided": "void", "merged": "merged"}
MOVES = (
    "new",
    "reopened",
    "restored",
    "split",
    "moved_in",
    "closed",
    "voided",
    "merged",
    "moved_out",
)
SIGN = {name: -1 if name in {*OUT, "moved_out"} else 1 for name in MOVES}
SOURCES = "worker citizen hotline patrol station police city residency department none".split()


class Case:
    """One incident: its stories at both ends and the steps between."""

    def __init__(
        self,
        id_: str,
        facts: list[Fact],
        at: tuple[Orders, Orders],
        village: str | None,
    ) -> None:
        self.id = id_
        self.facts = facts
        start, cut = at[0].until, at[1].until
        self.start, self.cut, self.village = start, cut, village
        self.then, self.began = self._at(at[0])
        self.now, self.stands = self._at(at[1])
        self.steps: list[tuple[int, str, str]] = []
        place = self.began
        for instant in sorted({f.time for f in facts if start <= f.time < cut}):
            after = self._place(Story(f for f in facts if f.time <= instant))
            if after not in (None, place):
                self.steps.append((instant, place, after or ""))
                place = after or place

    def _at(self, orders: Orders) -> tuple[Story, str]:
        story = Story(
            (f for f in self.facts if f.time < orders.until),
            lambda told, limit: moved(told, limit, orders),
        )
        place = self._place(story)
        for before in sorted({f.time for f in story.facts}, reverse=True):
            if place is not None:
                break
            place = self._place(Story(f for f in story.facts if f.time < before))
        return story, place or "absent"

    def _place(self, story: Story) -> str | None:
        if story.state is None:
            return None
        if self.village is not None and story.value("village") != self.village:
            return "elsewhere"
        return story.state if story.state in {"closed", "void", "merged"} else "open"

    def inside(self, fact: Fact | None) -> bool:
        """Whether a fact lies in the shift."""
        return fact is not None and self.start <= fact.time < self.cut

    @property
    def here(self) -> bool:
        """Whether it is known at the cut and lies in the scope."""
        return bool(self.now.facts) and self.stands != "elsewhere"

    @property
    def feedback(self) -> Fact | None:
        """The feedback that disposed of it."""
        return (
            self.now.latest("fed_back", "city_done", "self_handled")
            if self.now.state in DONE
            else None
        )

    @property
    def first_filed(self) -> int | None:
        """When it was filed first, if that lies in the shift."""
        filed = [f.time for f in self.now.live if f.type == "filed"]
        return min(filed) if filed and self.start <= min(filed) < self.cut else None


def light_of(story: Story, now: int) -> str:
    """The light of an incident, `hold` and `none` included."""
    clock = story.limit(CLOCK[story.state]) if story.state in CLOCK else None
    if story.state == "hold":
        return "hold"
    if clock is None:
        return "none"
    if now > clock["due"]:
        return "red"
    return "yellow" if now >= clock["amber"] else "green"


def left_to_the_town(story: Story) -> int:
    """What the town's clock had left when the city took over; 0 where none ran."""
    granted = story.latest("escalation_granted")
    return (granted.body.get("town_left_ms") or 0) if granted else 0


def tenth(num: int, den: int) -> str:
    """One decimal, half up."""
    if den == 0:
        return "—"
    return f"{(Decimal(num) / Decimal(den)).quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def words_of(length: int) -> str:
    """A length of time in words."""
    days, rest = divmod(length, DAY)
    hours, rest = divmod(rest, HOUR)
    if days:
        return f"{days}天{hours}时"
    return f"{hours}时{rest // MIN:02d}分" if hours else f"{rest // MIN}分"


class Recount:
    """The whole report again. `start` and `end` bound the shift, `cut` ends what counts."""

    def __init__(
        self,
        rows: Iterable[Row],
        span: tuple[int, int, int],
        village: str | None = None,
        records: Iterable[bytes] = (),
    ) -> None:
        self.start, self.end, self.cut = span
        facts: dict[str, list[Fact]] = {}
        for row in rows:
            fact = Fact(row)
            facts.setdefault(fact.about, []).append(fact)
        told = list(records)
        at = Orders(told, self.start), Orders(told, self.cut)
        self.cases = [Case(id_, mine, at, village) for id_, mine in sorted(facts.items())]
        self.here = [case for case in self.cases if case.here]
        self.told: dict[str, Told] = {}

    def count(self, id_: str, ids: Iterable[str]) -> None:
        """Note a count."""
        kept = sorted(ids)
        self.told[id_] = {"value": len(kept), "ids": kept, "text": f"{len(kept):,}"}

    def rate(self, id_: str, ids: Iterable[str], of: Iterable[str]) -> None:
        """Note a rate."""
        part, whole = sorted(ids), sorted(of)
        text = tenth(100 * len(part), len(whole))
        self.told[id_] = {
            "num": len(part),
            "den": len(whole),
            "ids": part,
            "of": whole,
            "text": text if text == "—" else text + "%",
            "ratio": f"{len(part):,} / {len(whole):,}",
        }

    def moved(self, row: str, cases: Iterable[Case], span: tuple[int, int]) -> Iterator[str]:
        """Ids of one kind of movement."""
        for case in cases:
            for at, before, after in case.steps:
                if span[0] <= at < span[1] and row in _kinds(before, after):
                    yield case.id

    def flow(self) -> None:
        """Page 2."""
        whole = (self.start, self.end)
        groups: dict[str, Callable[[Case], bool]] = {"all": lambda _: True}
        for name in ("P1", "P2", "P3", "none"):
            groups[name] = lambda c, name=name: (c.now.value("priority") or "none") == name  # type: ignore[misc]
        for group, keep in groups.items():
            mine = [case for case in self.cases if keep(case)]
            self.count(f"flow.opening.{group}", (c.id for c in mine if c.began == "open"))
            self.count(f"flow.closing.{group}", (c.id for c in mine if c.stands == "open"))
            for row in MOVES:
                self.count(f"flow.{row}.{group}", self.moved(row, mine, whole))
        self.count(
            "flow.closed_with_master",
            (c.id for c in self.cases for s in c.steps if s[1:] == ("merged", "closed")),
        )
        due = self.due()
        for source in SOURCES:
            mine = [c for c in self.cases if (c.now.value("source") or "none") == source]
            new = list(self.moved("new", mine, whole))
            self.count(f"source.new.{source}", new)
            self.rate(f"source.share.{source}", new, self.moved("new", self.cases, whole))
            self.count(f"source.closed.{source}", self.moved("closed", mine, whole))
            own = [c for c in due if c in mine]
            on_time = (c.id for c in own if self.on_time(c))
            self.rate(f"source.on_time.{source}", on_time, (c.id for c in own))

    def hours(self) -> None:
        """The hourly chart."""
        hours = 1
        while (self.end - self.start) > 24 * hours * HOUR:
            hours += 1
        at, index = self.start, 0
        stock = self.told["flow.opening.all"]["value"]
        while at < self.end:
            span = (at, min(at + hours * HOUR, self.end))
            self.count(f"hour.new.{index:02d}", self.moved("new", self.cases, span))
            self.count(f"hour.closed.{index:02d}", self.moved("closed", self.cases, span))
            for row in MOVES:
                stock += SIGN[row] * len(list(self.moved(row, self.cases, span)))
            told = stock if at < self.cut else None
            text = "—" if told is None else f"{told:,}"
            self.told[f"hour.stock.{index:02d}"] = {"value": told, "text": text}
            at, index = span[1], index + 1

    def due(self) -> list[Case]:
        """应处置."""
        found = []
        for case in self.here:
            limit = case.now.limit("disposal")
            if case.feedback is not None:
                if case.inside(case.feedback):
                    found.append(case)
            elif case.now.state in WORK and limit and self.start <= limit["due"] < self.cut:
                found.append(case)
        return found

    def on_time(self, case: Case) -> bool:
        """Whether its feedback came before the end of the limit."""
        fed, limit = case.feedback, case.now.limit("disposal")
        if fed is not None and fed.type == "city_done":
            return left_to_the_town(case.now) >= 0
        return fed is not None and (limit is None or fed.time <= limit["due"])

    def rates(self) -> None:
        """Page 1's rates."""
        due = self.due()
        ids = [c.id for c in due]
        self.rate("kpi.disposed", (c.id for c in due if c.feedback), ids)
        self.rate("kpi.on_time", (c.id for c in due if self.on_time(c)), ids)
        again = {"inspected_fail", "redone", "reopened"}

        def had(types: set[str]) -> list[str]:
            return [
                c.id for c in self.here if any(f.type in types and c.inside(f) for f in c.now.live)
            ]

        self.rate("kpi.rework", had(again), had({*again, "inspected_pass"}))
        grades = {
            c.id: fact.body.get("grade")
            for c in self.here
            if (fact := c.now.latest("called_back")) and c.inside(fact)
        }
        reached = {id_: grade for id_, grade in grades.items() if grade is not None}
        self.rate("kpi.satisfied", (i for i, grade in reached.items() if grade in {1, 2}), reached)
        self.count("kpi.unreached", grades.keys() - reached)
        filed = [
            (c, c.first_filed)
            for c in self.here
            if c.first_filed is not None and c.now.value("priority") == "P1"
        ]
        kept = (
            c.id for c, at in filed if (lim := c.now.limit("accept")) is None or at <= lim["due"]
        )
        self.rate("urgent.accepted", kept, (c.id for c, _ in filed))

    def lights(self) -> None:
        """The stock at both ends."""
        for end, now in (("opening", self.start), ("closing", self.cut)):
            stock = [
                (c.id, c.then if end == "opening" else c.now)
                for c in self.cases
                if (c.began if end == "opening" else c.stands) == "open"
            ]
            for light in ("green", "yellow", "red", "hold", "none"):
                ids = (id_ for id_, story in stock if light_of(story, now) == light)
                self.count(f"light.{end}.{light}", ids)


def _kinds(before: str, after: str) -> set[str]:
    """The movements that one step is."""
    found = set()
    if before == "absent" and after != "elsewhere":
        found.add("new")
    if after == "open":
        found |= {row for row, place in INTO.items() if place == before}
    if before in {"open", "absent"}:
        found |= {row for row, place in OUT.items() if place == after}
    if (before, after) == ("open", "elsewhere"):
        found.add("moved_out")
    return found
