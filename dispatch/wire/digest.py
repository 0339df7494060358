"""One figure that two places share exactly when the same facts fold to the same state there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from dispatch.domain.event import Subject
from dispatch.domain.incident import Incident

PROJECTION: Final = 1
"""Version of the fold's shape: digests of different versions are not compared."""


LATER: Final = "card"
"""The first of the incident's fields that came after part 1: all fields from here on are newer."""


def _bare() -> bytes:
    """What an incident ends with when none of its newer fields says anything."""
    blank = msgspec.json.encode(Incident(id="", town="", facts=(), heads=()))
    return blank[blank.index(f',"{LATER}":'.encode()) :]


_BARE: Final = _bare()


def key(subject: Subject) -> str:
    """Return the name under which a subject stands in a digest."""
    return f"{subject.kind}:{subject.id}"


def incident_hash(incident: Incident) -> str:
    """Return the hash of a folded incident: every field and every fact with its number.

    Newer fields that say nothing are left out, so that what was stored before them stays right.
    """
    whole = msgspec.json.encode(incident)
    if whole.endswith(_BARE):
        whole = whole[: -len(_BARE)] + b"}"
    return hashlib.sha256(whole).hexdigest()


def facts_hash(numbered: Mapping[str, int]) -> str:
    """Return the hash of a subject that is not folded: its facts' hashes with their numbers."""
    lines = sorted(f"{seq}:{hash_}" for hash_, seq in numbered.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def digest(states: Iterable[tuple[str, str]]) -> str:
    """Return the digest of (subject's key, state hash) pairs, whatever their order."""
    total = hashlib.sha256(f"zhiwang projection {PROJECTION}\n".encode())
    for name, state in sorted(states):
        total.update(f"{name}={state}\n".encode())
    return total.hexdigest()
