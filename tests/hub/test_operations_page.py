"""What the operators' page says of the hub's tables is what they are."""

from __future__ import annotations

import re

from sqlalchemy import text

from dispatch.hub.database import Database
from dispatch.hub.schema import METADATA
from tests.house.source import ROOT
from tests.hub.cluster import cluster

PAGE = ROOT / "docs/operations.md"


def test_every_table_is_given_to_citus_by_a_key_that_it_can_be_given_by() -> None:
    said = PAGE.read_text(encoding="utf-8")
    distributed = re.findall(r"create_distributed_table\('(\w+)', 'town'", said)
    everywhere = re.findall(r"create_reference_table\('(\w+)'\)", said)
    assert sorted(METADATA.tables) == sorted([*distributed, *everywhere])
    for name in distributed:
        assert "town" in METADATA.tables[name].primary_key.columns, name


def test_the_constraint_that_is_taken_off_and_put_back_is_called_so() -> None:
    lines = re.findall(
        r"^ALTER TABLE event_key .*;$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert 2 == len(lines)
    database = Database(cluster().fresh())
    with database.engine.begin() as connection:
        for line in lines:
            connection.execute(text(line))
    database.close()
