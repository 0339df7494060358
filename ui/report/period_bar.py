"""The controls of a report: its kind, its period, what it is compared with, what it is written as.

Each shows its key; the digits, arrows and letters are taken by the sheet wherever the keys are.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dispatch.desk.views_report import Period
from dispatch.reports.shift_input import Variant
from ui.acts.button import KeyButton
from ui.acts.choice_entry import ChoiceEntry
from ui.look.theme import Theme
from ui.report.period import BESIDE, COMPARED, NAMES


class PeriodBar(QWidget):
    """variant_chosen(Variant), compare_wanted(), format_wanted(), moved(-1 or 1)."""

    variant_chosen = Signal(object)
    compare_wanted = Signal()
    format_wanted = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.variants = ChoiceEntry(theme, "variant", tuple(NAMES.items()), self)
        # Its digits and arrows are the sheet's.
        self.variants.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.variants.chosen.connect(self.variant_chosen)
        self.back = KeyButton(theme, self.tr("前一期"), "←", parent=self)
        self.on = KeyButton(theme, self.tr("后一期"), "→", parent=self)
        self.compare = KeyButton(theme, "", "B", parent=self)
        self.format = KeyButton(theme, "", "F", parent=self)
        self.back.clicked.connect(self._on_back)
        self.on.clicked.connect(self._on_on)
        self.compare.clicked.connect(self.compare_wanted)
        self.format.clicked.connect(self.format_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.variants, 1)
        for button in (self.back, self.on, self.compare, self.format):
            row.addWidget(button)

    def show_period(self, period: Period, formats: tuple[str, ...]) -> None:
        """Show what is chosen."""
        self.variants.show_choice(period.variant)
        self.compare.setVisible(period.variant in COMPARED)
        self.compare.say(self.tr("对比 {words}").format(words=BESIDE[period.beside]))
        self.format.say(self.tr("导出 {words}").format(words=_shown(formats)))

    @Slot()
    def _on_back(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _on_on(self) -> None:
        self.moved.emit(1)


def _shown(formats: tuple[str, ...]) -> str:
    return " ".join(each.upper() for each in formats)


def variant_of(key: int) -> Variant | None:
    """Return the kind that a digit key stands for."""
    places = dict(enumerate(NAMES, start=ord("1")))
    return places.get(key)


def next_beside(beside: frozenset[str]) -> frozenset[str]:
    """Return what is compared after that."""
    every = tuple(BESIDE)
    return every[(every.index(beside) + 1) % len(every)]


def next_formats(
    formats: tuple[str, ...], every: tuple[str, ...], usual: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what a report is written as after that: the usual ones, each alone, all."""
    choices = tuple(dict.fromkeys((usual, *((each,) for each in every), every)))
    here = choices.index(formats) if formats in choices else -1
    return choices[(here + 1) % len(choices)]
