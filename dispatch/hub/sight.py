"""What a site saw last, and what the tree of nodes lets it see now: a village was moved.

The hub remembers no site's sight. Each page brings a token that says for which nodes it was cut,
and the next question gives it back; where the tree says other nodes by then, pages of the change
come first: what went out of sight, and all earlier frames of what came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, or_, select

from dispatch.domain.errors import BadInput
from dispatch.hub.places import Office, Site
from dispatch.hub.schema import VISIBLE
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import table_digest
from dispatch.wire.ready import ready

KIND: Final = "sight"
LONGEST: Final = 32 * 1024


class _Said(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """`through`: the last subject that was brought of a change to the nodes `to`."""

    site: str
    nodes: tuple[str, ...]
    to: tuple[str, ...] = ()
    through: str = ""


class _Token(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    said: str
    sig: bytes


ready(_Said, _Token)


@dataclass(frozen=True, slots=True)
class Sight:
    """For which nodes the last page was cut; how far a change to others has been brought."""

    nodes: frozenset[str]
    to: frozenset[str] = frozenset()
    through: str = ""


def write(office: Office, site: Site, sight: Sight) -> str:
    """Return the token; signed, so that nobody learns by it what is not in his scope."""
    said = _Said(site.id, tuple(sorted(sight.nodes)), tuple(sorted(sight.to)), sight.through)
    text = msgspec.json.encode(said).decode()
    sig = office.keys.signer.sign(table_digest(KIND, text))
    return msgspec.json.encode(_Token(text, sig)).decode()


def read(office: Office, site: Site, token: str) -> Sight:
    """Return what a token says; one that is not ours, or another site's, is a BadInput."""
    try:
        given = msgspec.json.decode(token[:LONGEST], type=_Token)
        if not signed_by(office.keys.signer.public, table_digest(KIND, given.said), given.sig):
            raise BadInput(KIND, "不是本市平台给的")
        said = msgspec.json.decode(given.said, type=_Said)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        raise BadInput(KIND, "读不懂") from None
    if said.site != site.id:
        raise BadInput(KIND, "是另一个站点的")
    return Sight(frozenset(said.nodes), frozenset(said.to), said.through)


def seen(connection: Connection, town: str, nodes: frozenset[str], at: int) -> set[str]:
    """Return the names of the subjects that these nodes see at a number."""
    query = select(VISIBLE.c.subject).where(
        VISIBLE.c.town == town,
        VISIBLE.c.node.in_(nodes),
        VISIBLE.c.since_seq <= at,
        or_(VISIBLE.c.until_seq.is_(None), VISIBLE.c.until_seq > at),
    )
    return set(connection.execute(query).scalars())
