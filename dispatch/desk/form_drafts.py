"""Half-filled forms kept on the seat: they outlive a killed window and are never sent anywhere."""

from __future__ import annotations

import logging
import os
import re
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from dispatch.domain.calendar import DAY
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.store.in_place import put_in_place
from dispatch.wire.ready import ready

log = logging.getLogger(__name__)

KEPT_MS: Final = 7 * DAY
"""What nobody has taken up for so long goes: it may hold names and numbers."""
LARGEST: Final = 256 * 1024
PERSONAL: Final = frozenset({"reporter", "phone", "person"})
"""Fields that only the one who typed them gets back."""
_ID: Final = re.compile(r"[0-9A-Za-z\-]{1,64}")


@dataclass(frozen=True, slots=True)
class FormDraft:
    """One form as it stood. `at` UTC milliseconds of the last change.

    `incident` is "" for a report that is not made yet, `number` what people call it by. `values`
    are the fields as the form wrote them down; only the form reads them.
    """

    id: str
    account: str
    at: int
    verb: Verb
    incident: str = ""
    number: str = ""
    values: tuple[tuple[str, str], ...] = ()


ready(FormDraft)


class FormDrafts:
    """The drafts of one site: a 0600 file each. Safe from any thread; the last `keep` wins."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._order = 0
        self._done: dict[str, int] = {}

    def turn(self) -> int:
        """Return the next place in the order in which `keep` and `drop` were asked for."""
        with self._lock:
            self._order += 1
            return self._order

    def keep(self, draft: FormDraft, turn: int) -> None:
        """Write a draft, whole or not at all, over what was kept under its id before."""
        body = msgspec.json.encode(draft)
        if len(body) > LARGEST:
            raise BadInput("draft", "草稿太大，未保存")
        with self._lock:
            if self._is_late(draft.id, turn):
                return
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            target = self._file(draft.id)
            fresh = target.with_suffix(".new")
            handle = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            put_in_place(fresh, target)

    def drop(self, id_: str, turn: int) -> None:
        """Forget a draft; none is fine."""
        with self._lock:
            if not self._is_late(id_, turn):
                self._file(id_).unlink(missing_ok=True)

    def all(self, account: str, now: int) -> tuple[FormDraft, ...]:
        """Return what is kept, newest first, without the personal fields of somebody else's.

        What is too old is deleted; what cannot be read is left where it is and told in the log.
        """
        found = []
        with self._lock:
            for file in sorted(self._folder.glob("*.json")):
                draft = _read(file)
                if draft is None:
                    continue
                if now - draft.at > KEPT_MS:
                    file.unlink(missing_ok=True)
                    continue
                found.append(draft if draft.account == account else _without_people(draft))
        return tuple(sorted(found, key=lambda each: (-each.at, each.id)))

    def _is_late(self, id_: str, turn: int) -> bool:
        """Two threads do what is asked: what was asked earlier may come after."""
        if turn <= self._done.get(id_, 0):
            return True
        self._done[id_] = turn
        return False

    def _file(self, id_: str) -> Path:
        if not _ID.fullmatch(id_):
            raise BadInput("draft", "草稿编号不对")
        return self._folder / f"{id_}.json"


def _read(file: Path) -> FormDraft | None:
    try:
        if file.stat().st_size > LARGEST:
            raise msgspec.ValidationError("too large")
        draft = msgspec.json.decode(file.read_bytes(), type=FormDraft)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        log.warning("draft %s left aside: %s", file.name, type(error).__name__)
        return None
    if draft.id != file.stem:
        log.warning("draft %s left aside: another one's id", file.name)
        return None
    return draft


def _without_people(draft: FormDraft) -> FormDraft:
    values = tuple(each for each in draft.values if each[0] not in PERSONAL)
    return replace(draft, values=values)
