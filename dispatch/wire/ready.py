"""Types made ready for decoding while a module is imported, by one thread."""

from __future__ import annotations

import msgspec


def ready(*kinds: type) -> None:
    """Let msgspec look into these types now, and into what they hold.

    WORKAROUND: https://github.com/msgspec/msgspec/issues/401 calls everything safe between
    threads, but in 0.22.0 two threads that use a type for the first time at the same moment end
    the process (seen at the start of a window: two readers, one table). An import is one thread.
    """
    for kind in kinds:
        msgspec.json.Decoder(kind)
