"""Watches what a widget writes: nothing beyond its edges, no two texts over each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ui.look.painting import Side, Writer
from ui.look.type import Fonts

SLACK = 1.5


@dataclass
class Audit:
    """Every text that was written, with its box, by widget."""

    written: dict[int, list[tuple[str, QRectF]]] = field(default_factory=dict)
    beyond: list[str] = field(default_factory=list)

    def note(self, painter: QPainter, text: str, box: QRectF) -> None:
        """Keep a text; beyond the edge of its widget is a finding."""
        device = painter.device()
        if not isinstance(device, QWidget) or not text:
            return
        if box.left() < -SLACK or box.right() > device.width() + SLACK:
            where = type(device).__name__
            self.beyond.append(f"{where}: {text!r} {box.left():.0f}..{box.right():.0f}")
        self.written.setdefault(id(device), []).append((text, box))

    def crossing(self) -> list[str]:
        """Return the texts that lie over each other."""
        found = []
        for texts in self.written.values():
            for at, (one, box) in enumerate(texts):
                for two, other in texts[at + 1 :]:
                    shared = box.intersected(other)
                    if shared.width() > SLACK and shared.height() > SLACK * 2:
                        found.append(f"{one!r} over {two!r}")
        return found


@contextmanager
def audited(monkeypatch: pytest.MonkeyPatch) -> Iterator[Audit]:
    """Watch every text that is written within."""
    audit = Audit()
    real = Writer.text

    def text(
        self: Writer,
        at: tuple[float, float],
        text: str,
        colour: QColor,
        px: int = 14,
        *,
        bold: bool = False,
        side: Side = Side.LEFT,
    ) -> float:
        width = real(self, at, text, colour, px, bold=bold, side=side)
        x = at[0] - (width if side is Side.RIGHT else width / 2 if side is Side.MIDDLE else 0)
        fonts: Fonts = self._fonts
        high = fonts.font(px).pixelSize()
        audit.note(self._painter, text, QRectF(x, at[1] - high / 2, width, high))
        return width

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "text", text)
        yield audit


def look_at(widget: QWidget, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Paint a widget and all in it once; return what was written."""
    with audited(monkeypatch) as audit:
        widget.grab()
    return audit
