"""A mapping's own regular expressions, as far as they come to an end in good time.

`re` tries one way after the other, and `(a+)+$` has 2**n of them for n letters; nothing can stop
it once it runs. So its ways are counted from above before it is taken.
"""

from __future__ import annotations

import re

# WORKAROUND: the parser of `re` has no public name since 3.11; how a pattern reads, only it knows.
from re import _parser
from typing import Any, Final

LONGEST_PATTERN: Final = 1_000
LONGEST_TEXT: Final = 300
"""Characters of a text that a pattern of a mapping is tried on."""
MOST_WAYS: Final = 100_000_000
"""Ways to try on the longest text, each begun at every place: two seconds at the very worst."""

_ONE: Final = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN", "AT", "GROUPREF"})
_REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def compiled(text: str) -> re.Pattern[str]:
    """Return the pattern, blind to case. Raises ValueError with what is wrong with it."""
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"正则表达式超过 {LONGEST_PATTERN} 个字符")
    try:
        pattern = re.compile(text, re.IGNORECASE)
        ways = _ways(_parser.parse(text, re.IGNORECASE)) * LONGEST_TEXT
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"正则表达式有误：{error}") from error
    if ways > MOST_WAYS:
        raise ValueError("正则表达式会试个没完：重复里不要再有重复或选择，不限次数的重复至多两处")
    return pattern


# Any: items of `re`'s own parser, whose shape depends on their first part.
def _ways(items: Any) -> int:
    """Return no fewer than the ways in which these items, one after the other, can match."""
    ways = 1
    for kind, given in items:
        ways *= _ways_of(str(kind), given)
        if ways > MOST_WAYS:
            break
    return ways


def _ways_of(kind: str, given: Any) -> int:
    if kind in _ONE:
        return 1
    if kind in _REPEATS:
        least, most, inner = given
        most = min(int(most), LONGEST_TEXT)
        within = _ways(inner)
        return max(1, most - int(least) + 1) if within == 1 else min(within, MOST_WAYS) ** most
    match kind:
        case "SUBPATTERN":
            return _ways(given[-1])
        case "ATOMIC_GROUP":
            return _ways(given)
        case "ASSERT" | "ASSERT_NOT":
            return _ways(given[1])
        case "BRANCH":
            return sum(_ways(each) for each in given[1])
        case "GROUPREF_EXISTS":
            return _ways(given[1]) + _ways(given[2] or ())
    return MOST_WAYS
