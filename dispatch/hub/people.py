"""People: accounts with argon2id verifiers, and tokens for the field doors."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher
from sqlalchemy import Connection, insert, select, update

from dispatch.acts.perform import new_id
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Level, Role
from dispatch.domain.errors import BadInput
from dispatch.hub.places import Office
from dispatch.hub.reference import Reference
from dispatch.hub.schema import ACCOUNT, TOKEN
from dispatch.hub.sites import token_hash

_NAME: Final = re.compile(r"[\w.\-]{1,64}")
"""What a seat takes as a name too: sessions are files of that name."""
_LONGEST_PERSON: Final = 40
_LEAST_PASSWORD: Final = 8
_LONGEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person at a field door: `id` names the token, `scope` is where it holds."""

    id: str
    account: str
    roles: tuple[Role, ...]
    node: str
    scope: str
    town: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A person to be added; the password is never kept. `person` as in `domain.rules.Account`."""

    name: str
    roles: tuple[Role, ...]
    node: str
    person: str = ""


class People:
    """Accounts are the hub's; sites get them as a signed table."""

    def __init__(self, office: Office, reference: Reference) -> None:
        self._office = office
        self._reference = reference
        self._hasher = PasswordHasher()

    def add(self, person: NewAccount, password: str) -> None:
        """Add an account; a taken name, an unknown node and a short password are BadInput."""
        if not _NAME.fullmatch(person.name):
            raise BadInput("--name", "账号应为 1 至 64 个字母、数字、汉字、. _ -")
        if len(person.person) > _LONGEST_PERSON or not person.person.isprintable():
            raise BadInput("--person", f"姓名应为至多 {_LONGEST_PERSON} 个可显示的字符")
        if not person.roles:
            raise BadInput("--role", "至少要有一个角色")
        self.add_verified([(person, self.verifier(password))])

    def verifier(self, password: str) -> str:
        """Return the argon2id verifier of a password; a short one is a BadInput."""
        if len(password) < _LEAST_PASSWORD:
            raise BadInput("密码", f"至少 {_LEAST_PASSWORD} 位")
        return self._hasher.hash(password)

    def add_verified(self, people: list[tuple[NewAccount, str]]) -> None:
        """Add accounts with verifiers made before, and publish the table once."""

        def job(connection: Connection) -> None:
            organisation = self._reference.rules(connection).organisation
            taken = set(connection.execute(select(ACCOUNT.c.name)).scalars())
            for person, verifier in people:
                if person.node not in organisation:
                    raise BadInput("--scope", f"组织表中没有 {person.node}")
                if person.name in taken:
                    raise BadInput("--name", f"账号 {person.name} 已存在")
                taken.add(person.name)
                values = {"name": person.name, "roles": " ".join(person.roles)}
                values |= {"node": person.node, "verifier": verifier, "person": person.person}
                connection.execute(insert(ACCOUNT).values(**values, disabled=False))
            self._reference.publish_accounts(connection)

        self._office.database.write(job)

    def disable(self, name: str) -> None:
        """Disable an account; its tokens hold no longer."""

        def job(connection: Connection) -> None:
            here = ACCOUNT.c.name == name
            if connection.execute(select(ACCOUNT.c.name).where(here)).first() is None:
                raise BadInput("--name", f"没有账号 {name}")
            connection.execute(update(ACCOUNT).where(here).values(disabled=True))
            connection.execute(update(TOKEN).where(TOKEN.c.account == name).values(revoked=True))
            self._reference.publish_accounts(connection)

        self._office.database.write(job)

    def token(self, name: str, days: float, scope: str | None = None) -> str:
        """Return a new token for the field doors; `scope` None is the account's own node."""
        if not 0 < days <= _LONGEST_DAYS:
            raise BadInput("--days", f"天数应大于 0，不超过 {_LONGEST_DAYS}")
        token = f"zp_{secrets.token_urlsafe(32)}"

        def job(connection: Connection) -> str:
            query = select(ACCOUNT).where(ACCOUNT.c.name == name, ACCOUNT.c.disabled.is_(False))
            row = connection.execute(query).first()
            if row is None:
                raise BadInput("--as", f"没有可用的账号 {name}")
            organisation = self._reference.rules(connection).organisation
            place = scope or row.node
            if place not in organisation:
                raise BadInput("--scope", f"组织表中没有 {place}")
            values = {"hash": token_hash(token), "id": new_id(), "account": name, "scope": place}
            expires = self._office.clock() + int(days * DAY)
            connection.execute(insert(TOKEN).values(**values, expires_at=expires, revoked=False))
            return token

        return self._office.database.write(job)

    def of_token(self, token: str, town: str = "") -> Bearer | None:
        """Return the person whose token this is; None when it is unknown, over or revoked.

        `town`: where somebody acts whose node lies above the towns; without it there is no door
        for such a person.
        """

        def job(connection: Connection) -> Bearer | None:
            query = (
                select(ACCOUNT, TOKEN.c.id, TOKEN.c.scope)
                .join(TOKEN, TOKEN.c.account == ACCOUNT.c.name)
                .where(TOKEN.c.hash == token_hash(token), TOKEN.c.revoked.is_(False))
                .where(TOKEN.c.expires_at > self._office.clock(), ACCOUNT.c.disabled.is_(False))
            )
            row = connection.execute(query).first()
            if row is None:
                return None
            organisation = self._reference.rules(connection).organisation
            below = organisation.get(town) is not None and organisation.within(town, row.node)
            here = town if below and organisation.ancestor(town, Level.TOWN) == town else None
            own = organisation.ancestor(row.node, Level.TOWN) or here
            roles = tuple(Role(role) for role in row.roles.split())
            return Bearer(row.id, row.name, roles, row.node, row.scope, own) if own else None

        return self._office.database.read(job)
