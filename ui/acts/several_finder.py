"""A search field for several things: each that is taken stands before the next one's letters."""

from typing import Final

from PySide6.QtCore import Slot

from dispatch.domain.errors import BadInput
from ui.acts.finder import Finder
from ui.acts.found import Found
from ui.tongue import tr

_STOP: Final = tr("、")


class SeveralFinder(Finder):
    """`values` gives the codes in the order in which they were taken."""

    def several(self) -> tuple[Found, ...]:
        """Return what was taken and still stands in the field."""
        return tuple(self._kept())

    def values(self) -> dict[str, object]:
        """Return the codes; letters that chose nothing are a BadInput."""
        if self._pieces()[-1]:
            raise BadInput(self.name, self.tr("请从列表中选一项"))
        codes = tuple(each.code for each in self._kept())
        return {self.name: codes} if codes else {}

    def _pieces(self) -> list[str]:
        return [each.strip() for each in self.text().split(_STOP)]

    def _kept(self) -> list[Found]:
        """What was taken, as far as its name has not been deleted since."""
        by_name = {each.name: each for each in self._taken}
        names = dict.fromkeys(each for each in self._pieces()[:-1] if each)
        return [by_name[name] for name in names if name in by_name]

    def _take(self, found: Found) -> None:
        before = [each for each in self._kept() if each.code != found.code]
        self._taken = [*before, found]
        super()._take(found)
        self.setText("".join(each.name + _STOP for each in self._taken))
        self.setCursorPosition(len(self.text()))
        self.tell_origin("")

    _taken: list[Found] = []  # noqa: RUF012 - replaced, never changed in place

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        """Search for the letters after the last one that was taken."""
        super()._on_edited(text.rsplit(_STOP, maxsplit=1)[-1])
