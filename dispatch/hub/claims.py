"""Who has an incident open: told to the other seats, never an event, forgotten by itself."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from dispatch.domain.errors import BadInput
from dispatch.hub.places import Office, Site
from dispatch.hub.schema import CLAIM
from dispatch.wire.protocol import Claim

LASTS_MS: Final = 120_000
_MOST: Final = 50
_OF_OTHERS: Final = (
    select(CLAIM)
    .where(CLAIM.c.town == bindparam("town"), CLAIM.c.site != bindparam("site"))
    .where(CLAIM.c.at > bindparam("since"))
    .order_by(CLAIM.c.incident, CLAIM.c.account, CLAIM.c.site)
)


class Claims:
    """The claims of a town's sites."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def put(self, site: Site, claims: tuple[Claim, ...]) -> None:
        """Replace what a site has open."""
        if len(claims) > _MOST:
            raise BadInput("claims", f"一个席位最多 {_MOST} 项")
        if any(
            not 0 < len(text) <= 80 for each in claims for text in (each.incident, each.account)
        ):
            raise BadInput("claims", "事件和账号应为 1 至 80 个字符")
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

        def job(connection: Connection) -> None:
            connection.execute(delete(CLAIM).where(CLAIM.c.site == site.id))
            if rows:
                connection.execute(insert(CLAIM), list(rows.values()))

        self._office.database.write(job)

    def of_others(self, connection: Connection, site: Site) -> tuple[Claim, ...]:
        """Return what the town's other sites have open now."""
        since = self._office.clock() - LASTS_MS
        given = {"town": site.town, "site": site.id, "since": since}
        return tuple(
            Claim(row.incident, row.account, row.site, row.at)
            for row in connection.execute(_OF_OTHERS, given)
        )
