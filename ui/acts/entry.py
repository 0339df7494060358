"""What every field of a form answers."""

from typing import Protocol

from PySide6.QtWidgets import QWidget


class Entry(Protocol):
    """A field's widget: it tells its part of the command, or raises BadInput at its own name."""

    def values(self) -> dict[str, object]:
        """Return the command's options that this field gives; empty ones are left out."""
        ...

    def propose(self, value: object, origin: str = "") -> None:
        """Put a proposed value in, and beside it where it comes from."""
        ...

    def widget(self) -> QWidget:
        """Return the widget itself."""
        ...
