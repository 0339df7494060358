"""A field for a whole number."""

from ui.acts import reading
from ui.acts.line_entry import LineEntry


class WholeEntry(LineEntry):
    """A whole number without sign."""

    def values(self) -> dict[str, object]:
        """Return the number, when there is one."""
        text = self.text().strip()
        return {self.name: reading.whole(text, self.name)} if text else {}
