"""A managed object as a person sees it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """One object; the phone is masked. CGCS2000 degrees, None where only the grid is known."""

    code: str
    kind: str
    name: str
    grid: str
    grid_name: str
    address: str
    person: str = field(repr=False)
    phone: str = field(repr=False)
    lon: float | None
    lat: float | None
    every_days: int | None = None
    due_on: str = ""
