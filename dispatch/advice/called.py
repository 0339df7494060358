"""What people call a place: its official name without the word for its office."""

from __future__ import annotations

from typing import Final

_OFFICES: Final = (
    "村村民委员会",
    "社区居民委员会",
    "村民委员会",
    "居民委员会",
    "街道办事处",
    "工作站",
    "街道",
    "社区",
    "镇",
    "村",
)


def called(name: str) -> str:
    """Return 石涌 for 石涌村村民委员会, 麻涌 for 麻涌镇; a name of two characters stays."""
    for office in _OFFICES:
        if name.endswith(office) and len(name) > len(office) + 1:
            return name.removesuffix(office)
    return name
