"""Page 4's lists of what is owed: in which order, what counts, and what is printed of it."""

from __future__ import annotations

from dataclasses import replace

from dispatch.domain.bodies_shift import LineWritten, PromiseKept
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Kind, LineKind
from dispatch.reports import owed
from dispatch.reports.figures import count_all
from dispatch.reports.page_lists import Lists
from dispatch.reports.page_matters import handover
from dispatch.reports.shift_input import Plain
from dispatch.reports.walk import walk
from tests.recount.test_recount import DRAWN, asked, town
from tests.reports.histories import FROM, TO
from tests.reports.records import Book
from tests.reports.seats import TOWN, VILLAGES


def test_promises_stand_by_their_end_and_those_without_one_last() -> None:
    """One of last week counts; a kept one, another scope's and one from after the cut do not."""
    book = Book([], [])
    shift = (Kind.SHIFT, f"{TOWN}-20251121-D")

    def promise(due: int | None, at: int, about: tuple[Kind, str] = shift) -> str:
        return book.add(about, "line_written", LineWritten(kind=LineKind.PROMISE, due=due), at)

    free = promise(None, FROM)
    late, soon = promise(TO + HOUR, FROM + 1), promise(FROM + HOUR, FROM - 6 * DAY)
    kept = promise(TO, FROM + 2)
    book.add(shift, "promise_kept", PromiseKept(promise=kept), FROM + HOUR)
    promise(TO, TO + 1)
    promise(TO, FROM, (Kind.SHIFT, f"{VILLAGES[0]}-20251121-D"))
    given = replace(
        asked(town(DRAWN)), records=tuple(book.events), plain={soon: Plain(text="明天回话\n=1+1")}
    )
    seen = walk(given)

    assert [soon, late, free] == [each.hash for each in owed.promises(seen)]
    sheet = count_all(seen)
    first, *_ = Lists(seen, sheet).handover()["promises"]
    assert ("明天回话 =1+1", "—") == (first["text"], first["number"])
    table = handover(seen, sheet)[-1]
    assert ("对来电人的承诺", 3) == (table.title, len(table.rows))


def test_supervisions_stand_by_the_end_of_their_answer() -> None:
    seen = walk(asked(town(DRAWN)))
    found = owed.unanswered(seen)

    assert found
    assert all(not card.replied for _, card in found)
    ends = [(card.answer_by, matter.case.id) for matter, card in found]
    assert sorted(ends) == ends
    told = [each["tell"] for each in Lists(seen, count_all(seen)).handover()["cards"]]
    assert len(found) == len(told)
    assert all("督办，" in each and each.endswith("前答复") for each in told)
