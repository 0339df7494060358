"""What stands side by side: columns with the same lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison: a word and the value of each side."""

    word: str
    values: tuple[str, ...]

    @property
    def differ(self) -> bool:
        """Whether the sides say different things."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one side and its photos; `key` chooses it, "" where nothing is chosen."""

    title: str
    note: str
    icon: str
    key: str
    photos: tuple[str, ...]


def lines_of(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Compared, ...]:
    """Return the lines; one that is empty on all sides is left out, one gap is a dash."""
    return tuple(
        Compared(word, tuple(value or "—" for value in values))
        for word, values in rows
        if any(values)
    )
