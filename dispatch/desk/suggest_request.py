"""What an order asks of its unit, as a text to begin with, and what to make sure of before it goes.

The texts are illustrative (演示数据), a row for an item, a class, a department, or for all.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

from resources import path

ALL: Final = "*"
_CLASS: Final = 2  # an item's code begins with its class


@dataclass(frozen=True, slots=True)
class Request:
    """The proposed text of an order, and its checks."""

    text: str
    checks: tuple[str, ...]


@cache
def requests() -> dict[str, Request]:
    """Return the texts by what they are for."""
    with path("templates/order_requests.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["for"]: Request(row["request"], tuple(row["checks"].split("|")))
            for row in csv.DictReader(file)
        }


def request_for(item: str, department: str) -> Request:
    """Return the nearest text: the item's own, its class's, its department's, the common one."""
    known = requests()
    nearest = next(
        (each for each in (item, item[:_CLASS], department) if each and each in known), ALL
    )
    return known[nearest]
