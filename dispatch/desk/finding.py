"""Which incident a person means by a number, its last four digits or a temporary number."""

from __future__ import annotations

from dispatch.domain.errors import BadInput, Refused
from dispatch.store.reader import Reader

LONGEST = 80


def find(reader: Reader, text: str) -> str:
    """Return the id; an unknown name and one that several bear are Refused."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise BadInput("ID", "须是编号、编号后四位、临时编号或完整 id")
    ids = reader.named(text)
    if not ids:
        raise Refused("unknown_incident", incident=text)
    if len(ids) > 1:
        numbers = "、".join(row.number or row.temp for row in reader.rows(ids[:5]))
        raise Refused("ambiguous", incident=text, numbers=numbers)
    return ids[0]
