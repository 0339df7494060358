"""What to do about each matter: what an order asks, what to make sure of, when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dispatch.domain.errors import BadInput

ALL: Final = "*"
"""The guide for whatever has none of its own."""
_CLASS: Final = 2  # an item's code begins with its class


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide for an item, a class, a department, or `ALL`: `about` says which.

    `request` is what an order asks, to begin with; `checks` what to make sure of before it goes.
    `closing` is the condition under which the matter is done, empty without one. `photos` and
    `after` are how many photos a report and a feedback should have.
    """

    about: str
    request: str = ""
    checks: tuple[str, ...] = ()
    closing: str = ""
    photos: int = 0
    after: int = 0


NO_GUIDE: Final = Guide(ALL)


class Guides:
    """All guides of one version."""

    def __init__(self, version: str, guides: Iterable[Guide]) -> None:
        self.version = version
        self._guides: dict[str, Guide] = {}
        for guide in guides:
            if guide.about in self._guides:
                raise BadInput(f"指引 {guide.about}", "重复")
            self._guides[guide.about] = guide

    def __iter__(self) -> Iterator[Guide]:
        return iter(self._guides.values())

    def __len__(self) -> int:
        return len(self._guides)

    def of(self, item: str | None, department: str | None) -> Guide:
        """Return the nearest guide: the item's own, its class's, its department's, the common one.

        Without any of them: one that asks nothing.
        """
        names = (item, (item or "")[:_CLASS], department, ALL)
        found = (self._guides[name] for name in names if name and name in self._guides)
        return next(found, NO_GUIDE)


NO_GUIDES: Final = Guides("", ())
