"""`export-bundle` and `import-bundle` at a station and at the hub, and bad words."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import town as town  # noqa: PLC0414 - the fixture
from tests.e2e.town import Town, zhiwang


@pytest.mark.long
def test_a_stick_between_a_station_and_the_hub(town: Town) -> None:
    town.login("village", "station1")
    at = ("--site", town.site("village"))
    town.stop()
    id_ = town.report("village", "station1", "0605", "通道堵塞")["id"]
    out, back, again = (town.folder / name for name in ("out.zwb", "back.zwb", "again.zwb"))
    unsent = town.status("village")["unsent"]
    assert unsent > 1

    made = zhiwang("sync", "export-bundle", out, *at, "--json").json()
    assert (unsent, unsent) == (made["events"], town.status("village")["unsent"])
    taken = zhiwang("hub", "import-bundle", out, "--db", town.db, "--reply", back, "--json").json()
    assert ({"accepted": unsent}, {}) == (taken["verdicts"], taken["lacking"])
    done = zhiwang("sync", "import-bundle", back, *at, "--json").json()
    assert unsent <= done["numbers"]
    told = town.status("village")
    assert (0, told["digest"]) == (told["unsent"], told["hub_digest"])
    assert town.show("village", id_)["number"]
    site = told["site"]
    zhiwang("hub", "export-bundle", again, "--db", town.db, "--site", site, "--json").json()
    assert 0 == zhiwang("sync", "import-bundle", again, *at, "--json").json()["numbers"]

    for words in (
        ("sync", "export-bundle", out, *at),  # there already
        ("sync", "export-bundle", town.folder / "no" / "x", *at),
        ("sync", "import-bundle", town.folder / "nothing", *at),
        ("sync", "import-bundle", town.folder, *at),
        ("sync", "import-bundle", town.site("village") / "site.toml", *at),
        ("sync", "import-bundle", out, *at),  # its own
        ("sync", "import-bundle", back, "--site", town.site("seat1")),
        ("hub", "import-bundle", back, "--db", town.db),
        ("hub", "export-bundle", town.folder / "x", "--db", town.db, "--site", "nobody"),
    ):
        ran = zhiwang(*words)
        assert (2, 1, "") == (ran.code, len(ran.err.strip().splitlines()), ran.out), (words, ran)
    town.start_hub()
    ran = zhiwang("hub", "import-bundle", out, "--db", town.db)
    assert 2 == ran.code  # on SQLite only while no server runs
    town.sync("village")
    assert all(ran.code == 0 for ran in town.verify())
