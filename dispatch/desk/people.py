"""Who is at the desk: passwords against the hub's table, sessions in files only the owner reads."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import argon2
import msgspec

from dispatch.domain.calendar import DAY, MINUTE
from dispatch.domain.codes import Role
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.rules import Account, Actor
from dispatch.wire.ready import ready

SESSION_MS: Final = 30 * MINUTE
OFFLINE_DAYS: Final = 7
"""So long the kept account table lets people in without the hub; then read and report only."""
FAILURES_ALLOWED: Final = 5
LOCKED_MS: Final = 15 * MINUTE
_CITY_DIGITS: Final = 6
_NAME: Final = re.compile(r"[\w.\-]{1,64}")
_HASHER: Final = argon2.PasswordHasher()


@dataclass(frozen=True, slots=True)
class Person:
    """A logged-in person. `session` is the hash of the log-in event, `subject` the session's id.

    `limited`: the kept account table is too old, so only reading and reporting is allowed.
    """

    account: str
    roles: tuple[Role, ...]
    node: str
    session: str
    expires_at: int
    limited: bool = False
    subject: str = ""

    def until(self, expires_at: int) -> Person:
        """Return the person with another end of the session."""
        return replace(self, expires_at=expires_at)

    @property
    def at_city(self) -> bool:
        """Whether the person is one of the city's: its codes have six digits, all others more."""
        return len(self.node) == _CITY_DIGITS

    def actor(self) -> Actor:
        """Return the person as the rules know them."""
        return Actor(self.account, self.roles, self.node, self.session)


def verifier(password: str) -> str:
    """Return the argon2id verifier of a new password; one under 8 characters is a BadInput."""
    if len(password) < 8:
        raise BadInput("密码", "至少 8 个字符")
    return _HASHER.hash(password)


def check(account: Account | None, name: str, password: str) -> Account:
    """Return the account when the password is right; the refusal does not say what was wrong."""
    try:
        _HASHER.verify(account.verifier if account else _dummy(), password)
    except (
        argon2.exceptions.VerificationError,
        argon2.exceptions.InvalidHashError,
        UnicodeEncodeError,
    ):
        raise Refused("login_failed", name=name) from None
    if account is None or account.disabled:
        raise Refused("login_failed", name=name)
    return account


@cache
def _dummy() -> str:
    """Return what is checked for an unknown name, so that it takes as long as a known one."""
    return _HASHER.hash("nobody")


class _Failures(msgspec.Struct, frozen=True):
    count: int
    last: int


ready(Person, _Failures)


class Sessions:
    """The sessions folder of a site: one 0600 file a person, and the failed log-ins."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def save(self, person: Person) -> None:
        """Keep a session until it is closed or over."""
        _write(self._file(person.account), msgspec.json.encode(person))

    def load(self, name: str, now: int) -> Person:
        """Return the person's open session, or refuse when there is none or it is over."""
        try:
            person = msgspec.json.decode(self._file(name).read_bytes(), type=Person)
        except FileNotFoundError:
            raise Refused("not_logged_in", name=name) from None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise BadInput(str(self._file(name)), "登录文件损坏，请重新登录") from None
        if person.expires_at <= now:
            raise Refused("session_over", name=name)
        return person

    def close(self, name: str) -> None:
        """Forget a session; none is fine."""
        self._file(name).unlink(missing_ok=True)

    def names(self) -> tuple[str, ...]:
        """Return the names that have a session file."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json")))

    def check_not_locked(self, name: str, now: int) -> None:
        """Refuse a name with too many failed log-ins in the last quarter of an hour."""
        failures = self._failures(name)
        if failures.count >= FAILURES_ALLOWED and now < failures.last + LOCKED_MS:
            raise Refused("locked_out", name=name, until=failures.last + LOCKED_MS)

    def failed(self, name: str, now: int) -> bool:
        """Count a failed log-in; return whether the name is locked from this one on."""
        before = self._failures(name)
        count = before.count + 1 if now < before.last + LOCKED_MS else 1
        _write(self._file(name, ".failed"), msgspec.json.encode(_Failures(count, now)))
        return count >= FAILURES_ALLOWED

    def succeeded(self, name: str) -> None:
        """Forget the failed log-ins of a name."""
        self._file(name, ".failed").unlink(missing_ok=True)

    def _failures(self, name: str) -> _Failures:
        try:
            return msgspec.json.decode(self._file(name, ".failed").read_bytes(), type=_Failures)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return _Failures(0, 0)

    def _file(self, name: str, suffix: str = ".json") -> Path:
        if not _NAME.fullmatch(name):
            raise BadInput("--as", f"“{name[:40]}”不是账号名（字母、数字、汉字、. _ -）")
        return self._folder / f"{name}{suffix}"


def _write(path: Path, raw: bytes) -> None:
    new = path.with_suffix(path.suffix + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
    new.replace(path)


def expires(now: int) -> int:
    """Return when a session opened now is over."""
    return now + SESSION_MS


def limited(last_contact: int | None, now: int) -> bool:
    """Return whether the kept account table is too old to let people decide."""
    return last_contact is not None and now > last_contact + OFFLINE_DAYS * DAY
