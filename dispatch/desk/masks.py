"""What of a phone number is shown before somebody reveals it."""

from __future__ import annotations

import re
from typing import Final

_LONG: Final = 7
_DIGITS: Final = re.compile(r"\d")
_MOBILE: Final = re.compile(r"(?:0086|86)?1\d{10}")
_MASKED: Final = re.compile(r"(\d{3})\*{4}(\d{4})")


def masked(phone: str) -> str:
    """Return `138 **** 6021` for a long number, stars alone for a short one."""
    digits = "".join(_DIGITS.findall(phone))
    if not phone or "*" in phone:
        return _MASKED.sub(r"\1 **** \2", phone)
    if len(digits) < _LONG:
        return "*" * len(phone)
    return f"{digits[:3]} **** {digits[-4:]}"


def masked_office(phone: str) -> str:
    """Return an office's phone as it is; a mobile is some person's, and masked."""
    mobile = _MOBILE.fullmatch("".join(_DIGITS.findall(phone)))
    return masked(phone) if mobile else phone


def masked_name(name: str) -> str:
    """Return a name's first character and a star for each other one; one character is a star."""
    letters = name.strip()
    return f"{letters[:1]}{'*' * (len(letters) - 1)}" if len(letters) > 1 else "*" * len(letters)
