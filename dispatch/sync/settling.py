"""What a push's answer means for the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from dispatch.domain.errors import BadInput
from dispatch.store.site_log import SiteLog
from dispatch.wire import protocol as wire
from dispatch.wire.header import Header, read_header


def subjects_of(frames: Iterable[wire.Frame]) -> set[str]:
    """Return what these events are about; bytes that the disk has ruined are about nothing."""
    return {header.subject.id for header in _headers(frames)}


def writers_of(frames: Iterable[wire.Frame]) -> set[str]:
    """Return who wrote these events, as far as they can be read."""
    return {header.inc for header in _headers(frames)}


def _headers(frames: Iterable[wire.Frame]) -> Iterator[Header]:
    for frame in frames:
        with suppress(BadInput):
            yield read_header(frame.event.encode())


def settle(
    log: SiteLog, verdicts: tuple[wire.Verdict, ...], expected: dict[str, int], at_ms: int
) -> tuple[int, int]:
    """Mark what was answered; put back into the outbox what the hub says it lacks.

    Returns how many go out again as they are or were set aside as altered, and how many were
    written anew.
    """
    log.mark_answered(verdicts)
    log.set_fact("last_contact", str(at_ms))
    lacking = sorted(expected.items())
    aside = 0
    if lacking or any(each.status == "refused" for each in verdicts):
        aside = log.set_broken_aside()
    again = sum(log.send_again(inc, sseq - 1) for inc, sseq in lacking)
    return again + aside, sum(log.issue_again(inc, sseq) for inc, sseq in lacking)
