"""Chinese or English for the command line's own words, by the locale."""

from __future__ import annotations

import locale
import os


def chinese() -> bool:
    """Return whether messages and help are Chinese: unless the locale says English."""
    name = (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or "zh"
    )
    return not name.lower().startswith("en")


def say(zh: str, en: str) -> str:
    """Return the sentence in the language of the locale."""
    return zh if chinese() else en
