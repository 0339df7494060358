"""How a site stands with its hub, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.store.reader import Reader

_REFUSED = "refused:"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """`made_here`: own events; `on_hub`: those that the hub has answered for and kept.

    Times UTC milliseconds. `hub_digest` is None until it was compared at the present cursor.
    """

    unsent: int
    oldest_unsent_at: int | None
    last_contact: int | None
    made_here: int
    on_hub: int
    quarantined: int
    refused: int
    town_seq: int
    digest: str
    hub_digest: str | None
    contested: int


def status(reader: Reader, town: str) -> SyncStatus:
    """Return a site's status, all figures of one moment."""
    unsent = reader.unsent()
    own = {mark.inc: mark.sseq for mark in reader.writers()}
    held = reader.quarantine()
    refused = sum(each.writer in own and each.why.startswith(_REFUSED) for each in held)
    made = sum(own.values())
    contact = reader.fact("last_contact")
    cursor = reader.cursor(town)
    compared = reader.fact("digest_seq") == str(cursor.seq)
    return SyncStatus(
        unsent=unsent.count,
        oldest_unsent_at=unsent.oldest_at,
        last_contact=int(contact) if contact else None,
        made_here=made,
        on_hub=made - unsent.count - refused,
        quarantined=len(held) - refused,
        refused=refused,
        town_seq=cursor.seq,
        digest=reader.digest(town),
        hub_digest=reader.fact("hub_digest") if compared else None,
        contested=sum(row.contested > 0 for row in reader.open_rows()),
    )
