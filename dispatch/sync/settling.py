"""What a push's answer means for the outbox."""

from __future__ import annotations

from dispatch.store.site_log import SiteLog
from dispatch.wire import protocol as wire


def settle(
    log: SiteLog, verdicts: tuple[wire.Verdict, ...], expected: dict[str, int], at_ms: int
) -> tuple[int, int]:
    """Mark what was answered; put back into the outbox what the hub says it lacks.

    Returns how many go out again as they are, and how many were written anew.
    """
    log.mark_answered(verdicts)
    log.set_fact("last_contact", str(at_ms))
    lacking = sorted(expected.items())
    again = sum(log.send_again(inc, sseq - 1) for inc, sseq in lacking)
    return again, sum(log.issue_again(inc, sseq) for inc, sseq in lacking)
