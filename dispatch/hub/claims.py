"""Who has an incident open: told to the other seats, never an event, forgotten by itself."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from dispatch.domain.calendar import HOUR
from dispatch.domain.errors import BadInput
from dispatch.hub.places import Office, Site
from dispatch.hub.schema import CLAIM, SITE
from dispatch.wire.protocol import CLAIM_GONE_MS, Claim, Claims

LASTS_MS: Final = 12 * HOUR
"""So long a dead seat's claim is shown to be taken over: a shift."""
_MOST: Final = 50
_LONGEST: Final = 80
_OF_OTHERS: Final = (
    select(CLAIM)
    .where(CLAIM.c.town == bindparam("town"), CLAIM.c.site != bindparam("site"))
    .where(CLAIM.c.at > bindparam("since"))
    .order_by(CLAIM.c.incident, CLAIM.c.account, CLAIM.c.site)
)
_TAKEN: Final = (
    delete(CLAIM)
    .where(CLAIM.c.town == bindparam("town"), CLAIM.c.site == bindparam("site"))
    .where(CLAIM.c.incident == bindparam("incident"), CLAIM.c.at < bindparam("since"))
)


def _check(claims: tuple[Claim, ...], names: tuple[str, ...]) -> None:
    if len(claims) > _MOST:
        raise BadInput("claims", f"一个席位最多 {_MOST} 项")
    if any(not 0 < len(getattr(each, name)) <= _LONGEST for each in claims for name in names):
        raise BadInput("claims", f"事件、账号和席位应为 1 至 {_LONGEST} 个字符")


class ClaimBook:
    """The claims of a town's sites."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def put(self, site: Site, said: Claims) -> None:
        """Replace what a site has open; forget what it took over, if that seat is dead."""
        claims = said.claims
        _check(claims, ("incident", "account"))
        _check(said.over, ("incident", "site"))
        now = self._office.clock()
        rows = {
            (each.incident, each.account): {
                "town": site.town,
                "incident": each.incident,
                "account": each.account,
                "site": site.id,
                "at": now,
            }
            for each in claims
        }

        database = self._office.database
        alone = select(SITE.c.id).where(SITE.c.id == site.id)

        def job(connection: Connection) -> None:
            # Said twice at once to two processes: one after the other.
            database.locked(connection, alone)
            connection.execute(delete(CLAIM).where(CLAIM.c.site == site.id))
            for each in said.over:
                connection.execute(
                    _TAKEN,
                    {"town": site.town, "since": now - CLAIM_GONE_MS}
                    | {"incident": each.incident, "site": each.site},
                )
            if rows:
                connection.execute(insert(CLAIM), list(rows.values()))

        database.write(job)

    def of_others(self, connection: Connection, site: Site) -> tuple[Claim, ...]:
        """Return what the town's other sites have open now."""
        since = self._office.clock() - LASTS_MS
        given = {"town": site.town, "site": site.id, "since": since}
        return tuple(
            Claim(row.incident, row.account, row.site, row.at)
            for row in connection.execute(_OF_OTHERS, given)
        )
