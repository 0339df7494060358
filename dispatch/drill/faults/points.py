"""Numbered places in a run where the power may fail."""

from __future__ import annotations


class PowerCut(Exception):
    """The machine has lost its power at this point; whatever was not on the disk is gone."""

    @property
    def within(self) -> bool:
        """Whether something was being written, or nobody has heard yet that it is."""
        return not str(self).endswith("之前") or str(self).endswith("提交之前")


class Points:
    """Counts the points that a machine passes; at the one asked for, its power fails."""

    def __init__(self) -> None:
        self.passed = 0
        self.last = ""
        self._fails_at: int | None = None

    def fail_in(self, count: int) -> None:
        """Let the power fail at the `count`-th point from here, the next one being the first."""
        self._fails_at = self.passed + max(1, count)

    def calm(self) -> None:
        """Let it fail no more."""
        self._fails_at = None

    def reach(self, what: str) -> None:
        """Pass a point, or raise PowerCut there."""
        self.passed += 1
        self.last = what
        if self.passed == self._fails_at:
            self._fails_at = None
            raise PowerCut(what)
