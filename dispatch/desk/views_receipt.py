"""What the receipt's page shows: this site's own count, and what the hub has signed of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WriterView:
    """One incarnation: how many events it made by the receipt, how many the hub holds."""

    inc: str
    made: int
    held: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class SignedView:
    """The last receipt. `at` UTC ms by the hub's clock; `equal` None: digests not compared.

    `stands`: nothing here has changed since. `sig` in hex.
    """

    at: int
    made: int
    held: int
    quarantined: int
    seq: int
    digest: str
    equal: bool | None
    stands: bool
    sig: str
    timeline: str
    writers: tuple[WriterView, ...]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """`made` = `on_hub` + `waiting` + `refused`, counted here now; `quarantined` of `on_hub`.

    `equal`: the digests at town number `seq`, None when not compared there. `contact` UTC ms by
    this machine's clock, None: never. `signed` None: there is no receipt yet.
    """

    town: str
    made: int
    on_hub: int
    quarantined: int
    waiting: int
    refused: int
    seq: int
    equal: bool | None
    digest: str
    contact: int | None
    signed: SignedView | None
