"""The one tree of errors: raised with facts, worded by `ui.labels` and the command line."""

from __future__ import annotations

from collections.abc import Mapping


class ZhiwangError(Exception):
    """Anything this product raises on purpose."""


class Refused(ZhiwangError):
    """A rule said no. `code` names the rule, `facts` are what the operator needs to see."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts: Mapping[str, str | int] = facts
        told = " ".join(f"{name}={value}" for name, value in facts.items())
        super().__init__(f"{code} {told}".strip())


class BadInput(ZhiwangError):
    """Somebody handed in something unusable. `where` is the place, `what` the reason.

    One line, though what is quoted in it may have brought several.
    """

    def __init__(self, where: str, what: str) -> None:
        self.where = " ".join(where.splitlines())
        self.what = " ".join(what.splitlines())
        super().__init__(f"{self.where}: {self.what}")


class Offline(ZhiwangError):
    """The hub cannot be reached now."""


class HubError(ZhiwangError):
    """The hub answered, and the answer is unusable or a refusal of the protocol."""


class StoreError(ZhiwangError):
    """The site's own store cannot do its work (disk, damage, newer schema)."""


class Damage(StoreError):
    """A check found the first damaged place; `where` names it."""

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")
